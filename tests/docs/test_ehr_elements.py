"""The EHR guide's table of elements: what is read of R4, and what is named as not kept."""

from collections.abc import Mapping
from typing import Any

import pytest
from fhir.resources.R4B import get_fhir_model_class

from service.domain.medications.categories import Answer
from service.formats.fhir.codes import ANSWER, EMPTY_REASON
from service.formats.fhir.reading import read
from tests.docs.markdown import table
from tests.docs.test_ehr_reading import GUIDE, LIST, ORDER, PATIENT, STATEMENT, SUPPLEMENTS, Json

SAMPLES: Mapping[str, Any] = {
    "id": "1",
    "meta": {"versionId": "1"},
    "contained": [{"resourceType": "Medication", "id": "m", "code": {"text": "Water"}}],
    "extension": [{"url": "urn:medication-checklist:extension:strength", "valueString": "1 mg"}],
    "identifier": [{"system": "urn:x", "value": "1"}],
    "medicationReference": {"reference": "#m"},
    "effectivePeriod": {"start": "2026"},
    "dateAsserted": "2026",
    "authoredOn": "2026",
    "informationSource": PATIENT,
    "reportedReference": PATIENT,
    "reportedBoolean": True,
    "reasonCode": [{"text": "thirst"}],
    "reasonReference": [{"display": "thirst"}],
    "note": [{"text": "one"}],
    "dosage": [{"text": "one"}],
    "dosageInstruction": [{"text": "one"}],
    "category": SUPPLEMENTS,
    "doNotPerform": False,
    "requester": {"display": "Test Doctor"},
    "recorder": {"display": "Test Clerk"},
    "entry": [{"item": {"reference": "MedicationStatement/1"}}],
    "emptyReason": {"coding": [{"system": EMPTY_REASON, "code": "nilknown"}]},
    "active": True,
    "name": [{"text": "Test Patient 01"}],
    "birthDate": "1961",
    "deceasedBoolean": True,
    "deceasedDateTime": "2026",
    "communication": [{"language": {"coding": [{"system": "urn:ietf:bcp:47", "code": "es"}]}}],
    "link": [{"type": "seealso"}],
}
BARE: Mapping[str, Json] = {
    "MedicationStatement": STATEMENT,
    "MedicationRequest": ORDER,
    "List": {**LIST, "emptyReason": {"coding": [{"system": EMPTY_REASON, "code": "nilknown"}]}},
    "Patient": {"resourceType": "Patient", "identifier": [{"system": "urn:x", "value": "1"}]},
}
WRONG = {"text": "of another person"}
# Our own way of saying that nothing is taken by an entry.
NEGATION: Json = {
    "emptyReason": None,
    "contained": [
        {
            **STATEMENT,
            "id": "none",
            "status": "not-taken",
            "medicationCodeableConcept": {"coding": [{"system": ANSWER, "code": Answer.NONE_REPORTED.value}]},
        }
    ],
    "entry": [{"item": {"reference": "#none"}}],
}
# By type, where it matters, and element.
BESIDE: Mapping[tuple[str, str], Json] = {
    ("List", "contained"): NEGATION,
    ("List", "entry"): {"emptyReason": None},
    ("MedicationRequest", "category"): {"category": [SUPPLEMENTS]},
    ("MedicationRequest", "reportedBoolean"): {"intent": "plan"},
    ("MedicationRequest", "statusReason"): {"status": "entered-in-error", "statusReason": WRONG},
    ("MedicationStatement", "statusReason"): {"status": "entered-in-error", "statusReason": [WRONG]},
    ("", "contained"): {"medicationReference": {"reference": "#m"}, "medicationCodeableConcept": None},
    ("", "medicationReference"): {"medicationCodeableConcept": None, "contained": SAMPLES["contained"]},
}
REFUSED = {"implicitRules", "modifierExtension"}
ROWS = {row["resource"]: row for row in table(GUIDE, "Elements read and not kept")}


def of_r4(kind: str) -> list[str]:
    return list(get_fhir_model_class(kind).elements_sequence())


def named_in(row: Mapping[str, str], column: str) -> list[str]:
    return row[column].replace("`", "").split(", ")


def not_kept(kind: str, more: Json) -> list[str]:
    """What is named as not kept of a resource with something more in it."""
    told = read({**BARE[kind], **more}, sender="s").entries[0]
    assert not told.refused, told.issues
    said = [issue.detail for issue in told.issues if issue.detail.startswith("Not kept: ")]
    return [name for detail in said for name in detail[len("Not kept: ") : -1].split(", ")]


def sample(kind: str, name: str) -> Json:
    """A good value of an element that is read, with what has to stand beside it."""
    beside = BESIDE.get((kind, name)) or BESIDE.get(("", name)) or {}
    return {name: SAMPLES.get(name, BARE[kind].get(name)), **beside}


def plain(kind: str, name: str) -> object:
    """A value of the kind that an element has, as R4's definition says."""
    known = {f.alias: str(f.annotation) for f in get_fhir_model_class(kind).model_fields.values()}[name]
    value: object = {"display": "x"} if "Type" in known else "2026"
    return [value] if "List" in known else value


@pytest.mark.parametrize("kind", BARE)
def test_every_element_of_r4_is_in_one_column(kind: str) -> None:
    columns = [named_in(ROWS[kind], column) for column in ("read", "named as not kept")]

    assert sorted([*columns[0], *columns[1], *REFUSED]) == sorted(of_r4(kind))


@pytest.mark.parametrize("kind", BARE)
def test_an_element_that_is_read_is_not_named_as_not_kept(kind: str) -> None:
    for name in named_in(ROWS[kind], "read"):
        more = sample(kind, name)
        assert more[name] is not None, name
        assert name not in not_kept(kind, more), name


@pytest.mark.parametrize("kind", BARE)
def test_an_element_that_is_not_kept_is_named(kind: str) -> None:
    for name in named_in(ROWS[kind], "named as not kept"):
        assert name in not_kept(kind, {name: plain(kind, name)}), name


@pytest.mark.parametrize("name", sorted(REFUSED))
@pytest.mark.parametrize("kind", BARE)
def test_what_can_turn_the_meaning_is_refused(kind: str, name: str) -> None:
    assert read({**BARE[kind], name: plain(kind, name)}, sender="s").refused
