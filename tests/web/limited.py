"""Applications with limits, of one clinic and by a clock that is set."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime

from flask import Flask
from flask.testing import FlaskClient

from service.app import create_app
from service.store.database import Database
from tests.web.conftest import Caller, ClinicOfTests, make_clinic, settings_of_tests
from tests.web.registered import SetClock

# The first second of a window, so that none ends while a test runs.
START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Limited:
    """Two processes that serve one database, and who calls them."""

    apps: tuple[Flask, Flask]
    clinic: ClinicOfTests
    clock: SetClock

    def caller(self, caller: Caller, process: int = 0) -> Caller:
        """The same caller at the other process, or at this one."""
        return Caller(self.client(process), caller.secret)

    def client(self, process: int = 0) -> FlaskClient:
        return self.apps[process].test_client()

    def refusals(self) -> list[dict[str, object]]:
        """What is on record as refused, as a process without limits reads it."""
        items = self.clinic.administrator.get("/v1/audit-events?limit=100").get_json()["items"]
        return [event for event in items if event["outcome"] == "refused"]


def limited(database: Database, *, calls: int = 0, failures: int = 0) -> Limited:
    """Two processes with these limits; the clinic's own callers have none."""
    clock = SetClock(START)
    settings = replace(settings_of_tests(), calls_per_minute=calls, failures_per_minute=failures)
    free = create_app(settings_of_tests(), database=database, clock=clock)
    apps = [create_app(settings, database=database, clock=clock) for _ in range(2)]
    return Limited((apps[0], apps[1]), make_clinic(free, database, "The clinic"), clock)
