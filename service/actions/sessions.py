"""Sessions of staff: opened by a log-in, used, handed over to one form, ended."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from service.actions.passwords import password_fits
from service.actions.work import new_id
from service.domain.access.credentials import StaffMember, secret_digest
from service.domain.access.permissions import Actor
from service.domain.access.sessions import (
    FAILURE_WINDOW,
    MOST_FAILURES,
    SESSION_LIFE,
    SESSION_PREFIX,
    StaffSession,
)
from service.store import login_failures as failure_store
from service.store import staff as staff_store
from service.store import staff_sessions as session_store
from service.store.database import Database, NotWritableError, Reach, reach_only


class LogInRefusedError(Exception):
    """Log-in and password do not fit, or there were too many failures; ``retry_after`` is then in seconds."""

    def __init__(self, retry_after: int | None = None) -> None:
        super().__init__("The log-in was refused.")
        self.retry_after = retry_after


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
        session = StaffSession(new_id(now), member.id, secret_digest(token), now, now)
        session_store.insert_session(connection, session)
    return OpenedSession(token, now + SESSION_LIFE, member)


def hand_over(database: Database, secret: str, form_id: UUID, now: datetime) -> str | None:
    """Bind a session to one form, for whoever is handed the device; None where there is no such session.

    Its secret is of no use from now on. The one returned opens that form, by ``handed_actor``, and nothing
    else: it begins as no secret does that another door takes. It ends when the session would have ended.
    """
    bound = f"{form_id}:{secrets.token_urlsafe(32)}"
    with database.transaction(Reach.CREDENTIALS) as connection:
        found = session_store.find_session(connection, secret_digest(secret))
        if found is None:
            return None
        session, member = found
        reach_only(connection, member.clinic_id)
        session_store.delete_session(connection, session.id)
        kept = StaffSession(new_id(now), member.id, secret_digest(bound), session.began_at, now)
        session_store.insert_session(connection, kept)
    return bound


def handed_actor(database: Database, secret: str, form_id: UUID, now: datetime) -> Actor | None:
    """Who handed over the device that holds this secret; None where it is for another form, or has ended."""
    if not secret.startswith(f"{form_id}:"):
        return None
    return session_actor(database, secret, now)


def log_out(database: Database, secret: str) -> bool:
    """End a session on the server; False where there was none."""
    with database.transaction(Reach.CREDENTIALS) as connection:
        found = session_store.find_session(connection, secret_digest(secret))
        if found is not None:
            session, member = found
            reach_only(connection, member.clinic_id)
            session_store.delete_session(connection, session.id)
        return found is not None


def session_actor(database: Database, secret: str, now: datetime) -> Actor | None:
    """Who works in a session, which is used by it; None where there is none or it is over.

    While the database takes no write the session is not used, and ends when it would have ended.
    """
    try:
        with database.transaction(Reach.CREDENTIALS) as connection:
            found = session_store.find_session(connection, secret_digest(secret))
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
            return _actor_of(session_store.find_session(connection, secret_digest(secret)), now)


def _actor_of(found: tuple[StaffSession, StaffMember] | None, now: datetime) -> Actor | None:
    if found is None:
        return None
    session, member = found
    return None if session.is_over(now) or member.left_at is not None else member.actor
