"""Run actions in one transaction: all of what they save and record, or nothing."""

from collections.abc import Callable
from typing import TypeVar

from service.actions.door import Door, SpareRecord, record_refusal
from service.actions.work import Work, unit_of_work
from service.domain.errors import ForbiddenError, NotFoundError
from service.store import idempotency as idempotency_store
from service.store.database import NotWritableError, ReferredToGoneError
from service.store.idempotency import Claim, Reply

T = TypeVar("T")


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
