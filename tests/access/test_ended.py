"""Credentials that have ended open nothing, from the next request on."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from service.actions.clock import utc_now
from service.app import create_app
from service.domain.access.permissions import Role
from service.store.database import Database
from tests.access.calls import Call, Shown, send
from tests.access.checks import still_opened
from tests.access.clinics import FilledClinic
from tests.access.operations import HOW
from tests.access.policy import RULES, Kind
from tests.signed_tokens import Signer
from tests.web.conftest import settings_of_tests

EVERYTHING = "system/*.cruds"


def revoked_key(clinic: FilledClinic) -> str:
    key, secret = clinic.new_key(Role.ADMINISTRATOR)
    assert opens(clinic, secret)
    end(clinic, "POST /administration/keys/{key_id}/revoke", key_id=key)
    return secret


def ended_session(clinic: FilledClinic) -> str:
    secret = clinic.new_session(Kind.NURSE)
    assert opens(clinic, secret)
    rule = RULES["DELETE /v1/sessions/current"]
    assert send(clinic.app, rule, Call(), Shown(secret)).status_code == 204
    return secret


def session_of_one_who_left(clinic: FilledClinic) -> str:
    login, member = clinic.new_member(Kind.NURSE)
    secret = clinic.session_of(login)
    assert opens(clinic, secret)
    end(clinic, "POST /administration/staff/{staff_id}/leave", staff_id=member)
    return secret


def session_before_another_password(clinic: FilledClinic) -> str:
    login, member = clinic.new_member(Kind.NURSE)
    secret = clinic.session_of(login)
    end(clinic, "POST /administration/staff/{staff_id}/password", staff_id=member)
    return secret


def token_of_a_revoked_client(clinic: FilledClinic) -> str:
    client = clinic.new_client()
    secret = client.caller(EVERYTHING).secret
    assert opens(clinic, secret)
    end(clinic, "POST /administration/clients/{client_id}/revoke", client_id=str(client.client.id))
    return secret


def token_before_other_keys(clinic: FilledClinic) -> str:
    client = clinic.new_client()
    secret = client.caller(EVERYTHING).secret
    places = {"client_id": str(client.client.id)}
    form = {"jwks": clinic.key_set}
    clinic.ask("POST /administration/clients/{client_id}/keys", Kind.ADMINISTRATOR, Call(places, form=form))
    return secret


def end(clinic: FilledClinic, operation: str, **places: str) -> None:
    assert clinic.ask(operation, Kind.ADMINISTRATOR, Call(places, form={})).status_code in (200, 303)


def opens(clinic: FilledClinic, secret: str) -> bool:
    answer = send(clinic.app, RULES["GET /v1/patients"], Call(), Shown(secret))
    return answer.status_code == 200


ENDED: tuple[Callable[[FilledClinic], str], ...] = (
    revoked_key,
    ended_session,
    token_of_a_revoked_client,
    session_of_one_who_left,
    session_before_another_password,
    token_before_other_keys,
)


def test_what_has_ended_opens_nothing_at_the_next_request(ours: FilledClinic) -> None:
    """Of each kind of credential one is shown everywhere, and each way to end one is tried."""
    for make in ENDED:
        secret = make(ours)
        assert still_opened(ours, {make.__name__: secret}, ("GET /v1/patients", "GET /")) == []
    everywhere = {make.__name__: make(ours) for make in ENDED[:3]}
    assert still_opened(ours, everywhere) == []


@pytest.fixture
def later(kept_database: Database) -> Callable[[timedelta], Flask]:
    """The same service when so much time has passed."""

    def make(passed: timedelta) -> Flask:
        return create_app(settings_of_tests(), database=kept_database, clock=lambda: utc_now() + passed)

    return make


@pytest.mark.parametrize(("kind", "minutes"), [(Kind.NURSE, 16), (Kind.ADMINISTRATOR, 16), (Kind.CLIENT, 6)])
def test_what_ends_by_itself_opens_nothing_afterwards(
    ours: FilledClinic, later: Callable[[timedelta], Flask], kind: Kind, minutes: int
) -> None:
    client = kind is Kind.CLIENT
    secret = ours.new_client().caller(EVERYTHING).secret if client else ours.new_session(kind)
    assert opens(ours, secret)
    rule = RULES["GET /v1/patients"]
    assert send(later(timedelta(minutes=minutes)), rule, Call(), Shown(secret)).status_code == 401


def test_what_a_revoked_client_signs_opens_neither_door(ours: FilledClinic) -> None:
    client = ours.new_client(issuer=f"https://revoked-{ours.tag}.example")
    operation = "POST /cds-services/{service_id}"
    call, rule = HOW[operation](ours), RULES[operation]

    def called() -> int:
        signer = Signer(str(client.client.issuer), f"http://localhost{call.path(rule)}", now=utc_now())
        return send(ours.app, rule, call, Shown(signer.token())).status_code

    assert (called(), client.ask(client.signer.token()).status_code) == (200, 200)
    end(ours, "POST /administration/clients/{client_id}/revoke", client_id=str(client.client.id))
    assert (called(), client.ask(client.signer.token()).status_code) == (401, 401)


@pytest.mark.parametrize("hours", [73, 25])
def test_a_link_and_a_form_whose_time_has_ended_open_nothing(
    ours: FilledClinic, later: Callable[[timedelta], Flask], hours: int
) -> None:
    link, form = ours.new_link(), ours.new_form()
    app = later(timedelta(hours=hours))
    shown = ours.shown(Kind.LINK, RULES["GET /intake/{secret}"], Call())
    seen = send(app, RULES["GET /intake/{secret}"], Call({"secret": link}), shown)
    assert seen.status_code == (404 if hours > 72 else 200)
    step = send(app, RULES["GET /form/{link_id}/look"], Call({"link_id": form}), shown)
    assert step.status_code == 410
    assert "Tea" not in step.get_data(as_text=True)


def test_a_used_link_opens_for_no_other_browser(ours: FilledClinic, theirs: FilledClinic) -> None:
    link = ours.new_link()
    opened = Call({"secret": link}, form={})
    assert ours.ask("POST /intake/{secret}", Kind.LINK, opened).status_code == 303
    for kind in (Kind.NOBODY, Kind.NURSE):
        assert ours.ask("GET /intake/{secret}", kind, Call({"secret": link})).status_code == 404
        assert ours.ask("POST /intake/{secret}", kind, opened).status_code == 404
    assert theirs.ask("POST /intake/{secret}", Kind.LINK, opened).status_code == 404
