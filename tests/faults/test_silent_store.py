"""Whenever a database falls silent, the call ends in time, and the next one does not wait again."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import event

from service.store.database import Database, Reach, UnavailableError
from tests.databases import PostgresqlOfTests
from tests.faults.proxy import FaultProxy, cancellations, fault_proxy
from tests.store.records import add_clinic

ROOT = Path(__file__).parents[2]
LIMIT = 10.0


def write(database: Database) -> None:
    with database.transaction(Reach.ALL) as connection:
        add_clinic(connection)


def read(database: Database) -> None:
    with database.transaction(Reach.ALL, reads_only=True) as connection:
        connection.exec_driver_sql("SELECT count(*) FROM clinics")


def fail(database: Database) -> None:
    with database.transaction(Reach.ALL) as connection:
        add_clinic(connection)
        raise ZeroDivisionError


def end_in_time(database: Database, call: Callable[[Database], None]) -> float:
    """The checker: the call says in time that the database cannot be used. Returns the seconds it took."""
    began = time.monotonic()
    thread = ThreadPoolExecutor(1)
    waiting = thread.submit(call, database)
    thread.shutdown(wait=False)
    try:
        with pytest.raises(UnavailableError):
            waiting.result(LIMIT)
    except TimeoutError:
        raise AssertionError(f"the call hangs for more than {LIMIT} s") from None
    return time.monotonic() - began


@dataclass(frozen=True)
class Place:
    """A database behind a proxy of its own."""

    database: Database
    proxy: FaultProxy


@contextmanager
def places(postgresql: PostgresqlOfTests, number: int) -> Iterator[list[Place]]:
    with ExitStack() as stack:
        made = []
        for _ in range(number):
            proxy = stack.enter_context(fault_proxy(stack.enter_context(postgresql.database())))
            database = Database(proxy.url)
            stack.callback(database.dispose)
            made.append(Place(database, proxy))
        yield made


def silent_at_first_connection(place: Place) -> float:
    place.proxy.freeze()
    return end_in_time(place.database, write)


def silent_at_the_next_connection(place: Place) -> float:
    write(place.database)
    place.database.dispose()
    place.proxy.freeze()
    return end_in_time(place.database, write)


def silent_when_the_pool_asks(place: Place) -> float:
    write(place.database)
    place.proxy.freeze()
    return end_in_time(place.database, write)


def silent_in_a_transaction(place: Place) -> float:
    place.proxy.freeze_at(b"INSERT INTO clinics")
    return end_in_time(place.database, write)


def silent_in_a_reading_one(place: Place) -> float:
    place.proxy.freeze_at(b"SELECT count(*) FROM clinics")
    return end_in_time(place.database, read)


def silent_at_the_commit(place: Place) -> float:
    write(place.database)
    place.proxy.freeze_at(b"COMMIT")
    return end_in_time(place.database, write)


def silent_at_the_rollback(place: Place) -> float:
    place.proxy.freeze_at(b"ROLLBACK")
    return end_in_time(place.database, fail)


def answers_swallowed_at_the_commit(place: Place) -> float:
    write(place.database)
    place.proxy.swallow_at(b"COMMIT")
    return end_in_time(place.database, write)


def silent_after_it_was_slow(place: Place) -> float:
    """The request's time is spent already when the silence begins."""

    def ask(database: Database) -> None:
        database.begin_request()
        with database.transaction(Reach.ALL) as connection:
            connection.exec_driver_sql("SELECT pg_sleep(3.5)")
            add_clinic(connection)

    place.proxy.freeze_at(b"INSERT INTO clinics")
    took = end_in_time(place.database, ask)
    assert took < 9, "the times of one request add up"
    return took


def without_deadlines_the_checker_complains(place: Place) -> float:
    """Control: the same silence, with the deadline of every call planted away."""

    @event.listens_for(place.database._engine, "connect")
    def take_deadlines_away(connection: object, _record: object) -> None:
        connection.hurried = False  # type: ignore[attr-defined]

    place.proxy.freeze_at(b"INSERT INTO clinics")
    with pytest.raises(AssertionError, match="the call hangs"):
        end_in_time(place.database, write)
    return LIMIT


