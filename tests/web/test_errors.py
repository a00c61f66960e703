"""Errors: one shape, with the headers that each status calls for, and nothing of the inside."""

from flask import Flask

from service.app import create_app
from service.config import Settings
from service.store.database import Database
from tests.web.conftest import Caller, ClinicOfTests, settings_of_tests


def test_an_address_that_is_not_there_is_a_problem_document(app: Flask) -> None:
    answer = app.test_client().get("/v1/unheard-of")

    assert answer.status_code == 404
    assert answer.content_type == "application/problem+json"
    assert answer.get_json()["request_id"] == answer.headers["X-Request-Id"]


def test_a_wrong_method_is_told_which_ones_there_are(clinic: ClinicOfTests) -> None:
    answer = clinic.ehr.call("PUT", "/v1/intake", json={})

    assert answer.status_code == 405
    assert answer.content_type == "application/problem+json"
    assert "POST" in answer.headers["Allow"]


def test_without_a_key_the_answer_says_how_to_send_one(app: Flask) -> None:
    answer = app.test_client().get("/v1/patients")

    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_every_reply_carries_the_headers_that_protect_it(app: Flask, clinic: ClinicOfTests) -> None:
    for answer in (app.test_client().get("/nowhere"), clinic.ehr.get("/v1/patients")):
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        assert "unsafe-inline" not in answer.headers["Content-Security-Policy"]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert clinic.ehr.get("/v1/patients").headers["Cache-Control"] == "no-store"


def test_a_request_id_of_the_caller_is_kept_only_where_it_is_harmless(app: Flask) -> None:
    client = app.test_client()

    kept = client.get("/healthz", headers={"X-Request-Id": "form-17"})
    replaced = client.get("/healthz", headers={"X-Request-Id": "a b\tc"})

    assert kept.headers["X-Request-Id"] == "form-17"
    assert replaced.headers["X-Request-Id"] not in ("a b\tc", "")


def test_a_database_that_is_away_is_a_503_that_says_when_to_come_back(app: Flask) -> None:
    settings: Settings = app.extensions["house"].settings
    away = create_app(settings, database=Database("postgresql://nobody@127.0.0.1:1/none"))
    caller = Caller(away.test_client(), "mcl_any")

    answer = caller.get("/v1/patients")

    assert answer.status_code == 503
    assert answer.headers["Retry-After"]
    assert "127.0.0.1" not in answer.get_data(as_text=True)
    assert away.test_client().get("/healthz").status_code == 200
    assert away.test_client().get("/readyz").status_code == 503


def test_the_service_is_ready_on_a_migrated_database(app: Flask) -> None:
    assert app.test_client().get("/readyz").get_json() == {"status": "ready"}


def test_a_fault_that_nobody_thought_of_says_nothing_of_the_inside(database: Database) -> None:
    app = create_app(settings_of_tests(), database=database)

    @app.get("/planted")
    def planted() -> None:
        raise RuntimeError("Test Patient 01 takes water")

    answer = app.test_client().get("/planted")

    assert answer.status_code == 500
    assert answer.content_type == "application/problem+json"
    assert "Patient" not in answer.get_data(as_text=True)


def test_the_docs_page_and_its_parts_come_from_this_host(app: Flask) -> None:
    client = app.test_client()
    with client.get("/docs") as answer:
        page = answer.get_data(as_text=True)

    assert "://" not in page
    for part in ("/docs/start.js", "/docs/assets/swagger-ui.css", "/docs/assets/swagger-ui-bundle.js"):
        assert part in page
        with client.get(part) as answer:
            assert answer.status_code == 200
