"""A service that is told to stop while clients work ends in time, and loses nothing that it acknowledged."""

from pathlib import Path

from tests.faults.counting import count, lost_to_the_service
from tests.faults.load import loaded
from tests.faults.started_again import server_of
from tests.processes import until

MOST_SECONDS = 10


def test_a_service_told_to_stop_under_load_ends_in_time_and_loses_nothing(
    database_url: str, tmp_path: Path
) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    with server_of(database_url, TMPDIR=str(temporary)) as server, loaded(server.service, clients=6) as load:
        until(lambda: len(load.acknowledged) >= 60)
        status, seconds = server.stop()
        assert list(temporary.iterdir()) == []
        acknowledged = len(load.acknowledged)
        server.start()
        until(lambda: len(load.acknowledged) >= acknowledged + 30)
        load.stop()
        load.settle()
        lost = lost_to_the_service(server.service, load)

    assert status == 0
    assert seconds < MOST_SECONDS
    counted = count(database_url, load.acknowledged)
    assert not counted, counted
    assert (lost, load.refused, load.unknown) == ([], [], {})
