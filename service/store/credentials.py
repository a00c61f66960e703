"""Keys, staff, their sessions and failed log-ins.

These are looked up before the clinic is known: it is the key, the log-in or the session that tells it.
"""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, Text, Update, bindparam, delete, func, insert, select, update
from sqlalchemy.dialects.postgresql import insert as insert_unless

from service.domain.access.credentials import ApiKey, StaffMember, StaffSession
from service.domain.access.permissions import Role
from service.domain.errors import ConflictError, NotFoundError
from service.store.database.inserts import COUNTED
from service.store.tables import api_keys, login_failures, staff, staff_sessions
from service.store.tables.column_types import Identity, Instant

_FAILURES_KEPT = timedelta(days=1)
_SESSIONS_KEPT = timedelta(days=1)

_INSERT_KEY = insert(api_keys)
_FIND_KEY = select(api_keys).where(api_keys.c.secret_sha256 == bindparam("sought"))
_LIST_KEYS = select(api_keys).where(api_keys.c.clinic_id == bindparam("clinic")).order_by(api_keys.c.id)
_REVOKE_KEY = (
    update(api_keys)
    .where(
        api_keys.c.clinic_id == bindparam("clinic"),
        api_keys.c.id == bindparam("key_id"),
        api_keys.c.revoked_at.is_(None),
    )
    .values(revoked_at=bindparam("now"))
)

_INSERT_STAFF = (
    insert_unless(staff).on_conflict_do_nothing(index_elements=["login"]).execution_options(**COUNTED)
)
_FIND_STAFF = select(staff).where(staff.c.login == bindparam("sought"))
_LOAD_STAFF = select(staff).where(staff.c.id == bindparam("staff_id"))

_LIST_STAFF = select(staff).where(staff.c.clinic_id == bindparam("clinic")).order_by(staff.c.id)
_of_member = (staff.c.clinic_id == bindparam("clinic"), staff.c.id == bindparam("member"))
_SET_LEFT = update(staff).where(*_of_member).values(left_at=bindparam("left", type_=Instant))
_SET_PASSWORD = update(staff).where(*_of_member).values(password_hash=bindparam("new_hash"))
_DELETE_SESSIONS_OF = delete(staff_sessions).where(
    staff_sessions.c.clinic_id == bindparam("clinic"), staff_sessions.c.staff_id == bindparam("member")
)

_session_columns = ("id", "clinic_id", "staff_id", "secret_sha256", "began_at", "used_at")
_INSERT_SESSION = (
    insert(staff_sessions)
    .from_select(
        _session_columns,
        select(
            bindparam("session_id", type_=Identity),
            staff.c.clinic_id,
            staff.c.id,
            bindparam("secret", type_=Text),
            bindparam("began", type_=Instant),
            bindparam("used", type_=Instant),
        ).where(staff.c.id == bindparam("member_id")),
    )
    .execution_options(**COUNTED)
)
_DELETE_OLD_SESSIONS = delete(staff_sessions).where(
    staff_sessions.c.clinic_id.in_(select(staff.c.clinic_id).where(staff.c.id == bindparam("member_id"))),
    staff_sessions.c.staff_id == bindparam("member_id"),
    staff_sessions.c.began_at < bindparam("oldest"),
)
_FIND_SESSION = (
    select(
        staff_sessions.c.id.label("session_id"),
        staff_sessions.c.began_at,
        staff_sessions.c.used_at,
        staff_sessions.c.secret_sha256,
        staff,
    )
    .join(
        staff, (staff.c.clinic_id == staff_sessions.c.clinic_id) & (staff.c.id == staff_sessions.c.staff_id)
    )
    .where(staff_sessions.c.secret_sha256 == bindparam("sought"))
)
_TOUCH_SESSION = (
    update(staff_sessions)
    .where(staff_sessions.c.id == bindparam("session_id"))
    .values(used_at=bindparam("now"))
)
_DELETE_SESSION = delete(staff_sessions).where(staff_sessions.c.id == bindparam("session_id"))

_INSERT_FAILURE = insert(login_failures)
_DELETE_OLD_FAILURES = delete(login_failures).where(login_failures.c.at < bindparam("oldest"))
_COUNT_FAILURES = (
    select(func.count())
    .select_from(login_failures)
    .where(login_failures.c.login == bindparam("sought"), login_failures.c.at >= bindparam("since"))
)
# SQLite has one writer at a time.
_COUNT_ALONE = select(func.pg_advisory_xact_lock(func.hashtextextended(bindparam("sought"), 0)))
_CLEAR_FAILURES = delete(login_failures).where(login_failures.c.login == bindparam("sought"))


