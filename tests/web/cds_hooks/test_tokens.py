"""Who may call: a client that a clinic registered, with a token that it signed for this very service."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask
from structlog.testing import capture_logs
from werkzeug.test import TestResponse

from service.actions.clients import register_client, revoke_client
from service.actions.door import Door
from service.actions.performing import perform
from service.app import create_app
from service.domain.access.clients import EhrClient, Refusal, Registration
from service.domain.access.permissions import Actor, ActorKind, Role
from service.store.database import Database, Reach
from service.web.client_refusals import SENTENCES
from tests.audit_keys import AUDIT_KEYS
from tests.cds_calls import ADDRESSES, sign
from tests.signed_tokens import BAD_TOKENS, Signer, ec_key, public, rsa_key
from tests.web.built_apps import app_on
from tests.web.cds_hooks.conftest import Clock, Hooks
from tests.web.conftest import ClinicOfTests, settings_of_tests
from tests.web.lists import posted

SIGN = ADDRESSES["order-sign"]
FEEDBACK = f"{SIGN}/feedback"
ISSUER = "https://ehr.example/hooks"
NOT_IN_A_HEADER = {"nothing", "signs that are no base64"}
"""What no header can hold; the token endpoint takes tokens in a form."""
TOLD = {
    "feedback": [
        {
            "card": "01a213f4-a512-7000-9e57-e4727fd0c9ad",
            "outcome": "accepted",
            "outcomeTimestamp": "2026-11-25T10:00:00Z",
        }
    ]
}


@dataclass(frozen=True)
class Ehr:
    """An EHR whose client a clinic registered."""

    app: Flask
    client: EhrClient
    clock: Clock

    def signer(self, address: str = SIGN) -> Signer:
        return Signer(ISSUER, f"http://localhost{address}", now=self.clock.now)

    def send(self, token: str, address: str = SIGN, body: Any = None) -> TestResponse:
        headers = {"Authorization": f"Bearer {token}"}
        return self.app.test_client().post(address, json=body or sign(), headers=headers)


@pytest.fixture
def clock() -> Clock:
    return Clock(datetime.now(UTC).replace(microsecond=0))


@pytest.fixture
def app(database: Database, clock: Clock) -> Flask:
    return app_on(database, settings_of_tests(), clock)


@pytest.fixture
def ehr(app: Flask, database: Database, clinic: ClinicOfTests, clock: Clock) -> Ehr:
    return registered(app, database, clinic, clock)


def registered(app: Flask, database: Database, clinic: ClinicOfTests, clock: Clock) -> Ehr:
    with database.transaction(Reach.ALL) as connection:
        sent = Registration("Test EHR", public(ec_key(), rsa_key()), (), ISSUER)
        client = register_client(connection, clinic.id, clock.now, sent)
    return Ehr(app, client, clock)


@pytest.mark.parametrize("key", ["ES384", "RS384"])
def test_a_registered_client_is_answered_of_its_own_clinics_patients(
    ehr: Ehr, clinic: ClinicOfTests, key: str
) -> None:
    clinic.ehr.post("/v1/intake", posted("Water"))
    signer = ehr.signer().by(rsa_key() if key == "RS384" else ec_key(), key)
    answer = ehr.send(signer.token())
    assert answer.status_code == 200
    assert "1 listed" in answer.get_json()["cards"][0]["detail"]
    events = clinic.administrator.get("/v1/audit-events?limit=100").get_json()["items"]
    (shown,) = [event for event in events if event["action"] == "show_card"]
    assert (shown["actor"]["id"], shown["actor"]["kind"]) == (str(ehr.client.id), "client")


def test_another_clinics_patient_answers_like_an_unknown_one(ehr: Ehr, other_clinic: ClinicOfTests) -> None:
    other_clinic.ehr.post("/v1/intake", posted("Water"))
    card = ehr.send(ehr.signer().token()).get_json()["cards"][0]
    assert card["summary"].startswith("Disclosure incomplete: no list on file here")


@pytest.mark.parametrize("kind", [kind for kind in BAD_TOKENS if kind not in NOT_IN_A_HEADER])
def test_a_bad_token_is_refused_and_nothing_of_it_is_told(ehr: Ehr, kind: str) -> None:
    make, reason = BAD_TOKENS[kind]
    token = make(ehr.signer())
    with capture_logs() as lines:
        refused = ehr.send(token)
    assert refused.status_code == 401
    assert refused.content_type == "application/problem+json"
    assert refused.headers["WWW-Authenticate"] == "Bearer"
    assert refused.headers["Access-Control-Allow-Origin"] == "*"
    assert refused.get_json()["detail"] == SENTENCES[reason]
    assert [line.get("reason") for line in lines] == [reason.value]


@pytest.mark.parametrize("bad", ["another audience", "another signature"])
def test_feedback_too_needs_a_good_token(ehr: Ehr, bad: str) -> None:
    assert ehr.send(BAD_TOKENS[bad][0](ehr.signer(FEEDBACK)), FEEDBACK, TOLD).status_code == 401
    assert ehr.send(ehr.signer(FEEDBACK).token(), FEEDBACK, TOLD).status_code == 200


@pytest.mark.parametrize(
    ("signed_for", "sent_to"),
    [(SIGN, FEEDBACK), (FEEDBACK, SIGN), (ADDRESSES["order-select"], SIGN), ("/cds-services", SIGN)],
)
def test_a_token_opens_the_one_service_that_it_was_signed_for(
    ehr: Ehr, signed_for: str, sent_to: str
) -> None:
    refused = ehr.send(ehr.signer(signed_for).token(), sent_to)
    assert refused.get_json()["detail"] == SENTENCES[Refusal.AUDIENCE]


def test_a_token_is_taken_once(ehr: Ehr) -> None:
    token = ehr.signer().token()
    assert [ehr.send(token).status_code for _ in range(3)] == [200, 401, 401]


def test_a_revoked_client_is_answered_no_more(ehr: Ehr, clinic: ClinicOfTests, database: Database) -> None:
    administrator = Actor(clinic.id, ActorKind.KEY, clinic.id, "An administrator", Role.ADMINISTRATOR)
    door = Door(database, AUDIT_KEYS, ehr.clock, administrator, "set-up")
    perform(door, lambda work: revoke_client(work, ehr.client.id))
    assert ehr.send(ehr.signer().token()).status_code == 401


def test_in_the_open_demo_a_good_token_acts_for_its_own_clinic(
    hooks: Hooks, other_clinic: ClinicOfTests, database: Database
) -> None:
    hooks.clinic.ehr.post("/v1/intake", posted("Water"))
    ehr = registered(hooks.app, database, other_clinic, hooks.clock)
    said = ehr.send(replace(ehr.signer(), now=hooks.clock.now).token()).get_json()["cards"][0]
    assert said["summary"].startswith("Disclosure incomplete: no list on file here")


def test_the_address_is_that_of_the_public_url_whatever_host_is_asked(
    ehr: Ehr, database: Database, clinic: ClinicOfTests
) -> None:
    behind = replace(settings_of_tests(), public_url="https://lists.example/clinic")
    app = create_app(behind, database=database, clock=ehr.clock)
    elsewhere = replace(ehr, app=app)
    signer = Signer(ISSUER, f"https://lists.example/clinic{SIGN}", now=ehr.clock.now)
    answer = elsewhere.send(signer.token())
    assert answer.status_code == 200
    (card,) = answer.get_json()["cards"]
    addresses = [card["source"]["url"], *(link["url"] for link in card["links"])]
    assert all(address.startswith("https://lists.example/clinic/") for address in addresses)
    assert elsewhere.send(ehr.signer().token()).status_code == 401
