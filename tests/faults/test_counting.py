"""The control of the counting: whatever a service must not lose, repeat or leave out is found missing."""

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from service.store.engine import sqlite as driver
from tests.databases import SqliteOfTests
from tests.faults.counting import count, lost_to_the_service
from tests.faults.load import Load, loaded
from tests.guidance_of_tests import guidance_of_tests
from tests.processes import until
from tests.running_service import Service
from tests.served_app import served_app


@pytest.fixture
def url(sqlite: SqliteOfTests, tmp_path: Path) -> str:
    return sqlite.database(tmp_path)


@pytest.fixture
def service(url: str) -> Iterator[Service]:
    with served_app(url, lambda: datetime.now(UTC), guidance_of_tests()) as served:
        yield served


@pytest.fixture
def load(service: Service) -> Load:
    with loaded(service) as made:
        until(lambda: len(made.acknowledged) >= 20)
    return made


def plant(url: str, statement: str) -> None:
    """Change what the database itself keeps from being changed."""
    with closing(driver.connect(url.removeprefix("sqlite:///"))) as connection:
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        assert connection.execute(statement).rowcount > 0
        connection.commit()


def test_nothing_is_found_where_all_is_well(load: Load, service: Service, url: str) -> None:
    assert not count(url, load.acknowledged)
    assert lost_to_the_service(service, load) == []


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
    load: Load, url: str, statement: str, found: set[str]
) -> None:
    plant(url, statement)

    counted = count(url, load.acknowledged)

    assert {name for name in ("lost", "twice", "gaps", "unaudited") if getattr(counted, name)} == found


def test_the_control_a_version_that_the_service_no_longer_tells_of_is_found(
    load: Load, service: Service, url: str
) -> None:
    plant(url, "UPDATE patients SET list_version = 1")

    assert lost_to_the_service(service, load)
