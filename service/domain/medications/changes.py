"""One change of a medication list: an item, an answer or the patient's name; each makes the next version."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from service.domain.attribution import Attribution
from service.domain.errors import ConflictError, NotFoundError, RefusedError
from service.domain.medications.categories import NOT_ASKED, Answer, Category, CategoryAnswer, answer_faults
from service.domain.medications.items import Item, ItemFacts, Status
from service.domain.medications.medication_list import MedicationList
from service.domain.medications.whole_list import NewId
from service.domain.patients.patients import Patient, same_name


def add_item(
    latest: MedicationList, facts: ItemFacts, attribution: Attribution, *, new_id: NewId
) -> MedicationList:
    """The next version with one item more, after the others that are on the list."""
    item = Item(id=new_id(), facts=facts, attribution=attribution)
    on_list = tuple(item for item in latest.items if item.left_out_since is None)
    off_list = tuple(item for item in latest.items if item.left_out_since is not None)
    return _next(latest, (*on_list, item, *off_list), latest.answers, attribution)


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


def said_on_form(item: Item, form: Mapping[str, Any], attribution: Attribution) -> Mapping[str, Any]:
    """What was said of an item by a form, which sends every fact it shows whether anybody spoke of it or not.

    That is nothing where it leaves a current item as it was and names neither who said so nor how.
    """
    as_before = item.current and all(getattr(item.facts, name) == value for name, value in form.items())
    unattributed = attribution.informant is None and attribution.collection_mode is None
    return {} if as_before and unattributed else form


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
