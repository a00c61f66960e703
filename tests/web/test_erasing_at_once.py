"""A patient is erased while others write about the same patient: it is all before it, or all after it."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Barrier, Event
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from service.actions.batches import gather_batch, plan_batch
from service.actions.door import Door
from service.actions.erasing import erase_patient
from service.actions.marks import mark_line
from service.actions.performing import perform
from service.domain.access.permissions import Role
from service.domain.checklists.batches import BatchRequest
from service.domain.checklists.marks import MarkWord
from service.domain.errors import NotFoundError
from service.domain.patients.erasure import ErasureReason
from service.store import erasure as erasure_store
from service.store import marks as mark_store
from service.store.database import Database, Reach
from service.store.patient_tables import OF_PATIENT
from service.store.tables import audit_events
from tests.audit_keys import AUDIT_KEYS
from tests.people import add_person
from tests.web.conftest import PASSWORD, Caller, ClinicOfTests
from tests.web.lists import asked, posted

ROUNDS = 12


@pytest.fixture
def door(database: Database, clinic: ClinicOfTests) -> Door:
    now = datetime.now(UTC)
    with database.transaction(Reach.ALL) as connection:
        who = (clinic.id, Role.ADMINISTRATOR, "admin.01", "Test Administrator", PASSWORD, now)
        member = add_person(connection, *who)
    return Door(database, AUDIT_KEYS, lambda: datetime.now(UTC), member.actor, "tests")


def erase(door: Door, patient_id: str, mrn: str = "000123") -> None:
    perform(door, lambda work: erase_patient(work, UUID(patient_id), ErasureReason.PATIENT_ASKED, mrn))


def rows_left(database: Database, clinic: ClinicOfTests, patient_id: str) -> list[str]:
    """The tables, but for the audit trail, in which something of a patient is left."""
    whose = {"clinic": clinic.id, "patient": UUID(patient_id)}
    with database.transaction(Reach.ALL, reads_only=True) as connection:
        return [
            table.name
            for table, of_patient in OF_PATIENT.items()
            if table is not audit_events and connection.execute(select(table).where(of_patient), whose).all()
        ]


def at_once(*acts: Callable[[], object]) -> list[object]:
    together = Barrier(len(acts))

    def wait_and_act(act: Callable[[], object]) -> object:
        together.wait(timeout=10)
        return act()

    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(wait_and_act, acts))


def test_an_intake_comes_before_the_erasure_and_goes_or_after_it_and_makes_a_new_patient(
    app: Flask, clinic: ClinicOfTests, database: Database, door: Door
) -> None:
    for number in range(ROUNDS):
        mrn = f"{number:06d}"
        first = clinic.ehr.post("/v1/intake", asked("Water", mrn=mrn)).get_json()["patient_id"]
        own = Caller(app.test_client(), clinic.ehr.secret)
        _, answer = at_once(
            lambda first=first, mrn=mrn: erase(door, first, mrn),
            lambda own=own, mrn=mrn: own.post("/v1/intake", asked("Soap", mrn=mrn)),
        )
        assert answer.status_code == 201, answer.data  # type: ignore[attr-defined]
        said = answer.get_json()  # type: ignore[attr-defined]
        assert rows_left(database, clinic, first) == []
        found = clinic.ehr.get(f"/v1/patients?identifier=urn:clinic:mrn|{mrn}").get_json()["items"]
        if said["patient_id"] == first:
            assert (said["medication_list"]["version"], found) == (2, [])
        else:
            listed = clinic.ehr.get(f"/v1/patients/{said['patient_id']}/medication-list").get_json()
            assert [patient["id"] for patient in found] == [said["patient_id"]]
            assert (listed["version"], [item["name"] for item in listed["items"]]) == (1, ["Soap"])


# Writers of SQLite take turns from their beginning.
@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_an_intake_that_has_found_the_patient_before_the_erasure_makes_a_new_one(
    app: Flask, clinic: ClinicOfTests, database: Database, door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = clinic.ehr.post("/v1/intake", posted("Water")).get_json()["patient_id"]
    count, counting = erasure_store.count_what_goes, Event()

    def slowly(*words: object) -> object:
        counting.set()
        # By now the intake has found the patient and waits for the row, which is held.
        waiting = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
        deadline = datetime.now(UTC).timestamp() + 2
        found = 0
        while not found:
            assert datetime.now(UTC).timestamp() < deadline
            with database.transaction(Reach.ALL, reads_only=True) as connection:
                found = connection.exec_driver_sql(waiting).scalar_one()
        return count(*words)  # type: ignore[arg-type]

    monkeypatch.setattr(erasure_store, "count_what_goes", slowly)

    def post_later() -> object:
        assert counting.wait(5)
        return Caller(app.test_client(), clinic.ehr.secret).post("/v1/intake", posted("Soap"))

    _, answer = at_once(lambda: erase(door, first), post_later)

    assert answer.status_code == 201, answer.data  # type: ignore[attr-defined]
    assert answer.get_json()["patient_id"] != first  # type: ignore[attr-defined]
    assert answer.get_json()["medication_list"]["version"] == 1  # type: ignore[attr-defined]
    assert rows_left(database, clinic, first) == []


# Writers of SQLite take turns from their beginning.
@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_mark_on_a_sheet_that_is_erased_meanwhile_is_about_nothing(
    clinic: ClinicOfTests, database: Database, door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    receipt = clinic.ehr.post("/v1/intake", asked("Water")).get_json()
    sheet = UUID(receipt["checklist"]["id"])
    insert = mark_store.insert_mark

    def erased_before(*words: object) -> None:
        with ThreadPoolExecutor(1) as other:
            other.submit(erase, door, receipt["patient_id"]).result()
        insert(*words)  # type: ignore[arg-type]

    monkeypatch.setattr(mark_store, "insert_mark", erased_before)
    with pytest.raises(NotFoundError):
        perform(door, lambda work: mark_line(work, sheet, "ask-open", MarkWord.DISCUSSED, "later"))
    assert rows_left(database, clinic, receipt["patient_id"]) == []


def test_a_batch_names_the_sheet_that_is_gone_and_has_the_others(clinic: ClinicOfTests, door: Door) -> None:
    receipts = [clinic.ehr.post("/v1/intake", asked("Water", mrn=mrn)).get_json() for mrn in ("1", "2")]
    first, second = (UUID(receipt["checklist"]["id"]) for receipt in receipts)
    plan = perform(door, lambda work: plan_batch(work, BatchRequest(checklist_ids=(first, second))))

    erase(door, receipts[0]["patient_id"], "1")
    batch = perform(door, lambda work: gather_batch(work, plan))

    assert (batch.plan.missing, [sheet.id for sheet in batch.sheets]) == ((first,), [second])
    erase(door, receipts[1]["patient_id"], "2")
    with pytest.raises(NotFoundError):
        perform(door, lambda work: gather_batch(work, plan))
