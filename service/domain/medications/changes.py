"""How one version of a medication list becomes the next. Nothing is removed on the way."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from service.domain.attribution import Attribution, CollectionMode
from service.domain.errors import ConflictError, Fault, NotFoundError, RefusedError
from service.domain.medications.medication_list import (
    CATEGORIES,
    CURRENT_STATUSES,
    NOT_ASKED,
    PERSONS_ANSWERS,
    Answer,
    Category,
    CategoryAnswer,
    Item,
    ItemFacts,
    MedicationList,
    Status,
    contradicted,
)
from service.domain.patients.patients import Patient, same_name

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
    def silent(self) -> bool:
        """Whether it says nothing at all: no item that was spoken of, and no answer but "not asked"."""
        return all(listed.untouched for listed in self.items) and all(
            answer is Answer.NOT_ASKED for answer in self.answers.values()
        )


def answer_faults(
    answers: Mapping[Category, Answer],
    reported: Sequence[Category | None],
    *,
    informant_known: bool,
    mode_known: bool,
) -> list[Fault]:
    """Every fault in a list's answers; pointers are those of a posted list."""
    faults = [
        Fault(
            f"/categories/{category}/answer",
            "contradicts_items",
            f"The answer cannot be {answers[category]} while the list has current items of this category.",
        )
        for category in contradicted(answers, reported)
    ]
    if PERSONS_ANSWERS & set(answers.values()):
        if not informant_known:
            faults.append(Fault("/informant", "required", "An answer needs the person who gave it."))
        if not mode_known:
            faults.append(Fault("/collection_mode", "required", "An answer needs how it was collected."))
    return faults


def start_list(
    patient_id: UUID, sent: WholeList, attribution: Attribution, *, new_id: NewId
) -> MedicationList:
    """Version 1 of a patient's list. Raises RefusedError with every fault."""
    empty = MedicationList(patient_id=patient_id, version=1, attribution=attribution)
    return _assemble(empty, 1, sent, attribution, {}, new_id)


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
    return _assemble(latest, latest.version + 1, sent, attribution, match_items(latest, sent), new_id)


def _assemble(
    latest: MedicationList,
    version: int,
    sent: WholeList,
    attribution: Attribution,
    matches: Mapping[int, Item],
    new_id: NewId,
) -> MedicationList:
    faults = answer_faults(
        sent.answers,
        [listed.facts.category for listed in sent.items if listed.facts.status in CURRENT_STATUSES],
        informant_known=attribution.informant is not None,
        mode_known=attribution.collection_mode is not None,
    )
    if faults:
        raise RefusedError(*faults)
    items = tuple(
        matches[place]
        if listed.untouched
        else Item(
            id=matches[place].id if place in matches else new_id(),
            facts=listed.facts,
            attribution=attribution,
            origin=matches[place].origin if place in matches else None,
        )
        for place, listed in enumerate(sent.items)
    )
    kept = {item.id for item in items}
    left_out = tuple(
        replace(item, left_out_since=version) if item.current else item
        for item in latest.items
        if item.id not in kept
    )
    answers = {category: _answer(category, latest, sent, attribution) for category in CATEGORIES}
    return MedicationList(
        patient_id=latest.patient_id,
        version=version,
        attribution=attribution,
        items=items + left_out,
        answers=answers,
        reported_name=sent.reported_name,
    )


def _answer(
    category: Category, latest: MedicationList, sent: WholeList, attribution: Attribution
) -> CategoryAnswer:
    present = [
        listed.untouched
        for listed in sent.items
        if listed.facts.category is category and listed.facts.status in CURRENT_STATUSES
    ]
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
    matches: dict[int, Item] = {}
    faults: list[Fault] = []
    for place, listed in enumerate(sent.items):
        if listed.id is None:
            continue
        known = open_items.pop(listed.id, None)
        if known is None:
            faults.append(
                Fault(f"/items/{place}/id", "unknown_item", "Not an item of this list, or sent twice.")
            )
        else:
            matches[place] = known
    if faults:
        raise RefusedError(*faults)
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


def _facts(facts: ItemFacts) -> object:
    return facts


def _name_and_strength(facts: ItemFacts) -> object:
    return (facts.name, facts.description if facts.name is None else None, facts.strength)


def _name(facts: ItemFacts) -> object:
    return (facts.name, facts.description if facts.name is None else None)


