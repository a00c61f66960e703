"""Cards for EHRs: what is known here of whom an EHR asks about, and what is said of one treatment.

A card has counts and answers, and never what a medicine is called.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from service.domain.cards.asked import SentPart, SentRecord
from service.domain.checklists.guidance_today import GuidanceStatus, GuidanceToday, worst_of
from service.domain.checklists.worklist import ListState
from service.domain.errors import ConflictError
from service.domain.guidance.statements import Guidance
from service.domain.patients.patients import Patient, check_same_person
from service.domain.text import PartialDate
from service.domain.wording import Catalogue


class Whose(StrEnum):
    """Whether the patient's list can be spoken of."""

    ON_FILE = "on_file"
    NOT_ON_FILE = "not_on_file"
    SEVERAL = "several"
    NOT_IDENTIFIED = "not_identified"
    BORN_OTHERWISE = "born_otherwise"


@dataclass(frozen=True, slots=True)
class SheetOnFile:
    """An issued checklist that was not taken back.

    ``up_to_date`` while its list is the latest, and its guidance in use.
    """

    id: UUID
    treatment_ids: tuple[str, ...]
    planned_start: date | None
    up_to_date: bool


@dataclass(frozen=True, slots=True)
class ShownList:
    """How the list that a card speaks of stands; ``on`` is its day in the clinic's time zone.

    ``sheet`` is the up-to-date checklist for the card's treatment, where there is one.
    """

    patient_id: UUID
    state: ListState
    on: date
    sheet: UUID | None = None


@dataclass(frozen=True, slots=True)
class Card:
    """What is to be said to an EHR of one treatment. ``shown`` is there exactly with ``Whose.ON_FILE``."""

    id: UUID
    guidance: Guidance
    whose: Whose
    shown: ShownList | None
    sent: Mapping[SentRecord, SentPart]
    words: Catalogue
    ids_differ: bool = False

    def __post_init__(self) -> None:
        if (self.whose is Whose.ON_FILE) != (self.shown is not None):
            raise ValueError("a card speaks of a list exactly where there is one to speak of")


def born_otherwise(on_file: Patient, birth_date: PartialDate | None) -> bool:
    """Whether the date of birth that was sent contradicts the one on file."""
    try:
        check_same_person(on_file, birth_date, pointer="/prefetch/patient/birthDate")
    except ConflictError:
        return True
    return False


def planned(sheets: tuple[SheetOnFile, ...], treatment_id: str, today: date) -> bool:
    """Whether the treatment is planned to start today or later.

    The newest sheet that names a day has planned it; ``sheets`` come newest first.
    """
    days = (s.planned_start for s in sheets if treatment_id in s.treatment_ids and s.planned_start)
    return next(days, date.min) >= today


def is_up_to_date(list_version: int, latest_version: int, guidance: Collection[GuidanceToday]) -> bool:
    """Whether a sheet of this version of a list shows the latest, and was made from guidance in use."""
    return list_version == latest_version and worst_of(guidance) is GuidanceStatus.IN_USE


def up_to_date_sheet(sheets: tuple[SheetOnFile, ...], treatment_id: str) -> UUID | None:
    """The newest sheet for the treatment, alone or among others, if that is up to date.

    ``sheets`` come newest first.
    """
    newest = next((sheet for sheet in sheets if treatment_id in sheet.treatment_ids), None)
    return newest.id if newest and newest.up_to_date else None
