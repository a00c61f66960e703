"""Who said what a patient takes: a person or an organization as the sender names them, and never assumed."""

import pytest

from service.domain.attribution import CollectionMode, Informant, InformantKind
from tests.formats.fhir.reading.made import (
    SUBJECT,
    Resource,
    bundle,
    detail_at,
    entry_of,
    item_of,
    patient,
    reading_of,
    refusals,
    request,
    statement,
    told,
)

OWN = "urn:medication-checklist"
PLACE = "MedicationStatement.informationSource"


@pytest.mark.parametrize(
    ("source", "informant"),
    [
        (SUBJECT, Informant(InformantKind.PATIENT)),
        ({"type": "Patient"}, Informant(InformantKind.PATIENT)),
        ({**SUBJECT, "display": "Test Patient 01"}, Informant(InformantKind.PATIENT, "Test Patient 01")),
        ({"reference": "RelatedPerson/1"}, Informant(InformantKind.RELATED_PERSON)),
        (
            {
                "reference": "https://ehr.example/fhir/RelatedPerson/1/_history/2",
                "display": "Test Relative 01",
            },
            Informant(InformantKind.RELATED_PERSON, "Test Relative 01"),
        ),
        ({"type": "Practitioner", "display": "Dr"}, Informant(InformantKind.PRACTITIONER, "Dr")),
        ({"reference": "PractitionerRole/1"}, Informant(InformantKind.PRACTITIONER)),
        ({"reference": "Organization/1"}, Informant(InformantKind.ORGANIZATION)),
        (
            {"identifier": {"system": f"{OWN}:informant", "value": "caregiver"}, "type": "RelatedPerson"},
            Informant(InformantKind.CAREGIVER),
        ),
    ],
)
def test_who_said_it_is_known_by_the_kind_of_the_reference(source: Resource, informant: Informant) -> None:
    assert item_of(statement(informationSource=source)).informant == informant
    assert item_of(request(reportedReference=source)).informant == informant


@pytest.mark.parametrize(
    "source",
    [
        {"reference": "Device/1"},
        {"display": "Somebody"},
        {"reference": "urn:uuid:nobody"},
        {"identifier": {"system": f"{OWN}:informant", "value": "neighbour"}},
        {"identifier": {"system": "urn:other", "value": "caregiver"}},
        {"type": "somebody else"},
    ],
)
def test_what_is_no_person_is_told_and_nobody_is_assumed(source: Resource) -> None:
    entry = entry_of(statement(informationSource=source))

    assert entry.said.informant is None
    assert ("information", "informational", PLACE) in told(entry)


def test_an_order_says_nothing_of_who_said_it() -> None:
    assert item_of(request(requester={"reference": "Practitioner/1", "display": "Dr"})).informant is None
    assert item_of(request(reportedBoolean=True)).informant is None


def test_the_patients_own_name_is_not_repeated() -> None:
    subject = {**SUBJECT, "display": "Test Patient 01"}

    assert item_of(statement(subject=subject, informationSource=subject)).informant == Informant(
        InformantKind.PATIENT
    )


@pytest.mark.parametrize("other", ["Patient/2", "https://ehr.example/fhir/Patient/2", "urn:uuid:2"])
def test_another_patient_is_not_taken_for_this_one(other: str) -> None:
    entry = entry_of(
        statement(
            subject={"reference": "Patient/1"}, informationSource={"type": "Patient", "reference": other}
        )
    )

    assert entry.said.informant is None
    assert detail_at(entry, PLACE) == "Who said it is not known: this is another patient."


@pytest.mark.parametrize(
    ("subject", "source"),
    [
        ("Patient/1", "https://ehr.example/fhir/Patient/1"),
        ("urn:uuid:p", "Patient/1"),
        ("Patient/1", "urn:uuid:p"),
    ],
)
def test_the_same_patient_is_known_by_either_reference(subject: str, source: str) -> None:
    sent = {"fullUrl": "urn:uuid:p", "resource": patient(id="1")}
    taken = statement(
        subject={"reference": subject}, informationSource={"type": "Patient", "reference": source}
    )

    reading = reading_of(bundle(sent, taken))

    assert reading.entries[1].said.informant == Informant(InformantKind.PATIENT)


