"""Issued checklists below /fhir: read in each form, searched for, and nobody else's."""

from base64 import b64decode
from typing import Any

import pytest
from flask import Flask

from service.domain.access.permissions import PERMISSIONS, Permission, Role
from tests.formats.fhir.writing.r4 import check
from tests.web.conftest import Caller, ClinicOfTests
from tests.web.fhir.records import BASE, NOBODY, detail, found, link, matches
from tests.web.lists import TREATMENT_ASKED, asked

FHIR_JSON = "application/fhir+json; fhirVersion=4.0"


def issue(clinic: ClinicOfTests, *names: str, mrn: str = "000123") -> tuple[str, str]:
    """The patient, and the sheet that was issued."""
    receipt = clinic.ehr.post("/v1/intake", asked(*(names or ("Water",)), mrn=mrn)).get_json()
    return receipt["patient_id"], receipt["checklist"]["id"]


def again(clinic: ClinicOfTests, patient: str) -> str:
    sheet: str = clinic.ehr.post(
        f"/v1/patients/{patient}/checklists", {"treatment": TREATMENT_ASKED["id"]}
    ).get_json()["id"]
    return sheet


def addresses(sheet: str) -> list[str]:
    return [
        f"/fhir/Composition/{sheet}",
        f"/fhir/Composition/{sheet}/$document",
        f"/fhir/Bundle/{sheet}",
        f"/fhir/DocumentReference/{sheet}",
        f"/fhir/Binary/{sheet}?_format=application/fhir%2Bjson",
    ]


def read(clinic: ClinicOfTests, address: str) -> dict[str, Any]:
    answer = clinic.ehr.get(address)
    assert (answer.status_code, answer.content_type) == (200, FHIR_JSON), address
    resource: dict[str, Any] = answer.get_json()
    return resource


def test_a_sheet_is_read_in_each_form_and_each_is_valid(clinic: ClinicOfTests) -> None:
    patient, sheet = issue(clinic)
    for address in addresses(sheet):
        resource = read(clinic, address)
        check(resource)
        assert resource["id"] == sheet
    assert read(clinic, f"/fhir/Composition/{sheet}")["subject"]["reference"] == f"Patient/{patient}"
    assert read(clinic, addresses(sheet)[1]) == read(clinic, addresses(sheet)[2])


def test_the_documents_of_a_reference_are_where_it_says(clinic: ClinicOfTests) -> None:
    _, sheet = issue(clinic)
    pdf, bundle = (
        content["attachment"]["url"].removeprefix(BASE)
        for content in read(clinic, f"/fhir/DocumentReference/{sheet}")["content"]
    )
    assert clinic.ehr.get(f"/fhir{pdf}").data.startswith(b"%PDF")
    assert read(clinic, f"/fhir{bundle}")["type"] == "document"


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("application/pdf", "application/pdf"),
        ("application/fhir+json", FHIR_JSON),
        ("application/json", FHIR_JSON),
        ("*/*", "application/pdf"),
        ("text/html", "application/pdf"),
    ],
)
def test_the_pdf_comes_as_it_is_or_inside_a_resource(clinic: ClinicOfTests, accept: str, kind: str) -> None:
    _, sheet = issue(clinic)
    answer = clinic.ehr.get(f"/fhir/Binary/{sheet}", headers={"Accept": accept})
    assert (answer.content_type, answer.headers["Vary"]) == (kind, "Accept")
    pdf = b64decode(answer.get_json()["data"]) if kind == FHIR_JSON else answer.data
    assert pdf == clinic.ehr.get(f"/v1/checklists/{sheet}.pdf").data


def test_a_letter_that_no_font_has_leaves_the_document_and_makes_the_pdf_an_outcome(
    clinic: ClinicOfTests,
) -> None:
    _, sheet = issue(clinic, "Tea \U000f1234")
    answer = clinic.ehr.get(f"/fhir/Binary/{sheet}")
    assert (answer.status_code, answer.get_json()["resourceType"]) == (409, "OperationOutcome")
    assert "Tea \U000f1234" in clinic.ehr.get(f"/fhir/Bundle/{sheet}").get_data(as_text=True)


