"""A registered client on each database, and the clock that the service goes by."""

from datetime import UTC, datetime

import pytest
from flask import Flask

from service.store.database import Database
from tests.web.built_apps import app_on
from tests.web.conftest import ClinicOfTests, settings_of_tests
from tests.web.registered import ISSUER, Registered, SetClock, administrator_of, register


@pytest.fixture
def clock() -> SetClock:
    return SetClock(datetime.now(UTC).replace(microsecond=0))


@pytest.fixture
def app(database: Database, clock: SetClock) -> Flask:
    return app_on(database, settings_of_tests(), clock)


@pytest.fixture
def registered(app: Flask, database: Database, clinic: ClinicOfTests, clock: SetClock) -> Registered:
    return register(app, administrator_of(database, clinic, clock), issuer=ISSUER)
