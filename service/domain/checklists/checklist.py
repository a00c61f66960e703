"""The checklist: what an issued sheet holds, section by section, and what it was made from."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from service.domain.attribution import Recorder, recorder_document
from service.domain.checklists.gaps import Gap
from service.domain.checklists.lines import Line, WordingLine
from service.domain.checklists.treatments import names_together, treatment_key, version_together
from service.domain.errors import ConflictError
from service.domain.guidance.statements import Guidance
from service.domain.patients.patients import Paper, Patient, PrintSize


class ChecklistStatus(StrEnum):
    """Whether a sheet still says what the list says."""

    CURRENT = "current"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"


class SectionId(StrEnum):
    """The sections of every checklist, in their order."""

    GAPS = "gaps"
    PRESCRIPTION = "prescription"
    OVER_THE_COUNTER = "over_the_counter"
    SUPPLEMENT = "supplement"
    UNCATEGORIZED = "uncategorized"
    EARLIER_LIST = "earlier_list"
    OPEN_QUESTION = "open_question"
    TELL = "tell"
    TREATMENT = "treatment"
    SIGN_OFF = "sign_off"


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the sheet that is read, and later signed, by itself. ``blank_rows`` are for the pen."""

    id: SectionId
    title: WordingLine
    lines: tuple[Line, ...]
    blank_rows: int = 0


@dataclass(frozen=True, slots=True)
class GuidanceReference:
    """Which guidance a checklist was made from. ``version`` is the digest of its statements."""

    document_id: str
    document_title: str
    document_sha256: str
    version: str


@dataclass(frozen=True, slots=True)
class SheetTreatment:
    """A treatment that a checklist is for, and the guidance that was used of it."""

    id: str
    name: str
    guidance: GuidanceReference

    @classmethod
    def of(cls, guidance: Guidance, version: str) -> "SheetTreatment":
        """That of a guidance, whose version was worked out before."""
        document, treatment = guidance.document, guidance.treatment
        reference = GuidanceReference(document.id, document.title, document.sha256, version)
        return cls(treatment.id, treatment.name, reference)


@dataclass(frozen=True, slots=True)
class ChecklistContent:
    """What a list and the guidance make together: sections in the order of ``SectionId`` and fixed notices.

    ``notices`` stand on every sheet; the first of them says that no interaction check was made.
    """

    sections: tuple[Section, ...]
    gaps: tuple[Gap, ...]
    notices: tuple[WordingLine, ...]

    def __post_init__(self) -> None:
        order = [_SECTIONS.index(section.id) for section in self.sections]
        if order != sorted(set(order)):
            raise ValueError("sections stand once each, in their order")
        ids = [line.id for line in self.lines]
        if len(ids) != len(set(ids)):
            raise ValueError("two lines have the same id")
        if not self.notices or self.notices[0].key != NOT_CHECKED:
            raise ValueError("every checklist says that no interaction check was made")

    @property
    def lines(self) -> Iterable[Line]:
        """Every line of every section, in order."""
        return (line for section in self.sections for line in section.lines)


NOT_CHECKED = "notice.not_checked"
_SECTIONS = tuple(SectionId)


@dataclass(frozen=True, slots=True)
class Checklist:
    """An issued sheet: an immutable snapshot of one list version and one guidance version a treatment.

    ``treatments`` are in the order of their ids. ``language`` is the catalogue its words came from (BCP 47),
    ``time_zone`` the clinic's (IANA).
    """

    id: UUID
    code: str
    patient: Patient
    treatments: tuple[SheetTreatment, ...]
    planned_start: date | None
    list_version: int
    language: str
    paper: Paper
    print_size: PrintSize
    time_zone: str
    issued_at: datetime
    issued_by: Recorder
    content: ChecklistContent

    def __post_init__(self) -> None:
        ids = [treatment.id for treatment in self.treatments]
        if not ids or ids != sorted(set(ids)):
            raise ValueError("a sheet is for at least one treatment, each once, in their order")

    @property
    def treatment_id(self) -> str:
        """The id of its treatment, or the key of several."""
        return treatment_key(treatment.id for treatment in self.treatments)

    @property
    def treatment_name(self) -> str:
        """What its treatments are called together."""
        return names_together(treatment.name for treatment in self.treatments)

    @property
    def guidance_version(self) -> str:
        """The version of its guidance, or the one that stands for those of several treatments."""
        if len(self.treatments) == 1:
            return self.treatments[0].guidance.version
        return version_together({one.id: one.guidance.version for one in self.treatments})


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """A checklist taken back by a person, with the reason."""

    by: Recorder
    at: datetime
    reason: str


def refuse_withdrawn(status: ChecklistStatus, left: str) -> None:
    """Raise ConflictError (``withdrawn``) for a sheet that was taken back; ``left`` says what is not done."""
    if status is ChecklistStatus.WITHDRAWN:
        raise ConflictError(f"The checklist was taken back. {left}", code="withdrawn")


def withdrawal_document(withdrawal: Withdrawal | None) -> dict[str, Any] | None:
    """A withdrawal as JSON-ready data; None where there was none."""
    if withdrawal is None:
        return None
    return {
        "by": recorder_document(withdrawal.by),
        "at": withdrawal.at.isoformat(),
        "reason": withdrawal.reason,
    }


def status_of(list_version: int, latest_version: int, withdrawal: Withdrawal | None) -> ChecklistStatus:
    """What an issued sheet is today: withdrawn, superseded by a newer list, or current."""
    if withdrawal is not None:
        return ChecklistStatus.WITHDRAWN
    return ChecklistStatus.SUPERSEDED if latest_version > list_version else ChecklistStatus.CURRENT
