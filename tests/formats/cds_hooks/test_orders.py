"""What is ordered, wherever in an order the medicine is named; and which orders do not count."""

from typing import Any

import pytest

from service.domain.cards.orders import ordered
from service.domain.codings import Coding
from service.formats.cds_hooks.orders import read_orders, read_planned_orders
from tests.cds_calls import bundle, order
from tests.guidance_of_tests import guidance_of_tests

TREATMENT = guidance_of_tests().treatment
MEDICATION = {"resourceType": "Medication", "id": "m1", "code": {"text": "Examplinib"}}
CODED = {"resourceType": "Medication", "id": "m1", "code": {"coding": [{"system": "urn:a", "code": "7"}]}}


def is_for_treatment(*resources: dict[str, Any], full_urls: tuple[str | None, ...] = ()) -> bool:
    drafts = bundle(*resources)
    for entry, address in zip(drafts["entry"], full_urls, strict=False):
        if address:
            entry["fullUrl"] = address
    return ordered(read_orders(drafts), TREATMENT)


def test_the_text_of_the_medicine_is_read() -> None:
    assert is_for_treatment(order("Examplinib 200 mg"))


def test_the_display_of_a_code_is_read() -> None:
    concept = {"coding": [{"system": "urn:x", "code": "1", "display": "examplinib tablet"}]}
    assert is_for_treatment(order(None, medicationCodeableConcept=concept))


def test_a_display_without_a_code_is_read() -> None:
    assert is_for_treatment(order(None, medicationCodeableConcept={"coding": [{"display": "Examplinib"}]}))


def test_every_code_is_read() -> None:
    codings = [{"system": "urn:x", "code": "1"}, {"system": "urn:y", "code": "2"}, {"code": "3"}]
    (read,) = read_orders(bundle(order(None, medicationCodeableConcept={"coding": codings})))
    assert read.codings == (Coding("urn:x", "1"), Coding("urn:y", "2"))


def test_the_display_of_a_reference_is_read() -> None:
    reference = {"reference": "Medication/elsewhere", "display": "Examplinib 200 mg"}
    assert is_for_treatment(order(None, medicationReference=reference))


def test_a_contained_medicine_is_read() -> None:
    reference = {"reference": "#m1"}
    assert is_for_treatment(order(None, medicationReference=reference, contained=[MEDICATION]))
    assert not is_for_treatment(order(None, medicationReference={"reference": "#m2"}, contained=[MEDICATION]))
    assert not is_for_treatment(order(None, medicationReference=reference))


@pytest.mark.parametrize(
    ("reference", "full_url"),
    [
        ("Medication/m1", None),
        ("Medication/m1", "http://ehr.example/fhir/Medication/m1"),
        ("http://ehr.example/fhir/Medication/m1", "http://ehr.example/fhir/Medication/m1"),
        ("urn:uuid:2f0f3a54-3a3b-4f6d-9c4e-0b8a8f1f2d11", "urn:uuid:2f0f3a54-3a3b-4f6d-9c4e-0b8a8f1f2d11"),
    ],
)
def test_a_medicine_beside_the_order_is_read(reference: str, full_url: str | None) -> None:
    asks = order(None, medicationReference={"reference": reference})
    assert is_for_treatment(MEDICATION, asks, full_urls=(full_url, None))
    (read,) = read_orders(bundle(CODED, order(None, medicationReference={"reference": "Medication/m1"})))
    assert read.codings == (Coding("urn:a", "7"),)


def test_a_medicine_beside_the_order_that_it_does_not_refer_to_is_none_of_it() -> None:
    assert not is_for_treatment(MEDICATION, order("Water"))


@pytest.mark.parametrize("status", ["cancelled", "completed", "entered-in-error", "stopped"])
def test_an_order_that_has_ended_does_not_count(status: str) -> None:
    assert not is_for_treatment(order(status=status))


@pytest.mark.parametrize("status", ["draft", "active", "on-hold", "unknown", None, ["draft"], 1])
def test_an_order_of_any_other_status_counts(status: object) -> None:
    assert is_for_treatment(order(status=status))


def test_an_order_that_something_is_not_done_does_not_count() -> None:
    assert not is_for_treatment(order(doNotPerform=True))
    assert is_for_treatment(order(doNotPerform=False))


@pytest.mark.parametrize("kind", ["ServiceRequest", "NutritionOrder", "MedicationStatement", "Medication"])
def test_other_resources_order_no_medicine(kind: str) -> None:
    assert not is_for_treatment(order(resourceType=kind))


def test_only_selected_orders_are_read_where_something_is_selected() -> None:
    drafts = bundle(order("Water", 1), order("Examplinib", 2))
    assert not ordered(read_orders(drafts, {"MedicationRequest/order-1"}), TREATMENT)
    assert ordered(read_orders(drafts, {"MedicationRequest/order-2"}), TREATMENT)
    assert read_orders(drafts, {"ServiceRequest/order-2"}) == read_orders(drafts, set()) == ()


@pytest.mark.parametrize("status", ["active", "draft", "on-hold", "completed", "unknown", None, {}])
def test_of_orders_on_record_those_to_be_followed_count(status: object) -> None:
    found = bool(read_planned_orders(bundle(order(status=status))))
    assert found == (status in ("active", "draft", "on-hold"))


ODD: list[Any] = [None, "x", 1, True, [], {}, [1, None, "x", [], {}], {"a": None}, [{"resource": 1}]]


@pytest.mark.parametrize("odd", ODD, ids=repr)
def test_whatever_else_stands_there_is_no_error(odd: Any) -> None:
    read_orders(odd)
    read_orders({"resourceType": "Bundle", "entry": odd})
    read_planned_orders(odd)
    for name in ("medicationCodeableConcept", "medicationReference", "contained", "id", "doNotPerform"):
        assert is_for_treatment(order(None, **{name: odd})) is False
    inside = {"text": odd, "coding": odd}
    read_orders(bundle(order(None, medicationCodeableConcept=inside)))
    read_orders(bundle(order(None, medicationCodeableConcept={"coding": [{"display": odd, "code": odd}]})))
    read_orders(bundle(order(None, medicationReference={"reference": odd, "display": odd})))
    read_orders(bundle({"resourceType": "Medication", "id": odd, "code": odd}, order()))
