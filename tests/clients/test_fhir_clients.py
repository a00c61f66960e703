"""fhirpy and fhirclient read the FHIR face, and send to it."""

import uuid
from typing import Any

import pytest
from fhirclient.models.bundle import Bundle
from fhirclient.models.capabilitystatement import CapabilityStatement
from fhirclient.models.list import List as MedicationList
from fhirclient.models.medicationstatement import MedicationStatement
from fhirclient.server import FHIRServer
from fhirpy import SyncFHIRClient
from fhirpy.base.exceptions import OperationOutcome, ResourceNotFound

from tests.clients.conftest import Demo

NAMES = ["Lisinopril", "Lisinopril", "small white tablet for sleep"]


@pytest.fixture
def fhirpy(demo: Demo, fhir: str) -> SyncFHIRClient:
    return SyncFHIRClient(fhir, authorization=f"Bearer {demo['EHR_KEY']}")


@pytest.fixture
def fhirclient(demo: Demo, fhir: str) -> FHIRServer:
    server = FHIRServer(None, base_uri=fhir)
    server.session.headers["Authorization"] = f"Bearer {demo['EHR_KEY']}"
    return server


def test_fhirpy_reads_a_patients_list_page_by_page(fhirpy: SyncFHIRClient, patient: str) -> None:
    found = fhirpy.resources("MedicationStatement").search(patient=patient).limit(1).fetch_all()

    assert [one["medicationCodeableConcept"]["text"] for one in found] == NAMES
    assert found[0]["dosage"][0]["text"] == "1.50 mL"


def test_fhirpy_reads_what_was_never_asked_and_what_nobody_takes(
    fhirpy: SyncFHIRClient, patient: str
) -> None:
    lists = fhirpy.resources("List").search(patient=patient).fetch_all()

    reasons = {
        one["code"]["coding"][0]["code"]: one["emptyReason"]["coding"][0]["code"]
        for one in lists
        if "emptyReason" in one
    }
    assert reasons == {"over-the-counter": "nilknown", "supplement": "notasked"}


def test_fhirpy_finds_a_patient_by_identifier(fhirpy: SyncFHIRClient, patient: str) -> None:
    found = fhirpy.resources("Patient").search(identifier="urn:clinic:mrn|clients-1").fetch_all()

    assert [one["id"] for one in found] == [patient]


def test_fhirpy_sends_a_medicine_and_reads_it_back(fhirpy: SyncFHIRClient) -> None:
    person = fhirpy.resource(
        "Patient",
        identifier=[{"system": "urn:clinic:mrn", "value": f"clients-{uuid.uuid4()}"}],
        name=[{"text": "Test Patient 22"}],
    )
    person.save()
    sent = fhirpy.resource(
        "MedicationStatement",
        status="active",
        subject={"reference": f"Patient/{person['id']}"},
        medicationCodeableConcept={"text": "Water"},
        dosage=[{"text": "one glass"}],
    )
    sent.save()

    (read,) = fhirpy.resources("MedicationStatement").search(patient=person["id"]).fetch_all()
    assert read["id"] == sent["id"]
    assert read["medicationCodeableConcept"]["text"] == "Water"


def test_fhirpy_is_told_by_an_operation_outcome_what_is_wrong(fhirpy: SyncFHIRClient) -> None:
    with pytest.raises(OperationOutcome, match="subject"):
        fhirpy.resource(
            "MedicationStatement", status="active", medicationCodeableConcept={"text": "Water"}
        ).save()
    with pytest.raises(ResourceNotFound):
        fhirpy.reference("Patient", str(uuid.uuid4())).to_resource()


def test_fhirclient_takes_every_answer_for_valid(fhirclient: FHIRServer, patient: str) -> None:
    stated = CapabilityStatement.read_from("metadata", fhirclient)
    assert stated.fhirVersion == "4.0.1"

    page: Any = MedicationStatement.where({"patient": patient}).perform(fhirclient)
    assert isinstance(page, Bundle)
    assert [entry.resource.medicationCodeableConcept.text for entry in page.entry] == NAMES
    lists = MedicationList.where({"patient": patient}).perform_resources(fhirclient)
    assert all(isinstance(one, MedicationList) for one in lists)
    everything: Any = Bundle.read_from(f"Patient/{patient}/$everything", fhirclient)
    assert {entry.resource.resource_type for entry in everything.entry} >= {
        "Patient",
        "List",
        "MedicationStatement",
        "Provenance",
        "DocumentReference",
    }
