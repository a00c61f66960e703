"""Keys, staff and sessions: who may come in. A key is shown once and kept as its SHA-256 only."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from service.actions.passwords import check_password, hash_password, password_fits
from service.actions.work import new_id
from service.domain.access.credentials import ApiKey, StaffMember, StaffSession
from service.domain.access.permissions import Actor, Role
from service.store import api_keys as key_store
from service.store import clients as client_store
from service.store import clinics as clinic_store
from service.store import login_failures as failure_store
from service.store import staff as staff_store
from service.store import staff_sessions as session_store
from service.store.database import Connection, Database, NotWritableError, Reach, reach_only

KEY_PREFIX = "mcl_"
SESSION_PREFIX = "mcs_"
TOKEN_PREFIX = "mct_"  # noqa: S105 -- what every access token of a client begins with
SESSION_IDLE = timedelta(minutes=15)
SESSION_LIFE = timedelta(hours=12)
FAILURE_WINDOW = timedelta(minutes=15)
MOST_FAILURES = 10


class LogInRefusedError(Exception):
    """Log-in and password do not fit, or there were too many failures; ``retry_after`` is then in seconds."""

    def __init__(self, retry_after: int | None = None) -> None:
        super().__init__("The log-in was refused.")
        self.retry_after = retry_after


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
            secret_sha256=sha256(key),
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
        return _session_actor(database, secret, now)
    with database.transaction(Reach.CREDENTIALS, reads_only=True) as connection:
        if secret.startswith(TOKEN_PREFIX):
            return client_store.find_token_actor(connection, sha256(secret), now)
        key = key_store.find_key(connection, sha256(secret))
        # Revoked is revoked, whatever a clock that went back says of when.
        return key.actor if key is not None and key.revoked_at is None else None


def _session_actor(database: Database, secret: str, now: datetime) -> Actor | None:
    try:
        with database.transaction(Reach.CREDENTIALS) as connection:
            found = session_store.find_session(connection, sha256(secret))
            actor = _actor_of(found, now)
            if found is not None:
                session, member = found
                reach_only(connection, member.clinic_id)
                if actor is not None:
                    session_store.touch_session(connection, session.id, now)
                else:
                    session_store.delete_session(connection, session.id)
            return actor
    except NotWritableError:
        with database.transaction(Reach.CREDENTIALS, reads_only=True) as connection:
            return _actor_of(session_store.find_session(connection, sha256(secret)), now)


def _actor_of(found: tuple[StaffSession, StaffMember] | None, now: datetime) -> Actor | None:
    if found is None:
        return None
    session, member = found
    over = now - session.used_at > SESSION_IDLE or now - session.began_at > SESSION_LIFE
    return None if over or member.left_at is not None else member.actor


@dataclass(frozen=True, slots=True)
class OpenedSession:
    """A session's token, shown once, and when it ends at the latest."""

    token: str
    ends_at: datetime
    member: StaffMember


def log_in(database: Database, login: str, password: str, now: datetime) -> OpenedSession:
    """Open a session for a person. Raises LogInRefusedError.

    Ten failures of one log-in within 15 minutes close it for the rest of them, known or not. Each counts as
    one until it succeeds, so that many at once are no more tries than one after the other.
    """
    with database.transaction(Reach.CREDENTIALS) as connection:
        failures = failure_store.count_login_failures(connection, login, now - FAILURE_WINDOW)
        if failures < MOST_FAILURES:
            failure_store.record_login_failure(connection, login, now)
        member = staff_store.find_staff(connection, login)
    if failures >= MOST_FAILURES:
        raise LogInRefusedError(retry_after=int(FAILURE_WINDOW.total_seconds()))
    if not password_fits(member, password):
        raise LogInRefusedError
    assert member is not None  # noqa: S101 -- nobody's password never fits
    token = SESSION_PREFIX + secrets.token_urlsafe(32)
    with database.transaction(Reach.CREDENTIALS) as connection:
        failure_store.clear_login_failures(connection, login)
        reach_only(connection, member.clinic_id)
        session = StaffSession(new_id(now), member.id, sha256(token), now, now)
        session_store.insert_session(connection, session)
    return OpenedSession(token, now + SESSION_LIFE, member)


def hand_over(database: Database, secret: str, form_id: UUID, now: datetime) -> str | None:
    """Bind a session to one form, for whoever is handed the device; None where there is no such session.

    Its secret is of no use from now on. The one returned opens that form, by ``handed_actor``, and nothing
    else: it begins as no secret does that another door takes. It ends when the session would have ended.
    """
    bound = f"{form_id}:{secrets.token_urlsafe(32)}"
    with database.transaction(Reach.CREDENTIALS) as connection:
        found = session_store.find_session(connection, sha256(secret))
        if found is None:
            return None
        session, member = found
        reach_only(connection, member.clinic_id)
        session_store.delete_session(connection, session.id)
        kept = StaffSession(new_id(now), member.id, sha256(bound), session.began_at, now)
        session_store.insert_session(connection, kept)
    return bound


def handed_actor(database: Database, secret: str, form_id: UUID, now: datetime) -> Actor | None:
    """Who handed over the device that holds this secret; None where it is for another form, or has ended."""
    if not secret.startswith(f"{form_id}:"):
        return None
    return _session_actor(database, secret, now)


def log_out(database: Database, secret: str) -> bool:
    """End a session on the server; False where there was none."""
    with database.transaction(Reach.CREDENTIALS) as connection:
        found = session_store.find_session(connection, sha256(secret))
        if found is not None:
            session, member = found
            reach_only(connection, member.clinic_id)
            session_store.delete_session(connection, session.id)
        return found is not None


def sha256(secret: str) -> str:
    """What is kept of a secret of 256 random bits: its SHA-256, in hex.

    Secrets are looked up by it and never compared with one another. How long a look takes may tell of the
    digest that was sought; nobody can choose a secret by its digest and come nearer to one that is kept.
    """
    return hashlib.sha256(secret.encode()).hexdigest()
