"""Random edits as people and programs make them; and what each section says, read without a digest."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from random import Random
from typing import Any
from uuid import UUID

from hypothesis import strategies as st

from service.domain.attribution import Attribution, CollectionMode, Informant, InformantKind
from service.domain.errors import DomainError
from service.domain.medications import changes
from service.domain.medications.categories import Answer, Category
from service.domain.medications.items import Item, ItemFacts, Status
from service.domain.medications.medication_list import MedicationList
from service.domain.medications.whole_list import ListedItem, WholeList, replace_list
from service.domain.text import PartialDate
from tests.domain.made_up import NOW, PATIENT, SYSTEM, chances, new_ids, sent_alikes

LATER = Attribution(Informant(InformantKind.CAREGIVER), CollectionMode.PHONE, SYSTEM, NOW)
"""Somebody else than who spoke before, so that another speaker alone undoes nothing."""

FACTS: dict[str, Any] = {
    "name": "Air",
    "description": "a white one",
    "category": Category.SUPPLEMENT,
    "status": Status.ON_HOLD,
    "strength": "1 mg",
    "form": "drops",
    "dosage_text": "2 drops",
    "route": "by mouth",
    "frequency": "daily",
    "as_needed": True,
    "reason": "sleep",
    "last_taken": "today",
    "started_on": PartialDate(2026),
    "stopped_on": PartialDate(2026, 5),
    "prescriber": "my sister",
    "note": "at noon",
}
Edit = Callable[[MedicationList], MedicationList]


@dataclass(frozen=True)
class Made:
    """An edit that prints what it is where an example fails."""

    kind: str
    chance: Random
    sent: WholeList

    def __call__(self, latest: MedicationList) -> MedicationList:
        """The list after it; the same list where nobody may do this to it."""
        try:
            if self.kind in FACTS:
                return _change_fact(latest, self.chance, self.kind)
            return _KINDS[self.kind](latest, self.chance, self.sent)
        except DomainError:
            return latest


def _new_ids(latest: MedicationList) -> Callable[[], UUID]:
    return new_ids(latest.version * 1000)


def _some(latest: MedicationList, chance: Random) -> Item:
    open_items = [one for one in latest.items if one.facts.status is not Status.ENTERED_IN_ERROR]
    return chance.choice(open_items or [Item(UUID(int=0), ItemFacts("nothing"), LATER)])


def _add(latest: MedicationList, chance: Random, _: WholeList) -> MedicationList:
    facts = ItemFacts("Sand", category=chance.choice([*Category, None]))
    return changes.add_item(latest, facts, LATER, new_id=_new_ids(latest))


def _change(latest: MedicationList, chance: Random, _: WholeList) -> MedicationList:
    return _change_fact(latest, chance, chance.choice(list(FACTS)))


def _change_fact(latest: MedicationList, chance: Random, fact: str) -> MedicationList:
    found = _some(latest, chance)
    return changes.change_item(latest, found.id, replace(found.facts, **{fact: FACTS[fact]}), LATER)


def _say_again(latest: MedicationList, chance: Random, _: WholeList) -> MedicationList:
    found = _some(latest, chance)
    return changes.change_item(latest, found.id, found.facts, LATER)


def _stop(latest: MedicationList, chance: Random, _: WholeList) -> MedicationList:
    found = _some(latest, chance)
    return changes.change_item(latest, found.id, replace(found.facts, status=Status.STOPPED), LATER)


def _slip(latest: MedicationList, chance: Random, _: WholeList) -> MedicationList:
    return changes.mark_entered_in_error(latest, _some(latest, chance).id, "a slip", LATER)


def _answer(latest: MedicationList, chance: Random, _: WholeList) -> MedicationList:
    return changes.answer_category(latest, chance.choice(list(Category)), chance.choice(list(Answer)), LATER)


def _reorder(latest: MedicationList, chance: Random, _: WholeList) -> MedicationList:
    listed = [ListedItem(one.facts, one.id) for one in latest.items if one.current]
    chance.shuffle(listed)
    answers = {category: answer.answer for category, answer in latest.answers.items()}
    return replace_list(latest, WholeList(tuple(listed), answers), LATER, new_id=_new_ids(latest))


def _replace(latest: MedicationList, _chance: Random, sent: WholeList) -> MedicationList:
    return replace_list(latest, sent, LATER, new_id=_new_ids(latest))


def _correct_name(latest: MedicationList, _chance: Random, _: WholeList) -> MedicationList:
    return changes.restate_for(latest, replace(PATIENT, name="Test Patient 02"), LATER)


_KINDS: dict[str, Callable[[MedicationList, Random, WholeList], MedicationList]] = {
    "add": _add,
    "change": _change,
    "say again": _say_again,
    "stop": _stop,
    "slip": _slip,
    "answer": _answer,
    "reorder": _reorder,
    "replace": _replace,
    "correct the name": _correct_name,
}


@cache
def _one_to_three(kinds: tuple[str, ...]) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(kinds), min_size=1, max_size=3)


@cache
@st.composite
def edits(draw: st.DrawFn, *only: str) -> tuple[Edit, ...]:
    """One to three edits, one after the other; ``only`` of these kinds or facts, where some are named."""
    kinds = draw(_one_to_three(only or tuple(sorted(_KINDS))))
    return tuple(Made(kind, draw(chances), draw(sent_alikes())) for kind in kinds)


def said_by_section(medications: MedicationList) -> dict[str, object]:
    """What each section says, straight from the list; a section that is not there is left out."""
    said: dict[str, object] = {
        category.value: (medications.answers[category].answer, _facts(medications.in_category(category)))
        for category in Category
    }
    for name, items in (
        ("uncategorized", medications.in_category(None)),
        ("earlier_list", medications.earlier_items),
    ):
        said |= {name: _facts(items)} if items else {}
    return said | dict.fromkeys(("open_question", "tell", "treatment"), "the same on every list")


def _facts(items: tuple[Item, ...]) -> tuple[object, ...]:
    return tuple((one.id, one.facts) for one in items)
