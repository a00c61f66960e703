"""What the sender calls an item, and when and by whom it was said and keyed there."""

from typing import Any

import pytest

from service.domain.attribution import Informant, InformantKind
from service.domain.patients.patients import Identifier
from service.formats.fhir.reading import read
from tests.formats.fhir.reading.made import (
    Resource,
    bundle,
    entry_of,
    item_of,
    reading_of,
    refusals,
    request,
    statement,
    told,
)

OWN = "urn:medication-checklist"
CATEGORY = f"{OWN}:category"


def own(name: str, **value: Any) -> Resource:
    return {"url": f"{OWN}:extension:{name}", **value}


def test_the_senders_identifiers_id_and_address_are_kept() -> None:
    entry = {
        "fullUrl": "https://ehr.example/fhir/MedicationStatement/7",
        "resource": statement(
            id="7",
            identifier=[{"system": "urn:rx", "value": "A 1"}, {"value": "no system"}, {"system": "urn:rx"}],
        ),
    }
    (found,) = reading_of(bundle(entry)).entries

    assert found.said.origin.identifiers == (
        Identifier("urn:rx", "A 1"),
        Identifier("urn:medication-checklist:sender:ehr-1", "MedicationStatement/7"),
        Identifier("urn:ietf:rfc:3986", "https://ehr.example/fhir/MedicationStatement/7"),
    )
    assert [place for _, code, place in told(found) if code == "required"] == [
        "Bundle.entry[0].resource.identifier[1]",
        "Bundle.entry[0].resource.identifier[2]",
    ]


@pytest.mark.parametrize(
    ("full_url", "base"),
    [
        ("urn:uuid:1", None),
        ("https://checklist.example/fhir/MedicationStatement/7", "https://checklist.example/fhir"),
        (f"https://ehr.example/{'x' * 300}", None),
        (None, None),
    ],
)
def test_an_address_that_names_nothing_of_the_senders_is_not_kept(
    full_url: str | None, base: str | None
) -> None:
    entry = {"fullUrl": full_url, "resource": statement()}

    (found,) = read(bundle(entry), sender=None, base=base).entries

    assert found.said.origin.identifiers == ()


def test_an_id_that_is_none_of_r4s_is_not_kept() -> None:
    entry = entry_of(statement(id="7 or 8"))

    assert entry.said.origin.identifiers == ()
    assert told(entry) == [("information", "value", "MedicationStatement.id")]
    assert read(statement(id="7"), sender=None).entries[0].said.origin.identifiers == ()


def test_our_own_id_of_an_item_is_known_again() -> None:
    mine = {"system": f"{OWN}:item", "value": "0b7d9a3e-5a4b-4a69-8d55-1f2e3d4c5b6a"}
    item = item_of(statement(identifier=[mine, mine]))

    assert (str(item.item_id), item.origin.identifiers) == (mine["value"], ())
    assert refusals(statement(identifier=[{**mine, "value": "7"}])) == [
        ("value", "MedicationStatement.identifier[0].value")
    ]


def test_a_system_whose_name_is_no_uri_is_read_as_it_was() -> None:
    written = {"system": f"{OWN}:named-system:Ward%20book", "value": "7"}
    hidden = {"system": f"{OWN}:named-system:Ward%E2%80%AEbook", "value": "7"}

    assert item_of(statement(identifier=[written])).origin.identifiers == (Identifier("Ward book", "7"),)
    assert refusals(statement(identifier=[hidden])) == [("value", "MedicationStatement.identifier[0].system")]
    codings = {"coding": [{"system": hidden["system"], "code": "7"}]}
    assert refusals(statement(medicationCodeableConcept=codings)) == [
        ("value", "MedicationStatement.medicationCodeableConcept.coding[0].system")
    ]


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("2025-03", "2025-03"),
        ("2025-03-01T10:30:00+05:45", "2025-03-01T10:30:00+05:45"),
        ("2025-03-01T10:30:00.123Z", "2025-03-01T10:30:00.123Z"),
        ("2025-03-01T10:30:00", "2025-03-01"),
        ("2025-03-01T25:30:00Z", "2025-03-01"),
        ("2025-03T10", "2025-03"),
    ],
)
def test_the_senders_own_date_stays_as_it_stood(said: str, kept: str) -> None:
    assert item_of(statement(dateAsserted=said)).origin.asserted_at == kept
    assert item_of(request(authoredOn=said)).origin.asserted_at == kept
    place = ("information", "informational", "MedicationStatement.dateAsserted")
    assert (place in told(entry_of(statement(dateAsserted=said)))) == (said != kept)


def test_the_senders_recorder_is_kept() -> None:
    further = own("recorder", valueString="Test Recorder 02")

    assert item_of(request(recorder={"display": "Test Recorder 01"})).origin.recorder == "Test Recorder 01"
    assert item_of(request(recorder={"reference": "Practitioner/1"})).origin.recorder is None
    both = request(recorder={"display": "Test Recorder 01"}, extension=[further])
    assert item_of(both).origin.recorder == "Test Recorder 02"


ADHERENCE = "http://hl7.org/fhir/us/core/StructureDefinition/us-core-medication-adherence"


@pytest.mark.parametrize(
    ("system", "code", "informant"),
    [
        ("v3-RoleCode", "SPS", Informant(InformantKind.RELATED_PERSON, "as it says")),
        ("v3-RoleCode", "ONESELF", Informant(InformantKind.PATIENT)),
        ("v3-RoleClass", "PAT", Informant(InformantKind.PATIENT)),
        ("v3-RoleClass", "PROV", Informant(InformantKind.PRACTITIONER, "as it says")),
        ("v3-RoleClass", "CAREGIVER", Informant(InformantKind.CAREGIVER, "as it says")),
        ("v3-RoleClass", "THER", None),
        ("v3-Other", "PAT", None),
    ],
)
def test_us_cores_adherence_says_who_said_it(system: str, code: str, informant: Informant | None) -> None:
    coding = {
        "system": f"http://terminology.hl7.org/CodeSystem/{system}",
        "code": code,
        "display": "as it says",
    }
    inner = [
        {"url": "medicationAdherence", "valueCodeableConcept": {"text": "takes it"}},
        {"url": "informationSource", "valueCodeableConcept": {"coding": [coding]}},
        {"url": "dateAsserted", "valueDateTime": "2025-03-01"},
    ]
    item = item_of(
        request(intent="plan", reportedBoolean=True, extension=[{"url": ADHERENCE, "extension": inner}])
    )

    assert (item.informant, item.origin.asserted_at) == (informant, "2025-03-01")


def test_an_adherence_without_a_source_says_nothing_of_it() -> None:
    inner = [{"url": "medicationAdherence", "valueCodeableConcept": {"text": "takes it"}}]

    assert item_of(request(extension=[{"url": ADHERENCE, "extension": inner}])).informant is None
    assert (
        item_of(
            request(extension=[{"url": ADHERENCE, "extension": [{"url": "informationSource"}]}])
        ).informant
        is None
    )
