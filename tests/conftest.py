"""Fixtures for all tests: ``database`` and what it is made from, on both databases."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from service.store.database import Database
from tests.databases import PostgresqlOfTests, SqliteOfTests, start_postgresql

BOTH = ("sqlite", "postgresql")


@pytest.fixture(scope="session")
def postgresql() -> Iterator[PostgresqlOfTests]:
    """A PostgreSQL server, one for each process that runs tests.

    Its folder is not one of pytest's: root's server runs as another user, and the start of another pytest
    closes pytest's folders to that user.
    """
    with tempfile.TemporaryDirectory(prefix="pg-", ignore_cleanup_errors=True) as folder:
        yield start_postgresql(Path(folder))


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
