"""One of everything, for tests that need a plain example and not all that the domain allows."""

from collections.abc import Callable
from datetime import UTC, datetime
from itertools import count
from typing import Any
from uuid import UUID

from service.domain.attribution import (
    Attribution,
    CollectionMode,
    Informant,
    InformantKind,
    Recorder,
    RecorderKind,
)
from service.domain.medications import (
    NOT_ASKED,
    Answer,
    Category,
    CategoryAnswer,
    Item,
    ItemFacts,
    MedicationList,
    Status,
)
from service.domain.patients import Identifier, Patient
from service.domain.text import PartialDate

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
NURSE = Recorder(RecorderKind.STAFF, "nurse-1", "Test Nurse")
SYSTEM = Recorder(RecorderKind.SYSTEM, "key-1", "Front desk tablet")
PATIENT_SAID = Attribution(Informant(InformantKind.PATIENT), CollectionMode.INTERVIEW, NURSE, NOW)
NOBODY_SAID = Attribution(None, None, SYSTEM, NOW)
PATIENT = Patient(
    UUID(int=1), (Identifier("urn:clinic:mrn", "000123"),), "Test Patient 01", PartialDate(1961, 4, 2)
)


def new_ids(start: int = 1000) -> Callable[[], UUID]:
    """Ids counted up from ``start``."""
    numbers = count(start)
    return lambda: UUID(int=next(numbers))


def item(number: int, name: str | None = "Water", /, **facts: Any) -> Item:
    attribution = facts.pop("attribution", PATIENT_SAID)
    left_out_since = facts.pop("left_out_since", None)
    in_error = "a slip" if facts.get("status") is Status.ENTERED_IN_ERROR else None
    return Item(UUID(int=number), ItemFacts(name, **facts), attribution, left_out_since, in_error)


def listing(*items: Item, version: int = 1, answers: dict[Category, Answer] | None = None) -> MedicationList:
    """A list whose categories answer for their items; the others say what ``answers`` says, or nothing."""
    present = {one.facts.category for one in items if one.current}
    said = {
        category: Answer.ITEMS_REPORTED if category in present else (answers or {}).get(category)
        for category in Category
    }
    return MedicationList(
        PATIENT.id,
        version,
        PATIENT_SAID,
        items,
        {
            category: CategoryAnswer(answer, PATIENT_SAID) if answer else NOT_ASKED
            for category, answer in said.items()
        },
    )
