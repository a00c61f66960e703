"""The figures for whoever watches the service: true, few, without anything of a patient, and cheap."""

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Event
from typing import Any

import pytest
from flask import Flask
from prometheus_client.parser import text_string_to_metric_families as families

from service.actions.clock import utc_now
from service.app import create_app
from service.config import release
from service.store.database import Database, Reach, UnavailableError
from service.store.login_failures import record_login_failure
from service.web import batches
from tests.web.conftest import PASSWORD, ClinicOfTests, make_clinic, settings_of_tests
from tests.web.lists import asked, posted

TOKEN = "a token of the tests that is long enough"
# Everything that a test says or is told: none of it is a word of the program.
CANARIES = ("Canarium", "Test Patient 01", "000123", "1961-04-02", "urn:clinic:mrn")


@pytest.fixture
def app(database: Database) -> Flask:
    return create_app(replace(settings_of_tests(), metrics_token=TOKEN), database=database)


def text_of(app: Flask) -> str:
    answer = app.test_client().get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
    assert answer.status_code == 200
    assert answer.content_type.startswith("text/plain; version=0.0.4")
    return answer.get_data(as_text=True)


def figure(app: Flask, name: str, **labels: str) -> float:
    """The sum of a figure over all that have these labels."""
    return sum(
        sample.value
        for family in families(text_of(app))
        for sample in family.samples
        if sample.name == f"medication_checklist_{name}" and labels.items() <= sample.labels.items()
    )


def test_only_the_token_opens_them(app: Flask, clinic: ClinicOfTests) -> None:
    client = app.test_client()
    wrong = [{}, {"Authorization": f"Bearer {TOKEN[:-1]}"}, {"Authorization": f"Basic {TOKEN}"}]

    assert [client.get("/metrics", headers=headers).status_code for headers in wrong] == [401] * 3
    assert clinic.administrator.get("/metrics").status_code == 401
    assert "medication_checklist_requests_total" in text_of(app)


def test_without_a_token_nothing_is_there(database: Database) -> None:
    client = create_app(settings_of_tests(), database=database).test_client()
    same = {"X-Request-Id": "the-same"}

    for headers in ({}, {"Authorization": f"Bearer {TOKEN}"}, {"Authorization": "Bearer "}):
        found = client.get("/metrics", headers={**same, **headers})
        nothing = client.get("/no-such-thing", headers={**same, **headers})
        assert (found.status_code, found.data) == (404, nothing.data)


def test_requests_are_counted_by_rule_and_never_by_address(app: Flask, clinic: ClinicOfTests) -> None:
    patient = clinic.ehr.post("/v1/intake", posted("Water")).get_json()["patient_id"]
    for _ in range(3):
        clinic.ehr.get(f"/v1/patients/{patient}")
    app.test_client().get("/no/such/thing")
    app.test_client().open("/healthz", method="BREW")

    rule = {"route": "/v1/patients/<uuid:patient_id>", "method": "GET"}
    assert figure(app, "requests_total", **rule, status="200") == 3
    assert figure(app, "request_seconds_count", **rule) == 3
    assert figure(app, "requests_total", route="none", status="404") == 1
    assert figure(app, "requests_total", method="other", status="405") == 1
    assert figure(app, "request_seconds_sum", **rule) > 0


def test_nothing_of_a_patient_and_no_id_is_in_them(app: Flask, clinic: ClinicOfTests) -> None:
    receipt = clinic.ehr.post("/v1/intake", asked("Canarium")).get_json()
    clinic.ehr.get("/v1/patients?identifier=urn:clinic:mrn|000123")
    clinic.ehr.get(f"/v1/checklists/by-code/{receipt['checklist']['code']}")
    clinic.ehr.get("/v1/patients/Canarium")
    clinic.ehr.get("/Canarium/000123")
    app.test_client().get("/intake/Canarium")

    # A figure's own digits are no identifier: a time may well hold 000123.
    told = re.sub(r" [-+.e\d]+$", "", text_of(app), flags=re.MULTILINE)
    ids = (receipt["patient_id"], receipt["checklist"]["id"], receipt["checklist"]["code"], str(clinic.id))
    assert [word for word in (*CANARIES, *ids, clinic.nurse_login) if word in told] == []


