"""A transaction is done whole or not at all; whether the database is ready is said without a word of SQL."""

import subprocess
import sys
import traceback
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text

from service.store.clinics import load_clinic
from service.store.database import Database, Reach, RefusedByDatabaseError, UnavailableError
from service.store.database.migrations import migrate, migrate_down
from service.store.patients import list_patients
from tests.store.records import add_clinic, add_patient


def test_what_a_transaction_did_is_undone_on_any_error(database: Database, clinic_id: UUID) -> None:
    def fail_halfway() -> None:
        with database.transaction(Reach.ALL) as connection:
            add_patient(connection, clinic_id)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail_halfway()
    with database.transaction(Reach.ALL) as connection:
        assert list_patients(connection, clinic_id, None, 5) == ()


WRITER = """
import sys, time
from uuid import UUID
from service.domain.access.clinics import Clinic
from service.store.clinics import insert_clinic
from service.store.database import Database, Reach
from tests.store.records import NOW
database = Database(sys.argv[1])
with database.transaction(Reach.ALL) as connection:
    insert_clinic(connection, Clinic(UUID(int=1), "committed"), NOW)
with database.transaction(Reach.ALL) as connection:
    insert_clinic(connection, Clinic(UUID(int=2), "not committed"), NOW)
    print("half way", flush=True)
    time.sleep(60)
"""


def test_a_killed_process_leaves_what_was_committed_and_nothing_of_what_was_not(
    database: Database, database_url: str
) -> None:
    root = Path(__file__).parents[3]
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, database_url], cwd=root, stdout=subprocess.PIPE, text=True
    ) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "half way\n"
        writer.kill()
    with database.transaction(Reach.ALL) as connection:
        assert load_clinic(connection, UUID(int=1)) is not None
        assert load_clinic(connection, UUID(int=2)) is None
        add_clinic(connection)


def test_sixteen_writers_at_once_all_get_their_turn(database: Database, clinic_id: UUID) -> None:
    def write(number: int) -> None:
        for repeat in range(5):
            with database.transaction(Reach.ALL) as connection:
                add_patient(connection, clinic_id, f"{number}-{repeat}")

    with ThreadPoolExecutor(16) as threads:
        list(threads.map(write, range(16)))
    with database.transaction(Reach.ALL) as connection:
        assert len(list_patients(connection, clinic_id, None, 100)) == 80


def test_a_reader_does_not_wait_for_a_writer(database: Database, clinic_id: UUID) -> None:
    def read() -> int:
        with database.transaction(Reach.ALL, reads_only=True) as connection:
            return len(list_patients(connection, clinic_id, None, 5))

    with ThreadPoolExecutor(1) as thread, database.transaction(Reach.ALL) as connection:
        add_patient(connection, clinic_id)
        assert thread.submit(read).result(timeout=2) == 0


def test_a_ready_database_passes_the_check_again_and_again(database: Database) -> None:
    database.check()
    database.check()


def test_a_database_that_is_not_migrated_is_not_ready(unmigrated_url: str) -> None:
    database = Database(unmigrated_url)
    with pytest.raises(UnavailableError):
        database.check()
    migrate(unmigrated_url)
    database.check()
    migrate_down(unmigrated_url, "0001")
    older = Database(unmigrated_url)
    with pytest.raises(UnavailableError):
        older.check()
    for opened in (database, older):
        opened.dispose()


def test_a_broken_constraint_is_told_without_sql_and_without_a_value(
    database: Database, clinic_id: UUID
) -> None:
    canary = "canary-000123"
    statement = text("INSERT INTO clinics VALUES (:id, :name, 'en', :name, 'UTC', NULL)")
    with pytest.raises(RefusedByDatabaseError) as refused, database.transaction(Reach.ALL) as connection:
        connection.execute(statement, {"id": uuid4().bytes.hex(), "name": canary})
    told = "".join(traceback.format_exception(refused.value))
    assert canary not in told
    assert "INSERT INTO" not in str(refused.value)
    assert "VALUES" not in str(refused.value)


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:", "mysql://localhost/x"])
def test_a_database_of_another_kind_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match=r"file|not a database"):
        Database(url)
