"""What a client signs opens the token endpoint and CDS Hooks by the same rules, and once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier
from uuid import UUID

import pytest
from sqlalchemy import func, select
from structlog.testing import capture_logs

from service.actions.client_tokens import hook_actor
from service.actions.clients import replace_keys, revoke_client
from service.actions.performing import perform
from service.domain.access.clients import ClientRefusedError, Refusal
from service.domain.access.permissions import Actor, ActorKind, Role
from service.store.database import Database, Reach
from service.store.tables import client_tokens, used_assertions
from service.web.client_refusals import SENTENCES
from tests.signed_tokens import BAD_TOKENS, Signer, ec_key, public, rsa_key
from tests.web.conftest import ClinicOfTests
from tests.web.registered import (
    ENDPOINT,
    HOOK,
    ISSUER,
    Registered,
    SetClock,
    administrator_of,
    register,
)


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
    with database.transaction(Reach.ALL) as connection:
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
