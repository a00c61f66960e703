"""Where a request comes in, and what is recorded of one that is refused."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from service.actions.work import new_id
from service.domain.access.permissions import Actor
from service.domain.audit.chain import AuditKeys
from service.domain.audit.events import AuditAction, AuditEvent, AuditOutcome
from service.domain.wording import ONLY_ENGLISH, Catalogues
from service.store import audit_chain as chain_store
from service.store import checklists as checklist_store
from service.store import medications as medication_store
from service.store.database import Connection, Database

Clock = Callable[[], datetime]
SpareRecord = Callable[[Sequence[AuditEvent]], None]


@dataclass(frozen=True, slots=True)
class Door:
    """Where a request comes in: the database, the clock, who asks, under which request id; and the words.

    ``audit_keys`` sign the events of what is done and refused: there is no door without them. ``operation``
    is what is asked for, as method and address with places for ids; ``named`` the ids in these places, known
    to the clinic or not. They tell in the record what was refused. ``spare_record`` keeps what a read records
    while the database takes no write; without one, nothing is read then.
    """

    database: Database
    audit_keys: AuditKeys
    clock: Clock
    actor: Actor
    request_id: str
    catalogues: Catalogues = field(default_factory=lambda: ONLY_ENGLISH)
    operation: str | None = None
    named: Mapping[str, UUID] = field(default_factory=dict)
    spare_record: SpareRecord | None = None


def record_refusal(door: Door) -> None:
    """Record that the actor was refused, and what, and whose data it is where an id tells."""
    with door.database.transaction(door.actor.clinic_id) as connection:
        patient_id = _patient_named(connection, door.actor.clinic_id, door.named)
        refusal = replace(refusal_event(door), patient_id=patient_id)
        chain_store.append_events(connection, [refusal], door.audit_keys)


def refusal_event(door: Door, why: Mapping[str, str] | None = None) -> AuditEvent:
    """The event that the actor was refused, what, and where it is not for want of a permission, why."""
    now = door.clock()
    asked_for = {name: str(value) for name, value in door.named.items() if name != "patient_id"}
    if door.operation:
        asked_for["operation"] = door.operation
    return AuditEvent(
        id=new_id(now),
        at=now,
        actor=door.actor,
        action=AuditAction.ACCESS,
        outcome=AuditOutcome.REFUSED,
        request_id=door.request_id,
        patient_id=door.named.get("patient_id"),
        details={**asked_for, **(why or {})},
    )


def _patient_named(connection: Connection, clinic_id: UUID, named: Mapping[str, UUID]) -> UUID | None:
    """The patient whom one of these ids stands for or is about; a patient's own id also of nobody on file.

    The names are those of the places in an address. In ``list_id`` and ``named`` the id is the patient's.
    """
    for name in ("patient_id", "list_id", "named"):
        if name in named:
            return named[name]
    if "checklist_id" in named:
        sheet = checklist_store.load_checklist(connection, clinic_id, named["checklist_id"])
        return sheet.patient_id if sheet else None
    item_id = named.get("item_id") or named.get("provenance_id")
    return medication_store.find_patient_of_item(connection, clinic_id, item_id) if item_id else None
