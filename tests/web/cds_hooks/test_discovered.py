"""An EHR that only reads the discovery document finds every service, and sends what that asks for."""

from tests.cds_calls import bundle, order, patient, statement
from tests.cds_calls import call as made_call
from tests.web.cds_hooks.conftest import Hooks
from tests.web.lists import posted

MORE = {
    "order-select": {"draftOrders": bundle(order()), "selections": ["MedicationRequest/order-1"]},
    "order-sign": {"draftOrders": bundle(order())},
    "patient-view": {},
}
RECORD = {
    "Patient/ehr-1": patient(),
    "MedicationRequest?patient=ehr-1": bundle(order(status="active")),
    "MedicationStatement?patient=ehr-1": bundle(statement()),
}


def test_each_service_answers_to_its_hook_at_the_address_made_from_its_id(hooks: Hooks) -> None:
    hooks.clinic.ehr.post("/v1/intake", posted("Water"))
    discovered = hooks.app.test_client().get("/cds-services")
    assert (discovered.status_code, discovered.content_type) == (200, "application/json")
    for service in discovered.get_json()["services"]:
        body = made_call(service["hook"], {}, **MORE[service["hook"]])
        body["prefetch"] = {
            key: RECORD[template.replace("{{context.patientId}}", body["context"]["patientId"])]
            for key, template in service["prefetch"].items()
        }
        answer = hooks.send(body, f"/cds-services/{service['id']}")
        assert answer.status_code == 200
        (card,) = answer.get_json()["cards"]
        assert "- Orders: 1\n- Reported medicines: 1\n" in card["detail"]
