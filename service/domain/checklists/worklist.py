"""The worklist: who is planned for a day, what is still to ask of them, and how far their sheet has come.

Nothing here looks at what an item is called; items are only counted.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from service.domain.checklists.checklist import ChecklistStatus, SectionId
from service.domain.checklists.gaps import Gap, gaps_of
from service.domain.checklists.guidance_today import GuidanceStatus, GuidanceToday, worst_of
from service.domain.medications.categories import Answer, Category
from service.domain.medications.items import Status
from service.domain.medications.medication_list import MedicationList
from service.domain.patients.patients import Patient


class WorklistStatus(StrEnum):
    """How far a sheet has come, what asks for somebody first."""

    OUT_OF_DATE = "out_of_date"
    RETIRED_GUIDANCE = "retired_guidance"
    OLDER_GUIDANCE = "older_guidance"
    NOT_STARTED = "not_started"
    GAPS = "gaps"
    READY_TO_SIGN = "ready_to_sign"
    SIGNED = "signed"


@dataclass(frozen=True, slots=True)
class CategoryState:
    """One field of a row's strip. ``items`` counts the current items; 0 only where a person said "none".

    None: nothing is listed, and only ``answer`` says what that means.
    """

    category: Category
    answer: Answer
    items: int | None

    def __post_init__(self) -> None:
        if (self.items == 0) != (self.answer is Answer.NONE_REPORTED):
            raise ValueError("a person says none; an empty list does not")


@dataclass(frozen=True, slots=True)
class ListState:
    """How a patient's list stands: the strip, what is in no category of it, and what is still to ask."""

    version: int
    categories: tuple[CategoryState, ...]
    uncategorized: int
    earlier: int
    gaps: tuple[Gap, ...]
    says_nothing: bool


@dataclass(frozen=True, slots=True)
class NewestSheet:
    """The newest sheet of a patient and a treatment that was not withdrawn, and what is signed of it.

    ``guidance`` is what has become of the guidance of each of its treatments; ``signed`` are its sections
    under which a signature holds today, ``to_sign`` those without one, both in the order of the sheet.
    """

    id: UUID
    code: str
    treatment_id: str
    treatment_name: str
    planned_start: date
    list_version: int
    issued_at: datetime
    status: ChecklistStatus
    guidance: tuple[GuidanceToday, ...]
    signed: tuple[SectionId, ...]
    to_sign: tuple[SectionId, ...]


@dataclass(frozen=True, slots=True)
class WorklistRow:
    """One patient and one treatment that is planned for the day."""

    patient: Patient
    medications: ListState
    sheet: NewestSheet

    @property
    def status(self) -> WorklistStatus:
        """The row in one word; the order of the questions is the precedence."""
        if self.sheet.status is not ChecklistStatus.CURRENT:
            return WorklistStatus.OUT_OF_DATE
        if self.sheet.signed and not self.sheet.to_sign:
            return WorklistStatus.SIGNED
        guidance = worst_of(self.sheet.guidance)
        if guidance is not GuidanceStatus.IN_USE:
            return WorklistStatus(f"{guidance}_guidance")
        if self.medications.says_nothing:
            return WorklistStatus.NOT_STARTED
        return WorklistStatus.GAPS if self.medications.gaps else WorklistStatus.READY_TO_SIGN


def list_state(patient: Patient, medications: MedicationList) -> ListState:
    """How a patient's list stands."""
    return ListState(
        version=medications.version,
        categories=tuple(
            _category_state(category, answer.answer, len(medications.in_category(category)))
            for category, answer in medications.answers.items()
        ),
        uncategorized=len(medications.in_category(None)),
        earlier=len(medications.earlier_items),
        gaps=gaps_of(patient, medications),
        says_nothing=_says_nothing(medications),
    )


def _category_state(category: Category, answer: Answer, listed: int) -> CategoryState:
    if answer is Answer.NONE_REPORTED:
        return CategoryState(category, answer, 0)
    return CategoryState(category, answer, listed or None)


def _says_nothing(medications: MedicationList) -> bool:
    """Whether nobody asked anything. A list whose items have ended says that somebody was asked."""
    return all(answer.answer is Answer.NOT_ASKED for answer in medications.answers.values()) and all(
        item.facts.status is Status.ENTERED_IN_ERROR for item in medications.items
    )


def signed_and_to_sign(
    sections: Iterable[SectionId], holding: Collection[SectionId]
) -> tuple[tuple[SectionId, ...], tuple[SectionId, ...]]:
    """The sections of a sheet under which a signature holds, and those without one."""
    in_order = tuple(sections)
    return (
        tuple(section for section in in_order if section in holding),
        tuple(section for section in in_order if section not in holding),
    )


def in_order(rows: Iterable[WorklistRow]) -> tuple[WorklistRow, ...]:
    """Where something is still to ask first, then by status, then by the patient's name."""
    statuses = list(WorklistStatus)
    return tuple(
        sorted(
            rows,
            key=lambda row: (
                not row.medications.gaps,
                statuses.index(row.status),
                (row.patient.name or "").casefold(),
                row.sheet.id,
            ),
        )
    )
