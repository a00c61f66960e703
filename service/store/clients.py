"""Registered clients, the tokens that they were given, and which of their signed tokens were used.

A client is looked up before the clinic is known: it is the client, or its token, that tells the clinic.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, Table, bindparam, delete, insert, select, tuple_, update
from sqlalchemy.dialects.postgresql import insert as insert_unless
from sqlalchemy.sql import Delete

from service.domain.access.client_keys import PublicKey, read_key_set
from service.domain.access.clients import CLOCK_SKEW, Assertion, EhrClient
from service.domain.access.permissions import Actor
from service.domain.errors import ConflictError, NotFoundError
from service.store.database.inserts import COUNTED
from service.store.tables import client_tokens, ehr_clients, used_assertions

_DROPPED_AT_ONCE = 50

_INSERT = insert_unless(ehr_clients).on_conflict_do_nothing().execution_options(**COUNTED)
_FIND = select(ehr_clients).where(ehr_clients.c.id == bindparam("client"))
_FIND_BY_ISSUER = select(ehr_clients).where(
    ehr_clients.c.issuer == bindparam("sought"), ehr_clients.c.revoked_at.is_(None)
)
_LIST = select(ehr_clients).where(ehr_clients.c.clinic_id == bindparam("clinic")).order_by(ehr_clients.c.id)
_valid = (
    ehr_clients.c.clinic_id == bindparam("clinic"),
    ehr_clients.c.id == bindparam("client"),
    ehr_clients.c.revoked_at.is_(None),
)
_REVOKE = update(ehr_clients).where(*_valid).values(revoked_at=bindparam("now"))
_SET_KEYS = update(ehr_clients).where(*_valid).values(jwks=bindparam("new_keys"))

_INSERT_TOKEN = insert(client_tokens)
_FIND_TOKEN = (
    select(ehr_clients, client_tokens.c.scopes.label("granted"))
    .join(
        client_tokens,
        (client_tokens.c.clinic_id == ehr_clients.c.clinic_id)
        & (client_tokens.c.client_id == ehr_clients.c.id),
    )
    .where(
        client_tokens.c.secret_sha256 == bindparam("sought"),
        client_tokens.c.expires_at > bindparam("now"),
        ehr_clients.c.revoked_at.is_(None),
    )
)
_END_TOKENS = delete(client_tokens).where(
    client_tokens.c.clinic_id == bindparam("clinic"), client_tokens.c.client_id == bindparam("client")
)

_USE = insert_unless(used_assertions).on_conflict_do_nothing().execution_options(**COUNTED)


def _dropping(table: Table) -> Delete:
    """A statement that drops some of a clinic's rows that have expired, and waits for nobody who does it."""
    key = tuple_(*table.primary_key.columns)
    expired = (table.c.clinic_id == bindparam("clinic"), table.c.expires_at < bindparam("now"))
    some = select(*table.primary_key.columns).where(*expired).order_by(table.c.expires_at)
    return delete(table).where(
        table.c.clinic_id == bindparam("clinic"),
        key.in_(some.limit(_DROPPED_AT_ONCE).with_for_update(skip_locked=True)),
    )


_DROP_TOKENS = _dropping(client_tokens)
_DROP_USED = _dropping(used_assertions)


def insert_client(connection: Connection, client: EhrClient) -> None:
    """Keep a new client. Raises ConflictError (``issuer_taken``)."""
    kept = connection.execute(
        _INSERT,
        {
            "id": client.id,
            "clinic_id": client.clinic_id,
            "name": client.name,
            "issuer": client.issuer,
            "key_set_url": client.key_set_url,
            "jwks": _document(client.keys),
            "scopes": list(client.scopes),
            "created_at": client.created_at,
            "revoked_at": client.revoked_at,
        },
    )
    if kept.rowcount == 0:
        raise ConflictError("This issuer is another client's.", code="issuer_taken", pointer="/issuer")


def find_client(connection: Connection, client_id: UUID) -> EhrClient | None:
    """The client with this id, of whichever clinic, revoked ones too: the caller decides."""
    row = connection.execute(_FIND, {"client": client_id}).one_or_none()
    return _client(row) if row else None


def find_client_by_issuer(connection: Connection, issuer: str) -> EhrClient | None:
    """The client that calls CDS Hooks under this name, of whichever clinic; none that was revoked."""
    row = connection.execute(_FIND_BY_ISSUER, {"sought": issuer}).one_or_none()
    return _client(row) if row else None


def list_clients(connection: Connection, clinic_id: UUID) -> tuple[EhrClient, ...]:
    """Every client of a clinic, revoked ones too, oldest first."""
    return tuple(_client(row) for row in connection.execute(_LIST, {"clinic": clinic_id}))


def revoke_client(connection: Connection, clinic_id: UUID, client_id: UUID, at: datetime) -> bool:
    """Revoke a client and end its tokens; false where the clinic has no such valid client."""
    which = {"clinic": clinic_id, "client": client_id}
    revoked = connection.execute(_REVOKE, {**which, "now": at})
    connection.execute(_END_TOKENS, which)
    return bool(revoked.rowcount)


def set_keys(connection: Connection, clinic_id: UUID, client_id: UUID, keys: tuple[PublicKey, ...]) -> None:
    """Replace the keys of a client and end its tokens. Raises NotFoundError where no such client is valid."""
    which = {"clinic": clinic_id, "client": client_id}
    if connection.execute(_SET_KEYS, {**which, "new_keys": _document(keys)}).rowcount == 0:
        raise NotFoundError("There is no such valid client.")
    connection.execute(_END_TOKENS, which)


def use_assertion(connection: Connection, client: EhrClient, said: Assertion, now: datetime) -> bool:
    """Use up a signed token's id, remembered while the token could be taken; false where it was used before.

    Of several at once, in any process, one is told that it was the first.
    """
    connection.execute(_DROP_USED, {"clinic": client.clinic_id, "now": now})
    used = connection.execute(
        _USE,
        {
            "clinic_id": client.clinic_id,
            "client_id": client.id,
            "jti": said.token_id,
            "expires_at": said.expires_at + CLOCK_SKEW,
        },
    )
    return bool(used.rowcount)


def insert_token(
    connection: Connection,
    client: EhrClient,
    secret_sha256: str,
    scopes: tuple[str, ...],
    expires_at: datetime,
    now: datetime,
) -> None:
    """Keep a new access token by its digest, and drop some that have expired."""
    connection.execute(_DROP_TOKENS, {"clinic": client.clinic_id, "now": now})
    connection.execute(
        _INSERT_TOKEN,
        {
            "clinic_id": client.clinic_id,
            "client_id": client.id,
            "secret_sha256": secret_sha256,
            "scopes": list(scopes),
            "expires_at": expires_at,
        },
    )


def find_token_actor(connection: Connection, secret_sha256: str, now: datetime) -> Actor | None:
    """Who acts with the token of this digest; None where it has ended or its client was revoked."""
    row = connection.execute(_FIND_TOKEN, {"sought": secret_sha256, "now": now}).one_or_none()
    return _client(row).actor(tuple(row.granted)) if row else None


def _document(keys: tuple[PublicKey, ...]) -> dict[str, Any]:
    return {"keys": [key.document for key in keys]}


def _client(row: Row[Any]) -> EhrClient:
    return EhrClient(
        id=row.id,
        clinic_id=row.clinic_id,
        name=row.name,
        keys=read_key_set(row.jwks),
        scopes=tuple(row.scopes),
        created_at=row.created_at,
        issuer=row.issuer,
        key_set_url=row.key_set_url,
        revoked_at=row.revoked_at,
    )
