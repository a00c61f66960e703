"""What an EHR sends in the tests: patients, items, Lists, and Bundles of them."""

from collections.abc import Mapping
from typing import Any

from werkzeug.test import TestResponse

from tests.web.conftest import Caller

MRN = "urn:clinic:mrn"
EMPTY_REASON = "http://terminology.hl7.org/CodeSystem/list-empty-reason"
Resource = dict[str, Any]


def identified(mrn: str = "000123") -> Resource:
    return {"identifier": {"system": MRN, "value": mrn}}


def patient(mrn: str = "000123", **parts: Any) -> Resource:
    return {"resourceType": "Patient", "identifier": [{"system": MRN, "value": mrn}], **parts}


def statement(name: str, *, subject: Any = None, **parts: Any) -> Resource:
    return {
        "resourceType": "MedicationStatement",
        "status": "active",
        "medicationCodeableConcept": {"text": name},
        "subject": subject or identified(),
        **parts,
    }


def plan(name: str, **parts: Any) -> Resource:
    sent = statement(name, **parts)
    return {**sent, "resourceType": "MedicationRequest", "intent": "plan", "reportedBoolean": True}


def answered(category: str, reason: str, *, source: bool = True, **parts: Any) -> Resource:
    """A List that is empty for a reason of R4's or of ours, said by a nurse or by nobody."""
    own = reason in ("unknown", "declined")
    system = "urn:medication-checklist:answer" if own else EMPTY_REASON
    said_by = {"source": {"type": "Practitioner", "display": "Test Nurse"}} if source else {}
    return {
        "resourceType": "List",
        "status": "current",
        "mode": "snapshot",
        "code": {"coding": [{"system": "urn:medication-checklist:category", "code": category}]},
        "subject": identified(),
        "emptyReason": {"coding": [{"system": system, "code": reason}]},
        **said_by,
        **parts,
    }


def categorized(resource: Resource, category: str) -> Resource:
    concept = {"coding": [{"system": "urn:medication-checklist:category", "code": category}]}
    listed = resource["resourceType"] == "MedicationRequest"
    return {**resource, "category": [concept] if listed else concept}


def bundle(kind: str, *resources: Resource) -> Resource:
    """A Bundle; in a transaction and a batch every resource is posted."""
    entries: list[Resource] = [{"resource": one} for one in resources]
    if kind in ("transaction", "batch"):
        entries = [
            {**entry, "request": {"method": "POST", "url": entry["resource"]["resourceType"]}}
            for entry in entries
        ]
    return {"resourceType": "Bundle", "type": kind, **({"entry": entries} if entries else {})}


def statuses(answer: TestResponse) -> list[str]:
    """What a Bundle's answer says of each entry."""
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return [entry["response"]["status"] for entry in answer.get_json().get("entry", [])]


def issues(answer: TestResponse) -> list[Mapping[str, Any]]:
    found = answer.get_json()
    assert found["resourceType"] == "OperationOutcome"
    said: list[Mapping[str, Any]] = found["issue"]
    return said


def list_of(caller: Caller, mrn: str = "000123") -> Mapping[str, Any]:
    """The patient's list as the clinic's own API gives it."""
    found = caller.get(f"/v1/patients?identifier={MRN}|{mrn}").get_json()["items"]
    listed: Mapping[str, Any] = caller.get(f"/v1/patients/{found[0]['id']}/medication-list").get_json()
    return listed


def names(listed: Mapping[str, Any]) -> list[str]:
    return [item["name"] for item in listed["items"]]
