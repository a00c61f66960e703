"""A whole list as it was sent, and how it becomes a version of a medication list.

Nothing is removed on the way: what the latest list came without stays on file.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from uuid import UUID

from service.domain.attribution import Attribution, CollectionMode
from service.domain.errors import Fault, RefusedError
from service.domain.medications.categories import (
    CATEGORIES,
    NOT_ASKED,
    Answer,
    Category,
    CategoryAnswer,
    answer_faults,
)
from service.domain.medications.items import CURRENT_STATUSES, Item, ItemFacts, Status
from service.domain.medications.medication_list import MedicationList

NewId = Callable[[], UUID]


@dataclass(frozen=True, slots=True)
class ListedItem:
    """An item as it was sent: its facts, and its id where the sender knows the item from an earlier list.

    ``untouched`` says that nobody spoke of it: the item with that id stays as it is on file, with who said it
    and when, and ``facts`` are those on file.
    """

    facts: ItemFacts
    id: UUID | None = None
    untouched: bool = False


@dataclass(frozen=True, slots=True)
class WholeList:
    """A whole list as it was sent. A category that is not among the answers was not answered."""

    items: tuple[ListedItem, ...] = ()
    answers: Mapping[Category, Answer] = field(default_factory=dict)
    reported_name: str | None = None

    @property
    def current(self) -> tuple[ListedItem, ...]:
        """The items that count as taken."""
        return tuple(listed for listed in self.items if listed.facts.status in CURRENT_STATUSES)

    @property
    def silent(self) -> bool:
        """Whether it says nothing at all: no item that was spoken of, and no answer but "not asked"."""
        return all(listed.untouched for listed in self.items) and all(
            answer is Answer.NOT_ASKED for answer in self.answers.values()
        )


def start_list(
    patient_id: UUID, sent: WholeList, attribution: Attribution, *, new_id: NewId
) -> MedicationList:
    """Version 1 of a patient's list. Raises RefusedError with every fault."""
    empty = MedicationList(patient_id=patient_id, version=1, attribution=attribution)
    return _assembled(empty, sent, _items(sent, {}, attribution, new_id), attribution, version=1)


def replace_list(
    latest: MedicationList, sent: WholeList, attribution: Attribution, *, new_id: NewId
) -> MedicationList:
    """The next version from a whole list that was sent.

    Items that it leaves out stay as "on an earlier list, not on the latest". An item sent without an id is
    taken for an earlier one that says the same: all facts equal, else name and strength, else name; equal
    means letter for letter, so that nothing depends on what a name means. An import that says nothing at all
    changes nothing: the latest version stays. Raises RefusedError.
    """
    if sent.silent and attribution.collection_mode is CollectionMode.IMPORT:
        return latest
    items = _items(sent, match_items(latest, sent), attribution, new_id)
    return _assembled(latest, sent, items, attribution, version=latest.version + 1)


def _items(
    sent: WholeList, matches: Mapping[int, Item], attribution: Attribution, new_id: NewId
) -> tuple[Item, ...]:
    """The items of the sent list; ``matches`` are those of an earlier one by their places."""
    return tuple(
        _item(listed, matches.get(place), attribution, new_id) for place, listed in enumerate(sent.items)
    )


def _item(listed: ListedItem, known: Item | None, attribution: Attribution, new_id: NewId) -> Item:
    if known is None:
        return Item(id=new_id(), facts=listed.facts, attribution=attribution)
    if listed.untouched:
        return known
    return Item(id=known.id, facts=listed.facts, attribution=attribution, origin=known.origin)


def _assembled(
    latest: MedicationList,
    sent: WholeList,
    items: tuple[Item, ...],
    attribution: Attribution,
    *,
    version: int,
) -> MedicationList:
    faults = answer_faults(
        sent.answers,
        [listed.facts.category for listed in sent.current],
        informant_known=attribution.informant is not None,
        mode_known=attribution.collection_mode is not None,
    )
    if faults:
        raise RefusedError(*faults)
    return MedicationList(
        patient_id=latest.patient_id,
        version=version,
        attribution=attribution,
        items=items + _left_out(latest, items, version),
        answers={category: _answer(category, latest, sent, attribution) for category in CATEGORIES},
        reported_name=sent.reported_name,
    )


def _left_out(latest: MedicationList, items: tuple[Item, ...], version: int) -> tuple[Item, ...]:
    """The earlier items that are not among these; a current one is left out since this version."""
    kept = {item.id for item in items}
    return tuple(
        replace(item, left_out_since=version) if item.current else item
        for item in latest.items
        if item.id not in kept
    )


def _answer(
    category: Category, latest: MedicationList, sent: WholeList, attribution: Attribution
) -> CategoryAnswer:
    present = [listed.untouched for listed in sent.current if listed.facts.category is category]
    if all(present) and present and category not in sent.answers:
        # Nobody spoke of this category: what was answered before with its items stands with them.
        return latest.answers[category]
    answer = Answer.ITEMS_REPORTED if present else sent.answers.get(category, Answer.NOT_ASKED)
    return NOT_ASKED if answer is Answer.NOT_ASKED else CategoryAnswer(answer, attribution)


def match_items(latest: MedicationList, sent: WholeList) -> dict[int, Item]:
    """For each place in the sent list, the earlier item that it is; places without one are new.

    Raises RefusedError when an id is not one of this list's, or stands twice.
    """
    open_items = {item.id: item for item in latest.items if item.facts.status is not Status.ENTERED_IN_ERROR}
    matches = _take_by_id(sent, open_items)
    for same in (_facts, _name_and_strength, _name):
        by_key: dict[object, list[Item]] = {}
        for item in open_items.values():
            by_key.setdefault(same(item.facts), []).append(item)
        for place, listed in enumerate(sent.items):
            candidates = by_key.get(same(listed.facts)) if place not in matches else None
            if candidates:
                matches[place] = candidates.pop(0)
                del open_items[matches[place].id]
    return matches


def _take_by_id(sent: WholeList, open_items: dict[UUID, Item]) -> dict[int, Item]:
    """The items that were sent with an id, by their places; they are open no longer."""
    named = [(place, listed.id) for place, listed in enumerate(sent.items) if listed.id is not None]
    found = {place: open_items.pop(item_id, None) for place, item_id in named}
    unknown = [place for place, item in found.items() if item is None]
    if unknown:
        detail = "Not an item of this list, or sent twice."
        raise RefusedError(*(Fault(f"/items/{place}/id", "unknown_item", detail) for place in unknown))
    return {place: item for place, item in found.items() if item is not None}


def _facts(facts: ItemFacts) -> object:
    return facts


def _name_and_strength(facts: ItemFacts) -> object:
    return (*_name(facts), facts.strength)


def _name(facts: ItemFacts) -> tuple[str | None, str | None]:
    return (facts.name, facts.description if facts.name is None else None)
