"""Without its synchronous standby a primary confirms no commit, and neither does the service."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass

import psycopg
import pytest

from service.store.database import Database, NotWritableError, UnavailableError
from service.store.database.postgresql import BoundedConnection
from tests.databases import PostgresqlOfTests, running_postgresql
from tests.faults.test_silent_store import back_within, end_in_time, read, write

THREADS = 16


@dataclass(frozen=True)
class Primary:
    """A server that can be told to wait for a standby that there is not."""

    server: PostgresqlOfTests
    url: str

    @property
    def _administrators_url(self) -> str:
        return self.server.superusers_url(self.url)

    @contextmanager
    def standby_lost(self) -> Iterator[None]:
        self._administer("ALTER SYSTEM SET synchronous_standby_names = 'nobody'")
        self.wait_until(self._a_commit_waits)
        try:
            yield
        finally:
            self.standby_back()

    def standby_back(self) -> None:
        self._administer("ALTER SYSTEM RESET synchronous_standby_names")

    def hanging(self) -> list[int]:
        """The back ends that wait at a commit."""
        with psycopg.connect(self._administrators_url, autocommit=True) as connection:
            found = connection.execute("SELECT pid FROM pg_stat_activity WHERE wait_event = 'SyncRep'")
            return [pid for (pid,) in found]

    def cancel_hanging(self) -> None:
        """What an administrator may do, and the service never does."""
        with psycopg.connect(self._administrators_url, autocommit=True) as connection:
            for pid in self.hanging():
                connection.execute("SELECT pg_cancel_backend(%s)", [pid])

    def wait_until(self, so: Callable[[], object]) -> None:
        deadline = time.monotonic() + 20
        while not so():
            assert time.monotonic() < deadline, so
            time.sleep(0.02)

    def _a_commit_waits(self) -> bool:
        """The server's processes learn of a setting one after the other: ask until one holds to it."""
        with ThreadPoolExecutor(1) as thread:
            asking = thread.submit(self._commit)
            self.wait_until(lambda: asking.done() or self.hanging())
            waits = not asking.done()
            self.cancel_hanging()
        return waits

    def _commit(self) -> None:
        with psycopg.connect(self.url) as connection:
            connection.execute("CREATE TABLE IF NOT EXISTS asked (); DROP TABLE asked")

    def _administer(self, statement: str) -> None:
        with psycopg.connect(self._administrators_url, autocommit=True) as connection:
            connection.execute(statement)
            connection.execute("SELECT pg_reload_conf()")


@pytest.fixture(scope="module")
def primary() -> Iterator[Primary]:
    with running_postgresql() as server, server.database() as url:
        yield Primary(server, url)


@pytest.fixture
def database(primary: Primary) -> Iterator[Database]:
    opened = Database(primary.url)
    yield opened
    opened.dispose()


def cut_off(primary: Primary, database: Database) -> None:
    """The checker: a commit whose wait an administrator cancelled stands, and is not acknowledged."""
    with ThreadPoolExecutor(1) as thread:
        waiting = thread.submit(write, database)
        primary.wait_until(primary.hanging)
        primary.cancel_hanging()
        with pytest.raises(UnavailableError):
            waiting.result()


def test_a_commit_whose_wait_for_the_standby_was_cut_off_is_not_acknowledged(
    primary: Primary, database: Database
) -> None:
    write(database)
    with primary.standby_lost():
        cut_off(primary, database)
    write(database)


def test_control_a_connection_that_hears_no_warning_acknowledges_such_a_commit(
    primary: Primary, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(BoundedConnection, "_hear", lambda *_: None)
    write(database)
    with primary.standby_lost(), pytest.raises(pytest.fail.Exception, match="DID NOT RAISE"):
        cut_off(primary, database)


def test_who_writes_without_a_standby_is_told_in_time_and_later_ones_at_once(
    primary: Primary, database: Database
) -> None:
    write(database)
    with primary.standby_lost(), ThreadPoolExecutor(THREADS) as threads:
        list(threads.map(lambda _: end_in_time(database, write), range(THREADS)))
        began = time.monotonic()
        for _ in range(THREADS):
            with pytest.raises(NotWritableError):
                write(database)
        with pytest.raises(UnavailableError):
            database.check()
        read(database)
        assert time.monotonic() - began < 5
        # The first ones still wait in the server: nothing has cut them off, and nobody has joined them.
        assert len(primary.hanging()) == THREADS
        primary.standby_back()
        back_within(database, 5)
        primary.wait_until(lambda: not primary.hanging())
    database.check()
