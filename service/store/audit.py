"""Audit events, read by the newest first; ``audit_chain`` writes them."""

from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, bindparam, select

from service.domain.access.permissions import Actor, ActorKind, Role
from service.domain.audit.events import AuditAction, AuditEvent, AuditOutcome
from service.store.tables import audit_events as events

_GREATER_THAN_ALL = UUID(int=2**128 - 1)

_LIST = (
    select(events)
    .where(events.c.clinic_id == bindparam("clinic"), events.c.id < bindparam("before"))
    .order_by(events.c.id.desc())
    .limit(bindparam("most"))
)
_LIST_OF_PATIENT = _LIST.where(events.c.patient_id == bindparam("patient"))


def list_events(
    connection: Connection,
    clinic_id: UUID,
    before: UUID | None,
    limit: int,
    patient_id: UUID | None = None,
) -> tuple[AuditEvent, ...]:
    """At most ``limit`` events with an id lower than ``before``, of one patient or of all: newest first."""
    page = {"clinic": clinic_id, "before": before or _GREATER_THAN_ALL, "most": limit}
    if patient_id is None:
        return tuple(_event(row) for row in connection.execute(_LIST, page))
    return tuple(_event(row) for row in connection.execute(_LIST_OF_PATIENT, {**page, "patient": patient_id}))


def _event(row: Row[Any]) -> AuditEvent:
    actor = Actor(
        row.clinic_id, ActorKind(row.actor_kind), row.actor_id, row.actor_name, Role(row.actor_role)
    )
    return AuditEvent(
        id=row.id,
        at=row.at,
        actor=actor,
        action=AuditAction(row.action),
        outcome=AuditOutcome(row.outcome),
        request_id=row.request_id,
        patient_id=row.patient_id,
        subject=row.subject,
        details=row.details,
    )
