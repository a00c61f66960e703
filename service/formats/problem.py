"""RFC 9457 problem documents: one shape for every error, with a pointer to each fault."""

from collections.abc import Iterable
from http import HTTPStatus
from itertools import islice
from typing import Any

from service.domain.errors import Fault

MEDIA_TYPE = "application/problem+json"
MOST_FAULTS = 1000
"""How many faults are named: an answer is never much longer than what was sent."""


def problem_document(
    status: int, code: str, detail: str, *, request_id: str, faults: Iterable[Fault] = ()
) -> dict[str, Any]:
    """A problem as JSON-ready data. ``code`` is a stable word for programs, ``type`` the same as a URI."""
    document: dict[str, Any] = {
        "type": f"urn:medication-checklist:problem:{code}",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "code": code,
        "detail": detail,
        "request_id": request_id,
    }
    errors = [{"pointer": f.pointer, "code": f.code, "detail": f.detail} for f in islice(faults, MOST_FAULTS)]
    if errors:
        document["errors"] = errors
    return document
