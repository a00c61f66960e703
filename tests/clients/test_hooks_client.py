"""HealthChain's sandbox client calls the CDS Hooks as an EHR would."""

import json
from pathlib import Path
from typing import Any

import pytest
from healthchain.models.hooks import OrderSelectContext, OrderSignContext
from healthchain.models.hooks.basehookcontext import BaseHookContext
from healthchain.models.requests import CDSRequest
from healthchain.sandbox.sandboxclient import SandboxClient
from pydantic import SerializeAsAny

from tests.clients.conftest import Demo

IDENTIFIED = {"resourceType": "Patient", "id": "ehr-1"}
NOTHING = {"resourceType": "Bundle", "type": "searchset", "total": 0}
Prefetch = dict[str, Any]


@pytest.fixture
def prefetch(patient: str) -> Prefetch:
    """What an EHR sends of the patient of the tests."""
    known = {**IDENTIFIED, "identifier": [{"system": "urn:clinic:mrn", "value": "clients-1"}]}
    return {"patient": known, "medicationRequests": NOTHING, "medicationStatements": NOTHING}


class OrderRequest(CDSRequest):
    """HealthChain's request with the order in it, which its own model leaves out when it writes a context."""

    context: SerializeAsAny[BaseHookContext]


def order_for(name: str) -> dict[str, Any]:
    return {
        "resourceType": "MedicationRequest",
        "id": "order-1",
        "status": "draft",
        "intent": "order",
        "subject": {"reference": "Patient/ehr-1"},
        "medicationCodeableConcept": {"text": name},
    }


def drafts(name: str) -> dict[str, Any]:
    return {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": order_for(name)}]}


def cards_of(client: SandboxClient) -> list[dict[str, Any]]:
    (answer,) = client.send_requests()
    cards: list[dict[str, Any]] = answer["cards"]
    return cards


def ordering(demo: Demo, hook: str, name: str, prefetch: Prefetch) -> SandboxClient:
    client = SandboxClient(f"{demo['BASE_URL']}/cds-services/disclosure-{hook}", workflow=hook)
    ordered: Any = {"userId": "Practitioner/1", "patientId": "ehr-1", "draftOrders": drafts(name)}
    context = (
        OrderSelectContext(**ordered, selections=["MedicationRequest/order-1"])
        if hook == "order-select"
        else OrderSignContext(**ordered)
    )
    client.requests.append(OrderRequest(hook=hook, context=context, prefetch=prefetch))
    return client


@pytest.mark.parametrize("hook", ["order-select", "order-sign"])
def test_an_order_for_the_treatment_shows_what_is_still_to_ask(
    demo: Demo, prefetch: Prefetch, hook: str
) -> None:
    (card,) = cards_of(ordering(demo, hook, "Sorafenib 200 mg tablet", prefetch))

    assert card["indicator"] == "info"
    assert "supplement" in card["summary"].lower()
    assert card["source"]["label"] == "Overview of sorafenib"


@pytest.mark.parametrize("hook", ["order-select", "order-sign"])
def test_an_order_for_something_else_shows_nothing(demo: Demo, prefetch: Prefetch, hook: str) -> None:
    assert cards_of(ordering(demo, hook, "Water", prefetch)) == []


def test_opening_the_chart_of_a_patient_who_is_planned_shows_the_card(
    demo: Demo, prefetch: Prefetch, tmp_path: Path
) -> None:
    path = tmp_path / "prefetch.json"
    path.write_text(json.dumps(prefetch), "utf-8")
    client = SandboxClient(
        f"{demo['BASE_URL']}/cds-services/disclosure-patient-view", workflow="patient-view"
    )
    client.load_from_path(path)

    (card,) = cards_of(client)
    assert "supplement" in card["summary"].lower()


def test_made_up_patients_of_the_sandbox_are_answered_without_an_error(demo: Demo) -> None:
    client = SandboxClient(
        f"{demo['BASE_URL']}/cds-services/disclosure-patient-view", workflow="patient-view"
    )
    client.load_synthetic(n=5, random_seed=1)

    assert [answer.get("cards") for answer in client.send_requests()] == [[]] * 5
