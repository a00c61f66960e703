"""Nothing of a patient leaves by a side door: the whole suite looks, and here errors are forced."""

import logging
import subprocess
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import requests
import structlog
from flask import Flask, Response, redirect
from sqlalchemy import text

from service.app import create_app
from service.domain.access.permissions import Role
from service.store import patient_writing
from service.store.database import Database, Reach
from service.web import checklists as checklist_views
from service.web.fhir import patients as fhir_views
from tests.canaries import CANARIES, CanaryFoundError, look_at_line
from tests.guidance_of_tests import guidance_of_tests
from tests.running_service import RunningService, address_of, environment_of, open_clinic, started
from tests.web.conftest import Caller, ClinicOfTests, settings_of_tests
from tests.web.lists import TREATMENT_ASKED

CANARY = "Canarivogel"
BIRTH = "1911-11-19"
NUMBER = "9119119119"


@pytest.fixture
def app(database: Database) -> Flask:
    """One of its own: faults are planted in it."""
    return create_app(settings_of_tests(), database=database)


def posted(number: str = NUMBER, **more: Any) -> dict[str, Any]:
    """A list where everything that can be said of a patient is a canary."""
    fields = ("strength", "dosage_text", "form", "route", "frequency", "reason", "last_taken", "note")
    item = {field: f"{CANARY} {field}" for field in ("name", "description", *fields)}
    return {
        "patient": {
            "identifier": {"system": "urn:clinic:mrn", "value": number},
            "name": f"{CANARY} name",
            "birth_date": BIRTH,
        },
        "informant": {"kind": "related_person", "name": f"{CANARY} informant"},
        "collection_mode": "self",
        "items": [{"category": "prescription", **item}],
        "treatment": TREATMENT_ASKED,
        **more,
    }


def said_of(patient: str, value: str) -> Callable[[dict[str, Any]], Any]:
    return lambda body: {**body, "patient": {**body["patient"], patient: value}}


WRONG: dict[str, Callable[[dict[str, Any]], Any]] = {
    "an unknown field": lambda body: {**body, "colour": CANARY},
    "a wrong type": lambda body: {**body, "items": [{"name": [f"{CANARY} name"]}]},
    "a wrong date": said_of("birth_date", f"{CANARY} {BIRTH}"),
    "a wrong word": lambda body: {**body, "collection_mode": CANARY},
    "a sign that is refused": lambda body: {
        **body,
        "patient": {**body["patient"], "name": f"{CANARY}\u0000"},
    },
    "too long": lambda body: {**body, "items": [{"name": CANARY * 999}]},
    "another date of birth": lambda body: {
        **body,
        "patient": {**body["patient"], "birth_date": "1922-02-02"},
    },
    "no list at all": lambda _: CANARY,
}


def silent(text_of_it: str) -> bool:
    """Whether nothing of the patient stands in a text."""
    return not any(canary.casefold() in text_of_it.casefold() for canary in (CANARY, BIRTH, NUMBER))


@pytest.mark.parametrize("wrong", WRONG)
def test_a_refusal_names_places_and_never_what_stood_there(clinic: ClinicOfTests, wrong: str) -> None:
    assert clinic.ehr.post("/v1/intake", posted()).status_code == 201
    answer = clinic.ehr.post("/v1/intake", WRONG[wrong](posted()))

    assert 400 <= answer.status_code < 500
    assert silent(answer.get_data(as_text=True) + str(answer.headers))


def _in_the_store(patch: pytest.MonkeyPatch, fail: Callable[..., Any]) -> tuple[str, str]:
    patch.setattr(patient_writing, "insert_patient", fail)
    return "POST", "/v1/intake"


def _in_the_sheet(patch: pytest.MonkeyPatch, fail: Callable[..., Any]) -> tuple[str, str]:
    patch.setattr(checklist_views, "sheet_html", fail)
    return "GET", "/v1/checklists/{checklist}.html"


def _in_fhir(patch: pytest.MonkeyPatch, fail: Callable[..., Any]) -> tuple[str, str]:
    patch.setattr(fhir_views, "write_patient", fail)
    return "GET", "/fhir/Patient/{patient}"


def _in_the_web(patch: pytest.MonkeyPatch, fail: Callable[..., Any]) -> tuple[str, str]:
    patch.setattr(checklist_views, "response", fail)
    return "GET", "/v1/checklists/{checklist}"


