"""Searches over HTTP: what is found, page by page, and what is refused by name."""

from collections.abc import Mapping
from typing import Any

import pytest
from flask import Flask

from tests.formats.fhir.writing.r4 import check
from tests.web.conftest import Caller, ClinicOfTests
from tests.web.fhir.records import (
    NOBODY,
    detail,
    found,
    give_items_as_requests,
    link,
    matches,
    put_on_file,
)

SEARCHED = ("MedicationStatement", "List", "Provenance")


def ids(bundle: Mapping[str, Any]) -> list[str]:
    return [resource["id"] for resource in matches(bundle)]


@pytest.mark.parametrize(("kind", "number"), [("MedicationStatement", 3), ("List", 3), ("Provenance", 5)])
def test_a_patients_resources_are_found_by_every_way_of_naming_the_patient(
    clinic: ClinicOfTests, kind: str, number: int
) -> None:
    patient = put_on_file(clinic)
    put_on_file(clinic, "000124")
    spelled = [
        f"patient={patient}",
        f"patient=Patient/{patient}",
        f"patient=http://localhost/fhir/Patient/{patient}",
    ]
    if kind != "Provenance":
        spelled += [f"subject={patient}", f"subject=Patient/{patient}&patient={patient}"]

    for query in spelled:
        bundle = found(clinic.ehr, f"{kind}?{query}")
        check(bundle)
        assert (bundle["type"], bundle["total"], len(matches(bundle))) == ("searchset", number, number), query
        assert link(bundle, "next") is None
        full = [entry["fullUrl"] for entry in bundle["entry"]]
        assert full == [f"http://localhost/fhir/{kind}/{one}" for one in ids(bundle)]


def test_items_come_in_the_lists_own_order_those_no_longer_taken_too(clinic: ClinicOfTests) -> None:
    items = matches(found(clinic.ehr, f"MedicationStatement?patient={put_on_file(clinic)}"))

    assert [(i["medicationCodeableConcept"]["text"], i["status"]) for i in items] == [
        ("Water", "active"),
        ("Water", "active"),
        ("Soap", "stopped"),
    ]


def test_a_search_narrows_by_status_id_code_and_target(clinic: ClinicOfTests) -> None:
    patient = put_on_file(clinic)
    first, second, third = ids(found(clinic.ehr, f"MedicationStatement?patient={patient}"))
    system = "http://hl7.org/fhir/CodeSystem/medication-statement-status"
    expected = {
        f"MedicationStatement?patient={patient}&status=active": [first, second],
        f"MedicationStatement?patient={patient}&status=stopped,on-hold": [third],
        f"MedicationStatement?patient={patient}&status={system}|stopped": [third],
        f"MedicationStatement?patient={patient}&status=active&status=stopped": [],
        f"MedicationStatement?patient={patient}&_id={second},{third}&status=active": [second],
        f"MedicationStatement?_id={third}": [third],
        f"MedicationStatement?_id={third},{first}": [first, third],
        f"MedicationStatement?_id={NOBODY},x": [],
        f"MedicationStatement?patient={NOBODY}": [],
        "MedicationStatement?patient=x": [],
        "MedicationStatement?patient=http://elsewhere.example/fhir/Patient/1": [],
        f"List?patient={patient}&code=supplement": [f"{patient}.supplement"],
        f"List?patient={patient}&code=urn:medication-checklist:category|supplement,over-the-counter": [
            f"{patient}.over-the-counter",
            f"{patient}.supplement",
        ],
        f"List?patient={patient}&code=urn:elsewhere|supplement": [],
        f"List?patient={patient}&status=current&code=prescription": [f"{patient}.prescription"],
        f"List?_id={patient}.prescription": [f"{patient}.prescription"],
        f"Provenance?target=MedicationStatement/{first}": [f"item.{first}"],
        f"Provenance?target=MedicationRequest/{first}": [f"item.{first}"],
        f"Provenance?target=http://localhost/fhir/List/{patient}.supplement": [f"list.{patient}.supplement"],
        f"Provenance?patient={patient}&target={third}": [f"item.{third}"],
        f"Provenance?_id=list.{patient}.supplement,item.{first}": [
            f"list.{patient}.supplement",
            f"item.{first}",
        ],
    }

    for path, wanted in expected.items():
        bundle = found(clinic.ehr, path)
        assert (ids(bundle), bundle["total"]) == (wanted, len(wanted)), path


