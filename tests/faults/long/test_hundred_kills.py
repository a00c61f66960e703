"""A service that is killed a hundred times loses nothing, does nothing twice and is back within 5 seconds."""

from pathlib import Path

from tests.databases import PostgresqlOfTests, SqliteOfTests
from tests.faults.counting import count, lost_to_the_service
from tests.faults.killing import integrity, kill_and_start
from tests.faults.load import loaded
from tests.faults.started_again import server_of

MOST_SECONDS = 5


def check_that_kills_lose_nothing(url: str, kills: int, tmp_path: Path) -> None:
    slowest = 0.0
    with server_of(url, TMPDIR=str(tmp_path)) as server, loaded(server.service) as load:
        for _ in range(kills):
            slowest = max(slowest, kill_and_start(server, load, at_least=10))
            assert integrity(url) == "ok"
        load.stop()
        load.settle()
        lost = lost_to_the_service(server.service, load)
    counted = count(url, load.acknowledged)
    print(f"{kills} kills, {len(load.acknowledged)} changes acknowledged, slowest start {slowest:.1f} s")
    assert not counted, counted
    assert (lost, load.refused, load.unknown) == ([], [], {})
    assert slowest < MOST_SECONDS


def test_a_hundred_kills_lose_nothing_on_sqlite(sqlite: SqliteOfTests, tmp_path: Path) -> None:
    check_that_kills_lose_nothing(sqlite.database(tmp_path), 100, tmp_path)


def test_twenty_kills_lose_nothing_on_postgresql(postgresql: PostgresqlOfTests, tmp_path: Path) -> None:
    with postgresql.database() as url:
        check_that_kills_lose_nothing(url, 20, tmp_path)
