"""The medication list: everything the patient takes now, and what was answered for each category."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from uuid import UUID

from service.domain.attribution import Attribution
from service.domain.medications.categories import (
    CATEGORIES,
    NOT_ASKED,
    Category,
    CategoryAnswer,
    contradicted,
)
from service.domain.medications.items import Item

_ALL_CATEGORIES = frozenset(CATEGORIES)

MOST_ITEMS = 1000
"""How many items a list has at most, those that are no longer current among them."""


def _not_asked() -> Mapping[Category, CategoryAnswer]:
    return MappingProxyType(dict.fromkeys(CATEGORIES, NOT_ASKED))


def _in_categories(items: Iterable[Item]) -> Mapping[Category | None, tuple[Item, ...]]:
    found: dict[Category | None, list[Item]] = {}
    for item in items:
        found.setdefault(item.facts.category, []).append(item)
    return {category: tuple(of_it) for category, of_it in found.items()}


@dataclass(frozen=True, slots=True)
class MedicationList:
    """One version of a patient's list, whole: every item, also those no longer current, and every answer.

    ``reported_name`` is the patient's name as it came with this version, where it differs from the record.
    """

    patient_id: UUID
    version: int
    attribution: Attribution
    items: tuple[Item, ...] = ()
    answers: Mapping[Category, CategoryAnswer] = field(default_factory=_not_asked)
    reported_name: str | None = None
    current_items: tuple[Item, ...] = field(init=False, repr=False, compare=False)
    """What the patient takes now, in the list's own order."""
    _by_category: Mapping[Category | None, tuple[Item, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        current = tuple([item for item in self.items if item.current])
        object.__setattr__(self, "current_items", current)
        object.__setattr__(self, "_by_category", _in_categories(current))
        if self.version < 1:
            raise ValueError("versions are counted from 1")
        if self.answers.keys() != _ALL_CATEGORIES:
            raise ValueError("every category has an answer")
        ids = [item.id for item in self.items]
        if len(ids) != len(set(ids)):
            raise ValueError("two items have the same id")
        if contradicted(
            {category: answer.answer for category, answer in self.answers.items()}, self._by_category
        ):
            raise ValueError("an answer contradicts the items of its category")
        object.__setattr__(self, "answers", MappingProxyType({c: self.answers[c] for c in CATEGORIES}))

    @property
    def earlier_items(self) -> tuple[Item, ...]:
        """What an earlier list had and the latest came without, still to be asked about."""
        return tuple(item for item in self.items if item.on_earlier_list)

    def in_category(self, category: Category | None) -> tuple[Item, ...]:
        """The current items of one category, or (None) those not sorted yet."""
        return self._by_category.get(category, ())

    @property
    def in_sheet_order(self) -> tuple[Item, ...]:
        """Every item that is still spoken of: by category, then not sorted, then those on an earlier list."""
        current = (item for category in (*CATEGORIES, None) for item in self.in_category(category))
        return (*current, *self.earlier_items)

    def item(self, item_id: UUID) -> Item | None:
        """The item with that id, current or not."""
        return next((item for item in self.items if item.id == item_id), None)
