"""Through the real doors: in, out and in again, between clinics, and with files that none of us wrote."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from service.actions.clock import utc_now
from service.store.database import Database
from tests.formats.fhir.writing.r4 import check
from tests.web.conftest import Caller, ClinicOfTests
from tests.web.fhir.records import give_items_as_requests, put_on_file
from tests.web.fhir.sent import (
    answered,
    bundle,
    issues,
    list_of,
    names,
    patient,
    plan,
    statement,
    statuses,
)
from tests.web.lists import posted
from tests.web.registered import Registered, administrator_of, register

CORPUS = Path(__file__).parents[4] / "shared" / "corpus"
FILES = sorted(CORPUS.glob("r4-*/*.json"))
PLACES = ("items", "earlier_items", "entered_in_error")


def whole_list(clinic: ClinicOfTests) -> str:
    """A patient whose list has an item of every standing, and every answer but one; the patient's id."""
    own_id = put_on_file(clinic)
    clinic.ehr.post("/fhir", bundle("batch", statement("Tea", status="entered-in-error"), plan("Salt")))
    listed = f"/v1/patients/{own_id}/medication-list"
    kept = clinic.ehr.get(listed).get_json()
    items = [{"name": item["name"], "id": item["id"]} for item in kept["items"] if item["name"] != "Salt"]
    said = {"informant": {"kind": "caregiver", "name": "Test Carer"}, "collection_mode": "phone"}
    answers = {"categories": {"supplement": {"answer": "declined"}}}
    put = clinic.ehr.put(listed, {"items": items, **answers, **said}, headers={"If-Match": "*"})
    assert put.status_code == 200, put.get_data(as_text=True)
    return own_id


def exported(clinic: ClinicOfTests, own_id: str) -> Any:
    return clinic.ehr.get(f"/fhir/Patient/{own_id}/$everything").get_json()


def essence(listed: Any) -> Any:
    """What a list says, without its ids, who sent it and when."""
    said = {
        place: [
            {
                **{name: part for name, part in item.items() if name not in ("id", "left_out_since")},
                "attribution": [item["attribution"][part] for part in ("informant", "collection_mode")],
            }
            for item in listed[place]
        ]
        for place in PLACES
    }
    answers = {
        category: (one["answer"], one["attribution"] and one["attribution"]["informant"])
        for category, one in listed["categories"].items()
        if one["answer"] != "items_reported"
    }
    return said, answers


@pytest.mark.parametrize("as_requests", [False, True])
def test_what_was_taken_out_changes_nothing_where_it_came_from(
    app: Flask, clinic: ClinicOfTests, *, as_requests: bool
) -> None:
    if as_requests:
        give_items_as_requests(app, clinic)
    own_id = whole_list(clinic)
    before = list_of(clinic.ehr)

    answer = clinic.ehr.post("/fhir", exported(clinic, own_id))

    assert set(statuses(answer)) == {"200 OK"}
    assert list_of(clinic.ehr) == before


@pytest.mark.parametrize("as_requests", [False, True])
def test_a_list_that_moves_to_another_clinic_loses_nothing_and_comes_back_as_it_was(
    app: Flask, clinic: ClinicOfTests, other_clinic: ClinicOfTests, *, as_requests: bool
) -> None:
    if as_requests:
        give_items_as_requests(app, clinic)
    own_id = whole_list(clinic)
    before = list_of(clinic.ehr)

    sent = other_clinic.ehr.post("/fhir", exported(clinic, own_id))
    there = list_of(other_clinic.ehr)

    assert sent.status_code == 200
    assert essence(there) == essence(before)
    other_clinic.ehr.post("/fhir", exported(clinic, own_id))
    assert list_of(other_clinic.ehr) == there
    clinic.ehr.post("/fhir", exported(other_clinic, there["patient_id"]))
    assert list_of(clinic.ehr) == before


def medicines(document: Any) -> Iterator[str]:
    """The texts by which a document's statements and requests call their medicines, where they have one."""
    resources = [entry.get("resource", {}) for entry in document.get("entry", [])] or [document]
    for resource in resources:
        if resource.get("resourceType") in ("MedicationStatement", "MedicationRequest"):
            text = resource.get("medicationCodeableConcept", {}).get("text")
            if text and resource.get("status") not in ("not-taken", "entered-in-error"):
                yield text


