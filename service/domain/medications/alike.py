"""Items of a list that may be the same one: told by equal names or equal codes, never by what a name means.

Nothing is merged for anybody: two doses of one medicine are two items. A person looks at them side by side.
"""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from service.domain.medications.items import Item
from service.domain.medications.medication_list import MedicationList


class AlikeKind(StrEnum):
    """What some items have in common."""

    SAME_NAME = "same_name"
    SAME_CODE = "same_code"


@dataclass(frozen=True, slots=True)
class Alike:
    """Items that have something in common, in the sheet's order."""

    kind: AlikeKind
    items: tuple[Item, ...]


def alike_items(medications: MedicationList) -> tuple[Alike, ...]:
    """What is to be looked at side by side, also where one of the items is on an earlier list.

    Names are equal but for capitals and the width of blanks; codes letter for letter. Items that have both
    in common are named once.
    """
    by_name: dict[Hashable, list[Item]] = {}
    by_code: dict[Hashable, list[Item]] = {}
    for item in medications.in_sheet_order:
        if item.facts.name:
            by_name.setdefault(tuple(item.facts.name.casefold().split()), []).append(item)
        for code in dict.fromkeys((coding.system, coding.code) for coding in item.facts.codings):
            by_code.setdefault(code, []).append(item)
    named = _groups(by_name.values())
    coded = [group for group in _groups(by_code.values()) if group not in named]
    return tuple(
        [Alike(AlikeKind.SAME_NAME, group) for group in named]
        + [Alike(AlikeKind.SAME_CODE, group) for group in coded]
    )


def _groups(found: Iterable[list[Item]]) -> list[tuple[Item, ...]]:
    """The groups of at least two items, each group once."""
    return list(dict.fromkeys(tuple(items) for items in found if len(items) > 1))
