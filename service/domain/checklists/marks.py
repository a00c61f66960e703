"""Marks: what a nurse noted of one line of a checklist. A mark changes nothing on the list."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from service.domain.attribution import Recorder
from service.domain.checklists.checklist import SectionId
from service.domain.checklists.document import Document
from service.domain.errors import NotFoundError


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


def line_to_mark(document: Document, line_id: str) -> Mapping[str, Any]:
    """The line of a document that a mark is made on. Raises NotFoundError."""
    for section in document["sections"]:
        for line in section["lines"]:
            if line["id"] == line_id and section["id"] != SectionId.SIGN_OFF:
                return line  # type: ignore[no-any-return]
    raise NotFoundError("There is no such line to mark.")