def test_refusals_are_counted_by_their_reason(app: Flask, clinic: ClinicOfTests, database: Database) -> None:
    client = app.test_client()
    client.get("/v1/patients")
    client.get("/v1/patients", headers={"Authorization": "Bearer mcl_wrong"})
    clinic.intake.get("/v1/patients")
    with database.transaction(Reach.CREDENTIALS) as connection:
        for _ in range(9):
            record_login_failure(connection, "nobody", utc_now())
    for _ in range(2):
        client.post("/v1/sessions", json={"login": "nobody", "password": "wrong " * 3})
    client.post(
        "/smart/token",
        data={
            "grant_type": "client_credentials",
            "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
            "client_assertion": "x",
        },
    )

    assert figure(app, "refusals_total", kind="key") == 1
    assert figure(app, "refusals_total", kind="permission") == 1
    assert figure(app, "refusals_total", kind="log_in", reason="wrong") == 1
    assert figure(app, "refusals_total", kind="log_in", reason="closed") == 1
    assert figure(app, "refusals_total", kind="client", reason="malformed") == 1


def test_limits_that_are_reached_are_counted_each_time(database: Database) -> None:
    settings = replace(settings_of_tests(), metrics_token=TOKEN, calls_per_minute=10, failures_per_minute=10)
    app = create_app(settings, database=database)
    clinic = make_clinic(create_app(settings_of_tests(), database=database), database, "The clinic")
    client = app.test_client()
    # More than two windows' worth, for a test that begins at a minute's end.
    for secret in (clinic.ehr.secret, "mcl_wrong"):
        for _ in range(25):
            client.get("/v1/patients", headers={"Authorization": f"Bearer {secret}"})

    assert figure(app, "refusals_total", kind="limit", reason="calls") >= 5
    assert figure(app, "refusals_total", kind="limit", reason="credentials") >= 5
    assert figure(app, "refusals_total", kind="limit", reason="conflicts") == 0


def test_a_request_is_in_flight_until_it_is_answered_also_where_it_fails(
    app: Flask, clinic: ClinicOfTests
) -> None:
    reached, go_on = Event(), Event()

    def wait() -> Any:
        reached.set()
        go_on.wait(30)
        raise ZeroDivisionError

    app.view_functions["assets.get_health"] = wait
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(lambda: app.test_client().get("/healthz").status_code)
        assert reached.wait(30)
        assert figure(app, "requests_in_flight") == 2
        go_on.set()
        assert waiting.result() == 500
    assert figure(app, "requests_in_flight") == 1
    assert figure(app, "requests_total", route="/healthz", status="500") == 1


def test_a_database_that_cannot_be_used_is_counted(app: Flask, clinic: ClinicOfTests) -> None:
    def unavailable() -> Any:
        raise UnavailableError("The database is away.")

    app.view_functions["assets.get_health"] = unavailable
    assert app.test_client().get("/healthz").status_code == 503

    assert figure(app, "database_unavailable_total") == 1


def test_connections_in_use_and_waits_for_a_turn_are_told(app: Flask, database: Database) -> None:
    assert figure(app, "database_connections_in_use") == 0
    begun = Event()

    def write() -> None:
        begun.set()
        with database.transaction(Reach.ALL):
            pass

    with ThreadPoolExecutor(1) as pool:
        with database.transaction(Reach.ALL):
            waiting = pool.submit(write)
            assert begun.wait(30)
            assert figure(app, "database_connections_in_use") >= 1
        waiting.result()

    if database.kind == "sqlite":
        assert figure(app, "database_waits_total") == 1
        assert figure(app, "database_wait_seconds_total") > 0
    else:
        assert figure(app, "database_waits_total") == 0


def test_a_batch_that_is_printed_is_counted_while_it_is(
    app: Flask, clinic: ClinicOfTests, monkeypatch: pytest.MonkeyPatch
) -> None:
    running: list[float] = []
    printed = batches.print_batch

    def looked_at(*args: Any) -> Any:
        running.append(app.extensions["figures"].print_batches._value.get())
        return printed(*args)

    monkeypatch.setattr(batches, "print_batch", looked_at)
    sheet = clinic.ehr.post("/v1/intake", asked("Water")).get_json()["checklist"]["id"]
    assert clinic.nurse.post("/v1/print-batches", {"checklists": [sheet]}).status_code == 200

    assert running == [1]
    assert figure(app, "print_batches_running") == 0


def test_the_release_and_the_kind_of_database_are_told(app: Flask, database: Database) -> None:
    assert figure(app, "info", version=release(), database=database.kind) == 1


def test_two_applications_count_apart(app: Flask, database: Database) -> None:
    other = create_app(replace(settings_of_tests(), metrics_token=TOKEN), database=database)
    other.test_client().post("/v1/sessions", json={"login": "nobody", "password": PASSWORD})

    assert figure(other, "requests_total", route="/v1/sessions") == 1
    assert figure(app, "requests_total", route="/v1/sessions") == 0


def test_a_word_that_is_not_known_beforehand_is_no_reason(app: Flask) -> None:
    with pytest.raises(KeyError):
        app.extensions["figures"].refused("key", "Test Patient 01")
