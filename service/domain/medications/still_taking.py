"""What is said of the items on file when a list is asked again: still taken, not any more, or changed."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any
from uuid import UUID

from service.domain.medications.items import Item, ItemFacts, Status, changed_facts
from service.domain.medications.medication_list import MedicationList
from service.domain.medications.whole_list import ListedItem


class StillTaking(StrEnum):
    """The three answers to "Still taking it?"."""

    YES = "yes"
    NO = "no"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Spoken:
    """What was said of one item; ``changes`` are the facts that were gone through where it has changed."""

    answer: StillTaking
    changes: Mapping[str, Any] = field(default_factory=dict)


def asked_about(latest: MedicationList) -> tuple[Item, ...]:
    """The items to ask about: what is current, and what the latest list came without."""
    return (*latest.current_items, *latest.earlier_items)


def said_again(
    latest: MedicationList, spoken: Mapping[UUID, Spoken], new: tuple[ListedItem, ...]
) -> tuple[ListedItem, ...]:
    """The items of the next whole list: those on file as they were spoken of, and the new ones.

    What nobody spoke of is neither said again nor dropped: a current item stays untouched, and one on an
    earlier list stays there, which is to say that it is not among these. Raises RefusedError.
    """
    current = tuple(_current(item, spoken.get(item.id)) for item in latest.current_items)
    earlier = tuple(_spoken_of(item, spoken[item.id]) for item in latest.earlier_items if item.id in spoken)
    return (*current, *new, *earlier)


def _current(item: Item, said: Spoken | None) -> ListedItem:
    return ListedItem(item.facts, item.id, untouched=True) if said is None else _spoken_of(item, said)


def _spoken_of(item: Item, said: Spoken) -> ListedItem:
    return ListedItem(_facts(item.facts, said), item.id)


def _facts(facts: ItemFacts, said: Spoken) -> ItemFacts:
    if said.answer is StillTaking.NO:
        return replace(facts, status=Status.STOPPED)
    if said.answer is StillTaking.CHANGED:
        return _without_stale_codes(facts, changed_facts(facts, said.changes))
    # It was not known if it is still taken; now it is.
    return replace(facts, status=Status.ACTIVE) if facts.status is Status.UNKNOWN else facts


def _without_stale_codes(before: ItemFacts, after: ItemFacts) -> ItemFacts:
    """A code says again what the name and the strength said; where a person changed these it may be wrong."""
    named = (before.name, before.description, before.strength)
    same = named == (after.name, after.description, after.strength)
    return after if same else replace(after, codings=())
