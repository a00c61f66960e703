"""The services open to everybody for one clinic, as in a demo, on each database."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from service.store.database import Database
from tests.cds_calls import ADDRESSES
from tests.formats.cds_hooks.card_rules import faults_of_answer
from tests.web.built_apps import app_on
from tests.web.conftest import ClinicOfTests, make_clinic, settings_of_tests
from tests.web.lists import posted

Json = dict[str, Any]
OPEN = "Open clinic"


@dataclass
class Clock:
    """A clock that a test sets."""

    now: datetime

    def __call__(self) -> datetime:
        return self.now


@dataclass(frozen=True)
class Hooks:
    """An EHR that calls the services of an open clinic without a token."""

    app: Flask
    clinic: ClinicOfTests
    clock: Clock

    def send(self, body: Any, address: str | None = None, **kwargs: Any) -> TestResponse:
        """The answer to a call; without ``address`` of the service that the call's hook belongs to."""
        return self.app.test_client().post(address or ADDRESSES[body["hook"]], json=body, **kwargs)

    def cards(self, body: Json) -> list[Json]:
        """The cards that answer a call, each of which keeps every rule."""
        answer = self.send(body)
        assert answer.status_code == 200, answer.data
        assert answer.content_type == "application/json"
        assert faults_of_answer(answer.get_json()) == []
        cards: list[Json] = answer.get_json()["cards"]
        return cards

    def card(self, body: Json) -> Json:
        (card,) = self.cards(body)
        return card

    def on_file(self, *names: str, **fields: Any) -> str:
        """The id of a patient with these medicines on the list."""
        receipt = self.clinic.ehr.post("/v1/intake", posted(*names, **fields)).get_json()
        patient_id: str = receipt["patient_id"]
        return patient_id

    def events(self, action: str) -> list[Json]:
        found = self.clinic.administrator.get("/v1/audit-events?limit=100").get_json()["items"]
        return [event for event in found if event["action"] == action]


@pytest.fixture
def clock() -> Clock:
    return Clock(datetime.now(UTC))


@pytest.fixture
def open_app(database: Database, clock: Clock) -> Flask:
    settings = replace(settings_of_tests(), mode="demo", open_hooks_clinic=OPEN)
    return app_on(database, settings, clock)


@pytest.fixture
def hooks(open_app: Flask, database: Database, clock: Clock) -> Hooks:
    return Hooks(open_app, make_clinic(open_app, database, OPEN), clock)
