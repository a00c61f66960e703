"""What is refused, how that is said, and that every answer may be read by a page of any origin."""

import json
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask

from service.app import create_app
from service.store.database import Database
from tests.cds_calls import ADDRESSES, select, sign, view
from tests.web.cds_hooks.conftest import Hooks
from tests.web.conftest import ClinicOfTests, settings_of_tests
from tests.web.lists import posted

SIGN = ADDRESSES["order-sign"]
FEEDBACK = f"{SIGN}/feedback"
DEEP = b'{"context": ' * 40 + b"1" + b"}" * 40
HOSTILE = {
    "nothing": (b"", 400),
    "not JSON": (b"{", 400),
    "a number": (b"1", 400),
    "a list": (b"[]", 400),
    "NaN": (b'{"hook": NaN}', 400),
    "not UTF-8": (b'{"hook": "\xff"}', 400),
    "too deep": (DEEP, 400),
    "a key twice": (b'{"hook": "order-sign", "hook": "order-sign"}', 400),
    "a long number": (b'{"hook": ' + b"1" * 65 + b"}", 400),
    "too large": (b'{"hook": "' + b"x" * (2 * 1024 * 1024) + b'"}', 413),
    "half a surrogate pair": (json.dumps(sign(patientId="\ud800", prefetch={})).encode(), 412),
    "a zero byte": (json.dumps(sign(patientId="\u0000", prefetch={})).encode(), 412),
}


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("address", [SIGN, FEEDBACK])
def test_a_hostile_body_is_refused_as_a_problem(hooks: Hooks, name: str, address: str) -> None:
    body, status = HOSTILE[name]
    refused = hooks.app.test_client().post(address, data=body, content_type="application/json")
    assert refused.status_code == (400 if address == FEEDBACK and status == 412 else status)
    assert refused.content_type == "application/problem+json"
    assert refused.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("value", ["\ud800", "\u0000", "' OR 1=1 --", "x" * 100_000, "\u202e"])
def test_whatever_an_identifier_is_it_finds_nobody_and_breaks_nothing(hooks: Hooks, value: str) -> None:
    identifier = [{"system": value, "value": value}]
    sent = {"patient": {"resourceType": "Patient", "id": "ehr-1", "identifier": identifier}}
    answer = hooks.send(sign(prefetch=sent))
    assert answer.status_code in (200, 412)


@pytest.mark.parametrize(
    "media_type", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"]
)
def test_another_media_type_is_refused(hooks: Hooks, media_type: str) -> None:
    refused = hooks.app.test_client().post(SIGN, data=json.dumps(sign()), content_type=media_type)
    assert refused.status_code == 415


def test_every_fault_of_a_call_is_named_with_its_pointer(hooks: Hooks) -> None:
    refused = hooks.send({"hook": "order-sign", "context": {"userId": 1}}, SIGN)
    assert (refused.status_code, refused.get_json()["code"]) == (400, "invalid_call")
    assert [(fault["pointer"], fault["code"]) for fault in refused.get_json()["errors"]] == [
        ("/hookInstance", "required"),
        ("/context/userId", "type"),
        ("/context/patientId", "required"),
        ("/context/draftOrders", "required"),
    ]


@pytest.mark.parametrize("service", ["nothing", "order-sign", "disclosure-order-dispatch"])
def test_there_is_nothing_at_a_service_that_does_not_exist(hooks: Hooks, service: str) -> None:
    for address in (f"/cds-services/{service}", f"/cds-services/{service}/feedback"):
        assert hooks.send(sign(), address).status_code == 404


def test_a_service_does_not_answer_to_another_hook(hooks: Hooks) -> None:
    for body, address in ((sign(), "order-select"), (select(), "order-sign"), (view(), "order-sign")):
        refused = hooks.send(body, ADDRESSES[address])
        assert next(fault["pointer"] for fault in refused.get_json()["errors"]) == "/hook"


def test_the_services_are_told_to_anybody_and_by_get_alone(hooks: Hooks) -> None:
    client = hooks.app.test_client()
    assert len(client.get("/cds-services").get_json()["services"]) == 3
    assert client.post("/cds-services", json={}).status_code == 405
    assert client.get(SIGN).status_code == 405


@pytest.mark.parametrize(
    "authorization", ["Basic eDp5", "Bearer", "Bearer ", "Bearer nonsense", "Bearer mcl_x"]
)
def test_in_the_open_demo_too_a_token_that_is_shown_has_to_be_good(hooks: Hooks, authorization: str) -> None:
    for address in (SIGN, FEEDBACK):
        refused = hooks.send(sign(), address, headers={"Authorization": authorization})
        assert refused.status_code == 401
        assert refused.headers["WWW-Authenticate"].startswith("Bearer")
        assert refused.headers["Access-Control-Allow-Origin"] == "*"


def test_a_key_of_the_api_is_no_token_of_an_ehr(hooks: Hooks) -> None:
    answer = hooks.send(sign(), headers={"Authorization": f"Bearer {hooks.clinic.ehr.secret}"})
    assert answer.status_code == 401


def test_without_a_token_nobody_is_answered_where_no_clinic_is_open(
    app: Flask, clinic: ClinicOfTests, database: Database
) -> None:
    clinic.ehr.post("/v1/intake", posted("Water"))
    elsewhere = replace(settings_of_tests(), mode="demo", open_hooks_clinic="A clinic that is not there")
    for served in (app, create_app(elsewhere, database=database)):
        for address in (SIGN, FEEDBACK):
            assert served.test_client().post(address, json=sign()).status_code == 401


def test_only_the_open_clinics_patients_are_spoken_of(hooks: Hooks, other_clinic: ClinicOfTests) -> None:
    other_clinic.ehr.post("/v1/intake", posted("Water"))
    assert "no list on file here" in hooks.card(sign())["summary"]


@pytest.mark.parametrize(
    ("method", "address"),
    [
        ("OPTIONS", "/cds-services"),
        ("OPTIONS", SIGN),
        ("OPTIONS", FEEDBACK),
        ("OPTIONS", "/cds-services/nothing"),
        ("GET", "/cds-services"),
        ("GET", SIGN),
        ("POST", SIGN),
        ("POST", FEEDBACK),
        ("GET", "/cds-services/a/b/c"),
    ],
)
def test_every_answer_lets_a_page_of_any_origin_read_it(hooks: Hooks, method: str, address: str) -> None:
    headers = {"Origin": "https://ehr.example", "Access-Control-Request-Method": "POST"}
    answer: Any = hooks.app.test_client().open(address, method=method, headers=headers)
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in answer.headers
    assert {"Authorization", "Content-Type"} <= set(
        answer.headers["Access-Control-Allow-Headers"].split(", ")
    )
    assert answer.headers["Cache-Control"] == "no-store"
    if method == "OPTIONS" and address != "/cds-services/a/b/c":
        assert (answer.status_code, answer.data) == (200, b"")


@pytest.mark.parametrize("address", ["/v1/patients", "/", "/openapi.json", "/cds-servicesx"])
def test_nothing_else_lets_another_origin_read_it(hooks: Hooks, address: str) -> None:
    assert "Access-Control-Allow-Origin" not in hooks.app.test_client().get(address).headers
