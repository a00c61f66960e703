"""Members of staff. A log-in is looked up before the clinic is known: it is the log-in that tells it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, Update, bindparam, delete, select, update
from sqlalchemy.dialects.postgresql import insert as insert_unless

from service.domain.access.credentials import StaffMember
from service.domain.access.permissions import Role
from service.domain.errors import ConflictError, NotFoundError
from service.store.database.inserts import COUNTED
from service.store.tables import staff, staff_sessions
from service.store.tables.column_types import Instant

_INSERT = insert_unless(staff).on_conflict_do_nothing(index_elements=["login"]).execution_options(**COUNTED)
_FIND = select(staff).where(staff.c.login == bindparam("sought"))
_LOAD = select(staff).where(staff.c.id == bindparam("staff_id"))

_LIST = select(staff).where(staff.c.clinic_id == bindparam("clinic")).order_by(staff.c.id)
_of_member = (staff.c.clinic_id == bindparam("clinic"), staff.c.id == bindparam("member"))
_SET_LEFT = update(staff).where(*_of_member).values(left_at=bindparam("left", type_=Instant))
_SET_PASSWORD = update(staff).where(*_of_member).values(password_hash=bindparam("new_hash"))
_END_SESSIONS = delete(staff_sessions).where(
    staff_sessions.c.clinic_id == bindparam("clinic"), staff_sessions.c.staff_id == bindparam("member")
)


def insert_staff(connection: Connection, member: StaffMember) -> None:
    """Keep a new member of staff. Raises ConflictError (``login_taken``)."""
    kept = connection.execute(
        _INSERT,
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
    row = connection.execute(_FIND, {"sought": login}).one_or_none()
    return member_of(row) if row else None


def load_staff(connection: Connection, staff_id: UUID) -> StaffMember | None:
    """The person with this id, of whichever clinic."""
    row = connection.execute(_LOAD, {"staff_id": staff_id}).one_or_none()
    return member_of(row) if row else None


def list_staff(connection: Connection, clinic_id: UUID) -> tuple[StaffMember, ...]:
    """Everybody of a clinic, those who have left too, in the order in which they were added."""
    return tuple(member_of(row) for row in connection.execute(_LIST, {"clinic": clinic_id}))


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
    connection.execute(_END_SESSIONS, member)


def member_of(row: Row[Any]) -> StaffMember:
    """The person in a row that has all columns of ``staff``."""
    return StaffMember(
        row.id, row.clinic_id, row.login, row.name, Role(row.role), row.password_hash, row.left_at
    )