def test_a_newer_list_supersedes_the_reference_and_leaves_the_document_as_it_was(
    clinic: ClinicOfTests,
) -> None:
    patient, sheet = issue(clinic)
    before = {address: clinic.ehr.get(address).data for address in addresses(sheet)[:3]}
    clinic.ehr.post(f"/v1/patients/{patient}/medication-list/items", {"name": "Soap"})

    assert {address: clinic.ehr.get(address).data for address in addresses(sheet)[:3]} == before
    reference = read(clinic, f"/fhir/DocumentReference/{sheet}")
    assert (reference["status"], reference["docStatus"]) == ("superseded", "final")


def test_a_sheet_that_was_taken_back_is_entered_in_error(clinic: ClinicOfTests) -> None:
    _, sheet = issue(clinic)
    clinic.nurse.post(f"/v1/checklists/{sheet}/withdrawal", {"reason": "wrong visit"})
    assert read(clinic, f"/fhir/Composition/{sheet}")["status"] == "entered-in-error"
    assert read(clinic, f"/fhir/DocumentReference/{sheet}")["status"] == "entered-in-error"


def test_a_signature_attests_until_the_list_moves_on_under_it(clinic: ClinicOfTests) -> None:
    patient, sheet = issue(clinic)
    issued = clinic.ehr.get(f"/v1/checklists/{sheet}").get_json()
    section = next(part for part in issued["sections"] if part["id"] == "prescription")
    signature = {"role": "nurse", "name": "Test Nurse", "content_digest": section["content_digest"]}
    clinic.nurse.post(f"/v1/checklists/{sheet}/sections/prescription/sign-offs", signature)

    (attester,) = read(clinic, f"/fhir/Composition/{sheet}")["attester"]
    assert attester["mode"] == "professional"
    assert attester["party"]["display"].startswith("Prescription medicines: Signed by Test Nurse")

    item = {"name": "Soap", "category": "prescription"}
    clinic.ehr.post(f"/v1/patients/{patient}/medication-list/items", item)
    assert "attester" not in read(clinic, f"/fhir/Composition/{sheet}")


@pytest.mark.parametrize("kind", ["Composition", "DocumentReference"])
def test_a_patients_sheets_are_found_newest_first_page_by_page(clinic: ClinicOfTests, kind: str) -> None:
    patient, first = issue(clinic)
    second, third = again(clinic, patient), again(clinic, patient)
    issue(clinic, mrn="000999")

    page = found(clinic.ehr, f"{kind}?patient={patient}&_count=2")
    assert [one["id"] for one in matches(page)] == [third, second]
    check(dict(page))
    rest = found(clinic.ehr, str(link(page, "next")))
    assert ([one["id"] for one in matches(rest)], link(rest, "next")) == ([first], None)
    by_id = found(clinic.ehr, f"{kind}?_id={first},{third},x&_count=1")
    assert [one["id"] for one in matches(by_id)] == [third]
    assert [one["id"] for one in matches(found(clinic.ehr, str(link(by_id, "next"))))] == [first]
    both = found(clinic.ehr, f"{kind}?subject=Patient/{patient}&_id={second}")
    assert [one["id"] for one in matches(both)] == [second]
    posted = clinic.ehr.post(f"/fhir/{kind}/_search", data={"subject": f"{BASE}/Patient/{patient}"})
    assert len(matches(posted.get_json())) == 3


def test_references_are_found_by_what_the_sheet_is_today(clinic: ClinicOfTests) -> None:
    patient, first = issue(clinic)
    clinic.ehr.post(f"/v1/patients/{patient}/medication-list/items", {"name": "Soap"})
    second = again(clinic, patient)
    search = f"DocumentReference?patient={patient}&status="

    assert [one["id"] for one in matches(found(clinic.ehr, f"{search}current"))] == [second]
    assert [one["id"] for one in matches(found(clinic.ehr, f"{search}superseded"))] == [first]
    assert matches(found(clinic.ehr, f"{search}entered-in-error")) == []


