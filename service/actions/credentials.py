"""Keys and staff of a clinic, and who comes in with a secret, which is shown once and kept as its digest."""

import secrets
from datetime import datetime
from uuid import UUID

from service.actions.passwords import check_password, hash_password
from service.actions.sessions import session_actor
from service.actions.work import new_id
from service.domain.access.credentials import KEY_PREFIX, TOKEN_PREFIX, ApiKey, StaffMember, secret_digest
from service.domain.access.permissions import Actor, Role
from service.domain.access.sessions import SESSION_PREFIX
from service.store import api_keys as key_store
from service.store import clients as client_store
from service.store import clinics as clinic_store
from service.store import staff as staff_store
from service.store.database import Connection, Database, Reach


def create_key(
    connection: Connection,
    clinic_id: UUID,
    role: Role,
    name: str,
    now: datetime,
    secret: str | None = None,
) -> str:
    """Make a key of 256 random bits for a clinic and return it: the only time that it is to be seen.

    ``secret`` keeps a demo's key the same over restarts.
    """
    key = secret or KEY_PREFIX + secrets.token_urlsafe(32)
    key_store.insert_key(
        connection,
        ApiKey(
            id=new_id(now),
            clinic_id=clinic_id,
            role=role,
            name=name,
            secret_sha256=secret_digest(key),
            created_at=now,
        ),
    )
    return key


def add_staff(
    connection: Connection,
    clinic_id: UUID,
    role: Role,
    login: str,
    name: str,
    password: str,
    now: datetime,
) -> StaffMember:
    """Add a person who logs in. Raises RefusedError for a password that is too short or soon guessed."""
    check_password(password, "/password", known_words(connection, clinic_id, login, name))
    member = StaffMember(new_id(now), clinic_id, login, name, role, hash_password(password))
    staff_store.insert_staff(connection, member)
    return member


def known_words(connection: Connection, clinic_id: UUID, login: str, name: str) -> tuple[str, ...]:
    """What anybody would try first as this person's password."""
    clinic = clinic_store.load_clinic(connection, clinic_id)
    return (login, name, *((clinic.name,) if clinic else ()))


def authenticate(database: Database, secret: str, now: datetime) -> Actor | None:
    """The actor behind a key, a session's or a client's token; None when there is none or it has ended.

    A session is used by it; while the database takes no write it is not, and ends when it would have ended.
    """
    if secret.startswith(SESSION_PREFIX):
        return session_actor(database, secret, now)
    with database.transaction(Reach.CREDENTIALS, reads_only=True) as connection:
        if secret.startswith(TOKEN_PREFIX):
            return client_store.find_token_actor(connection, secret_digest(secret), now)
        key = key_store.find_key(connection, secret_digest(secret))
        # Revoked is revoked, whatever a clock that went back says of when.
        return key.actor if key is not None and key.revoked_at is None else None
