"""The history of a medication list: its versions, what each of them changed, and two of them compared."""

from uuid import UUID

from service.actions.medications import known_list
from service.actions.paging import Page, page_of
from service.actions.patients import known_patient
from service.actions.work import Work
from service.domain.access.permissions import Permission
from service.domain.audit.events import AuditAction
from service.domain.errors import Fault, RefusedError
from service.domain.medications.difference import Difference, VersionChange, difference, version_changes
from service.store import medications as medication_store
from service.store.medications import ListVersionSummary


def list_versions(work: Work, patient_id: UUID, before: int | None, limit: int) -> Page[ListVersionSummary]:
    """A page of a list's versions, newest first: who recorded each, and when. Raises NotFoundError."""
    work.require(Permission.READ_LISTS)
    known_patient(work, patient_id)
    work.record(AuditAction.READ_LIST, patient_id=patient_id, details={"version": "all"})
    found = medication_store.list_versions(work.connection, work.clinic_id, patient_id, before, limit + 1)
    return page_of(found, limit)


def read_history(work: Work, patient_id: UUID, before: int | None, limit: int) -> Page[VersionChange]:
    """A page of a list's versions, newest first, each with what it changed. Raises NotFoundError."""
    found = list_versions(work, patient_id, before, limit)
    numbers = [one.version for one in reversed(found.items)]
    wanted = [numbers[0] - 1, *numbers] if numbers else []
    loaded = medication_store.load_lists(work.connection, work.clinic_id, patient_id, wanted)
    changes = version_changes(loaded[number] for number in wanted if number)
    return Page(tuple(changes)[::-1], found.more)


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
