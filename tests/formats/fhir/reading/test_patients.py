"""Who the patient is: by the clinic's numbers, in the sender's words."""

from typing import Any

import pytest

from service.domain.patients.patients import Identifier
from service.domain.text import PartialDate
from service.formats.fhir.reading import read
from service.formats.findings import Whose
from tests.formats.fhir.reading.made import (
    IDENTIFIER,
    PATIENT_ID,
    SUBJECT,
    Resource,
    bundle,
    detail_at,
    entry_of,
    patient,
    patient_of,
    reading_of,
    refusals,
    statement,
    told,
)

MRN = Identifier("urn:clinic:mrn", "0001")
OURS = {"system": "urn:medication-checklist:patient", "value": str(PATIENT_ID)}


def test_a_patient_has_identifiers_a_name_a_date_of_birth_and_a_language() -> None:
    sent = patient_of(
        patient(
            name=[{"given": ["Test", "X."], "family": "Patient 01", "suffix": ["Jr"]}],
            birthDate="1961-04",
            communication=[{"language": {"coding": [{"system": "urn:ietf:bcp:47", "code": "es-MX"}]}}],
        )
    )

    assert sent.identifiers == (MRN,)
    assert (sent.name, sent.birth_date, sent.language) == (
        "Test X. Patient 01 Jr",
        PartialDate(1961, 4),
        "es-MX",
    )


@pytest.mark.parametrize(
    "identifier", [None, [], [{"system": "urn:x"}], [{"value": "1"}], [{**IDENTIFIER, "use": "old"}]]
)
def test_a_patient_who_could_not_be_found_again_is_refused(identifier: Any) -> None:
    assert refusals(patient(identifier=identifier)) == [("required", "Patient.identifier")]


def test_old_and_passing_numbers_and_second_ones_of_a_system_are_not_kept() -> None:
    numbers = [
        {"system": "urn:a", "value": "1", "use": "temp"},
        {"system": "urn:a", "value": "2", "use": "usual"},
        {"system": "urn:a", "value": "3"},
        {"system": "urn:b", "value": "4", "use": "old"},
        {"system": "urn:c", "value": "5", "type": {"text": "MRN"}, "period": {}},
    ]

    assert patient_of(patient(identifier=numbers)).identifiers == (
        Identifier("urn:a", "2"),
        Identifier("urn:c", "5"),
    )
    assert [place for _, _, place in told(entry_of(patient(identifier=numbers)))] == [
        "Patient.identifier[0]",
        "Patient.identifier[2]",
        "Patient.identifier[3]",
    ]


def test_our_own_id_is_given_back_as_whose_it_is() -> None:
    entry = entry_of(patient(identifier=[OURS]))

    assert entry.whose == Whose(patient_id=PATIENT_ID)
    assert entry.said.identifiers == ()
    assert entry_of(patient()).whose is None
    assert refusals(patient(identifier=[{**OURS, "value": "7"}])) == [
        ("value", "Patient.identifier[0].value")
    ]


@pytest.mark.parametrize(
    ("names", "name"),
    [
        ([{"use": "old", "text": "A"}, {"use": "usual", "text": "B"}, {"use": "official", "text": "C"}], "C"),
        ([{"use": "old", "text": "A"}, {"use": "nickname", "text": "B"}, {"text": "C"}], "C"),
        ([{"use": "old", "text": "A"}, {"use": "maiden", "text": "B"}], None),
        ([{"use": "official"}, {"text": "C"}], "C"),
        ([{"text": "As it is written", "family": "Other"}], "As it is written"),
        ([{"family": "Patient 01"}], "Patient 01"),
        ([{"given": ["Test"]}], "Test"),
        ([], None),
    ],
)
def test_the_name_is_the_one_that_is_in_use(names: list[Resource], name: str | None) -> None:
    assert patient_of(patient(name=names)).name == name


def test_a_given_name_that_is_no_text_is_refused() -> None:
    assert refusals(patient(name=[{"given": [5]}])) == [("structure", "Patient.name[0].given[0]")]


