"""What changed between two versions of one medication list."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from enum import StrEnum

from service.domain.attribution import Attribution
from service.domain.medications.categories import Answer, Category
from service.domain.medications.items import Item, ItemFacts, Status
from service.domain.medications.medication_list import MedicationList


class ItemChangeKind(StrEnum):
    """What happened to an item between two versions."""

    ADDED = "added"
    CHANGED = "changed"
    LEFT_OUT = "left_out"
    STOPPED = "stopped"
    ENTERED_IN_ERROR = "entered_in_error"


@dataclass(frozen=True, slots=True)
class ItemChange:
    """One item's change. ``fields`` names the facts that differ, in the order of ``ItemFacts``.

    An item that was entered in error names none: it should not have been on the list, whatever it said.
    """

    kind: ItemChangeKind
    before: Item | None
    after: Item
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AnswerChange:
    """Another answer for a category."""

    category: Category
    before: Answer
    after: Answer


@dataclass(frozen=True, slots=True)
class Difference:
    """Everything that differs, items in the later list's own order."""

    from_version: int
    to_version: int
    items: tuple[ItemChange, ...]
    answers: tuple[AnswerChange, ...]

    @property
    def empty(self) -> bool:
        """Whether the two versions say the same."""
        return not self.items and not self.answers


def difference(before: MedicationList, after: MedicationList) -> Difference:
    """What has to be done to ``before`` to make it say what ``after`` says.

    Items are told apart by their id, never by their name. Raises ValueError for two patients' lists.
    """
    if before.patient_id != after.patient_id:
        raise ValueError("the two lists are not one patient's")
    changes = (_item_change(before.item(item.id), item) for item in after.items)
    return Difference(
        from_version=before.version,
        to_version=after.version,
        items=tuple(change for change in changes if change is not None),
        answers=tuple(
            AnswerChange(category, before.answers[category].answer, after.answers[category].answer)
            for category in Category
            if before.answers[category].answer is not after.answers[category].answer
        ),
    )


@dataclass(frozen=True, slots=True)
class VersionChange:
    """A version of a list: who recorded it and when, and what it says otherwise than the one before it."""

    version: int
    attribution: Attribution
    changes: Difference


def version_changes(versions: Iterable[MedicationList]) -> Iterator[VersionChange]:
    """What each version changed, in their order, which is from an earlier to the next.

    Version 1 is compared with a list that says nothing. Any other that comes first tells nothing of itself:
    what it changed is not known.
    """
    before = None
    for after in versions:
        if after.version == 1:
            before = MedicationList(after.patient_id, 1, after.attribution)
        if before is not None:
            yield VersionChange(after.version, after.attribution, difference(before, after))
        before = after


def _item_change(before: Item | None, after: Item) -> ItemChange | None:
    changed = _changed_fields(before.facts, after.facts) if before else ()
    if after.current and not (before and before.current):
        return ItemChange(ItemChangeKind.ADDED, before, after, changed)
    if after.on_earlier_list and not (before and before.on_earlier_list):
        return ItemChange(ItemChangeKind.LEFT_OUT, before, after, changed)
    if "status" in changed and after.facts.status is Status.ENTERED_IN_ERROR:
        return ItemChange(ItemChangeKind.ENTERED_IN_ERROR, before, after)
    if after.facts.status is Status.STOPPED and (before is None or "status" in changed):
        return ItemChange(ItemChangeKind.STOPPED, before, after, changed)
    if changed:
        return ItemChange(ItemChangeKind.CHANGED, before, after, changed)
    return None


def _changed_fields(before: ItemFacts, after: ItemFacts) -> tuple[str, ...]:
    return tuple(
        field.name for field in fields(ItemFacts) if getattr(before, field.name) != getattr(after, field.name)
    )
