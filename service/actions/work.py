"""One request's unit of work: who acts, when, in which transaction; and what is recorded of it."""

import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import count
from typing import TypeVar
from uuid import UUID

from service.actions.named import patient_named
from service.domain.access.permissions import Actor, Permission, require
from service.domain.attribution import Attribution, CollectionMode, Informant
from service.domain.audit.chain import AuditKeys
from service.domain.audit.events import AuditAction, AuditEvent, AuditOutcome
from service.domain.errors import ForbiddenError, NotFoundError
from service.domain.wording import ONLY_ENGLISH, Catalogue, Catalogues, catalogue_for
from service.store import audit_chain as chain_store
from service.store import idempotency as idempotency_store
from service.store.database import Connection, Database, NotWritableError, ReferredToGoneError
from service.store.idempotency import Claim, Reply

Clock = Callable[[], datetime]
SpareRecord = Callable[[Sequence[AuditEvent]], None]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Work:
    """What every action is given. ``now`` is one instant for the whole request.

    ``unit_of_work`` makes it, and writes its ``events`` at the end.
    """

    connection: Connection
    actor: Actor
    now: datetime
    request_id: str
    catalogues: Catalogues = field(default_factory=lambda: ONLY_ENGLISH)
    sequence: Iterator[int] = field(default_factory=count)
    events: list[AuditEvent] = field(default_factory=list)

    @property
    def clinic_id(self) -> UUID:
        """The clinic that the actor belongs to; there is no other in a unit of work."""
        return self.actor.clinic_id

    def require(self, permission: Permission) -> None:
        """Raise ForbiddenError unless the actor's role holds the permission."""
        require(self.actor, permission)

    def words(self, *tags: str | None) -> Catalogue:
        """The fixed words in the first of these languages that there is a catalogue for, else in English."""
        return catalogue_for(self.catalogues, *tags)

    def new_id(self) -> UUID:
        """A new UUIDv7 of this instant, greater than the others of this unit of work."""
        return new_id(self.now, next(self.sequence))

    def attribution(self, informant: Informant | None, mode: CollectionMode | None) -> Attribution:
        """Who said it and how, recorded by this actor now."""
        return Attribution(informant, mode, self.actor.recorder, self.now)

    def record(
        self,
        action: AuditAction,
        *,
        patient_id: UUID | None = None,
        subject: str | None = None,
        details: Mapping[str, str] | None = None,
    ) -> None:
        """Note the audit event of what was done; it is written at the end of the same transaction."""
        self.events.append(
            AuditEvent(
                id=self.new_id(),
                at=self.now,
                actor=self.actor,
                action=action,
                outcome=AuditOutcome.DONE,
                request_id=self.request_id,
                patient_id=patient_id,
                subject=subject,
                details=details or {},
            ),
        )


@contextmanager
def unit_of_work(
    connection: Connection,
    keys: AuditKeys,
    actor: Actor,
    now: datetime,
    request_id: str,
    catalogues: Catalogues = ONLY_ENGLISH,
) -> Iterator[Work]:
    """Do one unit of work in a transaction. What it recorded is written last and in one go.

    Last, since from then on whoever else adds to the clinic's chain of events waits for the commit.
    """
    work = Work(connection, actor, now, request_id, catalogues)
    yield work
    chain_store.append_events(connection, work.events, keys)


def new_id(now: datetime, place: int = 0) -> UUID:
    """A UUIDv7 (RFC 9562): milliseconds since 1970, 12 bits for its place among its likes, 62 random bits."""
    milliseconds = int(now.timestamp() * 1000) & ((1 << 48) - 1)
    version_and_place = 0x7000 | (place & 0xFFF)
    variant_and_random = (0b10 << 62) | secrets.randbits(62)
    return UUID(int=(milliseconds << 80) | (version_and_place << 64) | variant_and_random)


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


def perform(door: Door, act: Callable[[Work], T], *, reads_only: bool = False) -> T:
    """Run actions in one transaction: all of what they save and record, or nothing.

    With ``reads_only`` they save and record nothing, and do not queue with SQLite's writers. A refusal for
    want of permission changes nothing and is recorded by itself.
    """
    try:
        return _perform(door, act, reads_only=reads_only)
    except ForbiddenError:
        record_refusal(door)
        raise


def _perform(door: Door, act: Callable[[Work], T], *, reads_only: bool) -> T:
    try:
        with (
            door.database.transaction(door.actor.clinic_id, reads_only=reads_only) as connection,
            unit_of_work(
                connection, door.audit_keys, door.actor, door.clock(), door.request_id, door.catalogues
            ) as work,
        ):
            return act(work)
    except ReferredToGoneError:
        # Whom this was about was erased since this transaction found them.
        raise NotFoundError("What this is about is no longer there. Nothing was changed.") from None
    except NotWritableError:
        if door.spare_record is None:
            raise
        return _read(door, act, door.spare_record)


def _read(door: Door, act: Callable[[Work], T], spare_record: SpareRecord) -> T:
    """Read from a database that takes no write; what was read is on the spare record before it is given."""
    with door.database.transaction(door.actor.clinic_id, reads_only=True) as connection:
        work = Work(connection, door.actor, door.clock(), door.request_id, door.catalogues)
        found = act(work)
    spare_record(work.events)
    return found


def perform_once(door: Door, claim: Claim | None, act: Callable[[Work], Reply]) -> Reply:
    """Like ``perform``, but the same claim answers the first reply again and does nothing more.

    Claim, effect and reply stand in one transaction. Raises ConflictError when the key was used for another
    request.
    """

    def claim_and_act(work: Work) -> Reply:
        if claim is None:
            return act(work)
        first = idempotency_store.claim(work.connection, claim, work.now)
        if first is not None:
            return first
        reply = act(work)
        idempotency_store.keep_reply(work.connection, claim, reply)
        return reply

    return perform(door, claim_and_act)


def record_refusal(door: Door) -> None:
    """Record that the actor was refused, and what, and whose data it is where an id tells."""
    with door.database.transaction(door.actor.clinic_id) as connection:
        patient_id = patient_named(connection, door.actor.clinic_id, door.named)
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