SPANISH = {"language": {"coding": [{"system": "urn:ietf:bcp:47", "code": "es"}], "text": "Spanish"}}
ENGLISH = {"language": {"coding": [{"system": "urn:ietf:bcp:47", "code": "en"}]}}


@pytest.mark.parametrize(
    ("communication", "language"),
    [
        ([SPANISH], "es"),
        ([ENGLISH, {**SPANISH, "preferred": True}], "es"),
        ([ENGLISH, SPANISH], None),
        ([{**SPANISH, "preferred": False}], "es"),
        ([{"language": {"text": "Spanish"}}], None),
        ([{"preferred": True}], None),
        ([], None),
    ],
)
def test_the_language_is_the_preferred_one_or_the_only_one(
    communication: list[Resource], language: str | None
) -> None:
    assert patient_of(patient(communication=communication)).language == language


@pytest.mark.parametrize(
    ("said", "place"),
    [({"active": False}, "active"), ({"link": [{"type": "refer"}, {"type": "replaced-by"}]}, "link[1].type")],
)
def test_a_record_that_is_not_in_use_is_refused(said: Resource, place: str) -> None:
    assert refusals(patient(**said)) == [("business-rule", f"Patient.{place}")]
    assert patient_of(patient(active=True)).identifiers == (MRN,)


@pytest.mark.parametrize("said", [{"deceasedBoolean": True}, {"deceasedDateTime": "2026-01-01"}])
def test_what_is_said_of_a_death_is_not_kept_and_warned_of_without_repeating_it(said: Resource) -> None:
    entry = entry_of(patient(**said))

    assert told(entry) == [("warning", "not-supported", "Patient.deceased")]
    assert detail_at(entry, "Patient.deceased") == "What `deceased[x]` says is not kept."
    assert not [
        place for grave, _, place in told(entry_of(patient(deceasedBoolean=False))) if grave == "warning"
    ]


def test_what_else_is_said_of_a_patient_is_named_as_not_kept() -> None:
    own = {"url": "urn:medication-checklist:extension:print-size", "valueCode": "large"}
    entry = entry_of(patient(gender="female", telecom=[{"value": "0"}], extension=[own]))

    assert detail_at(entry, "Patient") == "Not kept: gender, telecom, extension.valueCode."


def whose(subject: Resource | None, **said: Any) -> Whose | None:
    return entry_of(statement(subject=subject, **said)).whose


@pytest.mark.parametrize(
    ("subject", "expected"),
    [
        (SUBJECT, Whose(patient_id=PATIENT_ID, reference=SUBJECT["reference"])),
        ({"identifier": OURS}, Whose(patient_id=PATIENT_ID)),
        ({"identifier": IDENTIFIER}, Whose(identifier=MRN)),
        ({"reference": "Patient/pat1"}, Whose(reference="Patient/pat1")),
        ({"reference": "Patient/pat1", "identifier": IDENTIFIER}, Whose(None, None, MRN, "Patient/pat1")),
        (
            {"reference": "Patient?identifier=urn:clinic:mrn|0001"},
            Whose(None, None, MRN, "Patient?identifier=urn:clinic:mrn|0001"),
        ),
        (
            {"reference": "Patient?identifier=urn%3Aclinic%3Amrn%7C0001"},
            Whose(None, None, MRN, "Patient?identifier=urn%3Aclinic%3Amrn%7C0001"),
        ),
        ({"reference": "Patient?name=x"}, Whose(reference="Patient?name=x")),
    ],
)
def test_a_patient_is_named_by_our_id_by_a_number_or_by_a_reference(
    subject: Resource, expected: Whose
) -> None:
    assert whose(subject) == expected


def test_our_own_id_is_known_wherever_it_stands() -> None:
    sought = {"reference": f"Patient?identifier={OURS['system']}|{PATIENT_ID}"}

    assert whose(sought) == Whose(patient_id=PATIENT_ID, reference=sought["reference"])
    assert whose({"reference": "#p"}, contained=[patient(id="p", identifier=[OURS])]) == Whose(
        patient_id=PATIENT_ID, reference="#p"
    )


