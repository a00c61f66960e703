"""One request's unit of work: who acts, when, in which transaction; and what is recorded of it."""

import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from uuid import UUID

from service.domain.access.permissions import Actor, Permission, require
from service.domain.attribution import Attribution, CollectionMode, Informant
from service.domain.audit.chain import AuditKeys
from service.domain.audit.events import AuditAction, AuditEvent, AuditOutcome
from service.domain.wording import ONLY_ENGLISH, Catalogue, Catalogues, catalogue_for
from service.store import audit_chain as chain_store
from service.store.database import Connection


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