def test_patients_are_found_by_identifier_and_by_id_and_paged_through(clinic: ClinicOfTests) -> None:
    one, two, three = (put_on_file(clinic, mrn) for mrn in ("000123", "000124", "000125"))
    mrn = "identifier=urn:clinic:mrn"
    expected = {
        f"Patient?{mrn}|000124": [two],
        f"Patient?{mrn}|000124,urn:clinic:mrn|000123": [one, two],
        "Patient?identifier=000123": [one],
        f"Patient?identifier=urn:medication-checklist:patient|{three}": [three],
        f"Patient?{mrn}|": [],
        "Patient?identifier=|000123": [],
        f"Patient?{mrn}|999": [],
        f"Patient?_id={one},{three},{NOBODY},x": [one, three],
        f"Patient?_id={one}&{mrn}|000124": [],
        f"Patient?_id={two}&{mrn}|000124": [two],
    }
    for path, wanted in expected.items():
        bundle = found(clinic.ehr, path)
        check(bundle)
        assert (ids(bundle), bundle["total"]) == (wanted, len(wanted)), path

    for path in ("Patient?_count=2", f"Patient?_id={one},{two},{three}&_count=2"):
        bundle = found(clinic.ehr, path)
        rest = link(bundle, "next")
        assert rest is not None
        assert ids(bundle) == [one, two]
        assert ids(found(clinic.ehr, rest)) == [three]


def test_a_number_with_a_comma_is_found_when_it_is_marked(clinic: ClinicOfTests) -> None:
    patient = put_on_file(clinic, "12,3|4")

    assert ids(found(clinic.ehr, "Patient?identifier=urn:clinic:mrn|12\\,3\\|4")) == [patient]
    assert ids(found(clinic.ehr, "Patient?identifier=urn:clinic:mrn|12,3\\|4")) == []


def test_another_clinics_patients_are_not_found(clinic: ClinicOfTests, other_clinic: ClinicOfTests) -> None:
    patient = put_on_file(clinic)
    item = ids(found(clinic.ehr, f"MedicationStatement?patient={patient}"))[0]
    paths = [f"{kind}?patient={patient}" for kind in SEARCHED]
    paths += [
        f"MedicationStatement?_id={item}",
        f"Provenance?_id=item.{item}",
        f"List?_id={patient}.supplement",
    ]
    paths += [f"Patient?_id={patient}", "Patient?identifier=urn:clinic:mrn|000123", "Patient"]

    for path in paths:
        bundle = found(other_clinic.ehr, path)
        assert (bundle.get("total", 0), "entry" in bundle) == (0, False), path


def test_pages_hold_together_though_the_list_changes_between_them(clinic: ClinicOfTests) -> None:
    patient = put_on_file(clinic)
    whole = ids(found(clinic.ehr, f"MedicationStatement?patient={patient}"))
    page = found(clinic.ehr, f"MedicationStatement?patient={patient}&_count=2")
    check(page)
    assert (ids(page), page["total"]) == (whole[:2], 3)

    clinic.ehr.post(f"/v1/patients/{patient}/medication-list/items", {"name": "Clay"})
    rest = link(page, "next")
    assert rest is not None
    last = found(clinic.ehr, rest)

    assert (ids(last), last["total"], link(last, "next")) == (whole[2:], 3, None)
    assert last["link"][0]["url"].endswith(rest)
    assert {resource["meta"]["versionId"] for resource in matches(last)} == {"1"}


