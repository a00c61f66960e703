"""An identifier is one patient's within a clinic, and a change is done whole or not at all."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier
from uuid import UUID, uuid4

import pytest

from service.domain.errors import ConflictError, NotFoundError
from service.domain.patients.patients import Identifier, Patient
from service.domain.text import PartialDate
from service.store.database import Database, Reach
from service.store.patient_writing import insert_patient, update_patient
from service.store.patients import find_patient, list_patients, load_patient
from tests.store.records import LATER, MRN, NOW, add_patient, patient


def test_an_identifier_that_is_taken_is_refused_and_nothing_is_written(
    database: Database, clinic_id: UUID
) -> None:
    with database.transaction(Reach.ALL) as connection:
        on_file = add_patient(connection, clinic_id)
        same_mrn = Patient(uuid4(), (Identifier("urn:a", "1"), on_file.identifiers[0], Identifier("z", "1")))
        with pytest.raises(ConflictError) as refused:
            insert_patient(connection, clinic_id, same_mrn, NOW)
        assert refused.value.code == "identifier_taken"

    with database.transaction(Reach.ALL) as connection:
        assert list_patients(connection, clinic_id, None, 5) == (on_file,)
        for free in (Identifier("urn:a", "1"), Identifier("z", "1")):
            assert find_patient(connection, clinic_id, free) is None


def test_two_clinics_may_know_different_patients_by_the_same_number(
    database: Database, clinic_id: UUID, other_clinic_id: UUID
) -> None:
    with database.transaction(Reach.ALL) as connection:
        here = add_patient(connection, clinic_id, "7")
        there = add_patient(connection, other_clinic_id, "7")
        assert find_patient(connection, clinic_id, Identifier(MRN, "7")) == here
        assert find_patient(connection, other_clinic_id, Identifier(MRN, "7")) == there


def test_of_eight_at_once_with_the_same_identifier_one_makes_the_patient(
    database: Database, clinic_id: UUID
) -> None:
    together = Barrier(8)

    def create(_: int) -> bool:
        together.wait(timeout=10)
        try:
            with database.transaction(Reach.ALL) as connection:
                insert_patient(connection, clinic_id, patient("7"), NOW)
        except ConflictError:
            return False
        return True

    with ThreadPoolExecutor(8) as threads:
        assert sum(threads.map(create, range(8))) == 1
    with database.transaction(Reach.ALL) as connection:
        assert len(list_patients(connection, clinic_id, None, 9)) == 1


def test_a_changed_patient_keeps_the_order_of_new_identifiers(database: Database, clinic_id: UUID) -> None:
    with database.transaction(Reach.ALL) as connection:
        on_file = add_patient(connection, clinic_id)
        changed = replace(
            on_file,
            identifiers=(Identifier("urn:z", "1"), *reversed(on_file.identifiers)),
            name=None,
            birth_date=PartialDate(1961, 4, 2),
            language=None,
            print_size=None,
        )
        update_patient(connection, clinic_id, changed, LATER)
        assert load_patient(connection, clinic_id, on_file.id) == changed


def test_a_change_to_a_taken_identifier_is_refused_and_nothing_is_changed(
    database: Database, clinic_id: UUID
) -> None:
    with database.transaction(Reach.ALL) as connection:
        on_file, other = add_patient(connection, clinic_id, "1"), add_patient(connection, clinic_id, "2")
        with pytest.raises(ConflictError):
            update_patient(
                connection, clinic_id, replace(on_file, identifiers=other.identifiers, name="X"), LATER
            )
    with database.transaction(Reach.ALL) as connection:
        assert load_patient(connection, clinic_id, on_file.id) == on_file
        assert load_patient(connection, clinic_id, other.id) == other


def test_a_change_of_nobody_is_refused(database: Database, clinic_id: UUID) -> None:
    with database.transaction(Reach.ALL) as connection, pytest.raises(NotFoundError):
        update_patient(connection, clinic_id, patient(), NOW)
