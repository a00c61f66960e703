"""A log-in is one person's over all clinics."""

from uuid import UUID, uuid4

import pytest

from service.domain.errors import ConflictError
from service.store.database import Database, Reach
from service.store.staff import find_staff, insert_staff, load_staff
from tests.store.records import member_of


def test_a_log_in_is_one_persons_over_all_clinics(
    database: Database, clinic_id: UUID, other_clinic_id: UUID
) -> None:
    member = member_of(clinic_id)
    with database.transaction(Reach.ALL) as connection:
        insert_staff(connection, member)
        assert find_staff(connection, member.login) == member
        assert load_staff(connection, member.id) == member
        assert find_staff(connection, "nobody") is None
        assert load_staff(connection, uuid4()) is None
        with pytest.raises(ConflictError) as refused:
            insert_staff(connection, member_of(other_clinic_id))
    assert refused.value.code == "login_taken"
