"""The clinic: whose house this is, and its settings."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from service.actions.work import Work
from service.domain.access.clinics import Clinic
from service.domain.access.permissions import Actor, Permission
from service.domain.audit.events import AuditAction
from service.domain.errors import NotFoundError
from service.store import clinics as clinic_store
from service.store.database import Connection, Database


def clinic_of(database: Database, actor: Actor) -> Clinic:
    """The clinic that an actor belongs to. Raises NotFoundError."""
    with database.transaction(actor.clinic_id, reads_only=True) as connection:
        return known_clinic(connection, actor.clinic_id)


def create_clinic(work: Work, clinic: Clinic) -> None:
    """Make the clinic that the actor acts for. Raises ConflictError (``clinic_name_taken``)."""
    work.require(Permission.MANAGE_CLINIC)
    clinic_store.insert_clinic(work.connection, clinic, work.now)
    work.record(AuditAction.CREATE_CLINIC)


def change_settings(work: Work, changes: Mapping[str, Any]) -> Clinic:
    """Change some of a clinic's settings; sheets that were issued before keep theirs."""
    work.require(Permission.MANAGE_CLINIC)
    before = known_clinic(work.connection, work.clinic_id)
    after = replace(before, **changes)
    if after != before:
        clinic_store.update_settings(work.connection, after)
        changed = " ".join(sorted(name for name in changes if getattr(before, name) != getattr(after, name)))
        work.record(AuditAction.CHANGE_CLINIC, details={"fields": changed})
    return after


def known_clinic(connection: Connection, clinic_id: UUID) -> Clinic:
    """The clinic with this id. Raises NotFoundError."""
    clinic = clinic_store.load_clinic(connection, clinic_id)
    if clinic is None:
        raise NotFoundError("There is no such clinic.")
    return clinic
