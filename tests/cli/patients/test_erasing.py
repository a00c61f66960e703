"""``patients erase`` and ``erased`` as an administrator uses them; and erasing again after a restore."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
from click.testing import CliRunner, Result
from sqlalchemy import make_url

from service.actions.door import Door
from service.actions.patients import PostedPatient, create_patient, list_patients
from service.actions.performing import perform
from service.actions.work import new_id
from service.cli import main
from service.domain.access.clinics import Clinic
from service.domain.access.permissions import Role
from service.domain.patients.patients import Identifier, Patient
from service.store import clinics as clinic_store
from service.store.database import Database, Reach
from tests.audit_keys import AUDIT_KEYS, SIGNING
from tests.databases import PostgresqlOfTests, SqliteOfTests
from tests.people import add_person

SYSTEM = "urn:clinic:mrn"
Run = Callable[..., Result]


def set_up(database: Database) -> Door:
    """A clinic with an administrator, a nurse and two patients, and another clinic with an administrator."""
    now = datetime.now(UTC)
    doors = []
    with database.transaction(Reach.ALL) as connection:
        for name, number in (("First clinic", "01"), ("Other clinic", "02")):
            clinic = Clinic(new_id(now), name)
            clinic_store.insert_clinic(connection, clinic, now)
            who = (clinic.id, Role.ADMINISTRATOR, f"admin.{number}", "Test Administrator", "x" * 20, now)
            member = add_person(connection, *who)
            doors.append(Door(database, AUDIT_KEYS, lambda: datetime.now(UTC), member.actor, "tests"))
        nurse = (doors[0].actor.clinic_id, Role.NURSE, "nurse.01", "Test Nurse", "x" * 20, now)
        add_person(connection, *nurse)
    for number in ("000123", "000456"):
        posted = PostedPatient(Identifier(SYSTEM, number), f"Qzkpatient {number}")
        perform(doors[0], lambda work, posted=posted: create_patient(work, posted))  # type: ignore[misc]
    return doors[0]


def on_file(door: Door) -> list[Patient]:
    return list(perform(door, lambda work: list_patients(work, None, 9)).items)


def run_on(url: str, *words: str, **kwargs: str) -> Result:
    return CliRunner().invoke(main, words, env=SIGNING | {"DATABASE_URL": url}, **kwargs)  # type: ignore[arg-type]


def erase(url: str, *words: str, **kwargs: str) -> Result:
    by = words if "--by" in words else (*words, "--by", "admin.01")
    return run_on(url, "patients", "erase", *by, **kwargs)


def test_it_says_what_goes_asks_for_the_identifier_and_erases(database_url: str, database: Database) -> None:
    door = set_up(database)
    words = (f"{SYSTEM}|000123", "--reason", "patient_asked")

    done = erase(database_url, *words, input="000123\n")

    assert done.exit_code == 0, done.output
    assert "Qzkpatient 000123, born unknown: 000123 (urn:clinic:mrn)" in done.stderr
    assert "1 versions, 0 items, 0 sheets" in done.stderr
    assert [patient.identifiers[0].value for patient in on_file(door)] == ["000456"]
    told = json.loads(done.stdout)
    listed = run_on(database_url, "patients", "erased", "--by", "admin.01")
    assert json.loads(listed.stdout) == told
    assert told["reason"] == "patient_asked"
    verified = run_on(database_url, "audit", "verify")
    assert verified.exit_code == 0, verified.output
    later = run_on(database_url, "patients", "erased", "--by", "admin.01", "--since", "2999-01-01")
    assert (later.exit_code, later.stdout) == (0, "")
    assert erase(database_url, *words, "--confirm", "000123").exit_code == 2


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ((f"{SYSTEM}|000123", "--reason", "patient_asked", "--confirm", "000456"), 1),
        ((f"{SYSTEM}|000123", "--reason", "patient_asked", "--confirm", "000123", "--by", "nurse.01"), 1),
        ((f"{SYSTEM}|000123", "--reason", "patient_asked", "--confirm", "000123", "--by", "admin.02"), 2),
        ((f"{SYSTEM}|000123", "--reason", "no such reason", "--confirm", "000123"), 2),
        ((f"{SYSTEM}|000123", "--confirm", "000123"), 2),
        ((), 2),
    ],
    ids=["another identifier", "a nurse", "another clinic", "another reason", "no reason", "nothing"],
)
def test_what_is_not_meant_so_erases_nobody(
    database_url: str, database: Database, words: tuple[str, ...], status: int
) -> None:
    door = set_up(database)
    refused = erase(database_url, *words)
    assert refused.exit_code == status, refused.output
    assert "Traceback" not in refused.output
    assert len(on_file(door)) == 2


def test_whoever_was_erased_is_erased_again_after_a_restore(sqlite: SqliteOfTests, tmp_path: Path) -> None:
    url, again = sqlite.database(tmp_path), f"sqlite:///{tmp_path / 'again.sqlite3'}"
    database = Database(url)
    set_up(database)
    kept = tmp_path / "kept.sqlite3"
    assert run_on(url, "backup", str(kept)).exit_code == 0
    erase(url, f"{SYSTEM}|000123", "--reason", "kept_long_enough", "--confirm", "000123")
    database.dispose()
    erased = tmp_path / "erased.jsonl"
    erased.write_text(run_on(url, "patients", "erased", "--by", "admin.01").stdout)

    assert run_on(again, "restore", str(kept)).exit_code == 0
    assert b"Qzkpatient 000123" in (tmp_path / "again.sqlite3").read_bytes(), "the backup brought it back"
    done = erase(again, "--ids-from", str(erased))
    repeated = erase(again, "--ids-from", str(erased))

    patient_id = json.loads(erased.read_text())["patient"]
    assert (done.exit_code, done.stdout) == (0, f"{patient_id}: erased\n")
    assert (repeated.exit_code, repeated.stdout) == (0, f"{patient_id}: nothing was there\n")
    for file in tmp_path.glob("again.sqlite3*"):
        assert b"000123" not in file.read_bytes(), file
    assert b"Qzkpatient 000456" in (tmp_path / "again.sqlite3").read_bytes()
    assert run_on(again, "audit", "verify").exit_code == 0
    assert json.loads(run_on(again, "patients", "erased", "--by", "admin.01").stdout)["patient"] == patient_id


def test_a_file_with_another_line_erases_nobody(
    database_url: str, database: Database, tmp_path: Path
) -> None:
    door = set_up(database)
    patient = on_file(door)[0]
    line = {"patient": str(patient.id), "at": "2026-12-01T10:00:00+00:00", "reason": "patient_asked"}
    file = tmp_path / "erased.jsonl"
    file.write_text(f"{json.dumps(line)}\n{patient.id}\n")

    refused = erase(database_url, "--ids-from", str(file))

    assert refused.exit_code == 2
    assert "line 2 does not say who was erased" in refused.output
    assert len(on_file(door)) == 2


def test_a_database_from_before_is_written_anew(sqlite: SqliteOfTests, tmp_path: Path) -> None:
    url = sqlite.database(tmp_path)
    database = Database(url)
    set_up(database)
    with database.transaction(Reach.ALL) as connection:
        driver = connection.connection.driver_connection
        assert driver is not None
        connection.exec_driver_sql("CREATE TABLE old (text)")
        connection.exec_driver_sql("INSERT INTO old VALUES ('Qzkold' || hex(zeroblob(9000)))")
    with database.transaction(Reach.ALL) as connection:
        connection.exec_driver_sql("PRAGMA secure_delete = OFF")
        connection.exec_driver_sql("DROP TABLE old")
    database.dispose()
    file = Path(make_url(url).database or "")
    assert b"Qzkold" in file.read_bytes(), "the control"

    assert run_on(url, "db", "vacuum").exit_code == 0

    assert not any(b"Qzkold" in one.read_bytes() for one in tmp_path.glob(f"{file.name}*"))


def test_the_tables_of_postgresql_are_written_anew(postgresql: PostgresqlOfTests) -> None:
    with postgresql.database() as url:
        database = Database(url)
        set_up(database)
        done = erase(url, f"{SYSTEM}|000456", "--reason", "patient_asked", "--confirm", "000456")
        assert "db vacuum" in done.stderr
        database.dispose()
        assert files_with(postgresql, url, b"Qzkpatient 000456") != [], "the control: the newest row stays"

        assert run_on(url, "db", "vacuum").exit_code == 0

        assert files_with(postgresql, url, b"Qzkpatient 000456") == []
        assert files_with(postgresql, url, b"Qzkpatient 000123") != []


def files_with(postgresql: PostgresqlOfTests, url: str, sought: bytes) -> list[Path]:
    """The files of tables and indexes with these bytes in them."""
    with psycopg.connect(postgresql.superusers_url(url), autocommit=True) as connection:
        connection.execute("CHECKPOINT")
        (folder,) = connection.execute("SHOW data_directory").fetchone() or ("",)
    return [one for one in Path(folder, "base").rglob("*") if one.is_file() and sought in one.read_bytes()]
