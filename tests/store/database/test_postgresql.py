"""PostgreSQL as it is opened, and what only a server can suffer."""

from contextlib import ExitStack

import psycopg
import pytest

from service.store.clinics import load_clinic
from service.store.database import Database, Reach
from tests.databases import running_postgresql
from tests.store.database.unavailable import expect_unavailable, refuses_work, write
from tests.store.records import add_clinic


@pytest.fixture(params=["postgresql"])
def database_url(request: pytest.FixtureRequest) -> object:
    with request.getfixturevalue("postgresql").database() as url:
        yield url


def test_a_connection_is_set_up_to_give_up_and_to_work_behind_a_pooler(database: Database) -> None:
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
    database: Database, database_url: str
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


def test_a_connection_that_breaks_in_a_transaction_is_not(database: Database) -> None:
    def write() -> None:
        with database.transaction(Reach.ALL) as connection:
            add_clinic(connection)
            connection.exec_driver_sql("SELECT pg_terminate_backend(pg_backend_pid())")

    expect_unavailable(write)


def test_a_statement_that_takes_too_long_is_unavailable(database: Database) -> None:
    def wait() -> None:
        with database.transaction(Reach.ALL) as connection:
            connection.exec_driver_sql("SET LOCAL statement_timeout = 50")
            connection.exec_driver_sql("SELECT pg_sleep(5)")

    expect_unavailable(wait)


def test_a_read_only_server_takes_no_write_and_is_still_read(database: Database, database_url: str) -> None:
    with database.transaction(Reach.ALL) as connection:
        clinic_id = add_clinic(connection)
        name = connection.exec_driver_sql("SELECT current_database()").scalar_one()
        connection.exec_driver_sql(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    standby = Database(database_url)
    refuses_work(standby)
    with standby.transaction(Reach.ALL, reads_only=True) as connection:
        assert load_clinic(connection, clinic_id) is not None
    standby.dispose()


def test_nobody_listening_is_unavailable() -> None:
    database = Database("postgresql://nobody@127.0.0.1:1/nothing")
    refuses_work(database)
    database.dispose()


def test_a_stopped_server_is_unavailable_and_works_again_in_the_same_process() -> None:
    with running_postgresql() as own, own.database() as url:
        database = Database(url)
        database.check()

        def work_while_it_stops() -> None:
            with database.transaction(Reach.ALL) as connection:
                add_clinic(connection)
                own.server.stop()
                add_clinic(connection)

        expect_unavailable(work_while_it_stops)
        refuses_work(database)
        own.server.ensure_postgres_running()
        database.check()
        write(database)
        database.dispose()