def add_item(
    latest: MedicationList, facts: ItemFacts, attribution: Attribution, *, new_id: NewId
) -> MedicationList:
    """The next version with one item more, after the others that are on the list."""
    item = Item(id=new_id(), facts=facts, attribution=attribution)
    on_list = tuple(item for item in latest.items if item.left_out_since is None)
    off_list = tuple(item for item in latest.items if item.left_out_since is not None)
    return _next(latest, (*on_list, item, *off_list), latest.answers, attribution)


def changed_facts(facts: ItemFacts, changes: Mapping[str, Any]) -> ItemFacts:
    """The facts with some of them changed. Raises RefusedError when neither name nor description is left."""
    merged = {name: changes.get(name, getattr(facts, name)) for name in ("name", "description")}
    if not any(merged.values()):
        raise RefusedError(name_or_description_fault(""))
    return replace(facts, **changes)


def name_or_description_fault(pointer: str) -> Fault:
    """The fault of an item that nobody could recognise; ``pointer`` is the item's own."""
    return Fault(f"{pointer}/name", "name_or_description", "An item needs a name or a description.")


def change_item(
    latest: MedicationList, item_id: UUID, facts: ItemFacts, attribution: Attribution
) -> MedicationList:
    """The next version with other facts for one item.

    An item on an earlier list that somebody spoke of again is back on the latest. Raises NotFoundError, and
    ConflictError for an item that was entered in error.
    """
    item = _open_item(latest, item_id)
    changed = replace(item, facts=facts, attribution=attribution, left_out_since=None)
    return _next(latest, _swap(latest, changed), latest.answers, attribution)


def mark_entered_in_error(
    latest: MedicationList, item_id: UUID, reason: str, attribution: Attribution
) -> MedicationList:
    """The next version with one item marked as entered in error; its row and facts stay."""
    item = _open_item(latest, item_id)
    facts = replace(item.facts, status=Status.ENTERED_IN_ERROR)
    marked = replace(item, facts=facts, attribution=attribution, error_reason=reason)
    return _next(latest, _swap(latest, marked), latest.answers, attribution)


def answer_category(
    latest: MedicationList, category: Category, answer: Answer, attribution: Attribution
) -> MedicationList:
    """The next version with another answer for one category. Raises RefusedError."""
    faults = answer_faults(
        {category: answer},
        [item.facts.category for item in latest.current_items],
        informant_known=attribution.informant is not None,
        mode_known=attribution.collection_mode is not None,
    )
    if faults:
        raise RefusedError(
            *(replace(f, pointer="/answer") if f.code == "contradicts_items" else f for f in faults)
        )
    given = NOT_ASKED if answer is Answer.NOT_ASKED else CategoryAnswer(answer, attribution)
    return _next(latest, latest.items, {**latest.answers, category: given}, attribution)


def restate_for(latest: MedicationList, patient: Patient, attribution: Attribution) -> MedicationList:
    """The next version with the same items and answers, for a patient whose name or birth date was corrected.

    Sheets of the version before carry the old name: they are out of date with it. A name that a list came
    in under and that is now the one on file differs no longer.
    """
    settled = same_name(latest.reported_name, patient.name)
    return replace(
        latest,
        version=latest.version + 1,
        attribution=attribution,
        reported_name=None if settled else latest.reported_name,
    )


def _open_item(latest: MedicationList, item_id: UUID) -> Item:
    item = latest.item(item_id)
    if item is None:
        raise NotFoundError("There is no such item.")
    if item.facts.status is Status.ENTERED_IN_ERROR:
        raise ConflictError("The item was entered in error and cannot be changed.", code="entered_in_error")
    return item


def _swap(latest: MedicationList, changed: Item) -> tuple[Item, ...]:
    return tuple(changed if item.id == changed.id else item for item in latest.items)


def _next(
    latest: MedicationList,
    items: tuple[Item, ...],
    answers: Mapping[Category, CategoryAnswer],
    attribution: Attribution,
) -> MedicationList:
    """One change made: current items answer for their category, every other answer stays as it was."""
    reported = {item.facts.category for item in items if item.current}
    spoken = {
        category: (
            CategoryAnswer(Answer.ITEMS_REPORTED, attribution)
            if category in reported and answer.answer is not Answer.ITEMS_REPORTED
            else answer
        )
        for category, answer in answers.items()
    }
    return MedicationList(
        patient_id=latest.patient_id,
        version=latest.version + 1,
        attribution=attribution,
        items=items,
        answers=spoken,
        reported_name=latest.reported_name,
    )
