"""Marks: what a nurse noted of one line of a checklist. A mark changes nothing on the list."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from service.domain.attribution import Recorder


class MarkWord(StrEnum):
    """What was noted of a line."""

    TOLD_PROVIDER = "told_provider"
    DISCUSSED = "discussed"
    NOT_TAKING = "not_taking"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class LineMark:
    """One mark of one line, bound to what the line said (``line_digest``); ``mark`` None takes it back.

    The latest mark of a line counts, on every sheet of the same patient and treatment on which the line says
    the same.
    """

    id: UUID
    checklist_id: UUID
    line_id: str
    line_digest: str
    mark: MarkWord | None
    note: str | None
    by: Recorder
    at: datetime
