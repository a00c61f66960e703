"""Who was erased as lines of JSON, to be kept outside of the database until its last backup is gone."""

import json
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from service.domain.patients.erasure import Erasure, ErasureReason


class ErasureLineError(Exception):
    """A line does not say who was erased; the message says which."""


def erasure_line(erasure: Erasure) -> str:
    """One erasure as a line, without its end."""
    said = {
        "patient": str(erasure.patient_id),
        "at": erasure.at.isoformat(timespec="seconds"),
        "reason": erasure.reason.value,
    }
    return json.dumps(said)


def read_erasures(lines: Iterable[str]) -> list[Erasure]:
    """The erasures of some lines, of which empty ones say nothing. Raises ErasureLineError."""
    return [_erasure(number, line) for number, line in enumerate(lines, start=1) if line.strip()]


def _erasure(number: int, line: str) -> Erasure:
    try:
        said = json.loads(line)
        at = datetime.fromisoformat(said["at"])
        return Erasure(UUID(said["patient"]), at, ErasureReason(said["reason"]))
    except (ValueError, KeyError, TypeError, AttributeError):
        raise ErasureLineError(f"line {number} does not say who was erased") from None
