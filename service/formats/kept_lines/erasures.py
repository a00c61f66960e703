"""Who was erased, to be erased again from a backup until the last one that has them is gone."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from service.domain.patients.erasure import Erasure, ErasureReason
from service.formats.kept_lines.lines import read_lines


def erasure_line(erasure: Erasure) -> str:
    """One erasure as a line, without its end."""
    said = {
        "patient": str(erasure.patient_id),
        "at": erasure.at.isoformat(timespec="seconds"),
        "reason": erasure.reason.value,
    }
    return json.dumps(said)


def read_erasures(lines: Iterable[str]) -> list[Erasure]:
    """The erasures of some lines. Raises KeptLineError."""
    return read_lines(lines, _erasure, "does not say who was erased")


def _erasure(said: Mapping[str, Any]) -> Erasure:
    at = datetime.fromisoformat(said["at"])
    return Erasure(UUID(said["patient"]), at, ErasureReason(said["reason"]))
