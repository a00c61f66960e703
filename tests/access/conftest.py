"""Two clinics behind one application, built once for a file of tests on each database."""

from collections.abc import Iterator

import pytest
from flask import Flask

from service.app import create_app
from service.store.database import Database
from tests.access.clinics import FilledClinic
from tests.conftest import BOTH
from tests.web.conftest import settings_of_tests


@pytest.fixture(scope="module", params=BOTH)
def kept_database(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Database]:
    """A migrated database that the tests of a file share."""
    if request.param == "sqlite":
        database = Database(request.getfixturevalue("sqlite").database(tmp_path_factory.mktemp("access")))
        yield database
        database.dispose()
    else:
        with request.getfixturevalue("postgresql").database() as url:
            database = Database(url)
            yield database
            database.dispose()


@pytest.fixture(scope="module")
def served(kept_database: Database) -> Flask:
    return create_app(settings_of_tests(), database=kept_database)


@pytest.fixture(scope="module")
def ours(served: Flask, kept_database: Database) -> FilledClinic:
    made = FilledClinic(served, kept_database, "First clinic")
    assert made.sheet, "there is something to be told"
    return made


@pytest.fixture(scope="module")
def theirs(served: Flask, kept_database: Database) -> FilledClinic:
    return FilledClinic(served, kept_database, "Other clinic")
