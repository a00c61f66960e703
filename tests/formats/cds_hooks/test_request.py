"""Reading a call: what is needed is demanded by name, what is not known is passed over."""

from typing import Any
from uuid import UUID

import pytest

from service.formats.cds_hooks.discovery import SERVICES, HookService
from service.formats.cds_hooks.faults import HookRefusedError
from service.formats.cds_hooks.request import read_request
from tests.cds_calls import bundle, call, order, patient, select, sign, view, whole_prefetch

SELECT, SIGN, VIEW = SERVICES.values()


def faults(service: HookService, body: Any) -> list[tuple[str, str]]:
    with pytest.raises(HookRefusedError) as refused:
        read_request(service, body)
    return [(fault.pointer, fault.code) for fault in refused.value.faults]


def changed(body: dict[str, Any], path: str, value: Any) -> dict[str, Any]:
    """The call with a member at ``context/userId`` and its like replaced, or taken away by ``...``."""
    outer, _, inner = path.rpartition("/")
    members = {**(body[outer] if outer else body), inner: value}
    if value is ...:
        del members[inner]
    return {**body, outer: members} if outer else members


NEEDED = {
    "hook": SIGN,
    "hookInstance": SIGN,
    "context": SIGN,
    "context/userId": VIEW,
    "context/patientId": VIEW,
    "context/draftOrders": SIGN,
    "context/selections": SELECT,
}
CALLS = {SELECT.id: select, SIGN.id: sign, VIEW.id: view}


@pytest.mark.parametrize("path", NEEDED)
@pytest.mark.parametrize("value", [..., None])
def test_what_is_needed_and_missing_is_named(path: str, value: Any) -> None:
    service = NEEDED[path]
    assert faults(service, changed(CALLS[service.id](), path, value)) == [(f"/{path}", "required")]


@pytest.mark.parametrize(
    ("service", "path", "value", "code"),
    [
        (SIGN, "hook", "order-select", "choice"),
        (SIGN, "hook", 1, "choice"),
        (SIGN, "hookInstance", "1", "id"),
        (SIGN, "hookInstance", 1, "id"),
        (SIGN, "hookInstance", "{7d1c6b8e-21a1-4c67-9d3c-3f5b6a1c9e10}", "id"),
        (SIGN, "context", [], "type"),
        (SIGN, "context", "x", "type"),
        (VIEW, "context/userId", "", "type"),
        (VIEW, "context/patientId", 1, "type"),
        (VIEW, "context/patientId", " ", "type"),
        (SIGN, "context/draftOrders", [], "type"),
        (SIGN, "context/draftOrders", {}, "type"),
        (SIGN, "context/draftOrders", order(), "type"),
        (SIGN, "context/draftOrders", {"resourceType": "Bundle", "entry": {}}, "type"),
        (SIGN, "context/draftOrders", {"resourceType": "Bundle", "entry": [1]}, "type"),
        (SELECT, "context/selections", "MedicationRequest/1", "type"),
        (SELECT, "context/selections", [1], "type"),
        (SIGN, "prefetch", [], "type"),
        (SIGN, "prefetch", "x", "type"),
    ],
)
def test_what_is_of_the_wrong_kind_is_named(service: HookService, path: str, value: Any, code: str) -> None:
    assert faults(service, changed(CALLS[service.id](), path, value)) == [(f"/{path}", code)]


@pytest.mark.parametrize("body", [None, [], "x", 1, True])
def test_a_call_that_is_no_object_is_refused(body: Any) -> None:
    assert faults(SIGN, body) == [("", "type")]


def test_every_fault_is_named_at_once() -> None:
    assert faults(SELECT, {"context": {}}) == [
        ("/hookInstance", "required"),
        ("/hook", "required"),
        ("/context/userId", "required"),
        ("/context/patientId", "required"),
        ("/context/selections", "required"),
        ("/context/draftOrders", "required"),
    ]


@pytest.mark.parametrize("patient_id", ["ehr-2", "", 1, None])
def test_a_patient_who_is_not_the_one_of_the_context_is_refused(patient_id: Any) -> None:
    body = sign(prefetch=whole_prefetch(patient=patient(id=patient_id)))
    assert faults(SIGN, body) == [("/prefetch/patient/id", "another_patient")]


def test_a_sandbox_that_makes_up_its_ids_is_answered_of_the_patient_whose_record_came() -> None:
    own = "01920000-0000-7000-8000-000000000000"
    body = sign(prefetch=whole_prefetch(patient=patient(id="ehr-2")))
    body["context"]["patientId"] = own

    asked = read_request(SIGN, body, sandbox=True)

    assert (asked.ids_differ, asked.patient_id) == (True, None)
    assert asked.patient is not None
    assert not read_request(SIGN, sign(), sandbox=True).ids_differ


def test_a_patient_without_an_id_or_named_with_its_type_is_the_one_of_the_context() -> None:
    nameless = patient()
    del nameless["id"]
    assert read_request(SIGN, sign(prefetch={"patient": nameless})).patient
    assert read_request(SIGN, sign(prefetch={"patient": patient()}, patientId="Patient/ehr-1")).patient


def test_what_is_not_known_is_passed_over() -> None:
    body = sign()
    more = {
        **body,
        "fhirServer": 7,
        "fhirAuthorization": {"access_token": "not ours to use"},
        "extension": {"com.example": None},
        "context": {**body["context"], "encounterId": 1, "x": []},
        "prefetch": {**body["prefetch"], "more": "x"},
    }
    assert read_request(SIGN, more) == read_request(SIGN, body)


@pytest.mark.parametrize("prefetch", [..., None, {}])
def test_a_call_may_come_without_a_prefetch(prefetch: Any) -> None:
    read = read_request(SIGN, changed(sign(), "prefetch", prefetch))
    assert (read.patient, len(read.orders)) == (None, 1)


@pytest.mark.parametrize("prefix", ["", "Patient/"])
def test_our_own_id_of_a_patient_is_known_by_its_form(prefix: str) -> None:
    own = "01a213f4-a503-7000-afa1-a50a08f0257e"
    assert read_request(VIEW, view({}, patientId=prefix + own)).patient_id == UUID(own)
    assert read_request(VIEW, view({}, patientId="ehr-1")).patient_id is None


def test_each_hook_has_its_own_orders() -> None:
    drafts = bundle(order("Water", 1), order("Soap", 2))
    selecting = call("order-select", draftOrders=drafts, selections=["MedicationRequest/order-2"])
    viewing = view(whole_prefetch(medicationRequests=bundle(order("Tea", status="active"))))

    texts = [
        [text for one in read_request(service, body).orders for text in one.texts]
        for service, body in (
            (SELECT, selecting),
            (SIGN, call("order-sign", draftOrders=drafts)),
            (VIEW, viewing),
        )
    ]
    assert texts == [["Soap"], ["Water", "Soap"], ["Tea"]]
    assert [read_request(s, b).planned_too for s, b in ((SIGN, sign()), (VIEW, viewing))] == [False, True]
