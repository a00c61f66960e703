"""Patients come back as they were saved; an identifier is one patient's, within one clinic."""

from dataclasses import replace
from uuid import UUID, uuid4

from hypothesis import HealthCheck, given, settings

from service.domain.patients.patients import Patient
from service.store.database import Database, Reach
from service.store.patient_writing import insert_patient, update_patient
from service.store.patients import find_patient, list_patients, load_patient, load_updated_at
from tests.store.records import LATER, NOW, add_clinic, add_patient
from tests.strategies import patients


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(made=patients())
def test_a_patient_comes_back_equal_to_what_was_saved(database: Database, made: Patient) -> None:
    with database.transaction(Reach.ALL) as connection:
        clinic_id = add_clinic(connection)
        insert_patient(connection, clinic_id, made, NOW)
        assert load_patient(connection, clinic_id, made.id) == made
        for identifier in made.identifiers:
            assert find_patient(connection, clinic_id, identifier) == made
        assert list_patients(connection, clinic_id, None, 5) == (made,)


def test_patients_are_read_page_by_page_each_once_and_whole(database: Database, clinic_id: UUID) -> None:
    with database.transaction(Reach.ALL) as connection:
        made = [add_patient(connection, clinic_id, str(number)) for number in range(5)]
        read: list[Patient] = []
        while page := list_patients(connection, clinic_id, read[-1].id if read else None, 2):
            assert len(page) <= 2
            read.extend(page)
    assert read == sorted(made, key=lambda one: one.id)


def test_it_is_known_when_a_patients_record_was_last_changed(database: Database, clinic_id: UUID) -> None:
    with database.transaction(Reach.ALL) as connection:
        one, other = (add_patient(connection, clinic_id, number) for number in ("1", "2"))
        update_patient(connection, clinic_id, replace(other, name="Test Patient 02"), LATER)

        known = load_updated_at(connection, clinic_id, [one.id, other.id, uuid4()])
    assert known == {one.id: NOW, other.id: LATER}
