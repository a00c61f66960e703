"""Keys of programs, kept by the digest of their secret.

A key is looked up before the clinic is known: it is the key that tells it.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, bindparam, insert, select, update

from service.domain.access.credentials import ApiKey
from service.domain.access.permissions import Role
from service.store.tables import api_keys

_INSERT = insert(api_keys)
_FIND = select(api_keys).where(api_keys.c.secret_sha256 == bindparam("sought"))
_LIST = select(api_keys).where(api_keys.c.clinic_id == bindparam("clinic")).order_by(api_keys.c.id)
_REVOKE = (
    update(api_keys)
    .where(
        api_keys.c.clinic_id == bindparam("clinic"),
        api_keys.c.id == bindparam("key_id"),
        api_keys.c.revoked_at.is_(None),
    )
    .values(revoked_at=bindparam("now"))
)


def insert_key(connection: Connection, key: ApiKey) -> None:
    """Keep a new key."""
    connection.execute(
        _INSERT,
        {
            "id": key.id,
            "clinic_id": key.clinic_id,
            "role": key.role.value,
            "name": key.name,
            "secret_sha256": key.secret_sha256,
            "created_at": key.created_at,
            "revoked_at": key.revoked_at,
        },
    )


def find_key(connection: Connection, secret_sha256: str) -> ApiKey | None:
    """The key with this digest, revoked ones too: the caller decides."""
    row = connection.execute(_FIND, {"sought": secret_sha256}).one_or_none()
    return _key(row) if row else None


def list_keys(connection: Connection, clinic_id: UUID) -> tuple[ApiKey, ...]:
    """Every key of a clinic, revoked ones too, oldest first."""
    return tuple(_key(row) for row in connection.execute(_LIST, {"clinic": clinic_id}))


def revoke_key(connection: Connection, clinic_id: UUID, key_id: UUID, at: datetime) -> bool:
    """Revoke a key; false where the clinic has no such key or it was revoked before."""
    revoked = connection.execute(_REVOKE, {"clinic": clinic_id, "key_id": key_id, "now": at})
    return bool(revoked.rowcount)


def _key(row: Row[Any]) -> ApiKey:
    return ApiKey(
        row.id, row.clinic_id, Role(row.role), row.name, row.secret_sha256, row.created_at, row.revoked_at
    )
