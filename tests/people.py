"""Staff of the tests: they log in as anybody does, with a password whose hash took no time to make.

A hash tells what it costs to compare it, so that a log-in in a test runs the service's own code at once.
"""

from datetime import datetime
from uuid import UUID

from argon2 import PasswordHasher
from sqlalchemy import Connection

from service.actions.work import new_id
from service.domain.access.credentials import StaffMember
from service.domain.access.permissions import Role
from service.store import staff as staff_store

_CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


def add_person(
    connection: Connection, clinic_id: UUID, role: Role, login: str, name: str, password: str, now: datetime
) -> StaffMember:
    """Add a member of staff."""
    member = StaffMember(new_id(now), clinic_id, login, name, role, _CHEAP.hash(password))
    staff_store.insert_staff(connection, member)
    return member
