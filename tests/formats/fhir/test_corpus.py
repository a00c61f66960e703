"""What becomes of each file of the corpus: what is read of it, what is refused, and what is not kept.

The corpus is no part of the project. A medicine's name stands here as the place in the file where it is
written, which also holds that it is kept letter for letter.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from service.domain.attribution import InformantKind
from service.domain.medication_imports import SentItem, SentPatient
from service.domain.medications import Status
from service.formats.fhir.outcome import Severity
from service.formats.fhir.parsing import parse_fhir
from service.formats.fhir.reading import EntryReading, Reading, read

CORPUS = Path(__file__).parents[4] / "shared" / "corpus"
FOLDERS = ("r4-good", "r4-awkward")
MEDICINE = "medicationCodeableConcept/coding/0/display"
needs_corpus = pytest.mark.skipif(not CORPUS.exists(), reason="the corpus is not on this machine")


@dataclass(frozen=True)
class Item:
    """An item that is read: ``name`` and ``dose`` are places in the file, ``words`` a dose made of values.

    ``patient`` is the number of the Patient's entry, or a reference that nobody here can follow.
    """

    name: str
    status: Status = Status.ACTIVE
    dose: str | None = None
    words: str | None = None
    informant: InformantKind | None = None
    patient: int | str = "Patient/pat1"


@dataclass(frozen=True)
class Expected:
    """``items`` and ``patients`` by place of the entry, ``told`` each error and warning by its FHIRPath.

    ``nothing_changes`` are the places that say so; ``not_kept`` counts the types of resources not kept.
    """

    items: Mapping[str, Item] = field(default_factory=dict)
    patients: Mapping[str, int] = field(default_factory=dict)
    told: Mapping[str, str] = field(default_factory=dict)
    nothing_changes: tuple[str, ...] = ()
    not_kept: Mapping[str, int] = field(default_factory=dict)
    elements: tuple[str, ...] = ()


PATIENT, RELATIVE = InformantKind.PATIENT, InformantKind.RELATED_PERSON
PATH = "MedicationStatement"

EXPECTED = {
    "r4-good/Bundle-bundle-transaction.json": Expected(
        patients={"Bundle.entry[1]": 1, "Bundle.entry[3]": 1},
        told={
            "Bundle.entry[0].resource.identifier": "error required",
            "Bundle.entry[2].resource.identifier": "error required",
            "Bundle.entry[4].request.ifMatch": "warning not-supported",
            "Bundle.entry[4].resource.identifier": "error required",
            "Bundle.entry[5].request.method": "error not-supported",
            "Bundle.entry[6].request.method": "error not-supported",
            "Bundle.entry[7].request.url": "error not-supported",
            "Bundle.entry[8].request.method": "error not-supported",
            "Bundle.entry[9].request.method": "error not-supported",
            "Bundle.entry[9].request.ifNoneMatch": "warning not-supported",
            "Bundle.entry[9].request.ifModifiedSince": "warning not-supported",
        },
        elements=("gender",),
    ),
    "r4-good/List-example-empty.json": Expected(nothing_changes=("List.code",)),
    "r4-good/List-med-list.json": Expected(
        told={"List.entry[0].item": "warning incomplete"},
        nothing_changes=("List.entry[1].deleted", "List.code"),
    ),
    "r4-good/Medication-med0301.json": Expected(told={"Medication": "error not-supported"}),
    "r4-good/MedicationRequest-medrx0308.json": Expected(
        items={"MedicationRequest": Item(MEDICINE, Status.UNKNOWN, "dosageInstruction/0/text")},
        elements=("encounter", "dispenseRequest", "substitution", "dosageInstruction.timing"),
    ),
    "r4-good/MedicationStatement-example003.json": Expected(
        items={PATH: Item("medicationCodeableConcept/text", dose="dosage/0/text", informant=PATIENT)},
        elements=("effectiveDateTime", "reasonReference", "dosage.doseAndRate"),
    ),
    "r4-good/MedicationStatement-example006.json": Expected(
        items={PATH: Item(MEDICINE, dose="dosage/0/text", informant=RELATIVE)},
        elements=("effectiveDateTime", "dosage.maxDosePerPeriod"),
    ),
    "r4-good/Synthea-transaction-1.json": Expected(
        items={
            f"Bundle.entry[{number}]": Item(
                f"entry/{number}/resource/medicationCodeableConcept/text", status, patient=0
            )
            for number, status in ((5, Status.STOPPED), (18, Status.ACTIVE), (26, Status.STOPPED))
        },
        patients={"Bundle.entry[0]": 5},
        not_kept={
            "Observation": 32,
            "Claim": 9,
            "Encounter": 6,
            "ExplanationOfBenefit": 6,
            "Immunization": 6,
            "Condition": 4,
            "Procedure": 3,
            "Organization": 1,
            "Practitioner": 1,
            "CarePlan": 1,
            "DiagnosticReport": 1,
        },
        elements=("encounter", "reasonReference", "extension"),
    ),
    "r4-good/ips-minimal-document.json": Expected(
        items={
            "Bundle.entry[5]": Item(
                "entry/6/resource/code/coding/0/display", words="1 tablet, count 1", patient=1
            )
        },
        patients={"Bundle.entry[1]": 1},
        not_kept={
            "Composition": 1,
            "Practitioner": 1,
            "Organization": 1,
            "Condition": 1,
            "AllergyIntolerance": 1,
        },
        elements=("contact", "dosage.timing.repeat.periodUnit"),
    ),
    "r4-awkward/Bundle-bundle-search-warning.json": Expected(
        told={"Bundle.entry[0].resource": "warning incomplete"}
    ),
    "r4-awkward/List-example-simple-empty.json": Expected(nothing_changes=("List", "List.code")),
    "r4-awkward/MedicationRequest-medrx002.json": Expected(
        items={"MedicationRequest": Item("medicationReference/display", dose="dosageInstruction/0/text")},
        told={"MedicationRequest.medicationReference": "warning not-found"},
        elements=("encounter",),
    ),
    # Active, whatever its note says: what the sender says of the status stands, and the note beside it.
    "r4-awkward/MedicationStatement-example001.json": Expected(
        items={PATH: Item("contained/0/code/coding/0/display", dose="dosage/0/text", informant=PATIENT)},
        elements=("effectiveDateTime", "derivedFrom", "contained.batch", "category.coding"),
    ),
    "r4-awkward/MedicationStatement-example002.json": Expected(
        items={PATH: Item("contained/0/code/coding/0/display", informant=PATIENT)},
        elements=("effectiveDateTime", "statusReason.coding"),
    ),
    "r4-awkward/MedicationStatement-example005.json": Expected(
        items={PATH: Item(MEDICINE, Status.ENTERED_IN_ERROR, informant=PATIENT)},
        elements=("basedOn", "context", "effectiveDateTime"),
    ),
    "r4-awkward/msconv-ccda-ccd-no-status.json": Expected(
        items={
            "Bundle.entry[7]": Item(
                "entry/8/resource/code/coding/0/display", Status.UNKNOWN, words="2", patient=3
            ),
            "Bundle.entry[9]": Item("entry/8/resource/code/coding/0/display", Status.UNKNOWN, patient=3),
            "Bundle.entry[10]": Item("entry/8/resource/code/coding/0/display", Status.UNKNOWN, patient=3),
            "Bundle.entry[11]": Item(
                "entry/12/resource/code/coding/0/display", Status.UNKNOWN, words="1", patient=3
            ),
        },
        patients={"Bundle.entry[3]": 1},
        not_kept={
            "Observation": 18,
            "Immunization": 5,
            "Practitioner": 4,
            "Organization": 4,
            "Condition": 4,
            "Device": 4,
            "AllergyIntolerance": 2,
            "DiagnosticReport": 2,
            "Procedure": 2,
            "DocumentReference": 2,
            "Composition": 1,
            "RelatedPerson": 1,
            "Encounter": 1,
            "Location": 1,
            "FamilyMemberHistory": 1,
            "Consent": 1,
            "Coverage": 1,
        },
        elements=("telecom", "communication.language.coding"),
    ),
    "r4-awkward/msconv-stu3tor4-not-taken.json": Expected(nothing_changes=("MedicationStatement.status",)),
    "r4-awkward/uscore-medicationrequest-contained-oral-axid.json": Expected(
        items={
            "MedicationRequest": Item(
                "contained/0/code/text",
                dose="dosageInstruction/0/text",
                patient="Patient/example",
            )
        },
        elements=("dispenseRequest", "dosageInstruction.timing"),
    ),
    # A plan that was reported: what a spouse says is taken, not what anybody ordered.
    "r4-awkward/uscore-medicationrequest-self-tylenol.json": Expected(
        items={
            "MedicationRequest": Item(
                "medicationCodeableConcept/text",
                dose="dosageInstruction/0/text",
                informant=RELATIVE,
                patient="Patient/example",
            )
        },
        elements=("encounter", "requester.display"),
    ),
}


def reading_of(name: str) -> tuple[dict[str, Any], Reading]:
    document = parse_fhir((CORPUS / name).read_bytes())
    return document, read(document, sender="test")


def at(document: Any, pointer: str) -> Any:
    for step in pointer.split("/"):
        document = document[int(step) if step.isdigit() else step]
    return document


@needs_corpus
def test_every_file_of_the_corpus_has_a_line_here() -> None:
    files = {
        f"{folder}/{path.name}"
        for folder in FOLDERS
        for path in (CORPUS / folder).iterdir()
        if path.is_file()
    }

    assert files == set(EXPECTED)


@needs_corpus
@pytest.mark.parametrize("name", EXPECTED)
def test_the_medicines_of_a_file_are_read_letter_for_letter(name: str) -> None:
    document, reading = reading_of(name)

    read_here = {entry.place: entry for entry in reading.entries if isinstance(entry.said, SentItem)}
    assert set(read_here) == set(EXPECTED[name].items)
    for place, item in EXPECTED[name].items.items():
        check_item(document, read_here[place], item)


def check_item(document: Any, entry: EntryReading, expected: Item) -> None:
    said = entry.said
    assert isinstance(said, SentItem)
    assert said.facts.name == at(document, expected.name)
    assert said.facts.status is expected.status
    assert said.facts.category is None
    dose = at(document, expected.dose) if expected.dose else expected.words
    assert said.facts.dosage_text == dose
    assert (said.informant.kind if said.informant else None) is expected.informant
    assert entry.whose is not None
    told = entry.whose.reference if entry.whose.entry is None else entry.whose.entry
    assert told == expected.patient


@needs_corpus
@pytest.mark.parametrize("name", EXPECTED)
def test_the_patients_of_a_file_are_read_with_their_identifiers(name: str) -> None:
    _, reading = reading_of(name)

    patients = {
        entry.place: len(entry.said.identifiers)
        for entry in reading.entries
        if isinstance(entry.said, SentPatient)
    }
    assert patients == EXPECTED[name].patients


@needs_corpus
@pytest.mark.parametrize("name", EXPECTED)
def test_no_file_of_the_corpus_answers_for_a_category(name: str) -> None:
    _, reading = reading_of(name)

    said = [entry.said for entry in reading.entries if entry.said]
    assert all(isinstance(one, SentItem | SentPatient) for one in said)


@needs_corpus
@pytest.mark.parametrize("name", EXPECTED)
def test_what_is_refused_and_what_may_be_missing_is_named_with_its_place(name: str) -> None:
    _, reading = reading_of(name)

    told = {
        issue.expression: f"{issue.severity} {issue.code}"
        for issue in reading.issues
        if issue.severity is not Severity.INFORMATION
    }
    assert told == EXPECTED[name].told
    assert reading.refused == any("error" in one for one in told.values())


@needs_corpus
@pytest.mark.parametrize("name", EXPECTED)
def test_what_is_not_kept_is_named_once(name: str) -> None:
    _, reading = reading_of(name)

    lines = [issue.detail for issue in reading.issues if issue.detail.startswith("Not kept: ")]
    names = Counter(one for line in lines for one in line[len("Not kept: ") : -1].split(", "))
    expected = EXPECTED[name]
    assert set(expected.elements) <= set(names)
    assert {kind: count for kind, count in names.items() if kind[0].isupper()} == expected.not_kept


@needs_corpus
@pytest.mark.parametrize("name", EXPECTED)
def test_what_changes_nothing_says_so(name: str) -> None:
    _, reading = reading_of(name)

    said = [issue.expression for issue in reading.issues if "nothing changes" in issue.detail]
    assert tuple(said) == EXPECTED[name].nothing_changes