@pytest.mark.parametrize("plant", [_in_the_store, _in_the_sheet, _in_fhir, _in_the_web])
def test_whichever_layer_fails_on_a_patient_says_nothing_of_them(
    clinic: ClinicOfTests,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    plant: Callable[[pytest.MonkeyPatch, Callable[..., Any]], tuple[str, str]],
) -> None:
    receipt = clinic.ehr.post("/v1/intake", posted()).get_json()
    places = {"patient": receipt["patient_id"], "checklist": receipt["checklist"]["id"]}

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError(f"{CANARY} {BIRTH} {NUMBER}")

    method, path = plant(monkeypatch, fail)
    body = posted(NUMBER + "1") if method == "POST" else None
    answer = clinic.ehr.call(method, path.format(**places), json=body)

    told = capfd.readouterr()
    assert answer.status_code == 500
    assert "unexpected_error" in told.out
    assert silent(answer.get_data(as_text=True) + str(answer.headers) + told.out + told.err)


@pytest.fixture
def served(database_url: str, tmp_path: Path) -> Iterator[tuple[RunningService, Callable[[], str]]]:
    """A server, and all that it has written so far."""
    keys = open_clinic(database_url, guidance_of_tests(), datetime.now(UTC))
    environment = environment_of(database_url)
    written = tmp_path / "written"
    with written.open("wb") as out:
        process = started(environment, stdout=out.fileno(), stderr=subprocess.STDOUT)
        try:
            yield RunningService(address_of(environment), keys, process), lambda: written.read_text("utf-8")
        finally:
            process.terminate()
            process.wait(timeout=20)


def test_a_server_says_nothing_of_a_patient_when_its_tables_are_gone_under_it(
    served: tuple[RunningService, Callable[[], str]], database_url: str
) -> None:
    service, written = served
    receipt = service.call(Role.EHR, "POST", "/v1/intake", json=posted()).json()
    patient, sheet = receipt["patient_id"], receipt["checklist"]["id"]
    database = Database(database_url)
    with database.transaction(Reach.ALL) as connection:
        for table in ("line_marks", "list_items", "patient_name_words"):
            connection.execute(text(f"ALTER TABLE {table} RENAME TO gone_{table}"))
    database.dispose()

    found: list[requests.Response] = [
        service.call(Role.EHR, "POST", "/v1/intake", json=posted(NUMBER + "2")),
        service.call(Role.EHR, "GET", f"/v1/patients/{patient}/medication-list"),
        service.call(Role.EHR, "GET", f"/v1/checklists/{sheet}.pdf"),
        service.call(Role.EHR, "GET", f"/fhir/Patient/{patient}/$everything"),
        service.call(Role.EHR, "POST", "/v1/patients", json={"patient": CANARY}),
        service.call(Role.INTAKE, "GET", f"/v1/patients?name={CANARY}"),
        requests.get(f"{service.base_url}/metrics", timeout=30),
    ]

    assert [answer.status_code for answer in found[:4]] == [500] * 4
    assert written().count("unexpected_error") == 4
    said = "".join(answer.text + str(answer.headers) for answer in found)
    assert silent(said + written())


def _logged(app: Flask, answer: Response) -> Response:
    structlog.get_logger().info("planted", of=f"{CANARY} name")
    return answer


PLANTED: dict[str, Callable[[Flask, Response], Response]] = {
    "the log": _logged,
    "the headers": lambda _, answer: (answer.headers.set("X-Planted", f"{CANARY} name"), answer)[1],
    "the error": lambda _, __: Response(f"{CANARY} name", 422, content_type="application/json"),
    "an address": lambda _, __: Response(f'<a href="/search?name={CANARY} name">', content_type="text/html"),
    "the headers of 302": lambda _, __: redirect(f"/patients?of={NUMBER}"),  # type: ignore[dict-item,return-value]
}


@pytest.mark.parametrize("where", PLANTED)
def test_the_control_a_canary_that_is_planted_is_found_by_every_test(
    app: Flask, clinic: ClinicOfTests, where: str
) -> None:
    app.after_request_funcs[None].append(lambda answer: PLANTED[where](app, answer))

    with pytest.raises(CanaryFoundError, match=f"^{where}"):
        Caller(app.test_client(), clinic.ehr.secret).post("/v1/intake", posted())
    CANARIES.forget()


def test_the_control_what_the_service_says_in_its_own_words_is_no_canary() -> None:
    CANARIES.take({"name": "Supplement", "note": "ab 12", "unrelated": CANARY})

    look_at_line(logging.getLogger(), "info", {"event": f"Supplement ab 12 {CANARY}"})
    CANARIES.check_log()
