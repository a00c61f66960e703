"""Patient/$everything: the whole export, which reads back as it was."""

from flask import Flask

from service.domain.imports.sent import SentAnswer, SentItem, SentPatient
from service.formats.fhir.parsing import parse_fhir
from service.formats.fhir.reading import read
from tests.formats.fhir.writing.r4 import check
from tests.web.conftest import ClinicOfTests
from tests.web.fhir.records import BASE, NOBODY, found, give_items_as_requests, link, matches, put_on_file
from tests.web.lists import TREATMENT_ASKED


def test_everything_of_a_patient_stands_in_one_bundle_the_patient_first(clinic: ClinicOfTests) -> None:
    patient = put_on_file(clinic)

    bundle = found(clinic.ehr, f"Patient/{patient}/$everything")

    check(bundle)
    kinds = [resource["resourceType"] for resource in matches(bundle)]
    assert kinds == ["Patient", *["List"] * 3, *["MedicationStatement"] * 3, *["Provenance"] * 5]
    assert bundle["total"] == len(kinds)
    assert link(bundle, "self") == f"Patient/{patient}/$everything"


def test_what_an_ehr_takes_out_is_what_was_put_in(app: Flask, clinic: ClinicOfTests) -> None:
    patient = put_on_file(clinic)
    give_items_as_requests(app, clinic)

    answer = clinic.ehr.get(f"/fhir/Patient/{patient}/$everything")
    said = [entry.said for entry in read(parse_fhir(answer.data), sender=None, base=BASE).entries]

    items = [one.facts for one in said if isinstance(one, SentItem)]
    assert [(facts.name, facts.strength) for facts in items] == [
        ("Water", "1.50 mg"),
        ("Water", "3 mg"),
        ("Soap", None),
    ]
    answers = {one.category: one.answer for one in said if isinstance(one, SentAnswer)}
    assert answers == {"prescription": "items_reported", "supplement": "none_reported"}
    assert sum(isinstance(one, SentPatient) for one in said) == 1


def test_the_sheets_of_a_patient_come_last_the_oldest_first(clinic: ClinicOfTests) -> None:
    patient = put_on_file(clinic)
    wanted = {"treatment": TREATMENT_ASKED["id"]}
    sheets = [
        clinic.ehr.post(f"/v1/patients/{patient}/checklists", wanted).get_json()["id"] for _ in range(2)
    ]

    bundle = found(clinic.ehr, f"Patient/{patient}/$everything")

    check(bundle)
    kinds = [(resource["resourceType"], resource["id"]) for resource in matches(bundle)]
    assert kinds[-2:] == [("DocumentReference", sheet) for sheet in sheets]
    assert bundle["total"] == len(kinds) == 14


def test_everything_comes_in_pages_where_that_is_asked_for(clinic: ClinicOfTests) -> None:
    patient = put_on_file(clinic)
    whole = matches(found(clinic.ehr, f"Patient/{patient}/$everything"))

    path: str | None = f"Patient/{patient}/$everything?_count=5"
    pages = []
    while path is not None:
        page = found(clinic.ehr, path)
        pages.append(matches(page))
        path = link(page, "next")

    assert [len(page) for page in pages] == [5, 5, 2]
    assert [resource for page in pages for resource in page] == whole


def test_everything_of_another_clinics_patient_is_not_there(
    clinic: ClinicOfTests, other_clinic: ClinicOfTests
) -> None:
    headers = {"X-Request-Id": "the-same"}
    theirs = other_clinic.ehr.get(f"/fhir/Patient/{put_on_file(clinic)}/$everything", headers=headers)
    nobodys = other_clinic.ehr.get(f"/fhir/Patient/{NOBODY}/$everything", headers=headers)

    assert (theirs.status_code, theirs.data) == (404, nobodys.data)


def test_what_everything_does_not_understand_is_refused_by_name(clinic: ClinicOfTests) -> None:
    answer = clinic.ehr.get(f"/fhir/Patient/{put_on_file(clinic)}/$everything?_since=2026-01-01")

    assert answer.status_code == 400
    assert "_since" in answer.get_json()["issue"][0]["diagnostics"]


def test_taking_everything_is_on_record_as_that(clinic: ClinicOfTests) -> None:
    patient = put_on_file(clinic)
    found(clinic.ehr, f"Patient/{patient}/$everything")

    events = clinic.administrator.get(f"/v1/audit-events?patient_id={patient}&limit=2").get_json()["items"]
    assert [event["action"] for event in events] == ["export_list", "read_patient"]


def test_an_intake_key_takes_nothing_out(clinic: ClinicOfTests) -> None:
    assert clinic.intake.get(f"/fhir/Patient/{put_on_file(clinic)}/$everything").status_code == 403
