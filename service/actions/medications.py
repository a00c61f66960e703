"""The medication list: read it, put a whole one, change an item, answer a category."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from service.actions.patients import known_patient
from service.actions.work import Work
from service.domain.access.permissions import Permission
from service.domain.attribution import Attribution
from service.domain.audit.events import AuditAction
from service.domain.checklists.gaps import Gap, gaps_of
from service.domain.errors import NotFoundError, StaleVersionError
from service.domain.medications import changes as medication_changes
from service.domain.medications.categories import Answer, Category
from service.domain.medications.items import Item, ItemFacts, changed_facts
from service.domain.medications.medication_list import MedicationList
from service.domain.medications.whole_list import WholeList, replace_list
from service.store import medication_writing
from service.store import medications as medication_store

ListAndGaps = tuple[MedicationList, tuple[Gap, ...]]


def get_list(work: Work, patient_id: UUID, version: int | None = None) -> ListAndGaps:
    """The latest version of a list, or the one asked for, with its gaps. Raises NotFoundError."""
    work.require(Permission.READ_LISTS)
    patient = known_patient(work, patient_id)
    found = known_list(work, patient_id, version)
    work.record(AuditAction.READ_LIST, patient_id=patient_id, details={"version": str(found.version)})
    return found, gaps_of(patient, found)


def put_list(
    work: Work, patient_id: UUID, sent: WholeList, attribution: Attribution, *, made_from: int | None
) -> ListAndGaps:
    """Replace the list with a whole new one; see ``whole_list.replace_list``."""
    return _change(
        work,
        patient_id,
        made_from,
        lambda latest: replace_list(latest, sent, attribution, new_id=work.new_id),
    )


def add_item(
    work: Work, patient_id: UUID, facts: ItemFacts, attribution: Attribution, *, made_from: int | None
) -> ListAndGaps:
    """Put one item more on the list."""
    return _change(
        work,
        patient_id,
        made_from,
        lambda latest: medication_changes.add_item(latest, facts, attribution, new_id=work.new_id),
    )


def change_item(
    work: Work,
    patient_id: UUID,
    item_id: UUID,
    changes: Mapping[str, Any],
    attribution: Attribution,
    *,
    made_from: int | None,
) -> ListAndGaps:
    """Change some facts of one item; the others stay. Raises NotFoundError and what the domain refuses."""

    def change(latest: MedicationList) -> MedicationList:
        return _with_changes(latest, _known_item(latest, item_id), changes, attribution)

    return _change(work, patient_id, made_from, change)


def change_item_by_form(
    work: Work,
    patient_id: UUID,
    item_id: UUID,
    form: Mapping[str, Any],
    attribution: Attribution,
    *,
    made_from: int | None,
) -> ListAndGaps:
    """Change one item by a form that sends every fact it shows; see ``changes.said_on_form``."""

    def change(latest: MedicationList) -> MedicationList:
        item = _known_item(latest, item_id)
        said = medication_changes.said_on_form(item, form, attribution)
        return _with_changes(latest, item, said, attribution)

    return _change(work, patient_id, made_from, change)


def mark_entered_in_error(
    work: Work, patient_id: UUID, item_id: UUID, reason: str, *, made_from: int | None
) -> ListAndGaps:
    """Mark an item as entered in error; it stays on file and leaves the sheet."""
    attribution = work.attribution(None, None)
    return _change(
        work,
        patient_id,
        made_from,
        lambda latest: medication_changes.mark_entered_in_error(latest, item_id, reason, attribution),
    )


def answer_category(
    work: Work,
    patient_id: UUID,
    category: Category,
    answer: Answer,
    attribution: Attribution,
    *,
    made_from: int | None,
) -> ListAndGaps:
    """Record what was answered for one category."""
    return _change(
        work,
        patient_id,
        made_from,
        lambda latest: medication_changes.answer_category(latest, category, answer, attribution),
    )


def known_list(work: Work, patient_id: UUID, version: int | None = None) -> MedicationList:
    """A patient's list, the latest or a version of it. Raises NotFoundError."""
    if version is None:
        found = medication_store.load_latest_list(work.connection, work.clinic_id, patient_id)
    else:
        found = medication_store.load_list(work.connection, work.clinic_id, patient_id, version)
    if found is None:
        raise NotFoundError("There is no such version of the list.")
    return found


def _known_item(medications: MedicationList, item_id: UUID) -> Item:
    """An item of a list, also one that was left out or entered in error. Raises NotFoundError."""
    item = medications.item(item_id)
    if item is None:
        raise NotFoundError("There is no such item.")
    return item


def _with_changes(
    latest: MedicationList, item: Item, changes: Mapping[str, Any], attribution: Attribution
) -> MedicationList:
    """The next version; where nothing was said, the latest: who said the facts before stays on record."""
    if not changes:
        return latest
    facts = changed_facts(item.facts, changes)
    return medication_changes.change_item(latest, item.id, facts, attribution)


def _change(
    work: Work, patient_id: UUID, made_from: int | None, change: Callable[[MedicationList], MedicationList]
) -> ListAndGaps:
    """Make the next version. ``made_from`` is the version the sender saw; None says nothing about it.

    Raises NotFoundError, StaleVersionError and what the domain refuses.
    """
    work.require(Permission.WRITE_LISTS)
    patient = known_patient(work, patient_id, for_update=True)
    latest = known_list(work, patient_id)
    if made_from is not None and made_from != latest.version:
        raise StaleVersionError(made_from, latest.version)
    changed = change(latest)
    if changed is latest:
        work.record(AuditAction.READ_LIST, patient_id=patient_id, details={"version": str(latest.version)})
    else:
        replace_latest(work, changed)
    return changed, gaps_of(patient, changed)


def replace_latest(work: Work, changed: MedicationList) -> MedicationList:
    """Save the next version of a list and record that it was changed. Raises StaleVersionError."""
    medication_writing.save_next_list(work.connection, work.clinic_id, changed)
    work.record(
        AuditAction.CHANGE_LIST,
        patient_id=changed.patient_id,
        details={"version": str(changed.version), "items": str(len(changed.current_items))},
    )
    return changed
