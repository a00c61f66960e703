"""The power is cut while clients work: on SQLite nothing is lost that was acknowledged before."""

import random
import shutil
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.databases import SqliteOfTests
from tests.faults.counting import Count, count
from tests.faults.killing import integrity
from tests.faults.load import Load, loaded
from tests.faults.power import Disk, disk_with_power
from tests.faults.started_again import SERVE, Server, server_of
from tests.processes import until

CUTS = 100
DOES_NOT_FLUSH = (sys.executable, "-m", "tests.faults.not_flushed")
_BEFORE_A_CUT = 10


@pytest.fixture
def disk() -> Iterator[Disk]:
    with disk_with_power() as made:
        yield made


@contextmanager
def working(
    disk: Disk, sqlite: SqliteOfTests, tmp_path: Path, command: Sequence[str | Path] = SERVE
) -> Iterator[tuple[Server, Load]]:
    """A service whose database is on the disk, and clients."""
    url = sqlite.database(disk.folder)
    with server_of(url, command, TMPDIR=str(tmp_path)) as server, loaded(server.service) as load:
        yield server, load


def cut(disk: Disk, load: Load) -> tuple[int, Count, str]:
    """Cut the power at no particular moment; how much was acknowledged before, and what is there after."""
    goal = len(load.acknowledged) + _BEFORE_A_CUT
    until(lambda: len(load.acknowledged) >= goal)
    time.sleep(random.uniform(0, 0.2))  # noqa: S311 -- a moment that nothing is waited for at
    acknowledged = tuple(load.acknowledged)
    with disk.cut() as folder:
        url = f"sqlite:///{folder / 'test.sqlite3'}"
        return len(acknowledged), count(url, acknowledged), integrity(url)


def test_a_hundred_power_cuts_lose_nothing(disk: Disk, sqlite: SqliteOfTests, tmp_path: Path) -> None:
    acknowledged, faults = 0, []
    with working(disk, sqlite, tmp_path) as (_, load):
        for number in range(CUTS):
            acknowledged, counted, check = cut(disk, load)
            if counted or check != "ok":
                faults.append((number, counted, check))
    print(
        f"{CUTS} power cuts, {acknowledged} changes acknowledged before the last, {len(faults)} with a fault"
    )
    assert faults == []
    assert (load.refused, load.versions != {}) == ([], True)


def test_a_service_starts_on_what_a_power_cut_left_and_clients_go_on(
    disk: Disk, sqlite: SqliteOfTests, tmp_path: Path
) -> None:
    with working(disk, sqlite, tmp_path) as (server, load):
        until(lambda: len(load.acknowledged) >= 30)
        acknowledged = tuple(load.acknowledged)
        with disk.cut() as folder:
            left = [shutil.copy(path, tmp_path) for path in folder.glob("test.sqlite3*")]
        load.stop()
        server.kill()
        url = f"sqlite:///{tmp_path / 'test.sqlite3'}"
        server.start(url)
        with loaded(server.service) as after:
            until(lambda: len(after.acknowledged) >= 30)
    assert left
    counted = count(url, (*acknowledged, *after.acknowledged))
    assert not counted, counted


def test_the_control_a_service_that_does_not_wait_for_the_disk_loses_some(
    disk: Disk, sqlite: SqliteOfTests, tmp_path: Path
) -> None:
    lost, cuts = 0, 0
    with working(disk, sqlite, tmp_path, DOES_NOT_FLUSH) as (_, load):
        while not lost and cuts < CUTS:
            _, counted, _ = cut(disk, load)
            lost, cuts = len(counted.lost), cuts + 1
    print(f"not waiting for the disk: {lost} acknowledged changes lost at cut {cuts}")
    assert lost
