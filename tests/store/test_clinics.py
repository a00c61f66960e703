"""Clinics are found by id and by name; a name is one clinic's."""

from uuid import uuid4

import pytest

from service.domain.access.clinics import Clinic
from service.domain.errors import ConflictError
from service.domain.patients.patients import Paper
from service.store.clinics import find_clinic_by_name, insert_clinic, load_clinic
from service.store.database import Database, Reach
from tests.store.records import NOW


def test_a_clinic_comes_back_equal_to_what_was_saved(database: Database) -> None:
    made = Clinic(uuid4(), "Klinik «Süd» عيادة", "es", Paper.LETTER, "America/Denver")
    with database.transaction(Reach.ALL) as connection:
        insert_clinic(connection, made, NOW)
        assert load_clinic(connection, made.id) == made
        assert find_clinic_by_name(connection, made.name) == made
        assert find_clinic_by_name(connection, "Another") is None
        assert load_clinic(connection, uuid4()) is None


def test_a_second_clinic_of_the_same_name_is_refused(database: Database) -> None:
    with database.transaction(Reach.ALL) as connection:
        insert_clinic(connection, Clinic(uuid4(), "South"), NOW)
        with pytest.raises(ConflictError) as refused:
            insert_clinic(connection, Clinic(uuid4(), "South"), NOW)
    assert refused.value.code == "clinic_name_taken"
