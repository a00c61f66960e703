"""Of a patient who was erased ids are left in the audit trail, and nothing else; of others all is left."""

from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import make_url, select

from service.actions.audit_chain import ChainVerification
from service.actions.clock import utc_now
from service.actions.credentials import authenticate
from service.actions.door import Door
from service.actions.erasing import erase_again, erase_patient, list_erased
from service.actions.performing import perform
from service.app import create_app
from service.domain.errors import ForbiddenError, NotFoundError, RefusedError
from service.domain.patients.erasure import ErasureReason
from service.store.database import Database, Reach
from service.store.patient_tables import OF_PATIENT, TOLD_OTHERWISE
from service.store.tables import audit_events
from tests.access.clinics import FilledClinic
from tests.access.full_records import FullRecord, full_record
from tests.access.policy import Kind
from tests.audit_keys import AUDIT_KEYS
from tests.databases import SqliteOfTests
from tests.stored import whole_database
from tests.web.conftest import settings_of_tests

ERASED, OTHER = "qzkerased", "qzkother"


def door_of(clinic: FilledClinic, kind: Kind = Kind.ADMINISTRATOR) -> Door:
    """The door of a member of staff of the clinic."""
    actor = authenticate(clinic.database, clinic.new_session(kind), utc_now())
    assert actor is not None
    return Door(clinic.database, AUDIT_KEYS, utc_now, actor, "request-1")


def erase(record: FullRecord, door: Door | None = None, confirmed: str | None = None) -> None:
    perform(
        door or door_of(record.clinic),
        lambda work: erase_patient(
            work,
            UUID(record.patient_id),
            ErasureReason.PATIENT_ASKED,
            confirmed or record.identifier["value"],
        ),
    )


def rows_of(record: FullRecord) -> dict[str, list[str]]:
    """The rows of a patient in each table that has a column to tell them by."""
    whose = {"clinic": record.clinic.known.id, "patient": UUID(record.patient_id)}
    with record.clinic.database.transaction(Reach.ALL, reads_only=True) as connection:
        return {
            table.name: [repr(row) for row in connection.execute(select(table).where(of_patient), whose)]
            for table, of_patient in OF_PATIENT.items()
        }


def rows_with(database: Database, word: str) -> dict[str, list[str]]:
    """The rows with the word in them, in capitals or not, by table."""
    found = {
        name: [repr(row) for row in rows if word in repr(row).lower()]
        for name, rows in whole_database(database).items()
    }
    return {name: rows for name, rows in found.items() if rows}


def files_of(database_url: str) -> list[str]:
    """What is in each file of an SQLite database."""
    path = Path(make_url(database_url).database or "")
    return [one.read_bytes().decode("latin-1").lower() for one in path.parent.glob(f"{path.name}*")]


def records_on(database: Database) -> tuple[FullRecord, FullRecord]:
    """Two patients of one clinic: one to be erased, and another."""
    app = create_app(settings_of_tests(), database=database)
    clinic = FilledClinic(app, database, "First clinic")
    return full_record(clinic, ERASED), full_record(clinic, OTHER)


@pytest.fixture
def records(database: Database) -> tuple[FullRecord, FullRecord]:
    return records_on(database)


def test_the_control_the_patients_are_in_every_table(records: tuple[FullRecord, FullRecord]) -> None:
    for record in records:
        assert all(rows_of(record).values()), rows_of(record)
        named = rows_with(record.clinic.database, record.word)
        assert {table.name for table in TOLD_OTHERWISE} <= named.keys()


def test_nothing_is_left_of_the_one_and_everything_of_the_other(
    records: tuple[FullRecord, FullRecord],
) -> None:
    erased, other = records
    database = erased.clinic.database
    before, others = rows_of(other), rows_with(database, OTHER)
    events = rows_of(erased)["audit_events"]

    erase(erased)

    assert rows_with(database, ERASED) == {}
    left = {name: rows for name, rows in rows_of(erased).items() if rows}
    assert left.keys() == {"audit_events"}
    assert left["audit_events"][:-1] == events, "what was on record of what was done stays as it was"
    assert rows_of(other) == before
    assert rows_with(database, OTHER) == others


