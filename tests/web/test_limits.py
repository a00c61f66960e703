"""Callers who ask too often are told to wait, and for how long; whoever waits so long is let in again."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from itertools import count
from typing import Any

import pytest
from flask import Flask
from structlog.testing import capture_logs

from service.actions.limits import Limiter
from service.domain.access.limits import Limit
from service.store.database import Database
from tests.web.conftest import PASSWORD, Caller
from tests.web.limited import Limited, limited
from tests.web.lists import posted

CALLS = 10
NEVER_LIMITED = (
    "/healthz",
    "/readyz",
    "/static/pages/pages.css",
    "/static/sheet.css",
    "/openapi.json",
    "/docs",
)


@pytest.fixture
def here(database: Database) -> Limited:
    return limited(database, calls=CALLS)


def accepted(here: Limited, caller: Caller, calls: int) -> int:
    """How many of so many calls are answered, when they come to both processes in turn."""
    at = [here.caller(caller, process) for process in (0, 1)]
    statuses = [at[number % 2].get("/v1/patients").status_code for number in range(calls)]
    assert set(statuses) <= {200, 429}
    return statuses.count(200)


def test_the_limit_holds_over_processes(here: Limited) -> None:
    assert accepted(here, here.clinic.ehr, 4 * CALLS) == CALLS


class CountsAlone(Limiter):
    """The planted fault: what was used up is known to one process only."""

    def _take_portion(self, limit: Limit, who: str, now: Any) -> int | None:
        taken = next(self.__dict__.setdefault("taken", count(1)))
        return taken if taken <= limit.portions else None


def test_control_a_count_of_each_process_is_found(here: Limited, database: Database) -> None:
    for app in here.apps:
        house = app.extensions["house"]
        app.extensions["house"] = replace(house, limiter=CountsAlone(database))

    assert accepted(here, here.clinic.ehr, 4 * CALLS) == 2 * CALLS


def test_waiting_as_long_as_told_is_enough(here: Limited) -> None:
    caller = here.caller(here.clinic.ehr)
    accepted(here, caller, CALLS)
    here.clock.now += timedelta(seconds=12.5)
    refused = caller.get("/v1/patients")

    assert refused.status_code == 429
    assert refused.headers["Retry-After"] == "48"
    here.clock.now += timedelta(seconds=48)
    assert caller.get("/v1/patients").status_code == 200


def test_a_day_back_shuts_nobody_out(here: Limited) -> None:
    accepted(here, here.clinic.ehr, CALLS + 1)
    here.clock.now -= timedelta(days=1)

    assert accepted(here, here.clinic.ehr, CALLS + 1) == CALLS


def test_each_client_has_a_limit_of_its_own(here: Limited) -> None:
    accepted(here, here.clinic.ehr, CALLS + 1)

    assert here.caller(here.clinic.nurse).get("/v1/patients").status_code == 200
    assert here.caller(here.clinic.administrator).get("/v1/patients").status_code == 200


def test_a_refusal_is_on_record_and_in_the_log_once_for_each_window(here: Limited) -> None:
    with capture_logs() as logged:
        accepted(here, here.clinic.ehr, 3 * CALLS)
        first = list(logged)
        here.clock.now += timedelta(minutes=1)
        accepted(here, here.clinic.ehr, 3 * CALLS)

    (event, _) = here.refusals()
    assert len(first) == 1
    assert len(logged) == 2
    key = event["actor"]["id"]  # type: ignore[index]
    assert first[0] | {"request_id": ""} == {
        "event": "limit_reached",
        "log_level": "warning",
        "request_id": "",
        "limit": "calls",
        "client": f"key/{key}",
    }
    assert event["action"] == "access"
    assert event["details"] == {"operation": "GET /v1/patients", "limit": "calls"}
    assert event["patient_id"] is None


def test_the_refusal_comes_before_the_body_is_read(here: Limited) -> None:
    caller = here.caller(here.clinic.ehr)
    accepted(here, caller, CALLS)

    sent = caller.call("POST", "/v1/patients", data=b"{ no json", content_type="application/json")

    assert sent.status_code == 429
    assert here.caller(here.clinic.nurse).post("/v1/patients", {"x": 1}).status_code == 422


def test_what_watches_and_shows_the_service_is_never_limited(here: Limited) -> None:
    client = here.client()
    for _ in range(2 * CALLS):
        for path in NEVER_LIMITED:
            with client.get(path) as answer:
                assert answer.status_code == 200, path


PROBLEM = "application/problem+json"


@pytest.mark.parametrize(
    ("path", "content_type", "said"),
    [
        ("/v1/patients", PROBLEM, lambda body: body["code"] == "too_many_calls"),
        ("/v1/no-such-address", PROBLEM, None),
        (
            "/fhir/Patient",
            "application/fhir+json; fhirVersion=4.0",
            lambda body: body["issue"][0]["code"] == "throttled",
        ),
    ],
)
def test_each_door_says_it_in_its_own_way(
    here: Limited, path: str, content_type: str, said: Callable[[Any], bool] | None
) -> None:
    caller = here.caller(here.clinic.ehr)
    accepted(here, caller, CALLS)

    answer = caller.get(path)

    assert answer.content_type == content_type
    if said is None:
        # There is nothing to be guarded, and nobody is looked up.
        assert answer.status_code == 404
    else:
        assert (answer.status_code, answer.headers["Retry-After"]) == (429, "60")
        assert said(answer.get_json())


def wrong(client: Any) -> Any:
    return client.get("/v1/patients", headers={"Authorization": "Bearer mcl_wrong"})


def test_keys_that_are_none_are_limited_by_address_and_valid_ones_beside_them_work(
    database: Database,
) -> None:
    here = limited(database, failures=10)
    statuses = [wrong(here.client(number % 2)).status_code for number in range(30)]

    assert statuses.count(401) == 10
    assert statuses[-1] == 429
    told = wrong(here.client())
    assert (told.get_json()["code"], told.headers["Retry-After"]) == ("too_many_failures", "60")
    # A hospital sits behind one address.
    assert here.caller(here.clinic.ehr).get("/v1/patients").status_code == 200
    elsewhere = here.client().get(
        "/v1/patients",
        headers={"Authorization": "Bearer mcl_wrong"},
        environ_base={"REMOTE_ADDR": "192.0.2.9"},
    )
    assert elsewhere.status_code == 401
    assert here.client().get("/v1/patients").status_code == 401


def test_links_that_are_none_count_too_and_are_told_on_a_page(database: Database) -> None:
    here = limited(database, failures=10)
    client = here.client()
    pages = [client.get(f"/intake/guess-{number}", headers={"Accept": "text/html"}) for number in range(12)]

    assert [page.status_code for page in pages] == [404] * 10 + [429] * 2
    assert pages[-1].content_type.startswith("text/html")
    assert "Too many at once" in pages[-1].get_data(as_text=True)
    assert pages[-1].headers["Retry-After"] == "60"


@pytest.mark.parametrize(
    ("addresses", "same", "other"),
    [
        ([f"2001:db8:0:1::{n}" for n in range(10)], "2001:db8:0:1:ffff::1", "2001:db8:0:2::1"),
        ([f"[2001:db8:0:1::1]:{n}" for n in range(10)], "2001:db8:0:1::9", "[2001:db8:0:2::1]:1"),
        ([f"192.0.2.1:{n}" for n in range(10)], "::ffff:192.0.2.1", "192.0.2.2:1"),
        ([f"fe80::{n}%eth0" for n in range(10)], "fe80::1", "unknown"),
    ],
)
def test_a_caller_is_not_another_one_by_another_port_or_half_of_an_address(
    database: Database, addresses: list[str], same: str, other: str
) -> None:
    here = limited(database, failures=10)

    def ask(address: str) -> int:
        headers = {"Authorization": "Bearer mcl_wrong"}
        answer = here.client().get("/v1/patients", headers=headers, environ_base={"REMOTE_ADDR": address})
        return int(answer.status_code)

    assert [ask(address) for address in addresses] == [401] * 10
    assert ask(same) == 429
    assert ask(other) == 401


def test_no_address_stands_in_the_database_or_in_the_log(database: Database) -> None:
    here = limited(database, failures=10)
    with capture_logs() as logged:
        for _ in range(12):
            wrong(here.client())

    (line,) = [line for line in logged if line["event"] == "limit_reached"]
    assert line["limit"] == "credentials"
    assert line["client"].startswith("address/")
    assert "127.0.0.1" not in str(logged)


def log_in(app: Flask, login: str, password: str, address: str = "192.0.2.1") -> Any:
    sent = {"login": login, "password": password}
    return app.test_client().post("/v1/sessions", json=sent, environ_base={"REMOTE_ADDR": address})


def test_failed_log_ins_are_limited_by_address_before_a_password_is_looked_at(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = limited(database, failures=3)
    nurse = here.clinic.nurse_login
    failed = [log_in(here.apps[n % 2], f"nobody.{n}", "wrong " * 3).status_code for n in range(3)]
    assert failed == [401] * 3

    monkeypatch.setattr("service.web.sessions.log_in", None)
    refused = [log_in(here.apps[n % 2], nurse, PASSWORD) for n in range(4)]

    assert [answer.status_code for answer in refused] == [429] * 4
    assert refused[0].get_json()["code"] == "too_many_failures"
    assert refused[0].headers["Retry-After"] == "60"
    monkeypatch.undo()
    # From elsewhere, and from there when the window is over, a nurse logs in.
    assert log_in(here.apps[0], nurse, PASSWORD, "192.0.2.2").status_code == 201
    here.clock.now += timedelta(minutes=1)
    assert log_in(here.apps[0], nurse, PASSWORD).status_code == 201


def test_log_ins_that_succeed_are_not_counted(database: Database) -> None:
    here = limited(database, failures=1)

    assert [log_in(here.apps[0], here.clinic.nurse_login, PASSWORD).status_code for _ in range(2)] == [
        201
    ] * 2


def intake(caller: Caller, born: str, **fields: Any) -> Any:
    sent = posted("Water", **fields)
    sent["patient"]["birth_date"] = born
    return caller.post("/v1/intake", sent)


def test_an_intake_key_guesses_twenty_dates_of_birth_an_hour_and_no_more(database: Database) -> None:
    here = limited(database)
    at = [here.caller(here.clinic.intake, process) for process in (0, 1)]
    assert intake(at[0], "1961-04-02").status_code == 201
    guessed = [intake(at[n % 2], f"1961-05-{n % 28 + 1:02d}") for n in range(40)]

    assert [answer.status_code for answer in guessed].count(409) == 20
    told = guessed[-1]
    assert (told.status_code, told.get_json()["code"]) == (429, "too_many_conflicts")
    assert told.headers["Retry-After"] == "3600"
    # A right one is not told from a wrong one either.
    assert intake(at[0], "1961-04-02").status_code == 429
    (event,) = here.refusals()
    assert event["details"] == {"operation": "POST /v1/intake", "limit": "conflicts"}
    here.clock.now += timedelta(hours=1)
    assert intake(at[0], "1961-04-02").status_code == 201


def test_the_same_bound_is_on_names_and_none_is_on_who_may_read_them(database: Database) -> None:
    here = limited(database)
    key, ehr = here.caller(here.clinic.intake), here.caller(here.clinic.ehr)
    intake(key, "1961-04-02")
    named = posted()
    named["patient"]["name"] = "Test Patient 99"

    assert [key.post("/v1/intake", named).status_code for _ in range(21)] == [409] * 20 + [429]
    assert [ehr.post("/v1/intake", named).status_code for _ in range(25)] == [409] * 25
