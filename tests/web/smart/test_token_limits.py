"""The token endpoint tells a client that asks too often to wait, in OAuth's form."""

from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from service.app import create_app
from service.store.database import Database, Reach
from service.store.tables import client_tokens
from tests.signed_tokens import Signer, ec_key
from tests.web.conftest import settings_of_tests
from tests.web.limited import START
from tests.web.registered import ENDPOINT, HOOK, ISSUER, Registered, SetClock


@pytest.fixture
def clock() -> SetClock:
    return SetClock(START)


@pytest.fixture
def app(database: Database, clock: SetClock) -> Flask:
    settings = replace(settings_of_tests(), calls_per_minute=10, failures_per_minute=10)
    return create_app(settings, database=database, clock=clock)


def tokens(database: Database) -> int:
    with database.transaction(Reach.ALL) as connection:
        return connection.execute(select(func.count()).select_from(client_tokens)).scalar_one()


def test_a_client_asks_for_so_many_tokens_a_minute_and_gets_no_more(
    registered: Registered, database: Database, clock: SetClock
) -> None:
    for _ in range(10):
        registered.caller()
    last = registered.signer.token()
    refused = [registered.ask(last), registered.ask(registered.signer.token())]

    for answer in refused:
        assert (answer.status_code, answer.headers["Retry-After"]) == (429, "60")
        assert answer.get_json()["error"] == "temporarily_unavailable"
        assert answer.headers["Cache-Control"] == "no-store"
    # The one token more was given to nobody; from then on nothing is written.
    assert tokens(database) == 11
    clock.now += timedelta(minutes=1)
    assert registered.ask(registered.signer.token()).status_code == 200


def test_what_was_not_let_in_was_not_used_up(registered: Registered) -> None:
    for _ in range(11):
        registered.ask(registered.signer.token())
    clock = registered.door.clock
    assert isinstance(clock, SetClock)
    clock.now += timedelta(seconds=59)
    token = registered.signer.token()
    assert registered.ask(token).status_code == 429

    clock.now += timedelta(seconds=1)
    assert registered.ask(token).status_code == 200


def test_tokens_calls_and_hooks_of_a_client_are_counted_together(registered: Registered) -> None:
    caller = registered.caller()
    assert [caller.get("/v1/patients").status_code for _ in range(10)] == [200] * 9 + [429]

    hook = registered.app.test_client().post(
        HOOK.removeprefix("http://localhost"),
        json={},
        headers={"Authorization": f"Bearer {registered.caller_of_hooks.token()}"},
    )
    assert (hook.status_code, hook.headers["Retry-After"]) == (429, "60")
    assert "Retry-After" in hook.headers["Access-Control-Expose-Headers"]
    assert registered.ask(registered.signer.token()).status_code == 429


def test_signed_tokens_that_are_refused_are_limited_by_address_and_the_client_beside_them_is_let_in(
    registered: Registered,
) -> None:
    own = str(registered.client.id)

    def forged() -> str:
        return Signer(own, ENDPOINT, own, now=registered.door.clock(), key=ec_key("another")).token()

    answers = [registered.ask(forged()) for _ in range(12)]

    assert [answer.status_code for answer in answers] == [401] * 10 + [429] * 2
    assert answers[-1].get_json()["error"] == "temporarily_unavailable"
    assert registered.ask(registered.signer.token()).status_code == 200
    assert ISSUER not in answers[-1].get_data(as_text=True)
