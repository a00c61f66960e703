"""The medication list: read it, put a whole one, change an item, answer a category, look back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any
from uuid import UUID

from service.actions.pages import Page, page_of
from service.actions.patients import known_patient
from service.actions.work import Work
from service.domain.access.permissions import Permission
from service.domain.attribution import Attribution
from service.domain.audit.events import AuditAction
from service.domain.checklists.gaps import Gap, gaps_of
from service.domain.errors import Fault, NotFoundError, RefusedError, StaleVersionError
from service.domain.medications import changes as medication_changes
from service.domain.medications.categories import Answer, Category
from service.domain.medications.difference import Difference, difference
from service.domain.medications.items import ItemFacts, changed_facts
from service.domain.medications.medication_list import MedicationList
from service.domain.medications.whole_list import WholeList, replace_list
from service.store import medications as medication_store
from service.store.medications import ListVersionSummary


@dataclass(frozen=True, slots=True)
class ChangedVersion:
    """A version of a list: who recorded it and when, and what it changed."""

    version: int
    attribution: Attribution
    changes: Difference


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
    """Change some facts of one item; the others stay."""

    def change(latest: MedicationList) -> MedicationList:
        item = latest.item(item_id)
        if item is None:
            raise NotFoundError("There is no such item.")
        if not changes:
            # Nothing was said: who said the facts before, and where the item stands, stays on record.
            return latest
        facts = changed_facts(item.facts, changes)
        return medication_changes.change_item(latest, item_id, facts, attribution)

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


def list_versions(work: Work, patient_id: UUID, before: int | None, limit: int) -> Page[ListVersionSummary]:
    """A page of a list's versions, newest first: who recorded each, and when. Raises NotFoundError."""
    work.require(Permission.READ_LISTS)
    known_patient(work, patient_id)
    work.record(AuditAction.READ_LIST, patient_id=patient_id, details={"version": "all"})
    found = medication_store.list_versions(work.connection, work.clinic_id, patient_id, before, limit + 1)
    return page_of(found, limit)


def read_history(work: Work, patient_id: UUID, before: int | None, limit: int) -> Page[ChangedVersion]:
    """A page of a list's versions, newest first, each with what it says otherwise than the one before it.

    The first version is compared with a list that says nothing. Raises NotFoundError.
    """
    found = list_versions(work, patient_id, before, limit)
    numbers = [one.version for one in found.items]
    wanted = [*numbers, numbers[-1] - 1] if numbers else []
    loaded = medication_store.load_lists(work.connection, work.clinic_id, patient_id, wanted)
    lists = [loaded[number] for number in wanted if number]
    if lists and lists[-1].version == 1:
        lists.append(MedicationList(patient_id, 1, lists[-1].attribution))
    entries = (
        ChangedVersion(after.version, after.attribution, difference(earlier, after))
        for after, earlier in pairwise(lists)
    )
    return Page(tuple(entries), found.more)


def compare_versions(work: Work, patient_id: UUID, before: int, after: int) -> Difference:
    """What changed from one version to a later one. Raises NotFoundError and RefusedError."""
    work.require(Permission.READ_LISTS)
    if before > after:
        raise RefusedError(Fault("/from", "range", "The version to start from is the earlier one."))
    known_patient(work, patient_id)
    work.record(
        AuditAction.READ_LIST, patient_id=patient_id, details={"from": str(before), "version": str(after)}
    )
    return difference(known_list(work, patient_id, before), known_list(work, patient_id, after))


def known_list(work: Work, patient_id: UUID, version: int | None = None) -> MedicationList:
    """A patient's list, the latest or a version of it. Raises NotFoundError."""
    if version is None:
        found = medication_store.load_latest_list(work.connection, work.clinic_id, patient_id)
    else:
        found = medication_store.load_list(work.connection, work.clinic_id, patient_id, version)
    if found is None:
        raise NotFoundError("There is no such version of the list.")
    return found


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
    medication_store.save_next_list(work.connection, work.clinic_id, changed)
    work.record(
        AuditAction.CHANGE_LIST,
        patient_id=changed.patient_id,
        details={"version": str(changed.version), "items": str(len(changed.current_items))},
    )
    return changed
