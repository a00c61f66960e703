"""Sessions of staff, kept by the digest of their secret; a session tells whose it is, and so the clinic."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Connection, Text, bindparam, delete, insert, select, update

from service.domain.access.credentials import StaffMember
from service.domain.access.sessions import StaffSession
from service.domain.errors import NotFoundError
from service.store.database.inserts import COUNTED
from service.store.staff import member_of
from service.store.tables import staff, staff_sessions
from service.store.tables.column_types import Identity, Instant

_KEPT = timedelta(days=1)

_columns = ("id", "clinic_id", "staff_id", "secret_sha256", "began_at", "used_at")
_INSERT = (
    insert(staff_sessions)
    .from_select(
        _columns,
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
_DELETE_OLD = delete(staff_sessions).where(
    staff_sessions.c.clinic_id.in_(select(staff.c.clinic_id).where(staff.c.id == bindparam("member_id"))),
    staff_sessions.c.staff_id == bindparam("member_id"),
    staff_sessions.c.began_at < bindparam("oldest"),
)
_FIND = (
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
_TOUCH = (
    update(staff_sessions)
    .where(staff_sessions.c.id == bindparam("session_id"))
    .values(used_at=bindparam("now"))
)
_DELETE = delete(staff_sessions).where(staff_sessions.c.id == bindparam("session_id"))


def insert_session(connection: Connection, session: StaffSession) -> None:
    """Keep a new session and drop the person's that began a day before it. Raises NotFoundError."""
    oldest = session.began_at - _KEPT
    connection.execute(_DELETE_OLD, {"member_id": session.staff_id, "oldest": oldest})
    kept = connection.execute(
        _INSERT,
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
    row = connection.execute(_FIND, {"sought": secret_sha256}).one_or_none()
    if row is None:
        return None
    session = StaffSession(row.session_id, row.id, row.secret_sha256, row.began_at, row.used_at)
    return session, member_of(row)


def touch_session(connection: Connection, session_id: UUID, at: datetime) -> None:
    """Note that a session was used."""
    connection.execute(_TOUCH, {"session_id": session_id, "now": at})


def delete_session(connection: Connection, session_id: UUID) -> None:
    """End a session; nothing happens where it has ended."""
    connection.execute(_DELETE, {"session_id": session_id})