def test_a_count_of_none_only_counts(clinic: ClinicOfTests) -> None:
    patient = put_on_file(clinic)
    for path in (f"MedicationStatement?patient={patient}&_count=0", f"Patient?_id={patient}&_count=0"):
        bundle = found(clinic.ehr, path)

        assert bundle["total"] > 0
        assert ("entry" in bundle, link(bundle, "next")) == (False, None)
    assert "entry" not in found(clinic.ehr, "Patient?_count=0")


def test_a_posted_search_finds_the_same_and_its_links_are_those_of_a_search(clinic: ClinicOfTests) -> None:
    patient = put_on_file(clinic)
    for kind in ("MedicationStatement", "MedicationRequest", "List", "Provenance"):
        form = {"patient": patient, "_count": "2"}
        answer = clinic.ehr.call("POST", f"/fhir/{kind}/_search", data=form)

        assert answer.status_code == 200
        assert answer.get_json() == found(clinic.ehr, f"{kind}?patient={patient}&_count=2")
        assert "Location" not in answer.headers
    sought = {"identifier": "urn:clinic:mrn|000123"}
    answer = clinic.ehr.call("POST", "/fhir/Patient/_search?_count=5", data=sought)
    assert ids(answer.get_json()) == [patient]


def test_a_posted_search_in_another_form_is_refused(clinic: ClinicOfTests) -> None:
    answer = clinic.ehr.post("/fhir/List/_search", {"patient": NOBODY})

    assert (answer.status_code, answer.get_json()["issue"][0]["code"]) == (415, "not-supported")


@pytest.mark.parametrize(
    ("query", "name"),
    [
        *(("", "patient"), ("status=active", "patient"), ("_count=5", "patient")),
        *((f"patient={NOBODY}&medication=x", "medication"), (f"patient:Patient={NOBODY}", "patient:Patient")),
        *((f"patient={NOBODY}&_sort=status", "_sort"), (f"patient={NOBODY}&_include=*", "_include")),
        *((f"patient={NOBODY}&_summary=true", "_summary"), (f"patient={NOBODY}&_total=all", "_total")),
        *((f"patient={NOBODY}&_count=-1", "_count"), (f"patient={NOBODY}&_count=ten", "_count")),
        *((f"patient={NOBODY}&_cursor=12", "_cursor"), (f"patient={NOBODY}&_cursor=x", "_cursor")),
        *((f"patient={NOBODY}&_pretty=yes", "_pretty"), (f"patient={NOBODY}&status=", "status")),
        *((f"patient={NOBODY},{NOBODY[:-1]}1", "patient"), ("patient=", "patient"), ("patient=,", "patient")),
        *((f"patient={NOBODY}&_id={',' * 200}x", "_id"), (f"patient={NOBODY}&subject=other", "patient")),
        (f"patient={NOBODY}&_id={'x,' * 200}x", "_id"),
    ],
)
def test_what_is_not_understood_is_refused_by_name(clinic: ClinicOfTests, query: str, name: str) -> None:
    answer = clinic.ehr.get(f"/fhir/MedicationStatement?{query}")

    assert answer.status_code == 400
    assert detail(answer).startswith(f"The parameter {name} ")
    check(answer.get_json())


def test_every_parameter_that_is_not_understood_is_named_and_none_of_their_values(
    clinic: ClinicOfTests,
) -> None:
    assert detail(clinic.ehr.get("/fhir/Patient?_cursor=1.0")).startswith("The parameter _cursor ")
    answer = clinic.ehr.get("/fhir/Patient?name=Ana&birthdate=1961-04-02&_count=x&%C3%B1=1")
    text = answer.get_data(as_text=True)

    assert [issue["code"] for issue in answer.get_json()["issue"]] == [
        *["not-supported"] * 2,
        "invalid",
        "not-supported",
    ]
    assert "1961" not in text
    assert "Ana" not in text


def test_known_parameters_that_change_nothing_are_taken(clinic: ClinicOfTests) -> None:
    patient = put_on_file(clinic)
    query = f"patient={patient}&_format=json&_pretty=true&_summary=false&_total=accurate"

    assert len(matches(found(clinic.ehr, f"MedicationStatement?{query}"))) == 3


