"""A service that is killed loses nothing that it acknowledged, does nothing twice, and is soon back."""

import sys
from pathlib import Path

from tests.databases import SqliteOfTests
from tests.faults.counting import count, lost_to_the_service
from tests.faults.killing import integrity, kill_and_start
from tests.faults.load import loaded
from tests.faults.started_again import server_of

ACKNOWLEDGES_TOO_EARLY = (sys.executable, "-m", "tests.faults.write_behind")


def test_what_was_acknowledged_outlives_three_kills_and_is_there_once(
    database_url: str, tmp_path: Path
) -> None:
    with server_of(database_url, TMPDIR=str(tmp_path)) as server, loaded(server.service) as load:
        for _ in range(3):
            kill_and_start(server, load)
            assert integrity(database_url) == "ok"
        load.stop()
        load.settle()
        lost = lost_to_the_service(server.service, load)

    counted = count(database_url, load.acknowledged)
    assert not counted, counted
    assert (lost, load.refused, load.unknown) == ([], [], {})


def test_the_control_a_server_that_acknowledges_before_it_keeps_is_noticed(
    sqlite: SqliteOfTests, tmp_path: Path
) -> None:
    url = sqlite.database(tmp_path)
    with (
        server_of(url, ACKNOWLEDGES_TOO_EARLY, TMPDIR=str(tmp_path)) as server,
        loaded(server.service) as load,
    ):
        kill_and_start(server, load)
        load.stop()

        assert count(url, load.acknowledged).lost
