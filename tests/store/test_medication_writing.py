"""A version is kept where it was made from the latest, and no change of a list is ever lost."""

from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier, Event
from uuid import UUID, uuid4

import pytest
from sqlalchemy import bindparam, update

from service.domain.errors import NotFoundError, StaleVersionError
from service.domain.medications.medication_list import MedicationList
from service.store.database import Database, Reach, RefusedByDatabaseError
from service.store.medication_writing import insert_first_list, save_next_list
from service.store.medications import load_latest_list
from service.store.patients import load_patient
from service.store.tables import patients
from tests.store.records import add_patient_with_list, first_list, next_list


def test_a_stale_version_is_refused_and_nothing_is_changed(database: Database, clinic_id: UUID) -> None:
    with database.transaction(Reach.ALL) as connection:
        first = add_patient_with_list(connection, clinic_id, "Tea")
        second = next_list(first, "Drops")
        save_next_list(connection, clinic_id, second)

    stale = next_list(first, "Something else")
    with pytest.raises(StaleVersionError) as refused, database.transaction(Reach.ALL) as connection:
        save_next_list(connection, clinic_id, stale)

    assert (refused.value.sent, refused.value.latest) == (1, 2)
    with database.transaction(Reach.ALL) as connection:
        assert load_latest_list(connection, clinic_id, first.patient_id) == second


def test_the_control_an_update_that_looks_at_no_version_is_stopped_by_the_key_alone(
    database: Database, clinic_id: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks_at_none = (
        update(patients)
        .where(patients.c.clinic_id == bindparam("clinic"), patients.c.id == bindparam("patient"))
        .values(list_version=bindparam("made_from") + 1)
    )
    with database.transaction(Reach.ALL) as connection:
        first = add_patient_with_list(connection, clinic_id, "Tea")
        second = next_list(first, "Drops")
        save_next_list(connection, clinic_id, second)
    monkeypatch.setattr("service.store.medication_writing._ADVANCE", looks_at_none)

    with pytest.raises(RefusedByDatabaseError), database.transaction(Reach.ALL) as connection:
        save_next_list(connection, clinic_id, next_list(first, "Something else"))

    with database.transaction(Reach.ALL) as connection:
        assert load_latest_list(connection, clinic_id, first.patient_id) == second


def test_a_version_from_the_future_is_refused(database: Database, clinic_id: UUID) -> None:
    with database.transaction(Reach.ALL) as connection:
        first = add_patient_with_list(connection, clinic_id, "Tea")
    with pytest.raises(StaleVersionError), database.transaction(Reach.ALL) as connection:
        save_next_list(connection, clinic_id, replace(first, version=3))


def test_a_second_first_list_is_refused(database: Database, clinic_id: UUID) -> None:
    with database.transaction(Reach.ALL) as connection:
        first = add_patient_with_list(connection, clinic_id, "Tea")
    with pytest.raises(StaleVersionError), database.transaction(Reach.ALL) as connection:
        insert_first_list(connection, clinic_id, first_list(first.patient_id, "Drops"))
    with database.transaction(Reach.ALL) as connection, pytest.raises(ValueError, match="version 1"):
        insert_first_list(connection, clinic_id, next_list(first))


def test_a_list_of_nobody_is_refused(database: Database, clinic_id: UUID) -> None:
    with database.transaction(Reach.ALL) as connection, pytest.raises(NotFoundError):
        insert_first_list(connection, clinic_id, first_list(uuid4(), "Tea"))


def test_of_two_writers_who_saw_the_same_version_exactly_one_wins(
    database: Database, clinic_id: UUID
) -> None:
    with database.transaction(Reach.ALL) as connection:
        first = add_patient_with_list(connection, clinic_id, "Tea")
    together = Barrier(2)

    def write(name: str) -> MedicationList | None:
        mine = next_list(first, name)
        together.wait(timeout=10)
        try:
            with database.transaction(Reach.ALL) as connection:
                save_next_list(connection, clinic_id, mine)
        except StaleVersionError:
            return None
        return mine

    with ThreadPoolExecutor(2) as threads:
        outcomes = list(threads.map(write, ["Drops", "Cream"]))

    (winner,) = [outcome for outcome in outcomes if outcome]
    with database.transaction(Reach.ALL) as connection:
        assert load_latest_list(connection, clinic_id, first.patient_id) == winner


def test_ten_writers_who_wait_for_each_other_lose_nothing(database: Database, clinic_id: UUID) -> None:
    with database.transaction(Reach.ALL) as connection:
        first = add_patient_with_list(connection, clinic_id, "Tea")

    def add(name: str) -> None:
        with database.transaction(Reach.ALL) as connection:
            load_patient(connection, clinic_id, first.patient_id, for_update=True)
            latest = load_latest_list(connection, clinic_id, first.patient_id)
            assert latest is not None
            save_next_list(connection, clinic_id, next_list(latest, name))

    names = [f"medicine {number}" for number in range(10)]
    with ThreadPoolExecutor(10) as threads:
        list(threads.map(add, names))

    with database.transaction(Reach.ALL) as connection:
        found = load_latest_list(connection, clinic_id, first.patient_id)
    assert found is not None
    assert found.version == 11
    assert {item.facts.name for item in found.items} == {"Tea", *names}


def test_who_waited_for_a_writer_sees_what_the_writer_saved(database: Database, clinic_id: UUID) -> None:
    with database.transaction(Reach.ALL) as connection:
        first = add_patient_with_list(connection, clinic_id, "Tea")
    started = Event()

    def read_when_free() -> MedicationList | None:
        started.set()
        with database.transaction(Reach.ALL) as connection:
            load_patient(connection, clinic_id, first.patient_id, for_update=True)
            return load_latest_list(connection, clinic_id, first.patient_id)

    with ThreadPoolExecutor(1) as thread:
        with database.transaction(Reach.ALL) as connection:
            second = next_list(first, "Drops")
            save_next_list(connection, clinic_id, second)
            reading: Future[MedicationList | None] = thread.submit(read_when_free)
            started.wait(10)
        assert reading.result(timeout=10) == second
