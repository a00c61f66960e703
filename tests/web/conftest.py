"""Two clinics behind one application, on each database, with a key of every role."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from service.actions.credentials import create_key
from service.actions.door import Door
from service.actions.guidance import publish_shipped_guidance
from service.actions.performing import perform
from service.actions.work import new_id
from service.config import Settings
from service.domain.access.clinics import Clinic
from service.domain.access.permissions import Role
from service.domain.guidance.statements import Guidance
from service.store import api_keys as key_store
from service.store import clinics as clinic_store
from service.store.database import Database, Reach
from tests.audit_keys import AUDIT_KEY, AUDIT_KEYS
from tests.guidance_of_tests import guidance_of_tests
from tests.people import add_person
from tests.web.built_apps import app_on

PASSWORD = "correct horse battery staple"


@dataclass(frozen=True)
class Caller:
    """A program or a person with a bearer secret."""

    client: FlaskClient
    secret: str

    def call(self, method: str, path: str, **kwargs: Any) -> TestResponse:
        headers = {"Authorization": f"Bearer {self.secret}", **kwargs.pop("headers", {})}
        return self.client.open(path, method=method, headers=headers, **kwargs)

    def get(self, path: str, **kwargs: Any) -> TestResponse:
        return self.call("GET", path, **kwargs)

    def post(self, path: str, json: Any = None, **kwargs: Any) -> TestResponse:
        return self.call("POST", path, json=json, **kwargs)

    def put(self, path: str, json: Any = None, **kwargs: Any) -> TestResponse:
        return self.call("PUT", path, json=json, **kwargs)

    def patch(self, path: str, json: Any = None, **kwargs: Any) -> TestResponse:
        return self.call("PATCH", path, json=json, **kwargs)

    def delete(self, path: str, json: Any = None, **kwargs: Any) -> TestResponse:
        return self.call("DELETE", path, json=json, **kwargs)


@dataclass(frozen=True)
class ClinicOfTests:
    """A clinic with its callers."""

    id: UUID
    intake: Caller
    ehr: Caller
    administrator: Caller
    nurse: Caller
    nurse_login: str


def settings_of_tests() -> Settings:
    """As in production, for an application whose database is given."""
    return Settings(
        database_url="unused: the database is given",
        secret_key="a secret of the tests " * 2,
        audit_keys=(AUDIT_KEY,),
        mode="production",
        host="127.0.0.1",
        port=8000,
        threads=4,
        body_limit=2 * 1024 * 1024,
        public_url="http://localhost",
        open_hooks_clinic=None,
    )


@pytest.fixture
def app(database: Database) -> Flask:
    return app_on(database, settings_of_tests())


@pytest.fixture
def clinic(app: Flask, database: Database) -> ClinicOfTests:
    return make_clinic(app, database, "First clinic")


@pytest.fixture
def other_clinic(app: Flask, database: Database) -> ClinicOfTests:
    return make_clinic(app, database, "Other clinic")


def make_clinic(app: Flask, database: Database, name: str, guidance: Guidance | None = None) -> ClinicOfTests:
    now = datetime.now(UTC)
    clinic = Clinic(new_id(now), name)
    login = f"nurse.{clinic.id.hex[-6:]}"
    with database.transaction(Reach.ALL) as connection:
        clinic_store.insert_clinic(connection, clinic, now)
        keys = {
            role: create_key(connection, clinic.id, role, f"{role} of {name}", now)
            for role in (Role.INTAKE, Role.EHR, Role.ADMINISTRATOR)
        }
        add_person(connection, clinic.id, Role.NURSE, login, "Test Nurse", PASSWORD, now)
    with database.transaction(Reach.ALL) as connection:
        administrator = next(
            key for key in key_store.list_keys(connection, clinic.id) if key.role is Role.ADMINISTRATOR
        )
    door = Door(database, AUDIT_KEYS, lambda: datetime.now(UTC), administrator.actor, "set-up")
    perform(door, lambda work: publish_shipped_guidance(work, guidance or guidance_of_tests()))
    client = app.test_client()
    opened = client.post("/v1/sessions", json={"login": login, "password": PASSWORD})
    return ClinicOfTests(
        id=clinic.id,
        intake=Caller(client, keys[Role.INTAKE]),
        ehr=Caller(client, keys[Role.EHR]),
        administrator=Caller(client, keys[Role.ADMINISTRATOR]),
        nurse=Caller(client, opened.get_json()["token"]),
        nurse_login=login,
    )
