"""The audit trail: who did what to whose data."""

from uuid import UUID

from service.actions.paging import Page, page_of
from service.actions.work import Work
from service.domain.access.permissions import Permission
from service.domain.audit.events import AuditAction, AuditEvent
from service.store import audit as audit_store


def list_audit_events(
    work: Work, patient_id: UUID | None, before: UUID | None, limit: int
) -> Page[AuditEvent]:
    """A page of the clinic's audit events, newest first; of one patient, where one is named."""
    work.require(Permission.READ_AUDIT)
    found = audit_store.list_events(work.connection, work.clinic_id, before, limit + 1, patient_id)
    work.record(AuditAction.READ_AUDIT, patient_id=patient_id)
    return page_of(found, limit)
