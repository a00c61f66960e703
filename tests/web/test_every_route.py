"""Every address, asked in every way: the headers that protect, and errors that give nothing away."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask, Response
from werkzeug.test import TestResponse

from service.app import create_app
from service.formats.printout import PAGE_FACES
from service.store.database import Database, UnavailableError
from tests.web.conftest import ClinicOfTests, settings_of_tests
from tests.web.every_route import faults_of, routes
from tests.web.lists import asked, posted

SECRETIVE = "Test Patient 01 takes Canarium: SELECT name FROM patients WHERE id, in /site-packages/x.py"
ACCEPTED = ("application/json", "text/html", "application/fhir+json")


@pytest.fixture
def database(sqlite: Any, tmp_path: Any) -> Any:
    """One kind is enough for what no database has a part in."""
    opened = Database(sqlite.database(tmp_path))
    yield opened
    opened.dispose()


@pytest.fixture
def app(database: Database) -> Flask:
    """One of its own: faults are planted in it."""
    return create_app(settings_of_tests(), database=database)


def ask(app: Flask, method: str, path: str, accept: str = "text/html", **kwargs: Any) -> TestResponse:
    headers = {"Accept": accept, **kwargs.pop("headers", {})}
    return app.test_client().open(
        path, method=method, base_url="https://localhost", headers=headers, buffered=True, **kwargs
    )


def broken(app: Flask, error: Exception) -> Flask:
    """The same application where every view fails."""

    def fail(**_places: object) -> Response:
        raise type(error)(*error.args)

    app.view_functions = dict.fromkeys(app.view_functions, fail)
    return app


def test_every_address_is_answered_to_whoever_asks_with_every_header(app: Flask) -> None:
    answers = [ask(app, method, path) for method, path in routes(app)]

    assert [fault for answer in answers for fault in faults_of(answer)] == []
    assert {200, 302, 400, 401, 404, 415} <= {answer.status_code for answer in answers}


def test_a_wrong_method_and_a_wrong_address_too(app: Flask) -> None:
    paths = sorted({path for _, path in routes(app)})
    answers = [ask(app, "PURGE", path, accept) for path in paths for accept in ACCEPTED[:2]]
    answers += [ask(app, "GET", f"{path}/nothing-here", accept) for path in paths for accept in ACCEPTED]

    assert [fault for answer in answers for fault in faults_of(answer)] == []
    assert {answer.status_code for answer in answers} >= {404, 405}


@pytest.mark.parametrize(
    ("error", "status"), [(RuntimeError(SECRETIVE), 500), (UnavailableError(SECRETIVE), 503)]
)
def test_whatever_fails_behind_an_address_the_answer_gives_nothing_of_it_away(
    app: Flask, error: Exception, status: int
) -> None:
    asked_for = [(method, path) for method, path in routes(app) if method != "OPTIONS"]
    broken(app, error)
    answers = [ask(app, method, path) for method, path in asked_for]

    # The pages' guard against forged posts stands before every view.
    assert {answer.status_code for answer in answers} <= {status, 400}
    assert sum(answer.status_code == status for answer in answers) > 100
    assert [fault for answer in answers for fault in faults_of(answer)] == []
    assert not any("Canarium" in answer.get_data(as_text=True) for answer in answers)
    if status == 503:
        assert all("Retry-After" in answer.headers for answer in answers if answer.status_code == status)


def test_a_page_that_failed_names_its_request_for_whoever_looks_it_up(app: Flask) -> None:
    answer = ask(broken(app, RuntimeError(SECRETIVE)), "GET", "/", headers={"X-Request-Id": "form-17"})

    assert "Number of this request: form-17" in answer.get_data(as_text=True)


def _too_large(app: Flask, clinic: ClinicOfTests) -> TestResponse:
    small = create_app(replace(settings_of_tests(), body_limit=10), database=_database(app))
    return ask(small, "POST", "/v1/intake", json=asked("Water"), headers=_key(clinic))


def _not_changed(app: Flask, clinic: ClinicOfTests) -> TestResponse:
    first = ask(app, "GET", "/static/sheet.css")
    return ask(app, "GET", "/static/sheet.css", headers={"If-None-Match": first.headers["ETag"]})


def _locked_out(app: Flask, clinic: ClinicOfTests) -> TestResponse:
    wrong = {"login": "nobody", "password": "x" * 15}
    return [ask(app, "POST", "/v1/sessions", json=wrong) for _ in range(11)][-1]


def _stale(app: Flask, clinic: ClinicOfTests) -> TestResponse:
    patient = clinic.ehr.post("/v1/intake", posted("Water")).get_json()["patient_id"]
    headers = {**_key(clinic), "If-Match": '"99"'}
    path = f"/v1/patients/{patient}/medication-list"
    return ask(app, "PUT", path, json={"items": []}, headers=headers)


KINDS: dict[int, Callable[[Flask, ClinicOfTests], TestResponse]] = {
    304: _not_changed,
    302: lambda app, _: ask(app, "GET", "/"),
    400: lambda app, clinic: ask(
        app, "POST", "/v1/intake", data="{", content_type="application/json", headers=_key(clinic)
    ),
    403: lambda app, clinic: ask(app, "GET", "/v1/audit-events", headers=_key(clinic)),
    412: _stale,
    413: _too_large,
    415: lambda app, clinic: ask(app, "POST", "/v1/intake", data="x", headers=_key(clinic)),
    422: lambda app, clinic: ask(app, "POST", "/v1/intake", json={"items": 1}, headers=_key(clinic)),
    429: _locked_out,
}


@pytest.mark.parametrize("status", KINDS)
def test_each_kind_of_refusal_carries_them_too(app: Flask, clinic: ClinicOfTests, status: int) -> None:
    answer = KINDS[status](app, clinic)

    assert answer.status_code == status
    assert faults_of(answer) == []


def test_what_a_patient_is_told_of_is_never_stored_and_public_files_may_be(
    app: Flask, clinic: ClinicOfTests
) -> None:
    receipt = clinic.ehr.post("/v1/intake", asked("Water")).get_json()
    path = f"/v1/checklists/{receipt['checklist']['id']}"
    for answer in (ask(app, "GET", path + end, headers=_key(clinic)) for end in ("", ".html", ".pdf")):
        assert answer.status_code == 200
        assert faults_of(answer) == []
    assert "immutable" in ask(app, "GET", f"/static/fonts/{PAGE_FACES[0]}.ttf").headers["Cache-Control"]


PLANTED: dict[str, Callable[[Response], Any]] = {
    "script-src": lambda made: made.headers.set(
        "Content-Security-Policy",
        made.headers["Content-Security-Policy"].replace("'self'", "'unsafe-inline'"),
    ),
    "frame-ancestors": lambda made: made.headers.set("Content-Security-Policy", "default-src 'none'"),
    "nosniff": lambda made: made.headers.remove("X-Content-Type-Options"),
    "Referrer-Policy": lambda made: made.headers.set("Referrer-Policy", "origin"),
    "may be stored": lambda made: made.headers.set("Cache-Control", "private"),
    "no request id": lambda made: made.headers.remove("X-Request-Id"),
    "cache-control stands twice": lambda made: made.headers.add("Cache-Control", "no-store"),
    "TLS": lambda made: made.headers.remove("Strict-Transport-Security"),
    "runs on": lambda made: made.headers.set("Server", "Werkzeug/3.1"),
    "says 'Traceback'": lambda made: made.set_data("Traceback (most recent call last)"),
    "says 'SELECT'": lambda made: made.headers.set("X-Sql", "SELECT 1"),
}


@pytest.mark.parametrize("fault", PLANTED)
def test_the_control_a_planted_fault_is_found(app: Flask, fault: str) -> None:
    def plant(made: Response) -> Response:
        PLANTED[fault](made)
        return made

    # Functions that were registered first run last.
    app.after_request_funcs[None].insert(0, plant)
    answer = ask(app, "GET", "/nothing-here")

    assert any(fault in found for found in faults_of(answer)), faults_of(answer)


def _database(app: Flask) -> Database:
    found: Database = app.extensions["house"].database
    return found


def _key(clinic: ClinicOfTests) -> dict[str, str]:
    return {"Authorization": f"Bearer {clinic.ehr.secret}"}
