"""The answer to a Bundle: what was done with each entry, in the order in which they were sent."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus

from service.formats.fhir.outcome import operation_outcome
from service.formats.fhir.writing.elements import Element, instant, made, weak_tag
from service.formats.findings import BATCH, Issue


@dataclass(frozen=True, slots=True)
class EntryResponse:
    """What is answered to one entry; ``location`` is ``Type/id``, ``version`` that of what stands there."""

    status: int
    location: str | None = None
    version: str | None = None
    issues: Sequence[Issue] = ()


def response_bundle(kind: str | None, entries: Iterable[EntryResponse], at: datetime) -> Element:
    """A batch is answered as one, every other type as a transaction."""
    return made(
        resourceType="Bundle",
        type="batch-response" if kind == BATCH else "transaction-response",
        entry=[{"response": _response(one, at)} for one in entries],
    )


def _response(one: EntryResponse, at: datetime) -> Element:
    return made(
        status=f"{one.status} {HTTPStatus(one.status).phrase}",
        location=one.location,
        etag=weak_tag(one.version) if one.version else None,
        lastModified=instant(at) if one.location else None,
        outcome=operation_outcome(one.issues) if one.issues else None,
    )