def test_two_patients_in_one_bundle_are_told_apart() -> None:
    first = {"fullUrl": "urn:uuid:1", "resource": patient()}
    second = {"fullUrl": "urn:uuid:2", "resource": patient(identifier=[{"system": "urn:x", "value": "2"}])}
    taken = statement(subject={"reference": "urn:uuid:1"}, informationSource={"reference": "urn:uuid:2"})

    assert reading_of(bundle(first, second, taken)).entries[2].said.informant is None


def provenance(target: str, **said: object) -> Resource:
    return {"resourceType": "Provenance", "target": [{"reference": target}], **said}


def agent(role: str, **who: object) -> Resource:
    system = "http://terminology.hl7.org/CodeSystem/provenance-participant-type"
    return {"type": {"coding": [{"system": system, "code": role}]}, "who": who}


def collected(mode: str) -> Resource:
    return {"coding": [{"system": f"{OWN}:collection-mode", "code": mode}]}


def test_a_provenance_says_how_it_was_collected_who_said_it_and_who_keyed_it() -> None:
    witness = provenance(
        "MedicationRequest/1",
        activity=collected("phone"),
        agent=[
            agent("enterer", display="Test Recorder 01"),
            agent("informant", type="RelatedPerson", display="Test Relative 01"),
            agent("author", display="Test Author 01"),
            {"type": {"text": "no code"}},
        ],
    )
    reading = reading_of(
        bundle(witness, request(id="1", intent="plan", reportedBoolean=True), request(id="2"))
    )
    first, second = reading.entries[1].said, reading.entries[2].said

    assert first.collection_mode is CollectionMode.PHONE
    assert first.informant == Informant(InformantKind.RELATED_PERSON, "Test Relative 01")
    assert first.origin.recorder == "Test Recorder 01"
    assert (second.collection_mode, second.informant) == (None, None)
    assert reading.entries[0].issues == ()


def test_the_resource_itself_says_who_said_it_before_a_provenance_does() -> None:
    witness = provenance("MedicationStatement/1", agent=[agent("informant", type="Practitioner")])
    taken = statement(id="1", informationSource=SUBJECT)

    assert reading_of(bundle(witness, taken)).entries[1].said.informant == Informant(InformantKind.PATIENT)


def test_the_first_of_two_provenances_holds() -> None:
    witnesses = [provenance("MedicationStatement/1", activity=collected(mode)) for mode in ("paper", "phone")]

    entries = reading_of(bundle(*witnesses, statement(id="1"))).entries

    assert entries[2].said.collection_mode is CollectionMode.PAPER


def test_a_provenance_that_cannot_be_read_bears_no_witness() -> None:
    unknown = provenance("MedicationStatement/1", activity=collected("guessed"))
    by_rules = provenance("MedicationStatement/1", activity=collected("phone"), implicitRules="urn:rules")

    reading = reading_of(bundle(unknown, by_rules, statement(id="1")))

    assert [entry.refused for entry in reading.entries] == [True, True, False]
    assert reading.entries[2].said.collection_mode is None


def test_a_provenance_of_nothing_and_one_that_says_nothing_are_not_kept() -> None:
    nothing = provenance("MedicationStatement/1")
    of_nobody = provenance("MedicationStatement/2", activity=collected("phone"))

    reading = reading_of(bundle(nothing, of_nobody, statement(id="1")))

    assert told(reading) == [
        ("information", "informational", "Bundle.entry[0].resource"),
        ("information", "informational", "Bundle.entry[1].resource.target"),
    ]


def test_a_provenance_alone_is_refused() -> None:
    assert refusals(provenance("MedicationStatement/1")) == [("not-supported", "Provenance")]
