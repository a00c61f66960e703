"""Replies kept under a client's idempotency key, so that a request posted twice is done once.

The key's scope is clinic, client, method and path. Claim, effect and reply stand in one transaction: of
several at once, one does the work while the others wait for its commit and then read its reply.
"""

import re
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, and_, bindparam, delete, select, tuple_, update
from sqlalchemy.dialects.postgresql import insert

from service.domain.errors import ConflictError
from service.store.database.inserts import COUNTED
from service.store.tables import idempotency_records as records

KEPT = timedelta(hours=24)
_DROPPED_AT_ONCE = 50
_READ_AT_ONCE = 200
_ID = re.compile(rb"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(frozen=True, slots=True)
class Claim:
    """Which request a key stands for; ``client_id`` is the actor's id, ``body_sha256`` is hex."""

    clinic_id: UUID
    client_id: UUID
    method: str
    path: str
    key: str
    body_sha256: str


@dataclass(frozen=True, slots=True)
class Reply:
    """What was answered, byte for byte."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes


_key = (records.c.clinic_id, records.c.client_id, records.c.method, records.c.path, records.c.key)
_of_claim = and_(*(column == bindparam(f"of_{column.name}") for column in _key))
_new = insert(records)
# Takes the place of a record that is too old to be replayed; one that is not stays, and no row is written.
_CLAIM = _new.on_conflict_do_update(
    index_elements=_key,
    set_={
        "body_sha256": _new.excluded.body_sha256,
        "claimed_at": _new.excluded.claimed_at,
        "status": None,
        "headers": None,
        "body": None,
    },
    where=records.c.claimed_at < bindparam("oldest"),
).execution_options(**COUNTED)
_LOAD = select(records.c.body_sha256, records.c.status, records.c.headers, records.c.body).where(_of_claim)
_KEEP = (
    update(records)
    .where(_of_claim)
    .values(status=bindparam("kept_status"), headers=bindparam("kept_headers"), body=bindparam("kept_body"))
)
_DROP_OLD = delete(records).where(
    records.c.clinic_id == bindparam("of_clinic_id"),
    tuple_(*_key).in_(
        select(*_key)
        .where(records.c.clinic_id == bindparam("of_clinic_id"), records.c.claimed_at < bindparam("oldest"))
        .order_by(records.c.claimed_at)
        .limit(_DROPPED_AT_ONCE)
        .with_for_update(skip_locked=True)
    ),
)

_OF_CLINIC = select(*_key, records.c.headers, records.c.body).where(
    records.c.clinic_id == bindparam("of_clinic_id")
)
_TAKE_BACK = update(records).where(_of_claim).values(body_sha256="", status=None, headers=None, body=None)


def claim(connection: Connection, claim: Claim, now: datetime) -> Reply | None:
    """Claim a key: None where the work is to be done now, or the reply that was kept.

    Raises ConflictError: ``idempotency_key_reused`` where the key came with another body, ``reply_erased``
    where the reply was taken back.
    """
    oldest = now - KEPT
    claimed = connection.execute(
        _CLAIM,
        {
            "clinic_id": claim.clinic_id,
            "client_id": claim.client_id,
            "method": claim.method,
            "path": claim.path,
            "key": claim.key,
            "body_sha256": claim.body_sha256,
            "claimed_at": now,
            "oldest": oldest,
        },
    )
    if claimed.rowcount:
        connection.execute(_DROP_OLD, {"of_clinic_id": claim.clinic_id, "oldest": oldest})
        return None
    return _kept_reply(connection, claim)


def keep_reply(connection: Connection, claim: Claim, reply: Reply) -> None:
    """Keep the reply to a claimed request, in the transaction of the claim."""
    kept = {
        "kept_status": reply.status,
        "kept_headers": [list(header) for header in reply.headers],
        "kept_body": reply.body,
    }
    connection.execute(_KEEP, {**_scope(claim), **kept})


def take_back_replies(connection: Connection, clinic_id: UUID, named: AbstractSet[UUID]) -> int:
    """Give no more the clinic's replies that name one of these ids, in the address, a header or the body.

    Their keys stay as long as others do, without a digest of what was sent: the same request again is
    refused, and makes nothing anew. Says how many there were.
    """
    sought = {str(one).encode() for one in named}
    read = connection.execute(
        _OF_CLINIC, {"of_clinic_id": clinic_id}, execution_options={"yield_per": _READ_AT_ONCE}
    )
    found = [_scope(row) for row in read if not sought.isdisjoint(_ID.findall(_told_by(row)))]
    if found:
        connection.execute(_TAKE_BACK, found)
    return len(found)


def _told_by(row: Row[*tuple[Any, ...]]) -> bytes:
    headers = " ".join(value for _, value in row.headers or ())
    return f"{row.path} {headers} ".encode() + (row.body or b"")


def _kept_reply(connection: Connection, claim: Claim) -> Reply:
    row = connection.execute(_LOAD, _scope(claim)).one()
    if row.status is None:
        raise ConflictError(
            "What this request made was erased with the patient whom it was about. Nothing was done again.",
            code="reply_erased",
        )
    if row.body_sha256 != claim.body_sha256:
        raise ConflictError(
            "This idempotency key was used for another request. Nothing was changed.",
            code="idempotency_key_reused",
        )
    return Reply(row.status, tuple((name, value) for name, value in row.headers), row.body)


def _scope(claim: Claim | Row[*tuple[Any, ...]]) -> dict[str, object]:
    return {f"of_{column.name}": getattr(claim, column.name) for column in _key}
