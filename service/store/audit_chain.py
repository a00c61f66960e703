"""Audit events, written once and as the next of their clinic's chain, and read in the chain's order."""

import json
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnClause, Connection, bindparam, column, func, insert, not_, or_, select, update

from service.domain.audit.chain import START, AuditKeys, ChainedEvent, ChainHead
from service.domain.audit.events import AuditEvent
from service.store.database.inserts import insert_rows
from service.store.tables import audit_chains as chains
from service.store.tables import audit_events as events

_LOWEST, _HIGHEST = -(2**63), 2**63 - 1

_BEGIN = insert(chains)
_HEAD = select(chains.c.length, chains.c.mac).where(chains.c.clinic_id == bindparam("clinic"))
_HEADS = select(chains.c.clinic_id, chains.c.length, chains.c.mac)
_TAKE_HEAD = _HEAD.with_for_update()
_MOVE_HEAD = (
    update(chains)
    .where(chains.c.clinic_id == bindparam("clinic"))
    .values(length=bindparam("new_length"), mac=bindparam("new_mac"))
)
# Without types, so that what somebody else put there is read too.
_AS_IT_STANDS: list[ColumnClause[Any]] = [column(name) for name in ChainedEvent._fields]
_READ = (
    select(*_AS_IT_STANDS)
    .select_from(events)
    .where(
        events.c.clinic_id == bindparam("clinic"),
        events.c.sequence >= bindparam("first"),
        events.c.sequence <= _HIGHEST,
    )
    .order_by(events.c.sequence)
    .limit(bindparam("most"))
)
_COUNT_BESIDE = (
    select(func.count())
    .select_from(events)
    .where(
        events.c.clinic_id == bindparam("clinic"),
        or_(events.c.sequence.is_(None), not_(events.c.sequence.between(_LOWEST, _HIGHEST))),
    )
)


def begin_chain(connection: Connection, clinic_id: UUID) -> None:
    """Let a new clinic's chain begin."""
    connection.execute(_BEGIN, {"clinic_id": clinic_id, "length": 0, "mac": START})


def append_events(connection: Connection, made: Sequence[AuditEvent], keys: AuditKeys) -> None:
    """Keep events, all of one clinic, as the next of its chain in this order.

    Others who would add to the chain wait from here to the end of the transaction, so it is the last thing
    that a transaction does.
    """
    if not made:
        return
    clinic_id = made[0].actor.clinic_id
    length, mac = connection.execute(_TAKE_HEAD, {"clinic": clinic_id}).one()
    rows = []
    for sequence, event in enumerate(made, start=length + 1):
        chained = _chained(sequence, event, keys.signing)
        mac = keys.mac(chained, mac)
        rows.append({**chained._asdict(), "mac": mac})
    insert_rows(connection, events, rows)
    head = {"clinic": clinic_id, "new_length": length + len(rows), "new_mac": mac}
    connection.execute(_MOVE_HEAD, head)


def load_head(connection: Connection, clinic_id: UUID) -> ChainHead:
    """Where a clinic's chain ends; a chain without a head ends where it begins."""
    row = connection.execute(_HEAD, {"clinic": clinic_id}).one_or_none()
    return ChainHead(*row) if row else ChainHead(0, START)


def list_heads(connection: Connection) -> dict[UUID, ChainHead]:
    """Where the chain of each clinic ends."""
    return {clinic_id: ChainHead(length, mac) for clinic_id, length, mac in connection.execute(_HEADS)}


def read_chain(connection: Connection, clinic_id: UUID, first: int | None, most: int) -> list[ChainedEvent]:
    """At most ``most`` events from this sequence number on, or from the lowest, as they stand there."""
    lowest = _LOWEST if first is None else first
    found = connection.execute(_READ, {"clinic": clinic_id, "first": lowest, "most": most})
    return [_as_it_stands(row) for row in found]


def count_beside(connection: Connection, clinic_id: UUID) -> int:
    """How many events have no place in the chain at all; the tables allow none."""
    return int(connection.execute(_COUNT_BESIDE, {"clinic": clinic_id}).scalar_one())


def _chained(sequence: int, event: AuditEvent, mac_key: str) -> ChainedEvent:
    return ChainedEvent(
        clinic_id=event.actor.clinic_id,
        sequence=sequence,
        id=event.id,
        at=event.at,
        actor_kind=event.actor.kind.value,
        actor_id=event.actor.id,
        actor_name=event.actor.name,
        actor_role=event.actor.role.value,
        action=event.action.value,
        outcome=event.outcome.value,
        request_id=event.request_id,
        patient_id=event.patient_id,
        subject=event.subject,
        details=dict(event.details),
        mac_key=mac_key,
    )


def _as_it_stands(row: Sequence[Any]) -> ChainedEvent:
    event = ChainedEvent(*row)
    return event._replace(details=_read_json(event.details))


def _read_json(details: Any) -> Any:
    """SQLite keeps JSON as text; what is none stays as it is."""
    if not isinstance(details, str):
        return details
    try:
        return json.loads(details)
    except ValueError:
        return details
