"""A transaction is done whole or not at all; a database that cannot be used says so without a word of SQL."""

import subprocess
import sys
import time
import traceback
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from uuid import UUID, uuid4

import psycopg
import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from service.store import engine
from service.store.clinics import load_clinic
from service.store.database import Database, Reach, RefusedByDatabaseError, UnavailableError
from service.store.engine import make_engine
from service.store.failures import translated
from service.store.migrations import migrate, migrate_down
from service.store.patients import list_patients
from service.store.reach import SETTING, reach_only
from tests.databases import PostgresqlOfTests, running_postgresql
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
    root = Path(__file__).parents[2]
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


@pytest.mark.parametrize("state", ["08006", "53100", "53300", "57P01", "57014", "25006", "40P01", "55P03"])
def test_each_kind_of_outage_of_postgresql_is_told_as_such(state: str) -> None:
    class FailureError(Exception):
        sqlstate = state

    assert isinstance(translated(DBAPIError("SELECT 1", {}, FailureError())), UnavailableError)


@pytest.mark.parametrize("state", ["23505", "42P01", "22001", "23001"])
def test_a_faulty_statement_is_not_told_as_an_outage(state: str) -> None:
    class FailureError(Exception):
        sqlstate = state

    assert isinstance(translated(DBAPIError("SELECT 1", {}, FailureError())), RefusedByDatabaseError)


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:", "mysql://localhost/x"])
def test_a_database_of_another_kind_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match=r"file|not a database"):
        Database(url)


def refuses_work(database: Database) -> None:
    """Whatever is asked of it, it says that it is unavailable, within three seconds."""
    began = time.monotonic()
    for ask in (database.check, lambda: _write(database)):
        _expect_unavailable(ask)
    assert time.monotonic() - began < 6


def _write(database: Database) -> None:
    with database.transaction(Reach.ALL) as connection:
        add_clinic(connection)


def _expect_unavailable(ask: Callable[[], None]) -> None:
    with pytest.raises(UnavailableError) as told:
        ask()
    assert "SELECT" not in str(told.value)
    assert "INSERT" not in str(told.value)


