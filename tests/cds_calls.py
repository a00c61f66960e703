"""Calls of CDS Hooks services as EHRs send them, and the rules that every card of an answer keeps."""

from typing import Any
from uuid import uuid4

Json = dict[str, Any]
ORDERED = "Examplinib 200 mg tablets"
MRN = "urn:clinic:mrn"


def order(text: str | None = ORDERED, number: int = 1, **fields: Any) -> Json:
    """A draft of an order; ``text`` is what it calls the medicine."""
    called = {} if text is None else {"medicationCodeableConcept": {"text": text}}
    return {
        "resourceType": "MedicationRequest",
        "id": f"order-{number}",
        "status": "draft",
        "intent": "order",
        "subject": {"reference": "Patient/ehr-1"},
        **called,
        **fields,
    }


def statement(text: str = "Water", **fields: Any) -> Json:
    return {
        "resourceType": "MedicationStatement",
        "status": "active",
        "medicationCodeableConcept": {"text": text},
        "subject": {"reference": "Patient/ehr-1"},
        **fields,
    }


def bundle(*resources: Json, **fields: Any) -> Json:
    return {
        "resourceType": "Bundle",
        "type": "searchset",
        "entry": [{"resource": resource} for resource in resources],
        **fields,
    }


def patient(value: str = "000123", **fields: Any) -> Json:
    return {
        "resourceType": "Patient",
        "id": "ehr-1",
        "identifier": [{"system": MRN, "value": value}],
        **fields,
    }


def whole_prefetch(**changed: Any) -> Json:
    """Everything that is asked for; None takes a key away."""
    sent = {
        "patient": patient(),
        "medicationRequests": bundle(order("Water", 7, status="active")),
        "medicationStatements": bundle(statement("Soap"), statement("Tea")),
    } | changed
    return {name: value for name, value in sent.items() if value is not None}


def call(hook: str, prefetch: Json | None = None, **context: Any) -> Json:
    return {
        "hook": hook,
        "hookInstance": str(uuid4()),
        "context": {"userId": "Practitioner/1", "patientId": "ehr-1", **context},
        "prefetch": whole_prefetch() if prefetch is None else prefetch,
    }


def sign(*orders: Json, prefetch: Json | None = None, **context: Any) -> Json:
    return call("order-sign", prefetch, draftOrders=bundle(*(orders or (order(),))), **context)


def select(*orders: Json, selections: list[str] | None = None, prefetch: Json | None = None) -> Json:
    """A call in which the first order is selected, unless ``selections`` says which."""
    drafts = orders or (order(),)
    chosen = [f"{drafts[0]['resourceType']}/{drafts[0]['id']}"] if selections is None else selections
    return call("order-select", prefetch, draftOrders=bundle(*drafts), selections=chosen)


def view(prefetch: Json | None = None, **context: Any) -> Json:
    return call("patient-view", prefetch, **context)


ADDRESSES = {
    "order-select": "/cds-services/disclosure-order-select",
    "order-sign": "/cds-services/disclosure-order-sign",
    "patient-view": "/cds-services/disclosure-patient-view",
}
