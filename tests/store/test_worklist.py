"""A day's sheets are found by the index of their day, and many patients and lists come in one statement."""

from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

from service.store.database import Database, Reach
from service.store.medication_writing import save_next_list
from service.store.medications import load_latest_list, load_latest_lists
from service.store.patients import load_patient, load_patients
from service.store.worklist import list_planned, next_planned_day
from tests.store.plans import plan_of
from tests.store.records import add_patient, add_patient_with_list, next_list

DAY = date(2026, 12, 1)


def test_a_day_is_looked_up_by_its_index(database: Database, clinic_id: UUID) -> None:
    with database.transaction(clinic_id) as connection:
        plans = [
            plan_of(connection, lambda: list_planned(connection, clinic_id, DAY, 9)),
            plan_of(connection, lambda: next_planned_day(connection, clinic_id, DAY)),
        ]

    for plan in plans:
        assert "ix_checklists_clinic_id_planned_start_id" in plan
        assert "SCAN" not in plan
        assert "Seq Scan" not in plan


def test_many_patients_and_their_latest_lists_are_those_that_one_by_one_are_found(
    database: Database, clinic_id: UUID
) -> None:
    with database.transaction(Reach.ALL) as connection:
        lists = [add_patient_with_list(connection, clinic_id, "Water", "Soap") for _ in range(3)]
        save_next_list(connection, clinic_id, next_list(lists[0], "Tea"))
        save_next_list(connection, clinic_id, replace(lists[1], version=2, items=()))
        ids = [one.patient_id for one in lists]
        without_list = add_patient(connection, clinic_id, "9").id
        sought = [*ids, without_list, uuid4()]

        found = load_latest_lists(connection, clinic_id, sought)
        assert found == {one: load_latest_list(connection, clinic_id, one) for one in ids}
        people = load_patients(connection, clinic_id, sought)
        assert people == {one: load_patient(connection, clinic_id, one) for one in (*ids, without_list)}
        assert load_latest_lists(connection, clinic_id, []) == load_patients(connection, clinic_id, []) == {}
