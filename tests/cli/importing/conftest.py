"""What the tests of the imports share: a clinic with a nurse who imports, and another clinic."""

from datetime import UTC, datetime

import pytest

from service.actions.credentials import add_staff
from service.actions.door import Door
from service.actions.work import new_id
from service.domain.access.clinics import Clinic
from service.domain.access.permissions import Role
from service.store import clinics as clinic_store
from service.store import staff as staff_store
from service.store.database import Database, Reach
from tests.audit_keys import AUDIT_KEYS

PASSWORD = "a long enough password"


@pytest.fixture
def door(database: Database) -> Door:
    """The nurse's way into a clinic; another clinic has a nurse too."""
    now = datetime.now(UTC)
    with database.transaction(Reach.ALL) as connection:
        for name, login in (("First clinic", "nurse.01"), ("Other clinic", "nurse.02")):
            clinic = Clinic(new_id(now), name)
            clinic_store.insert_clinic(connection, clinic, now)
            add_staff(connection, clinic.id, Role.NURSE, login, "Test Nurse", PASSWORD, now)
        member = staff_store.find_staff(connection, "nurse.01")
    assert member is not None
    return Door(database, AUDIT_KEYS, lambda: datetime.now(UTC), member.actor, "tests")
