"""What is expected of each file of the corpus.

The corpus is no part of the project: a medicine's name stands here as the place in the file where it is
written.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from service.domain.attribution import InformantKind
from service.domain.medications.items import Status

MEDICINE = "medicationCodeableConcept/coding/0/display"


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
