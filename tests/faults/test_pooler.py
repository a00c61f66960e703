"""Behind PgBouncer in transaction mode the service works with two connections, and leaves nothing on them."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg.errors import DuplicatePreparedStatement, InvalidSqlStatementName

from service.store.database.engine import make_engine
from tests.databases import PostgresqlOfTests
from tests.faults.at_once import duplicates, lost_updates
from tests.faults.counting import count, lost_to_the_service
from tests.faults.load import loaded
from tests.faults.pooler import POOL, pooled
from tests.faults.started_again import server_of
from tests.processes import until

# What a pooler itself sets anew for each client.
_POOLERS_OWN = ("application_name", "client_encoding", "DateStyle", "TimeZone", "standard_conforming_strings")
_LEFT = (
    f"SELECT name FROM pg_settings WHERE source = 'session' AND name NOT IN {_POOLERS_OWN} "  # noqa: S608
    "UNION ALL SELECT name FROM pg_prepared_statements "
    "UNION ALL SELECT 'lock ' || mode FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()"
)


@pytest.fixture
def urls(postgresql: PostgresqlOfTests) -> Iterator[tuple[str, str]]:
    """The address of a database, and the one through a pooler."""
    with postgresql.database() as url, pooled(postgresql) as through:
        yield url, through(url)


def left_on_connections(url: str) -> list[str]:
    """What somebody else finds on each of the pooler's connections."""
    clients = [psycopg.connect(url, prepare_threshold=None) for _ in range(POOL)]
    found = [name for client in clients for (name,) in client.execute(_LEFT).fetchall()]
    for client in clients:
        client.close()
    return found


def test_the_service_works_behind_a_pooler_and_leaves_nothing_on_its_connections(
    urls: tuple[str, str], tmp_path: Path
) -> None:
    url, through = urls
    with server_of(through, TMPDIR=str(tmp_path)) as server, loaded(server.service, clients=6) as load:
        until(lambda: len(load.acknowledged) >= 70)
        load.stop()
        load.settle()
        lost = lost_to_the_service(server.service, load)
        counted = count(url, load.acknowledged)
        assert not counted, counted
        assert (lost, load.refused, load.unknown) == ([], [], {})
        assert duplicates([server.service]) == []
        assert lost_updates([server.service]) == []

    assert left_on_connections(through) == []


def test_the_control_what_is_left_on_a_connection_is_found(urls: tuple[str, str]) -> None:
    _, through = urls
    with psycopg.connect(through, autocommit=True) as careless:
        careless.execute("SET statement_timeout = 8000")

    assert left_on_connections(through) == ["statement_timeout"]


def ask_twice(urls: tuple[str, str], threshold: int | None) -> None:
    """Two programs ask the same, one after the other; the pooler gives them the same connection."""
    for _ in range(2):
        with psycopg.connect(urls[1], autocommit=True, prepare_threshold=threshold) as client:
            client.execute("SELECT 1")


def test_the_service_prepares_no_statement_on_a_server(urls: tuple[str, str]) -> None:
    engine = make_engine(urls[1])
    with engine.connect() as connection:
        driver = connection.connection.driver_connection
        assert isinstance(driver, psycopg.Connection)
        threshold = driver.prepare_threshold
    engine.dispose()

    ask_twice(urls, threshold)


def test_the_control_prepared_statements_fail_behind_a_pooler(urls: tuple[str, str]) -> None:
    with pytest.raises((DuplicatePreparedStatement, InvalidSqlStatementName)):
        ask_twice(urls, 0)