def test_a_sheet_replaces_the_one_before_it_for_the_same_treatment(clinic: ClinicOfTests) -> None:
    patient, first = issue(clinic)
    second = again(clinic, patient)
    replaced = read(clinic, f"/fhir/DocumentReference/{second}")["relatesTo"][0]["target"]
    assert replaced == {"reference": f"DocumentReference/{first}"}
    assert "relatesTo" not in read(clinic, f"/fhir/DocumentReference/{first}")


@pytest.mark.parametrize("kind", ["Composition", "DocumentReference"])
@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("", "nothing is searched over all patients"),
        (f"?patient={NOBODY}&subject=Patient/1", "more than one patient"),
        (f"?patient={NOBODY}&_cursor=1", "no cursor of this service"),
        (f"?patient={NOBODY}&type=x", "not known here"),
    ],
)
def test_a_search_that_is_not_understood_is_refused_by_name(
    clinic: ClinicOfTests, kind: str, query: str, said: str
) -> None:
    answer = clinic.ehr.get(f"/fhir/{kind}{query}")
    assert answer.status_code == 400
    assert said in detail(answer)


@pytest.mark.parametrize("query", [f"patient={NOBODY}", "patient=x", f"_id={NOBODY}", "_id=x", "_id=x&_id=y"])
def test_a_search_that_finds_nothing_says_so(clinic: ClinicOfTests, query: str) -> None:
    bundle = found(clinic.ehr, f"DocumentReference?{query}")
    assert matches(bundle) == []
    check(dict(bundle))


@pytest.mark.parametrize("role", list(Role))
def test_who_may_read_checklists_reads_them_here(clinic: ClinicOfTests, role: Role) -> None:
    patient, sheet = issue(clinic)
    caller: Caller = getattr(clinic, role)
    expected = 200 if Permission.READ_CHECKLISTS in PERMISSIONS[role] else 403
    searches = [f"/fhir/{kind}?patient={patient}" for kind in ("Composition", "DocumentReference")]
    for address in [*addresses(sheet), *searches]:
        assert caller.get(address).status_code == expected, address


def test_nobody_reads_without_a_key(app: Flask, clinic: ClinicOfTests) -> None:
    _, sheet = issue(clinic)
    for address in addresses(sheet):
        answer = app.test_client().get(address)
        assert (answer.status_code, answer.get_json()["resourceType"]) == (401, "OperationOutcome")


def test_another_clinics_sheets_are_like_missing_ones(
    clinic: ClinicOfTests, other_clinic: ClinicOfTests
) -> None:
    patient, sheet = issue(clinic)
    for theirs, missing in zip(addresses(sheet), addresses(NOBODY), strict=True):
        answers = [other_clinic.ehr.get(address) for address in (theirs, missing)]
        assert [answer.status_code for answer in answers] == [404, 404]
        assert answers[0].data == answers[1].data
    for kind in ("Composition", "DocumentReference"):
        assert matches(found(other_clinic.ehr, f"{kind}?patient={patient}")) == []
        assert matches(found(other_clinic.ehr, f"{kind}?_id={sheet}")) == []


def test_every_reading_of_a_sheet_is_on_record(clinic: ClinicOfTests) -> None:
    patient, sheet = issue(clinic)
    for address in addresses(sheet):
        clinic.ehr.get(address)
    found(clinic.ehr, f"DocumentReference?patient={patient}")
    events = clinic.administrator.get("/v1/audit-events?limit=6").get_json()["items"]
    assert [event["action"] for event in events] == [
        "read_checklist",
        "print_checklist",
        *["read_checklist"] * 4,
    ]
    assert {event["subject"] for event in events} == {f"checklist/{sheet}"}
    assert {event["patient_id"] for event in events} == {patient}


def test_the_metadata_names_each_form_of_a_sheet(clinic: ClinicOfTests) -> None:
    rest = clinic.ehr.get("/fhir/metadata").get_json()["rest"][0]
    by_type = {one["type"]: one for one in rest["resource"]}
    assert {"Composition", "Bundle", "DocumentReference", "Binary"} <= by_type.keys()
    assert by_type["Composition"]["operation"][0]["name"] == "document"
