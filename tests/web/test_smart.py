"""Another system comes in with what it signed: at the token endpoint, and by the same rules at CDS Hooks."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from threading import Barrier
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import func, select
from structlog.testing import capture_logs
from werkzeug.test import TestResponse

from service.actions.clients import add_client, hook_actor, replace_keys, revoke_client
from service.actions.work import Door, perform
from service.app import create_app
from service.domain.access import Actor, ActorKind, Role
from service.domain.clients import ClientRefusedError, EhrClient, Refusal
from service.store import clients as client_store
from service.store import credentials as credential_store
from service.store.database import Database
from service.store.tables import client_tokens, used_assertions
from service.web.client_refusals import SENTENCES
from tests.signed_tokens import BAD_TOKENS, Signer, ec_key, public, rsa_key
from tests.web.conftest import Caller, ClinicOfTests, settings_of_tests
from tests.web.lists import posted

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


@pytest.fixture
def clock() -> SetClock:
    return SetClock(datetime.now(UTC).replace(microsecond=0))


@pytest.fixture
def app(database: Database, clock: SetClock) -> Flask:
    return create_app(settings_of_tests(), database=database, clock=clock)


def administrator_of(database: Database, clinic: ClinicOfTests, clock: SetClock) -> Door:
    with database.transaction() as connection:
        keys = credential_store.list_keys(connection, clinic.id)
    actor = next(key.actor for key in keys if key.role is Role.ADMINISTRATOR)
    return Door(database, clock, actor, "set-up")


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


@pytest.fixture
def registered(app: Flask, database: Database, clinic: ClinicOfTests, clock: SetClock) -> Registered:
    return register(app, administrator_of(database, clinic, clock), issuer=ISSUER)


def register(app: Flask, door: Door, **details: Any) -> Registered:
    wanted = {"name": "Test EHR", "jwks": public(ec_key(), rsa_key()), "scopes": ("system/*.cruds",)}
    return Registered(app, door, perform(door, lambda work: add_client(work, **{**wanted, **details})))


def reason_at_the_token_endpoint(registered: Registered, token: str) -> Refusal:
    with capture_logs() as lines:
        answer = registered.ask(token)
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    [line] = lines
    assert set(line) == {"event", "log_level", "request_id", "reason"}
    reason = Refusal(line["reason"])
    assert answer.get_json() == {"error": "invalid_client", "error_description": SENTENCES[reason]}
    return reason


def reason_at_the_hook(registered: Registered, token: str) -> Refusal:
    with pytest.raises(ClientRefusedError) as refused:
        hook_actor(registered.door.database, token, HOOK, registered.door.clock())
    return refused.value.reason


DOORS: dict[str, tuple[Callable[[Registered], Signer], Callable[[Registered, str], Refusal]]] = {
    "token endpoint": (lambda r: r.signer, reason_at_the_token_endpoint),
    "hook": (lambda r: r.caller_of_hooks, reason_at_the_hook),
}


def kept(database: Database) -> tuple[int, int]:
    """How many access tokens there are, and how many signed tokens were used up."""
    with database.transaction() as connection:
        counts = [
            connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in (client_tokens, used_assertions)
        ]
    return counts[0], counts[1]


@pytest.mark.parametrize("door", DOORS)
def test_no_bad_token_opens_a_door_and_each_is_refused_for_its_own_reason(
    registered: Registered, database: Database, door: str
) -> None:
    signer, reason = DOORS[door]
    # What does not reach the service as it was made: a form without a value is a form without the field.
    made = {name: (make(signer(registered)), why) for name, (make, why) in BAD_TOKENS.items()}

    found = {name: reason(registered, token) for name, (token, _) in made.items() if token}

    assert found == {name: why for name, (token, why) in made.items() if token}
    assert len(found) >= 60
    assert kept(database) == (0, 0)


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("algorithm", ["ES384", "RS384"])
def test_a_good_token_opens_each_door_once(registered: Registered, door: str, algorithm: str) -> None:
    signer, reason = DOORS[door]
    key = {"ES384": ec_key(), "RS384": rsa_key()}[algorithm]
    token = signer(registered).by(key, algorithm).token()

    if door == "hook":
        actor = hook_actor(registered.door.database, token, HOOK, registered.door.clock())
        assert (actor.id, actor.clinic_id) == (registered.client.id, registered.client.clinic_id)
        assert (actor.kind, actor.role, actor.scopes) == (ActorKind.CLIENT, Role.EHR, None)
    else:
        assert registered.ask(token).status_code == 200
    assert reason(registered, token) is Refusal.REPLAYED


def test_a_token_for_both_doors_opens_one_of_them(registered: Registered) -> None:
    both = register(registered.app, registered.door, name="Both", issuer="https://both.example")
    signer = replace(both.signer, audience=[ENDPOINT, HOOK])  # type: ignore[arg-type]

    token = signer.token()
    assert both.ask(token).status_code == 200
    # Under its id it is nobody at the hook, so that the one token cannot be shown there.
    assert reason_at_the_hook(both, token) is Refusal.UNKNOWN_CLIENT


@pytest.mark.parametrize("door", DOORS)
def test_of_twelve_who_show_one_token_at_once_one_comes_in(registered: Registered, door: str) -> None:
    token = DOORS[door][0](registered).token()
    together = Barrier(12)

    def show(_: int) -> bool:
        together.wait()
        if door == "token endpoint":
            return registered.ask(token).status_code == 200
        try:
            return bool(hook_actor(registered.door.database, token, HOOK, registered.door.clock()))
        except ClientRefusedError as error:
            assert error.reason is Refusal.REPLAYED  # noqa: PT017 -- the others come in
            return False

    with ThreadPoolExecutor(12) as threads:
        assert sorted(threads.map(show, range(12))) == [False] * 11 + [True]


@pytest.mark.parametrize("door", DOORS)
def test_another_clients_key_does_not_sign_for_this_one(
    registered: Registered, other_clinic: ClinicOfTests, clock: SetClock, door: str
) -> None:
    signer, reason = DOORS[door]
    theirs = ec_key("ec-theirs")
    administrator = administrator_of(registered.door.database, other_clinic, clock)
    other = register(registered.app, administrator, jwks=public(theirs), issuer="https://other.example")
    same_name = ec_key("ec-1-theirs")
    same_name_set = {"keys": [public(same_name)["keys"][0] | {"kid": "ec-1"}]}
    register(registered.app, administrator, jwks=same_name_set)

    assert reason(registered, signer(registered).by(theirs, "ES384").token()) is Refusal.UNKNOWN_KEY
    forged = signer(registered).by(same_name, "ES384").token({"kid": "ec-1"})
    assert reason(registered, forged) is Refusal.SIGNATURE
    assert other.ask(other.signer.by(theirs, "ES384").token()).status_code == 200


@pytest.mark.parametrize("door", DOORS)
def test_a_revoked_client_is_out_at_both_doors_and_so_is_its_token(registered: Registered, door: str) -> None:
    signer, reason = DOORS[door]
    caller = registered.caller()
    assert caller.get("/v1/patients").status_code == 200

    perform(registered.door, lambda work: revoke_client(work, registered.client.id))

    assert caller.get("/v1/patients").status_code == 401
    why = Refusal.REVOKED_CLIENT if door == "token endpoint" else Refusal.UNKNOWN_CLIENT
    assert reason(registered, signer(registered).token()) is why


def test_a_client_speaks_for_nobody_but_itself_at_the_token_endpoint(registered: Registered) -> None:
    for subject in ("somebody", None, ISSUER, str(UUID(int=1))):
        token = registered.signer.token(sub=subject)
        assert reason_at_the_token_endpoint(registered, token) is Refusal.SUBJECT

    # At a hook the subject is a person of the EHR's.
    token = registered.caller_of_hooks.token(sub="Practitioner/1")
    assert hook_actor(registered.door.database, token, HOOK, registered.door.clock()).name == "Test EHR"


@pytest.mark.parametrize("form", [str.upper, lambda text: text.replace("-", ""), lambda text: f"{{{text}}}"])
def test_a_clients_id_has_one_form(registered: Registered, form: Callable[[str], str]) -> None:
    other = form(str(registered.client.id))
    token = registered.signer.token(iss=other, sub=other)

    assert reason_at_the_token_endpoint(registered, token) is Refusal.UNKNOWN_CLIENT


def test_a_client_without_an_issuer_calls_no_hook(registered: Registered) -> None:
    quiet = register(registered.app, registered.door)
    token = replace(quiet.signer, audience=HOOK).token()

    assert reason_at_the_hook(quiet, token) is Refusal.UNKNOWN_CLIENT


def test_keys_are_changed_without_a_gap_and_the_old_one_is_out_with_its_token(registered: Registered) -> None:
    old, new = registered.signer, registered.signer.by(ec_key("ec-2"), "ES384")
    caller = registered.caller()

    perform(
        registered.door,
        lambda work: replace_keys(work, registered.client.id, public(ec_key(), ec_key("ec-2"))),
    )
    assert [registered.ask(signer.token()).status_code for signer in (old, new)] == [200, 200]
    assert caller.get("/v1/patients").status_code == 401

    perform(registered.door, lambda work: replace_keys(work, registered.client.id, public(ec_key("ec-2"))))
    assert [registered.ask(signer.token()).status_code for signer in (old, new)] == [401, 200]


def test_a_registered_address_of_keys_may_stand_in_the_header_and_is_never_asked(
    registered: Registered,
) -> None:
    # Nothing answers there: a client that asked it would not come in.
    address = "http://127.0.0.1:1/keys.json"
    named = register(registered.app, registered.door, key_set_url=address)

    assert named.ask(named.signer.token({"jku": address})).status_code == 200
    assert registered.ask(registered.signer.token({"jku": address})).status_code == 401


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
    with database.transaction() as connection:
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


def test_a_hook_is_nobodys_where_the_issuer_is_registered_twice_in_turn(
    registered: Registered, other_clinic: ClinicOfTests, clock: SetClock
) -> None:
    perform(registered.door, lambda work: revoke_client(work, registered.client.id))
    administrator = administrator_of(registered.door.database, other_clinic, clock)
    moved = register(registered.app, administrator, jwks=public(ec_key("ec-2")), issuer=ISSUER)

    old = registered.caller_of_hooks
    assert reason_at_the_hook(registered, old.token()) is Refusal.UNKNOWN_KEY
    found: Actor = hook_actor(
        registered.door.database, old.by(ec_key("ec-2"), "ES384").token(), HOOK, clock()
    )
    assert found.clinic_id == moved.client.clinic_id == other_clinic.id


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
    with registered.door.database.transaction() as connection:
        assert client_store.find_client(connection, registered.client.id) is not None
