"""A client that a clinic registered, as it asks for a token, and a clock to set."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from service.actions.clients import add_client
from service.actions.door import Clock, Door
from service.actions.performing import perform
from service.domain.access.clients import EhrClient, Registration
from service.domain.access.permissions import Role
from service.store import api_keys as key_store
from service.store.database import Database, Reach
from tests.audit_keys import AUDIT_KEYS
from tests.signed_tokens import Signer, ec_key, public, rsa_key
from tests.web.conftest import Caller, ClinicOfTests

ENDPOINT = "http://localhost/smart/token"
HOOK = "http://localhost/cds-services/disclosure-order-select"
ISSUER = "https://ehr.example/fhir"
ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"


@dataclass
class SetClock:
    """A clock that stands until it is moved."""

    now: datetime

    def __call__(self) -> datetime:
        return self.now


def administrator_of(database: Database, clinic: ClinicOfTests, clock: Clock) -> Door:
    with database.transaction(Reach.ALL) as connection:
        keys = key_store.list_keys(connection, clinic.id)
    actor = next(key.actor for key in keys if key.role is Role.ADMINISTRATOR)
    return Door(database, AUDIT_KEYS, clock, actor, "set-up")


@dataclass(frozen=True)
class Registered:
    """A client of a clinic, and whoever may change its registration."""

    app: Flask
    door: Door
    client: EhrClient

    @property
    def signer(self) -> Signer:
        """The client as it signs for the token endpoint, now."""
        own = str(self.client.id)
        return Signer(own, ENDPOINT, own, now=self.door.clock())

    @property
    def caller_of_hooks(self) -> Signer:
        return Signer(ISSUER, HOOK, now=self.door.clock())

    def ask(self, token: str, scope: str = "system/*.rs", **changed: Any) -> TestResponse:
        form = {
            "grant_type": "client_credentials",
            "scope": scope,
            "client_assertion_type": ASSERTION,
            "client_assertion": token,
        }
        sent = {name: value for name, value in (form | changed).items() if value is not None}
        return self.app.test_client().post("/smart/token", data=sent)

    def caller(self, scope: str = "system/*.rs") -> Caller:
        """The client with an access token for this scope."""
        answer = self.ask(self.signer.token(), scope)
        assert answer.status_code == 200, answer.get_json()
        return Caller(self.app.test_client(), answer.get_json()["access_token"])


def register(app: Flask, door: Door, **details: Any) -> Registered:
    wanted: dict[str, Any] = {
        "name": "Test EHR",
        "jwks": public(ec_key(), rsa_key()),
        "scopes": ("system/*.cruds",),
    }
    sent = Registration(**{**wanted, **details})
    return Registered(app, door, perform(door, lambda work: add_client(work, sent)))
