"""The control of the counting: whatever a service must not lose, repeat or leave out is found missing."""

import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from service.store.database.sqlite import driver
from tests.databases import SqliteOfTests
from tests.faults.counting import count, lost_to_the_service
from tests.faults.load import Load, loaded
from tests.guidance_of_tests import guidance_of_tests
from tests.processes import until
from tests.running_service import Service
from tests.served_app import served_app


@dataclass(frozen=True)
class Worked:
    """A service on which clients have worked, what they were told, and a copy of its database."""

    service: Service
    load: Load
    url: str
    copy: Path


@pytest.fixture(scope="module")
def worked(sqlite: SqliteOfTests, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Worked]:
    folder = tmp_path_factory.mktemp("worked")
    url, copy = sqlite.database(folder), folder / "copy.sqlite3"
    with served_app(url, lambda: datetime.now(UTC), guidance_of_tests()) as service:
        with loaded(service) as load:
            until(lambda: len(load.acknowledged) >= 20)
        with closing(opened(url)) as source, closing(driver.connect(copy)) as target:
            source.backup(target)
        yield Worked(service, load, url, copy)


@pytest.fixture
def url(worked: Worked, tmp_path: Path) -> str:
    """A database of the test's own."""
    return f"sqlite:///{shutil.copy(worked.copy, tmp_path / 'planted.sqlite3')}"


def opened(url: str) -> driver.Connection:
    return driver.connect(url.removeprefix("sqlite:///"))


def plant(url: str, statement: str) -> None:
    """Change what the database itself keeps from being changed."""
    with closing(opened(url)) as connection:
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        assert connection.execute(statement).rowcount > 0
        connection.commit()


def test_nothing_is_found_where_all_is_well(worked: Worked, url: str) -> None:
    assert not count(url, worked.load.acknowledged)


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("DELETE FROM sign_offs", {"lost", "unaudited"}),
        ("DELETE FROM list_versions WHERE version = 1", {"lost", "gaps", "unaudited"}),
        ("UPDATE sign_offs SET name = (SELECT min(name) FROM sign_offs)", {"lost", "twice"}),
        ("UPDATE list_items SET note = NULL, error_reason = NULL", {"lost", "twice"}),
        ("DELETE FROM audit_events WHERE action = 'change_list'", {"unaudited"}),
        ("UPDATE patients SET list_version = list_version + 1", {"gaps"}),
    ],
)
def test_the_control_each_planted_fault_is_found(
    worked: Worked, url: str, statement: str, found: set[str]
) -> None:
    plant(url, statement)

    counted = count(url, worked.load.acknowledged)

    assert {name for name in ("lost", "twice", "gaps", "unaudited") if getattr(counted, name)} == found


def test_the_control_a_version_that_the_service_no_longer_tells_of_is_found(worked: Worked) -> None:
    assert lost_to_the_service(worked.service, worked.load) == []

    plant(worked.url, "UPDATE patients SET list_version = 1")

    assert lost_to_the_service(worked.service, worked.load)