def test_the_bytes_are_gone_from_the_files_of_sqlite(sqlite: SqliteOfTests, tmp_path: Path) -> None:
    url = sqlite.database(tmp_path)
    database = Database(url)
    erased, other = records_on(database)
    assert any(ERASED in text for text in files_of(url)), "the control"

    erase(erased)
    assert database.empty_log()

    assert not any(ERASED in text for text in files_of(url))
    assert any(OTHER in text for text in files_of(url))
    assert rows_of(other)
    database.dispose()


def test_a_reader_of_sqlite_keeps_the_log_from_being_emptied_and_it_is_said(
    sqlite: SqliteOfTests, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("service.store.database.sqlite.BUSY_SECONDS", 0)
    database = Database(sqlite.database(tmp_path))
    erased, _ = records_on(database)
    with database.transaction(Reach.ALL, reads_only=True) as connection:
        connection.execute(select(audit_events)).all()
        erase(erased)
        assert not database.empty_log()
    assert database.empty_log()
    database.dispose()


def test_the_trail_is_as_it_was_written(records: tuple[FullRecord, FullRecord]) -> None:
    erased, _ = records
    erase(erased)
    chain = ChainVerification(erased.clinic.database, AUDIT_KEYS, erased.clinic.known.id, {})
    assert list(chain.findings(lambda _: None)) == []
    door = door_of(erased.clinic)
    (event,) = perform(door, lambda work: list_erased(work, None))
    assert (str(event.patient_id), event.reason) == (erased.patient_id, ErasureReason.PATIENT_ASKED)
    assert perform(door, lambda work: list_erased(work, utc_now())) == ()


def test_what_was_asked_once_is_not_answered_again_and_not_done_anew(
    records: tuple[FullRecord, FullRecord],
) -> None:
    erased, other = records
    clinic = erased.clinic
    erase(erased)
    before = rows_of(erased)["patients"], len(whole_database(clinic.database)["patients"])
    for key, (operation, kind, call) in erased.posted.items():
        again = clinic.ask(operation, kind, call, **{"Idempotency-Key": key})
        assert (again.status_code, again.get_json()["code"]) == (409, "reply_erased"), operation
        assert ERASED not in again.get_data(as_text=True)
    assert (rows_of(erased)["patients"], len(whole_database(clinic.database)["patients"])) == before
    key, (operation, kind, call) = next(iter(other.posted.items()))
    again = clinic.ask(operation, kind, call, **{"Idempotency-Key": key})
    assert (again.status_code, again.get_json()["patient_id"]) == (201, other.patient_id)


def test_the_same_person_later_is_another_patient(records: tuple[FullRecord, FullRecord]) -> None:
    erased, _ = records
    erase(erased)
    _, kind, call = next(iter(erased.posted.values()))
    made = erased.clinic.ask("POST /v1/intake", kind, call).get_json()
    assert made["patient_id"] != erased.patient_id
    assert made["medication_list"]["version"] == 1


def test_a_nurse_and_a_key_erase_nobody(records: tuple[FullRecord, FullRecord]) -> None:
    erased, _ = records
    before = rows_of(erased)["patients"]
    nurse, key = door_of(erased.clinic, Kind.NURSE), erased.clinic.known.administrator.secret
    actor = authenticate(erased.clinic.database, key, utc_now())
    assert actor is not None
    for door in (nurse, replace(nurse, actor=actor)):
        with pytest.raises(ForbiddenError):
            erase(erased, door)
    assert rows_of(erased)["patients"] == before


def test_another_clinic_erases_nobody_here(records: tuple[FullRecord, FullRecord]) -> None:
    erased, _ = records
    before = rows_of(erased)
    theirs = FilledClinic(erased.clinic.app, erased.clinic.database, "Other clinic")
    with pytest.raises(NotFoundError):
        erase(erased, door_of(theirs))
    again = perform(
        door_of(theirs),
        lambda work: erase_again(work, UUID(erased.patient_id), ErasureReason.PATIENT_ASKED),
    )
    assert not again
    assert rows_of(erased) == before


def test_another_patients_identifier_erases_nobody(records: tuple[FullRecord, FullRecord]) -> None:
    erased, other = records
    with pytest.raises(RefusedError) as refused:
        erase(erased, confirmed=other.identifier["value"])
    assert [fault.code for fault in refused.value.faults] == ["not_this_patient"]
    assert rows_of(erased)["patients"]
