"""What came with a call: who the patient is, and whether all of the EHR's record came."""

from typing import Any

import pytest

from service.domain.cards.asked import SentPart, SentRecord, SentStatus
from service.domain.imports.sent import SentPatient
from service.domain.patients.patients import Identifier
from service.domain.text import PartialDate
from service.formats.cds_hooks.prefetch import read_patient, read_record
from tests.cds_calls import MRN, bundle, order, patient, statement
from tests.formats.cds_hooks.test_orders import ODD

NOT_SENT, NOT_READABLE = SentPart(SentStatus.NOT_SENT), SentPart(SentStatus.NOT_READABLE)
OUTCOME = {"resourceType": "OperationOutcome", "issue": [{"severity": "error", "code": "exception"}]}


def outcome(severity: str) -> dict[str, Any]:
    return {"resourceType": "OperationOutcome", "issue": [{"severity": severity, "code": "informational"}]}


def whole(number: int) -> SentPart:
    return SentPart(SentStatus.WHOLE, number)


def part(number: int) -> SentPart:
    return SentPart(SentStatus.PARTIAL, number)


MATRIX: dict[str, tuple[Any, SentPart]] = {
    "two came": (bundle(order("Water"), order("Soap", 2)), whole(2)),
    "none is on record": (bundle(), whole(0)),
    "none is on record, without entries": ({"resourceType": "Bundle", "total": 0}, whole(0)),
    "the total is what came": (bundle(order("Water"), total=1), whole(1)),
    "the total is more than came": (bundle(order("Water"), total=2), part(1)),
    "the total is no number": (bundle(order("Water"), total="2"), whole(1)),
    "there is a next page": (bundle(order("Water"), link=[{"relation": "next", "url": "x"}]), part(1)),
    "there is a link to itself": (bundle(order("Water"), link=[{"relation": "self", "url": "x"}]), whole(1)),
    "an error is among the entries": (bundle(order("Water"), OUTCOME), part(1)),
    "a warning is among the entries": (bundle(order("Water"), outcome("warning")), part(1)),
    "a remark is among the entries": (bundle(order("Water"), outcome("information")), whole(1)),
    "an entry has no resource": (bundle(order("Water"), {}), part(1)),
    "an entry is no object": (
        {"resourceType": "Bundle", "entry": [{"resource": order("Water")}, 1]},
        part(1),
    ),
    "an order has ended": (bundle(order("Water", status="stopped"), order("Soap", 2), total=2), whole(1)),
    "an order is not to be done": (bundle(order("Water", doNotPerform=True), total=1), whole(0)),
    "a medicine is included": (bundle(order("Water"), {"resourceType": "Medication"}, total=1), whole(1)),
    "null": (None, NOT_SENT),
    "an error": (OUTCOME, NOT_READABLE),
    "another resource": (order("Water"), NOT_READABLE),
    "a list": ([order("Water")], NOT_READABLE),
    "text": ("none", NOT_READABLE),
    "entries that are no list": ({"resourceType": "Bundle", "entry": {}}, NOT_READABLE),
}


@pytest.mark.parametrize("name", MATRIX)
def test_how_much_of_the_orders_came_is_told_from_what_came(name: str) -> None:
    sent, expected = MATRIX[name]
    assert read_record({"medicationRequests": sent})[SentRecord.ORDERS] == expected


def test_what_was_not_sent_at_all_is_not_counted() -> None:
    assert read_record({}) == {SentRecord.ORDERS: NOT_SENT, SentRecord.REPORTED: NOT_SENT}


@pytest.mark.parametrize("status", ["not-taken", "completed", "stopped", "entered-in-error"])
def test_a_medicine_that_is_not_taken_is_not_counted(status: str) -> None:
    sent = {"medicationStatements": bundle(statement(status=status), statement("Soap", status="unknown"))}
    assert read_record(sent)[SentRecord.REPORTED] == whole(1)


@pytest.mark.parametrize("odd", ODD, ids=repr)
def test_whatever_else_came_is_no_error(odd: Any) -> None:
    read_record({"medicationRequests": odd, "medicationStatements": odd})
    read_record({"medicationStatements": bundle(statement(status=odd), total=odd, link=odd)})
    read_record({"medicationRequests": {"resourceType": "Bundle", "entry": odd}})
    read_record({"medicationRequests": bundle({"resourceType": "OperationOutcome", "issue": odd})})
    assert read_patient({"patient": odd}) is None
    read_patient({"patient": patient(birthDate=odd, identifier=odd)})
    assert read_patient({"patient": patient(identifier=[{"system": odd, "value": odd}])}) is not None


def test_a_patient_is_known_by_every_identifier_with_a_system_and_a_value() -> None:
    sent = [
        {"system": MRN, "value": " 000123 "},
        {"system": MRN, "value": "000123"},
        {"value": "9"},
        {"system": "urn:x"},
        {"system": "urn:x", "value": "  "},
        {"system": "urn:x", "value": "\ud800"},
        {"system": "urn:\u0000", "value": "1"},
        {"system": "urn:x", "value": "1" * 201},
        {"system": "urn:y", "value": "7"},
    ]
    assert read_patient({"patient": patient(identifier=sent, birthDate="1961-04")}) == SentPatient(
        (Identifier(MRN, "000123"), Identifier("urn:y", "7")), birth_date=PartialDate(1961, 4)
    )


@pytest.mark.parametrize("birth_date", [None, "", "1961-4", "yesterday", "1961-13-01"])
def test_a_date_of_birth_that_is_none_says_nothing(birth_date: str | None) -> None:
    found = read_patient({"patient": patient(birthDate=birth_date)})
    assert found is not None
    assert found.birth_date is None


def test_another_resource_in_its_place_is_no_patient() -> None:
    assert read_patient({"patient": OUTCOME}) is None
    assert read_patient({"patient": patient(resourceType="Person")}) is None


def test_more_identifiers_than_anybody_has_are_not_all_looked_for() -> None:
    many = [{"system": "urn:x", "value": str(number)} for number in range(500)]
    found = read_patient({"patient": patient(identifier=many)})
    assert found is not None
    assert len(found.identifiers) == 20