CASES = (
    silent_at_first_connection,
    silent_at_the_next_connection,
    silent_when_the_pool_asks,
    silent_in_a_transaction,
    silent_in_a_reading_one,
    silent_at_the_commit,
    silent_at_the_rollback,
    answers_swallowed_at_the_commit,
    silent_after_it_was_slow,
    without_deadlines_the_checker_complains,
)


def test_wherever_the_silence_begins_the_call_ends_in_time_and_the_next_at_once(
    postgresql: PostgresqlOfTests,
) -> None:
    with places(postgresql, len(CASES)) as made, ThreadPoolExecutor(len(CASES)) as threads:
        waits = [threads.submit(case, place) for case, place in zip(CASES, made, strict=True)]
        assert max(wait.result() for wait in waits) <= LIMIT
        later = [
            [threads.submit(end_in_time, place.database, write) for _ in range(2 * len(CASES))]
            for place in made[:-1]
        ]
        for waits in later:
            assert sorted(wait.result() for wait in waits)[-3] < 1, "who comes later waits anew"
        for place in made:
            place.proxy.pass_on()
        for place in made:
            back_within(place.database, 2)
        assert not any(cancellations(place.proxy) for place in made)


def test_what_is_merely_slow_is_ended_by_the_server_and_nobody_else_notices(
    postgresql: PostgresqlOfTests,
) -> None:
    with postgresql.database() as url:
        database = Database(url)

        def sleep(database: Database) -> None:
            with database.transaction(Reach.ALL) as connection:
                connection.exec_driver_sql("SELECT pg_sleep(60)")

        def lock(database: Database) -> None:
            with database.transaction(Reach.ALL) as connection:
                connection.exec_driver_sql("LOCK TABLE alembic_version")

        with database.transaction(Reach.ALL) as connection, ThreadPoolExecutor(2) as threads:
            connection.exec_driver_sql("LOCK TABLE alembic_version")
            slow = [threads.submit(end_in_time, database, call) for call in (sleep, lock)]
            while not all(call.done() for call in slow):
                read(database)
            assert all(call.result() < LIMIT for call in slow)
            kept = database._engine.pool.checkedin()  # type: ignore[attr-defined]
            assert kept >= 2, "their connections were thrown away"
        database.dispose()


def test_an_address_of_several_that_say_nothing_takes_no_longer_than_one(
    postgresql: PostgresqlOfTests,
) -> None:
    with places(postgresql, 1) as (place,):
        place.proxy.freeze()
        one = f"127.0.0.1:{place.proxy.port}"
        several = Database(place.proxy.url.replace(one, "") + "?" + "&".join([f"host={one}"] * 4))
        assert end_in_time(several, write) < 5
        several.dispose()


INTERRUPTED = """
import signal, sys, psycopg
from service.store.database.postgresql import open_connection
signal.signal(signal.SIGALRM, signal.default_int_handler)
connection = {"ours": open_connection, "plain": psycopg.connect}[sys.argv[1]](sys.argv[2])
connection.execute("SELECT 1")
signal.setitimer(signal.ITIMER_REAL, 1)
try:
    connection.execute("SELECT pg_sleep(60)")
except KeyboardInterrupt:
    print("interrupted", connection.closed)
connection.close()
"""


def interrupt(postgresql: PostgresqlOfTests, kind: str) -> tuple[str, int]:
    """What an interrupted program said, and how many cancellations it sent."""
    with places(postgresql, 1) as (place,):
        command = [sys.executable, "-c", INTERRUPTED, kind, place.proxy.url]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=30)
        return done.stdout.strip(), cancellations(place.proxy)


def test_who_is_interrupted_closes_the_connection_and_has_nothing_cancelled(
    postgresql: PostgresqlOfTests,
) -> None:
    assert interrupt(postgresql, "ours") == ("interrupted True", 0)


def test_control_the_driver_by_itself_has_the_statement_cancelled(postgresql: PostgresqlOfTests) -> None:
    assert interrupt(postgresql, "plain") == ("interrupted False", 1)


def back_within(database: Database, seconds: float) -> None:
    """It works again in the same process, so soon."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            write(database)
        except UnavailableError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)
        else:
            return
