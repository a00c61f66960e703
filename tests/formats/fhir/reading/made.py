"""Resources as other systems write them, of nobody in particular, and what is read of them."""

import json
from typing import Any
from uuid import UUID

from service.domain.imports.sent import SentAnswer, SentItem, SentPatient
from service.formats.fhir.parsing import parse_fhir
from service.formats.fhir.reading import read
from service.formats.findings import EntryReading, Issue, Reading, Severity

Resource = dict[str, Any]
SENDER = "ehr-1"
PATIENT_ID = UUID("6f1b1f5e-0d1a-4c5e-9f57-0c1d2e3f4a5b")
SUBJECT = {"reference": f"Patient/{PATIENT_ID}"}
IDENTIFIER = {"system": "urn:clinic:mrn", "value": "0001"}


def statement(**said: Any) -> Resource:
    """A statement that water is taken; what is None is left out."""
    return _without_none(
        {
            "resourceType": "MedicationStatement",
            "status": "active",
            "medicationCodeableConcept": {"text": "Water"},
            "subject": SUBJECT,
            **said,
        }
    )


def request(**said: Any) -> Resource:
    """An order for water."""
    return _without_none(
        {
            "resourceType": "MedicationRequest",
            "status": "active",
            "intent": "order",
            "medicationCodeableConcept": {"text": "Water"},
            "subject": SUBJECT,
            **said,
        }
    )


def patient(**said: Any) -> Resource:
    """A patient with a number."""
    return _without_none({"resourceType": "Patient", "identifier": [IDENTIFIER], **said})


def _without_none(resource: Resource) -> Resource:
    return {name: value for name, value in resource.items() if value is not None}


def bundle(*resources: Resource, kind: str = "collection", **said: Any) -> Resource:
    """A Bundle of resources, or of whole entries."""
    entries = [one if "resourceType" not in one else {"resource": one} for one in resources]
    return {"resourceType": "Bundle", "type": kind, "entry": entries, **said}


def posted(resource: Resource, **said: Any) -> Resource:
    """An entry of a transaction."""
    method = {"method": "POST", "url": resource["resourceType"]}
    return {"resource": resource, "request": method, **said}


def reading_of(document: Resource) -> Reading:
    """What is read of a document that went over the wire."""
    return read(parse_fhir(json.dumps(document).encode()), sender=SENDER)


def entry_of(resource: Resource) -> EntryReading:
    """What is read of a resource that came alone."""
    (entry,) = reading_of(resource).entries
    return entry


def item_of(resource: Resource) -> SentItem:
    """The item that is read of a resource."""
    entry = entry_of(resource)
    assert isinstance(entry.said, SentItem), entry.issues
    return entry.said


def answer_of(resource: Resource) -> SentAnswer:
    """The answer that is read of a List."""
    entry = entry_of(resource)
    assert isinstance(entry.said, SentAnswer), entry.issues
    return entry.said


def patient_of(resource: Resource) -> SentPatient:
    """The patient that is read of a Patient."""
    entry = entry_of(resource)
    assert isinstance(entry.said, SentPatient), entry.issues
    return entry.said


def told(reading: EntryReading | Reading) -> list[tuple[str, str, str | None]]:
    """Each issue: how grave, its code and its place."""
    return [(issue.severity.value, issue.code, issue.expression) for issue in reading.issues]


def refusals(resource: Resource) -> list[tuple[str, str | None]]:
    """The errors of a resource that came alone: code and place. Nothing is taken of what has one."""
    entry = entry_of(resource)
    found = [issue for issue in entry.issues if issue.severity is Severity.ERROR]
    assert entry.refused == bool(found)
    assert not (found and (entry.said or entry.whose))
    return [(issue.code, issue.expression) for issue in found]


def detail_at(reading: EntryReading, place: str) -> str:
    """What is said of one place."""
    found: list[Issue] = [issue for issue in reading.issues if issue.expression == place]
    assert len(found) == 1, reading.issues
    return found[0].detail