@pytest.mark.skipif(not CORPUS.exists(), reason="the corpus is not on this machine")
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_file_that_others_wrote_is_taken_in_or_refused_by_name(clinic: ClinicOfTests, path: Path) -> None:
    document = json.loads(path.read_text("utf-8"))
    kind = document["resourceType"]
    address = "/fhir" if kind == "Bundle" else f"/fhir/{kind}"
    headers = {"Content-Type": "application/fhir+json"}

    answer = clinic.ehr.call("POST", address, data=path.read_bytes(), headers=headers)

    check(answer.get_json())
    if answer.status_code >= 400:
        assert [one for one in issues(answer) if one["severity"] == "error"]
        assert clinic.ehr.get("/v1/patients").get_json()["items"] == []
        return
    listed = [
        item["name"]
        for one in clinic.ehr.get("/v1/patients").get_json()["items"]
        for item in clinic.ehr.get(f"/v1/patients/{one['id']}/medication-list").get_json()["items"]
    ]
    assert set(medicines(document)) <= set(listed)
    again = clinic.ehr.call("POST", address, data=path.read_bytes(), headers=headers)
    assert again.status_code == 200
    statuses = [entry["response"]["status"] for entry in again.get_json().get("entry", [])]
    assert [status for status in statuses if status != "200 OK"] == []


def test_two_that_send_the_same_new_patient_at_once_make_one(clinic: ClinicOfTests) -> None:
    def send(number: int) -> TestResponse:
        caller = Caller(clinic.ehr.client.application.test_client(), clinic.ehr.secret)
        others = [patient(f"{one:06}") for one in range(number % 2, 6, 1)]
        sent = bundle("transaction", *reversed(others), patient(), statement(f"Water {number}"))
        return caller.post("/fhir", sent)

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(send, range(8)))

    assert {answer.status_code for answer in answers} == {200}
    assert sorted(names(list_of(clinic.ehr))) == [f"Water {number}" for number in range(8)]


@pytest.fixture
def registered(app: Flask, database: Database, clinic: ClinicOfTests) -> Registered:
    return register(app, administrator_of(database, clinic, utc_now))


@pytest.mark.parametrize(
    ("scope", "status"),
    [
        ("system/MedicationStatement.c system/Patient.c", 200),
        ("system/*.write", 200),
        ("system/MedicationStatement.c", 403),
        ("system/Patient.c", 403),
        ("system/MedicationRequest.c system/Patient.c", 403),
        ("system/*.rs", 403),
    ],
)
def test_a_client_sends_what_its_scopes_cover(
    registered: Registered, clinic: ClinicOfTests, scope: str, status: int
) -> None:
    answer = registered.caller(scope).post("/fhir", bundle("batch", patient(), statement("Water")))

    assert answer.status_code == status
    assert bool(clinic.ehr.get("/v1/patients").get_json()["items"]) is (status == 200)


def test_a_client_that_may_not_read_is_not_given_back_what_it_sent(registered: Registered) -> None:
    whole = registered.caller("system/*.cruds").post("/fhir/Patient", patient())
    sender = registered.caller("system/MedicationStatement.c system/List.c")
    headers = {"Prefer": "return=representation"}
    for sent in (statement("Water"), answered("supplement", "nilknown")):
        answer = sender.post(f"/fhir/{sent['resourceType']}", sent, headers=headers)
        assert (answer.status_code, answer.get_json()["resourceType"]) == (201, "OperationOutcome")
    assert whole.get_json()["resourceType"] == "Patient"


def test_a_patients_own_clinic_form_and_an_ehr_write_one_list(clinic: ClinicOfTests) -> None:
    clinic.intake.post("/v1/intake", posted("Water"))
    clinic.ehr.post("/fhir", bundle("batch", statement("Soap")))

    assert names(list_of(clinic.ehr)) == ["Water", "Soap"]
