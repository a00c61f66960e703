"""One resource read over HTTP: with its version, in one form only, and by its own clinic only."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import pytest
from flask import Flask

from service.domain.access.permissions import PERMISSIONS, Permission, Role
from tests.formats.fhir.writing.r4 import check
from tests.web.conftest import Caller, ClinicOfTests
from tests.web.fhir.records import NOBODY, found, give_items_as_requests, matches, put_on_file


def addresses(clinic: ClinicOfTests, patient: str) -> list[str]:
    item = matches(found(clinic.ehr, f"MedicationStatement?patient={patient}"))[0]["id"]
    return addresses_of(patient, item)


def addresses_of(patient: str, item: str) -> list[str]:
    return [
        f"/fhir/Patient/{patient}",
        f"/fhir/MedicationStatement/{item}",
        f"/fhir/MedicationRequest/{item}",
        f"/fhir/List/{patient}.over-the-counter",
        f"/fhir/Provenance/item.{item}",
        f"/fhir/Provenance/list.{patient}.prescription",
    ]


def test_each_resource_is_read_at_its_address_with_its_version(clinic: ClinicOfTests) -> None:
    for address in addresses(clinic, put_on_file(clinic)):
        answer = clinic.ehr.get(address)
        resource = answer.get_json()

        assert answer.status_code == 200, address
        assert answer.content_type == "application/fhir+json; fhirVersion=4.0"
        assert f"/fhir/{resource['resourceType']}/{resource['id']}" == address
        assert answer.headers["ETag"] == f'W/"{resource["meta"]["versionId"]}"'
        changed = datetime.fromisoformat(resource["meta"]["lastUpdated"])
        assert parsedate_to_datetime(answer.headers["Last-Modified"]) == changed.replace(microsecond=0)
        assert changed <= datetime.now(UTC)
        check(resource)


def test_a_version_that_the_ehr_has_already_is_not_sent_again(clinic: ClinicOfTests) -> None:
    patient = put_on_file(clinic)
    for address in addresses(clinic, patient):
        known = clinic.ehr.get(address).headers["ETag"]
        again = clinic.ehr.get(address, headers={"If-None-Match": known})
        other = clinic.ehr.get(address, headers={"If-None-Match": 'W/"0"'})

        assert (again.status_code, again.data) == (304, b"")
        assert again.headers["ETag"] == known
        assert other.status_code == 200
        since = {"If-Modified-Since": other.headers["Last-Modified"]}
        assert clinic.ehr.get(address, headers=since).status_code == 200

    item = {"name": "Clay", "category": "prescription"}
    clinic.ehr.post(f"/v1/patients/{patient}/medication-list/items", item)
    changed = clinic.ehr.get(f"/fhir/List/{patient}.prescription", headers={"If-None-Match": 'W/"1"'})
    assert (changed.status_code, changed.headers["ETag"]) == (200, 'W/"2"')


def test_a_head_request_says_the_same_without_a_body(clinic: ClinicOfTests) -> None:
    for address in addresses(clinic, put_on_file(clinic)):
        answer = clinic.ehr.call("HEAD", address)

        assert (answer.status_code, answer.data) == (200, b"")
        assert answer.headers["ETag"] == clinic.ehr.get(address).headers["ETag"]


@pytest.mark.parametrize(
    ("accept", "status"),
    [
        ("application/fhir+json", 200),
        ("application/fhir+json; fhirVersion=4.0", 200),
        ("application/fhir+json; fhirVersion=3.0", 406),
        ("application/json;q=0.5, application/fhir+xml", 200),
        ("text/html, */*;q=0.1", 200),
        ("application/fhir+xml", 406),
        ("text/xml, application/xml", 406),
        ("application/fhir+json;q=0", 406),
    ],
)
def test_who_wants_another_form_than_json_of_r4_is_told_so(
    clinic: ClinicOfTests, accept: str, status: int
) -> None:
    patient = put_on_file(clinic)
    for address in ("/fhir/metadata", f"/fhir/Patient/{patient}", f"/fhir/List?patient={patient}"):
        answer = clinic.ehr.get(address, headers={"Accept": accept})

        assert answer.status_code == status, address
        assert answer.get_json()["resourceType"] == "OperationOutcome" or status == 200


@pytest.mark.parametrize(
    ("wanted", "status"),
    [
        ("json", 200),
        ("application/fhir%2Bjson", 200),
        ("application/fhir+json", 200),
        ("xml", 406),
        ("", 406),
    ],
)
def test_the_format_of_the_query_counts_before_the_header(
    clinic: ClinicOfTests, wanted: str, status: int
) -> None:
    address = f"/fhir/Patient/{put_on_file(clinic)}?_format={wanted}"

    assert clinic.ehr.get(address, headers={"Accept": "text/xml"}).status_code == status


def test_another_clinics_resource_answers_exactly_like_a_missing_one(
    clinic: ClinicOfTests, other_clinic: ClinicOfTests
) -> None:
    headers = {"X-Request-Id": "the-same"}
    theirs = addresses(clinic, put_on_file(clinic))
    for address, missing in zip(theirs, addresses_of(NOBODY, NOBODY), strict=True):
        there = other_clinic.ehr.get(address, headers=headers)
        nowhere = other_clinic.ehr.get(missing, headers=headers)

        assert (there.status_code, there.data) == (404, nowhere.data), address
        assert there.get_json()["issue"][0]["code"] == "not-found"


@pytest.mark.parametrize(
    "address",
    [
        *(
            "List/x",
            "List/{patient}.water",
            "List/{patient}.uncategorized",
            "Provenance/x",
            "Provenance/item.x",
        ),
        *("Provenance/list.{patient}.over-the-counter", "MedicationStatement/x", "Patient/x", "Water/x", "x"),
    ],
)
def test_what_is_not_there_is_an_operation_outcome(clinic: ClinicOfTests, address: str) -> None:
    answer = clinic.ehr.get(f"/fhir/{address.format(patient=put_on_file(clinic))}")

    assert (answer.status_code, answer.get_json()["resourceType"]) == (404, "OperationOutcome")


@pytest.mark.parametrize("role", list(Role))
def test_each_role_reads_what_the_permission_table_says(clinic: ClinicOfTests, role: Role) -> None:
    caller: Caller = getattr(clinic, role)
    for address in addresses(clinic, put_on_file(clinic)):
        permission = Permission.READ_PATIENTS if "/Patient/" in address else Permission.READ_LISTS
        allowed = permission in PERMISSIONS[role]

        assert caller.get(address).status_code == (200 if allowed else 403), address
        assert Caller(caller.client, "mcl_wrong").get(address).status_code == 401


def test_every_read_is_on_record_for_the_patient_and_names_no_medicine(clinic: ClinicOfTests) -> None:
    patient = put_on_file(clinic)
    for address in addresses(clinic, patient):
        clinic.ehr.get(address)
        answer = clinic.administrator.get(f"/v1/audit-events?patient_id={patient}&limit=1")
        event = answer.get_json()["items"][0]

        assert event["action"] == ("read_patient" if "/Patient/" in address else "read_list")
        assert event["subject"] == (None if "/Patient/" in address else address.removeprefix("/fhir/"))
        assert "Water" not in answer.get_data(as_text=True)


def test_an_item_is_read_in_both_views_whichever_the_clinic_gives(app: Flask, clinic: ClinicOfTests) -> None:
    reading = addresses(clinic, put_on_file(clinic))[1:3]

    before = [clinic.ehr.get(address).get_json()["resourceType"] for address in reading]
    give_items_as_requests(app, clinic)
    after = [clinic.ehr.get(address).get_json()["resourceType"] for address in reading]

    assert before == after == ["MedicationStatement", "MedicationRequest"]