class TestSqlite:
    """What only a file can suffer."""

    @pytest.fixture(params=["sqlite"])
    def database_url(self, request: pytest.FixtureRequest, tmp_path: Path) -> str:
        return str(request.getfixturevalue("sqlite").database(tmp_path))

    def test_a_commit_waits_for_the_disk_and_references_are_held(self, database: Database) -> None:
        with database.transaction(Reach.ALL) as connection:
            found = {
                name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
                for name in ("journal_mode", "synchronous", "foreign_keys")
            }
        newest = engine.sqlite.sqlite_version_info >= (3, 51, 3)
        assert found == {"journal_mode": "wal" if newest else "delete", "synchronous": 2, "foreign_keys": 1}

    def test_an_old_sqlite_never_uses_the_write_ahead_log(
        self, database: Database, database_url: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        database.check()
        database.dispose()
        monkeypatch.setattr(engine.sqlite, "sqlite_version_info", (3, 46, 1))
        old = Database(database_url)
        with old.transaction(Reach.ALL) as connection:
            assert connection.exec_driver_sql("PRAGMA journal_mode").scalar_one() == "delete"
            assert connection.exec_driver_sql("PRAGMA synchronous").scalar_one() == 2
        old.dispose()

    def test_a_file_that_is_not_there_or_not_a_database_is_unavailable(self, tmp_path: Path) -> None:
        letter = tmp_path / "letter.txt"
        letter.write_text("Dear database, " * 1000)
        for path in (tmp_path / "no such folder" / "x.sqlite3", tmp_path, letter):
            database = Database(f"sqlite:///{path}")
            refuses_work(database)
            database.dispose()

    def test_a_read_only_file_takes_no_write_and_is_still_read(
        self, database: Database, database_url: str
    ) -> None:
        with database.transaction(Reach.ALL) as connection:
            clinic_id = add_clinic(connection)
        path = database_url.removeprefix("sqlite:///")
        read_only = Database(f"sqlite:///file:{path}?mode=ro&uri=true")
        refuses_work(read_only)
        with read_only.transaction(Reach.ALL, reads_only=True) as connection:
            assert load_clinic(connection, clinic_id) is not None
        read_only.dispose()

    def test_a_full_disk_takes_no_write_and_writes_go_on_when_there_is_room(self, database: Database) -> None:
        def fill() -> None:
            with database.transaction(Reach.ALL) as connection:
                pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
                connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
                for _ in range(1000):
                    add_clinic(connection)

        _expect_unavailable(fill)
        with database.transaction(Reach.ALL, reads_only=True) as connection:
            connection.exec_driver_sql("PRAGMA max_page_count = 1000000")
            assert connection.exec_driver_sql("SELECT count(*) FROM clinics").scalar_one() == 0
        _write(database)

    def test_a_file_locked_by_another_program_is_unavailable(
        self, database: Database, database_url: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(engine, "BUSY_SECONDS", 0.1)
        waiting = Database(database_url)
        with database.transaction(Reach.ALL):
            refuses_work(waiting)
        waiting.check()
        waiting.dispose()

    def test_a_transaction_within_a_transaction_is_a_mistake(self, database: Database) -> None:
        with database.transaction(Reach.ALL), pytest.raises(RuntimeError), database.transaction(Reach.ALL):
            pass


class TestPostgresql:
    """What only a server can suffer."""

    @pytest.fixture(params=["postgresql"])
    def database_url(self, request: pytest.FixtureRequest) -> object:
        with request.getfixturevalue("postgresql").database() as url:
            yield url

    def test_a_connection_is_set_up_to_give_up_and_to_work_behind_a_pooler(self, database: Database) -> None:
        with database.transaction(Reach.ALL) as connection:
            shown = {
                name: connection.exec_driver_sql(f"SHOW {name}").scalar_one()
                for name in (
                    *("lock_timeout", "statement_timeout", "idle_in_transaction_session_timeout"),
                    *("transaction_isolation", "application_name"),
                )
            }
            driver = connection.connection.driver_connection
            assert driver is not None
            assert driver.prepare_threshold is None
        assert shown == {
            "lock_timeout": "3s",
            "statement_timeout": "4s",
            "idle_in_transaction_session_timeout": "8s",
            "transaction_isolation": "read committed",
            "application_name": "medication-checklist",
        }

    def test_connections_that_broke_while_they_lay_in_the_pool_are_replaced(
        self, database: Database, database_url: str
    ) -> None:
        def write_at_once() -> None:
            with ExitStack() as stack:
                for _ in range(3):
                    add_clinic(stack.enter_context(database.transaction(Reach.ALL)))

        others = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = %s"
        write_at_once()
        with psycopg.connect(database_url, autocommit=True) as other:
            assert other.execute(others, ["medication-checklist"]).fetchone() == (3,)
        write_at_once()

    def test_a_connection_that_breaks_in_a_transaction_is_not(self, database: Database) -> None:
        def write() -> None:
            with database.transaction(Reach.ALL) as connection:
                add_clinic(connection)
                connection.exec_driver_sql("SELECT pg_terminate_backend(pg_backend_pid())")

        _expect_unavailable(write)

    def test_a_statement_that_takes_too_long_is_unavailable(self, database: Database) -> None:
        def wait() -> None:
            with database.transaction(Reach.ALL) as connection:
                connection.exec_driver_sql("SET LOCAL statement_timeout = 50")
                connection.exec_driver_sql("SELECT pg_sleep(5)")

        _expect_unavailable(wait)

    def test_a_read_only_server_takes_no_write_and_is_still_read(
        self, database: Database, database_url: str
    ) -> None:
        with database.transaction(Reach.ALL) as connection:
            clinic_id = add_clinic(connection)
            name = connection.exec_driver_sql("SELECT current_database()").scalar_one()
            connection.exec_driver_sql(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
        standby = Database(database_url)
        refuses_work(standby)
        with standby.transaction(Reach.ALL, reads_only=True) as connection:
            assert load_clinic(connection, clinic_id) is not None
        standby.dispose()

    def test_nobody_listening_is_unavailable(self) -> None:
        database = Database("postgresql://nobody@127.0.0.1:1/nothing")
        refuses_work(database)
        database.dispose()

    def test_a_stopped_server_is_unavailable_and_works_again_in_the_same_process(self) -> None:
        with running_postgresql() as own, own.database() as url:
            database = Database(url)
            database.check()

            def work_while_it_stops() -> None:
                with database.transaction(Reach.ALL) as connection:
                    add_clinic(connection)
                    own.server.stop()
                    add_clinic(connection)

            _expect_unavailable(work_while_it_stops)
            refuses_work(database)
            own.server.ensure_postgres_running()
            database.check()
            _write(database)
            database.dispose()


def test_postgresql_is_told_whose_rows_a_transaction_reaches_and_forgets_it_after_it(
    postgresql: PostgresqlOfTests,
) -> None:
    def told(connection: Connection) -> str | None:
        return connection.execute(text(f"SELECT current_setting('{SETTING}', true)")).scalar()

    clinic_id = uuid4()
    with postgresql.database() as url:
        database = Database(url)
        with database.transaction(clinic_id) as connection:
            assert told(connection) == str(clinic_id)
            reach_only(connection, Reach.CREDENTIALS)
            assert told(connection) == "credentials"
        outside = make_engine(url)
        with outside.connect() as connection:
            assert not told(connection)
        outside.dispose()
        database.dispose()