@pytest.mark.parametrize(
    "prefer", ["handling=lenient", "return=minimal; handling=lenient", "x, handling = lenient"]
)
def test_a_lenient_client_has_what_is_not_known_left_out_and_sees_so_in_the_link(
    clinic: ClinicOfTests, prefer: str
) -> None:
    patient = put_on_file(clinic)
    headers = {"Prefer": prefer}

    bundle = found(clinic.ehr, f"List?_sort=date&patient={patient}&water=1&_count=3", headers=headers)
    still = clinic.ehr.get(f"/fhir/List?patient={patient}&_count=x", headers=headers)
    nobody = clinic.ehr.get("/fhir/List?water=1", headers=headers)

    assert link(bundle, "self") == f"List?patient={patient}&_count=3"
    assert (still.status_code, nobody.status_code) == (400, 400)


@pytest.mark.parametrize("prefer", ["handling=strict", "return=representation"])
def test_a_strict_client_is_refused(clinic: ClinicOfTests, prefer: str) -> None:
    answer = clinic.ehr.get(f"/fhir/List?patient={NOBODY}&water=1", headers={"Prefer": prefer})

    assert answer.status_code == 400


def test_the_view_that_a_clinic_does_not_give_is_empty_and_says_so(app: Flask, clinic: ClinicOfTests) -> None:
    patient = put_on_file(clinic)
    statements, requests = f"MedicationStatement?patient={patient}", f"MedicationRequest?patient={patient}"

    assert_only_told(found(clinic.ehr, requests), "MedicationStatement")
    give_items_as_requests(app, clinic)
    assert_only_told(found(clinic.ehr, statements), "MedicationRequest")

    given = found(clinic.ehr, requests)
    assert len(matches(given)) == 3
    assert ids(found(clinic.ehr, f"{requests}&intent=plan,order")) == ids(given)
    assert ids(found(clinic.ehr, f"{requests}&intent=order")) == []
    negated = matches(found(clinic.ehr, f"List?patient={patient}&code=supplement"))[0]
    assert negated["contained"][0]["status"] == "not-taken"


def assert_only_told(bundle: Mapping[str, Any], which: str) -> None:
    check(bundle)
    assert (bundle["total"], matches(bundle)) == (0, [])
    (entry,) = bundle["entry"]
    assert entry["search"]["mode"] == "outcome"
    assert which in entry["resource"]["issue"][0]["diagnostics"]


def test_a_version_of_the_list_that_never_was_is_not_an_empty_list(clinic: ClinicOfTests) -> None:
    answer = clinic.ehr.get(f"/fhir/MedicationStatement?patient={put_on_file(clinic)}&_cursor=9.0")

    assert answer.status_code == 404


def test_a_search_is_on_record_for_each_patient_who_was_found(clinic: ClinicOfTests) -> None:
    patients = [put_on_file(clinic), put_on_file(clinic, "000124")]
    lists = ",".join(f"{patient}.supplement" for patient in patients)
    for path, action in (
        (f"List?_id={lists}", "read_list"),
        (f"Patient?_id={','.join(patients)}", "read_patient"),
    ):
        found(clinic.ehr, path)
        events = clinic.administrator.get("/v1/audit-events?limit=2").get_json()["items"]

        assert {(event["action"], event["patient_id"]) for event in events} == {(action, p) for p in patients}


def test_a_search_needs_a_key_that_may_read(clinic: ClinicOfTests) -> None:
    for kind in ("Patient", "MedicationStatement", "MedicationRequest", "List", "Provenance"):
        for caller, status in ((clinic.intake, 403), (Caller(clinic.ehr.client, "mcl_wrong"), 401)):
            assert caller.get(f"/fhir/{kind}?patient={NOBODY}").status_code == status
            assert caller.call("POST", f"/fhir/{kind}/_search", data={}).status_code == status
