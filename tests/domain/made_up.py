"""One of everything for plain examples, and lists whose items are easily taken for one another."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import count, product
from random import Random
from typing import Any
from uuid import UUID

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from service.domain.attribution import (
    Attribution,
    CollectionMode,
    Informant,
    InformantKind,
    Recorder,
    RecorderKind,
)
from service.domain.medications.categories import NOT_ASKED, PERSONS_ANSWERS, Answer, Category, CategoryAnswer
from service.domain.medications.items import CURRENT_STATUSES, Item, ItemFacts, Status
from service.domain.medications.medication_list import MedicationList
from service.domain.medications.whole_list import ListedItem, WholeList
from service.domain.patients.patients import Identifier, Patient
from service.domain.text import PartialDate

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
NURSE = Recorder(RecorderKind.STAFF, "nurse-1", "Test Nurse")
SYSTEM = Recorder(RecorderKind.SYSTEM, "key-1", "Front desk tablet")
PATIENT_SAID = Attribution(Informant(InformantKind.PATIENT), CollectionMode.INTERVIEW, NURSE, NOW)
NOBODY_SAID = Attribution(None, None, SYSTEM, NOW)
PATIENT = Patient(
    UUID(int=1), (Identifier("urn:clinic:mrn", "000123"),), "Test Patient 01", PartialDate(1961, 4, 2)
)

steady = settings(
    derandomize=True, deadline=timedelta(seconds=2), suppress_health_check=[HealthCheck.too_slow]
)
"""Property tests that try the same examples every time, also on a busy machine."""

chances = st.integers(1, 10**6).map(Random)
"""Sources of orders that are hardly ever the order in which things stood."""


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


_NAMES = (("Water", None), ("Soap", None), (None, "Water"), ("Water", "Soap"))
_ALIKE = tuple(
    ItemFacts(name, description, category, status, strength)
    for (name, description), category, status, strength in product(
        _NAMES,
        (*Category, None),
        (Status.ACTIVE, Status.UNKNOWN, Status.STOPPED),
        (None, "5 mg", "10 mg"),
    )
)


@cache
def alike_facts() -> st.SearchStrategy[ItemFacts]:
    """What is said of items that have a name, a strength or a category in common."""
    return st.sampled_from(_ALIKE)


# Each strategy is made once: Hypothesis looks a new one through, which takes longer than to draw from it.
_some_facts = st.lists(alike_facts(), max_size=6)
_some_items = st.lists(
    st.tuples(alike_facts(), st.sampled_from((None, None, 1)), st.sampled_from((False, False, False, True))),
    max_size=6,
)
_said_by_persons = st.tuples(*[st.sampled_from([None, *sorted(PERSONS_ANSWERS)]) for _ in Category])
_said = st.tuples(*[st.sampled_from([None, *Answer]) for _ in Category])


@cache
@st.composite
def lists_of_alikes(draw: st.DrawFn) -> MedicationList:
    """A list of such items: current, on an earlier list, ended or entered in error."""
    items = tuple(item_of(number, *drawn) for number, drawn in enumerate(draw(_some_items), start=1))
    said = draw(_said_by_persons)
    return listing(*items, answers={c: a for c, a in zip(Category, said, strict=True) if a})


def item_of(number: int, facts: ItemFacts, left_out_since: int | None, in_error: bool) -> Item:
    if in_error:
        facts = replace(facts, status=Status.ENTERED_IN_ERROR)
    return Item(UUID(int=number), facts, PATIENT_SAID, left_out_since, "a slip" if in_error else None)


@cache
@st.composite
def sent_alikes(draw: st.DrawFn) -> WholeList:
    """A whole list of such items as it is sent, without a contradiction."""
    facts = draw(_some_facts)
    present = {one.category for one in facts if one.status in CURRENT_STATUSES}
    said = draw(_said)
    answers = {c: a for c, a in zip(Category, said, strict=True) if a and c not in present}
    return WholeList(tuple(ListedItem(one) for one in facts), answers)