def insert_key(connection: Connection, key: ApiKey) -> None:
    """Keep a new key."""
    connection.execute(
        _INSERT_KEY,
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
    row = connection.execute(_FIND_KEY, {"sought": secret_sha256}).one_or_none()
    return _key(row) if row else None


def list_keys(connection: Connection, clinic_id: UUID) -> tuple[ApiKey, ...]:
    """Every key of a clinic, revoked ones too, oldest first."""
    return tuple(_key(row) for row in connection.execute(_LIST_KEYS, {"clinic": clinic_id}))


def revoke_key(connection: Connection, clinic_id: UUID, key_id: UUID, at: datetime) -> bool:
    """Revoke a key; false where the clinic has no such key or it was revoked before."""
    revoked = connection.execute(_REVOKE_KEY, {"clinic": clinic_id, "key_id": key_id, "now": at})
    return bool(revoked.rowcount)


def insert_staff(connection: Connection, member: StaffMember) -> None:
    """Keep a new member of staff. Raises ConflictError (``login_taken``)."""
    kept = connection.execute(
        _INSERT_STAFF,
        {
            "id": member.id,
            "clinic_id": member.clinic_id,
            "login": member.login,
            "name": member.name,
            "role": member.role.value,
            "password_hash": member.password_hash,
            "left_at": member.left_at,
        },
    )
    if kept.rowcount == 0:
        raise ConflictError("This log-in is taken.", code="login_taken", pointer="/login")


def find_staff(connection: Connection, login: str) -> StaffMember | None:
    """The person with this log-in, of whichever clinic."""
    row = connection.execute(_FIND_STAFF, {"sought": login}).one_or_none()
    return _member(row) if row else None


def load_staff(connection: Connection, staff_id: UUID) -> StaffMember | None:
    """The person with this id, of whichever clinic."""
    row = connection.execute(_LOAD_STAFF, {"staff_id": staff_id}).one_or_none()
    return _member(row) if row else None


def list_staff(connection: Connection, clinic_id: UUID) -> tuple[StaffMember, ...]:
    """Everybody of a clinic, those who have left too, in the order in which they were added."""
    return tuple(_member(row) for row in connection.execute(_LIST_STAFF, {"clinic": clinic_id}))


def set_left(connection: Connection, clinic_id: UUID, staff_id: UUID, left_at: datetime | None) -> None:
    """Note that a person has left, or (None) is back, and end their sessions. Raises NotFoundError."""
    _change_member(connection, _SET_LEFT, clinic_id, staff_id, left=left_at)


def set_password_hash(connection: Connection, clinic_id: UUID, staff_id: UUID, password_hash: str) -> None:
    """Give a person another password and end their sessions. Raises NotFoundError."""
    _change_member(connection, _SET_PASSWORD, clinic_id, staff_id, new_hash=password_hash)


def _change_member(
    connection: Connection, change: Update, clinic_id: UUID, staff_id: UUID, **values: object
) -> None:
    member = {"clinic": clinic_id, "member": staff_id}
    if connection.execute(change, {**member, **values}).rowcount == 0:
        raise NotFoundError("There is no such member of staff.")
    connection.execute(_DELETE_SESSIONS_OF, member)


def insert_session(connection: Connection, session: StaffSession) -> None:
    """Keep a new session and drop the person's that began a day before it. Raises NotFoundError."""
    oldest = session.began_at - _SESSIONS_KEPT
    connection.execute(_DELETE_OLD_SESSIONS, {"member_id": session.staff_id, "oldest": oldest})
    kept = connection.execute(
        _INSERT_SESSION,
        {
            "session_id": session.id,
            "member_id": session.staff_id,
            "secret": session.secret_sha256,
            "began": session.began_at,
            "used": session.used_at,
        },
    )
    if kept.rowcount == 0:
        raise NotFoundError("There is no such member of staff.")


def find_session(connection: Connection, secret_sha256: str) -> tuple[StaffSession, StaffMember] | None:
    """The session with this digest and whose it is, ended ones too: the caller decides."""
    row = connection.execute(_FIND_SESSION, {"sought": secret_sha256}).one_or_none()
    if row is None:
        return None
    session = StaffSession(row.session_id, row.id, row.secret_sha256, row.began_at, row.used_at)
    return session, _member(row)


def touch_session(connection: Connection, session_id: UUID, at: datetime) -> None:
    """Note that a session was used."""
    connection.execute(_TOUCH_SESSION, {"session_id": session_id, "now": at})


def delete_session(connection: Connection, session_id: UUID) -> None:
    """End a session; nothing happens where it has ended."""
    connection.execute(_DELETE_SESSION, {"session_id": session_id})


def record_login_failure(connection: Connection, login: str, at: datetime) -> None:
    """Note a failed log-in, of a person or of nobody; failures of more than a day ago are dropped."""
    connection.execute(_DELETE_OLD_FAILURES, {"oldest": at - _FAILURES_KEPT})
    connection.execute(_INSERT_FAILURE, {"login": login, "at": at})


def count_login_failures(connection: Connection, login: str, since: datetime) -> int:
    """How often a log-in failed at or after ``since``; nobody else counts it until the transaction ends."""
    if connection.dialect.name == "postgresql":
        connection.execute(_COUNT_ALONE, {"sought": login})
    return connection.execute(_COUNT_FAILURES, {"sought": login, "since": since}).scalar_one()


def clear_login_failures(connection: Connection, login: str) -> None:
    """Forget a log-in's failures."""
    connection.execute(_CLEAR_FAILURES, {"sought": login})


def _key(row: Row[Any]) -> ApiKey:
    return ApiKey(
        row.id, row.clinic_id, Role(row.role), row.name, row.secret_sha256, row.created_at, row.revoked_at
    )


def _member(row: Row[Any]) -> StaffMember:
    return StaffMember(
        row.id, row.clinic_id, row.login, row.name, Role(row.role), row.password_hash, row.left_at
    )
