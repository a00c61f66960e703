"""Another system asks for an access token as OAuth says, and reaches as far as its scopes."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from service.actions.clients import replace_keys, revoke_client
from service.actions.performing import perform
from service.store import clients as client_store
from service.store.database import Database, Reach
from service.store.tables import client_tokens
from tests.signed_tokens import ec_key, public
from tests.web.conftest import Caller, ClinicOfTests
from tests.web.lists import posted
from tests.web.registered import ENDPOINT, Registered, SetClock


def test_an_access_token_is_answered_as_oauth_says_and_lives_for_five_minutes(
    registered: Registered, clock: SetClock
) -> None:
    answer = registered.ask(registered.signer.token(), "system/Patient.read openid")

    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Pragma"] == "no-cache"
    body = answer.get_json()
    assert body["access_token"].startswith("mct_")
    assert len(body["access_token"]) >= 4 + 43
    assert body | {"access_token": ""} == {
        "access_token": "",
        "token_type": "bearer",
        "expires_in": 300,
        "scope": "system/Patient.read",
    }
    caller = Caller(registered.app.test_client(), body["access_token"])
    clock.now += timedelta(seconds=299)
    assert caller.get("/v1/patients").status_code == 200
    clock.now += timedelta(seconds=1)
    assert caller.get("/v1/patients").status_code == 401


def test_a_token_that_was_given_is_on_record_and_stands_nowhere(
    registered: Registered, clinic: ClinicOfTests, database: Database
) -> None:
    caller = registered.caller("system/Patient.rs")

    events = clinic.administrator.get("/v1/audit-events").get_json()["items"]
    given = next(event for event in events if event["action"] == "give_token")
    assert given["actor"]["name"] == "Test EHR"
    assert given["subject"] == f"client/{registered.client.id}"
    assert given["details"] == {"scopes": "system/Patient.rs"}
    assert caller.secret not in str(events)
    with database.transaction(Reach.ALL) as connection:
        kept_of_it = connection.execute(select(client_tokens)).one()
    assert caller.secret not in str(tuple(kept_of_it))


def test_what_is_refused_uses_nothing_up(registered: Registered) -> None:
    token = registered.signer.token()

    refused = registered.ask(token, "openid")
    assert (refused.status_code, refused.get_json()["error"]) == (400, "invalid_scope")
    assert registered.ask(token).status_code == 200


@pytest.mark.parametrize(
    ("changed", "error", "status"),
    [
        ({"grant_type": None}, "invalid_request", 400),
        ({"grant_type": "password"}, "unsupported_grant_type", 400),
        ({"grant_type": ["client_credentials", "client_credentials"]}, "invalid_request", 400),
        ({"client_assertion_type": None}, "invalid_client", 401),
        ({"client_assertion_type": "urn:x"}, "invalid_client", 401),
        ({"client_assertion": None}, "invalid_client", 401),
        ({"client_assertion": ""}, "invalid_client", 401),
        ({"scope": None}, "invalid_scope", 400),
        ({"scope": ""}, "invalid_scope", 400),
        ({"scope": "patient/*.rs launch"}, "invalid_scope", 400),
    ],
)
def test_a_request_that_is_not_oauths_is_refused_in_oauths_words(
    registered: Registered, changed: dict[str, Any], error: str, status: int
) -> None:
    answer = registered.ask(registered.signer.token(), **changed)

    assert (answer.status_code, answer.get_json()["error"]) == (status, error)
    assert answer.get_json()["error_description"]
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_request_that_is_not_a_form_is_refused(registered: Registered) -> None:
    answer = registered.app.test_client().post("/smart/token", json={"grant_type": "client_credentials"})

    assert (answer.status_code, answer.get_json()["error"]) == (400, "invalid_request")


def test_a_token_reaches_beyond_fhir_as_far_as_its_scopes_and_no_further(
    registered: Registered, clinic: ClinicOfTests
) -> None:
    receipt = clinic.ehr.post("/v1/intake", posted("Water")).get_json()
    patient = f"/v1/patients/{receipt['patient_id']}"
    reads = {"system/*.*": 200, "system/*.cruds": 200, "system/*.read": 200, "system/Patient.rs": 403}
    for scope, status in reads.items():
        caller = registered.caller(scope)
        assert caller.get(patient).status_code == 200, scope
        assert caller.get(f"{patient}/medication-list").status_code == status, scope
    for scope, status in {"system/*.*": 200, "system/Patient.read": 403, "system/Patient.write": 200}.items():
        assert registered.caller(scope).patch(patient, {"print_size": "large"}).status_code == status, scope
    assert registered.caller("system/*.*").get("/v1/audit-events").status_code == 403


def test_a_token_shows_one_clinics_patients_only(
    registered: Registered, clinic: ClinicOfTests, other_clinic: ClinicOfTests
) -> None:
    theirs = other_clinic.ehr.post("/v1/intake", posted("Soap")).get_json()["patient_id"]

    assert registered.caller("system/*.*").get(f"/v1/patients/{theirs}").status_code == 404


def test_anybody_may_read_where_to_ask_for_a_token(app: Flask) -> None:
    answer = app.test_client().get("/fhir/.well-known/smart-configuration")

    assert answer.status_code == 200
    assert answer.content_type == "application/json"
    said = answer.get_json()
    assert said["token_endpoint"] == ENDPOINT
    assert said["grant_types_supported"] == ["client_credentials"]
    assert said["token_endpoint_auth_methods_supported"] == ["private_key_jwt"]
    assert said["token_endpoint_auth_signing_alg_values_supported"] == ["ES384", "RS384"]
    assert said["capabilities"] == ["client-confidential-asymmetric", "permission-v1", "permission-v2"]
    assert said["code_challenge_methods_supported"] == ["S256"]
    assert "authorization_endpoint" not in said


def test_every_scope_that_is_said_to_be_known_is_granted(registered: Registered) -> None:
    configuration = registered.app.test_client().get("/fhir/.well-known/smart-configuration")

    for scope in configuration.get_json()["scopes_supported"]:
        answer = registered.ask(registered.signer.token(), scope)
        assert answer.get_json().get("scope") == scope


def test_a_clients_registration_is_on_record(registered: Registered, clinic: ClinicOfTests) -> None:
    perform(registered.door, lambda work: replace_keys(work, registered.client.id, public(ec_key())))
    perform(registered.door, lambda work: revoke_client(work, registered.client.id))

    events = clinic.administrator.get("/v1/audit-events").get_json()["items"]
    about = [(e["action"], e["details"]) for e in events if e["subject"] == f"client/{registered.client.id}"]
    assert sorted(about, key=str) == [
        ("add_client", {"scopes": "system/*.cruds"}),
        ("change_client", {"fields": "keys"}),
        ("change_client", {"fields": "revoked_at"}),
    ]
    with registered.door.database.transaction(Reach.ALL) as connection:
        assert client_store.find_client(connection, registered.client.id) is not None
