"""Fixtures for all tests: ``database`` and what it is made from, on both databases."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from service.store.database import Database
from tests.databases import PostgresqlOfTests, SqliteOfTests, running_postgresql

pytest_plugins = ("tests.browsers", "tests.canaries")
BOTH = ("sqlite", "postgresql")


@pytest.fixture(scope="session")
def postgresql() -> Iterator[PostgresqlOfTests]:
    """A PostgreSQL server, one for each process that runs tests."""
    with running_postgresql() as server:
        yield server


@pytest.fixture(scope="session")
def sqlite(tmp_path_factory: pytest.TempPathFactory) -> SqliteOfTests:
    """A migrated SQLite file to copy."""
    return SqliteOfTests(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(params=BOTH)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a migrated database that is empty, once on each kind."""
    if request.param == "sqlite":
        yield request.getfixturevalue("sqlite").database(tmp_path)
    else:
        with request.getfixturevalue("postgresql").database() as url:
            yield url


@pytest.fixture(params=BOTH)
def unmigrated_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database without any table, once on each kind."""
    if request.param == "sqlite":
        yield request.getfixturevalue("sqlite").database(tmp_path, migrated=False)
    else:
        with request.getfixturevalue("postgresql").database(migrated=False) as url:
            yield url


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A migrated database that is empty, once on each kind."""
    opened = Database(database_url)
    yield opened
    opened.dispose()
