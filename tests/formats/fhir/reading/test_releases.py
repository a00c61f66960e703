"""What is written in another release of FHIR, or by rules of its own, is refused by name."""

from typing import Any

import pytest

from tests.formats.fhir.reading.made import (
    Resource,
    bundle,
    entry_of,
    patient,
    reading_of,
    refusals,
    request,
    statement,
    told,
)

LIST = {"resourceType": "List", "status": "current", "mode": "snapshot"}


@pytest.mark.parametrize(
    ("resource", "release", "place"),
    [
        (statement(taken="y"), "an STU3", "MedicationStatement.taken"),
        (statement(reasonNotTaken=[{"text": "x"}]), "an STU3", "MedicationStatement.reasonNotTaken"),
        (statement(wasNotTaken=False), "a DSTU2", "MedicationStatement.wasNotTaken"),
        (
            statement(subject=None, patient={"reference": "Patient/1"}),
            "a DSTU2",
            "MedicationStatement.patient",
        ),
        (
            statement(reasonForUseCodeableConcept={}),
            "a DSTU2",
            "MedicationStatement.reasonForUseCodeableConcept",
        ),
        (statement(reasonForUseReference={}), "a DSTU2", "MedicationStatement.reasonForUseReference"),
        (statement(note="hot"), "a DSTU2", "MedicationStatement.note"),
        (
            statement(dosage=[{}, {"quantityQuantity": {}}]),
            "a DSTU2",
            "MedicationStatement.dosage[1].quantityQuantity",
        ),
        (
            statement(dosage=[{"doseQuantity": {"value": 1}}]),
            "an STU3",
            "MedicationStatement.dosage[0].doseQuantity",
        ),
        (statement(medication={"concept": {"text": "Tea"}}), "an R5", "MedicationStatement.medication"),
        (statement(reason=[{}]), "an R5", "MedicationStatement.reason"),
        (statement(adherence={}), "an R5", "MedicationStatement.adherence"),
        (statement(encounter={}), "an R5", "MedicationStatement.encounter"),
        (statement(category=[{"text": "x"}]), "an R5", "MedicationStatement.category"),
        (statement(informationSource=[{}]), "an R5", "MedicationStatement.informationSource"),
        (statement(status="recorded"), "an R5", "MedicationStatement.status"),
        (request(definition=[{}]), "an STU3", "MedicationRequest.definition"),
        (request(context={}), "an STU3", "MedicationRequest.context"),
        (request(category={"text": "x"}), "an STU3", "MedicationRequest.category"),
        (request(requester={"agent": {}}), "an STU3", "MedicationRequest.requester"),
        (request(reported=True), "an R5", "MedicationRequest.reported"),
        (request(medication={}), "an R5", "MedicationRequest.medication"),
        (request(status="ended"), "an R5", "MedicationRequest.status"),
        (
            request(dosageInstruction=[{"rateRatio": {}}]),
            "an STU3",
            "MedicationRequest.dosageInstruction[0].rateRatio",
        ),
        ({**LIST, "note": "x"}, "a DSTU2", "List.note"),
        (patient(animal={}), "an STU3", "Patient.animal"),
        (patient(careProvider=[{}]), "a DSTU2", "Patient.careProvider"),
        (patient(name=[{"family": ["One"]}]), "a DSTU2", "Patient.name[0].family"),
    ],
)
def test_a_resource_of_another_release_is_refused_by_its_name(
    resource: Resource, release: str, place: str
) -> None:
    entry = entry_of(resource)

    assert told(entry) == [("error", "not-supported", place)]
    assert entry.issues[0].detail.startswith(
        f"This is {release} {resource['resourceType']}: R4 has no such `"
    )


@pytest.mark.parametrize(
    "medication",
    [
        {"isBrand": False},
        {"product": {}},
        {"totalVolume": {}},
        {"ingredient": [{"item": {"concept": {}}}]},
        {"implicitRules": "urn:rules"},
        {"modifierExtension": [{"url": "urn:x"}]},
    ],
)
def test_a_medication_of_another_release_is_refused_with_what_names_it(medication: Resource) -> None:
    resource = statement(
        medicationCodeableConcept=None,
        medicationReference={"reference": "#m"},
        contained=[{"resourceType": "Medication", "id": "m", "code": {"text": "Tea"}, **medication}],
    )

    ((_, place),) = refusals(resource)
    assert place is not None
    assert place.startswith("MedicationStatement.contained[0].")


@pytest.mark.parametrize(
    ("kind", "release"),
    [("MedicationOrder", "a DSTU2"), ("MedicationPrescription", "a DSTU1"), ("MedicationUsage", "an R5")],
)
def test_a_medicine_under_another_releases_name_is_refused(kind: str, release: str) -> None:
    resource = {"resourceType": kind}

    assert refusals(resource) == [("not-supported", kind)]
    reading = reading_of(bundle(resource))
    assert told(reading) == [("error", "not-supported", "Bundle.entry[0].resource")]
    assert reading.issues[0].detail == f"This is {release} {kind}. Send it as R4 (4.0.1)."


@pytest.mark.parametrize("resource", [statement(), request(), patient(), LIST])
def test_rules_that_are_not_known_here_are_refused(resource: Resource) -> None:
    kind = resource["resourceType"]

    assert refusals({**resource, "implicitRules": "urn:rules"}) == [
        ("not-supported", f"{kind}.implicitRules")
    ]
    modified = {**resource, "modifierExtension": [{"url": "urn:not", "valueBoolean": True}]}
    assert refusals(modified) == [("extension", f"{kind}.modifierExtension")]
    assert refusals({**patient(), "modifierExtension": []}) == []


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ({"dosage": [{"modifierExtension": [{"url": "urn:x"}]}]}, "dosage[0]"),
        ({"dosage": [{"timing": {"modifierExtension": [{"url": "urn:x"}]}}]}, "dosage[0].timing"),
    ],
)
def test_a_modifier_deep_inside_is_refused_too(said: dict[str, Any], place: str) -> None:
    assert refusals(statement(**said)) == [("extension", f"MedicationStatement.{place}.modifierExtension")]


def test_what_is_not_kept_may_be_modified() -> None:
    observation = {
        "resourceType": "Observation",
        "modifierExtension": [{"url": "urn:x"}],
        "implicitRules": "urn:x",
    }

    assert not reading_of(bundle(observation, statement())).refused