def test_a_subject_that_names_two_patients_is_refused() -> None:
    other = {**OURS, "value": "0b7d9a3e-5a4b-4a69-8d55-1f2e3d4c5b6a"}

    assert refusals(statement(subject={**SUBJECT, "identifier": other})) == [
        ("invariant", "MedicationStatement.subject")
    ]
    assert whose({**SUBJECT, "identifier": OURS}) == Whose(
        patient_id=PATIENT_ID, reference=SUBJECT["reference"]
    )


def test_our_own_address_of_a_patient_is_known_again() -> None:
    subject = {"reference": f"https://checklist.example/fhir/Patient/{PATIENT_ID}"}
    sent = statement(subject=subject)

    ours = read(sent, sender=None, base="https://checklist.example/fhir").entries[0].whose
    other = read(sent, sender=None, base="https://other.example/fhir").entries[0].whose

    assert ours == Whose(patient_id=PATIENT_ID, reference=subject["reference"])
    assert other == Whose(reference=subject["reference"])


@pytest.mark.parametrize("contained", [[patient(id="p")], [patient(id="p", identifier=[{}, IDENTIFIER])]])
def test_a_patient_inside_the_resource_is_known_by_the_first_number(contained: list[Resource]) -> None:
    assert whose({"reference": "#p"}, contained=contained) == Whose(None, None, MRN, "#p")


def test_a_patient_inside_without_a_number_is_only_a_reference() -> None:
    assert whose({"reference": "#p"}, contained=[{"resourceType": "Patient", "id": "p"}]) == Whose(
        reference="#p"
    )
    assert whose({"reference": "#q"}, contained=[patient(id="p")]) == Whose(reference="#q")


@pytest.mark.parametrize(
    ("subject", "code"),
    [
        (None, "required"),
        ({}, "required"),
        ({"display": "Test Patient 01"}, "required"),
        ({"reference": "Group/1"}, "value"),
        ({"reference": f"Group?identifier=urn:x|{'1'}"}, "value"),
        ({"type": "Group", "reference": "urn:uuid:1"}, "value"),
    ],
)
def test_an_item_of_nobody_is_refused(subject: Resource | None, code: str) -> None:
    assert refusals(statement(subject=subject)) == [(code, "MedicationStatement.subject")]


def test_a_reference_that_two_servers_patients_answer_to_means_neither() -> None:
    here = {"fullUrl": "https://a.example/fhir/Patient/1", "resource": patient(id="1")}
    there = {"fullUrl": "https://b.example/fhir/Patient/1", "resource": patient(id="1", gender="male")}
    taken = statement(subject={"reference": "Patient/1"})
    on_b = {"fullUrl": "https://b.example/fhir/MedicationStatement/1", "resource": taken}
    on_c = {"fullUrl": "https://c.example/fhir/MedicationStatement/1", "resource": taken}
    odd = {"fullUrl": "https://c.example", "resource": taken}

    entries = reading_of(bundle(here, there, taken, on_b, on_c, odd)).entries

    assert [entry.whose.entry for entry in entries[2:] if entry.whose] == [None, 1, None, None]


def test_the_same_patient_sent_twice_is_one() -> None:
    taken = statement(subject={"reference": "Patient/1"})

    entries = reading_of(bundle(patient(id="1"), patient(id="1"), taken)).entries

    assert entries[2].whose == Whose(entry=0, reference="Patient/1")


def test_a_resource_with_an_address_names_one_without_by_its_id() -> None:
    taken = {
        "fullUrl": "https://a.example/fhir/MedicationStatement/1",
        "resource": statement(subject={"reference": "Patient/1"}),
    }

    assert reading_of(bundle(patient(id="1"), taken)).entries[1].whose == Whose(
        entry=0, reference="Patient/1"
    )
