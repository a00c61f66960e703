"""Whether a patient takes something: what other systems' words for it are read as."""

from typing import Any

import pytest

from service.domain.medications.items import Status
from tests.formats.fhir.reading.made import (
    Resource,
    bundle,
    detail_at,
    entry_of,
    item_of,
    reading_of,
    refusals,
    request,
    statement,
    told,
)

REPORTED: dict[str, Any] = {"intent": "plan", "reportedBoolean": True}


@pytest.mark.parametrize(
    ("word", "status", "kept"),
    [
        ("active", Status.ACTIVE, None),
        ("on-hold", Status.ON_HOLD, None),
        ("intended", Status.INTENDED, None),
        ("unknown", Status.UNKNOWN, None),
        ("stopped", Status.STOPPED, None),
        ("completed", Status.STOPPED, "completed"),
    ],
)
def test_a_statement_says_whether_the_patient_takes_it(word: str, status: Status, kept: str | None) -> None:
    item = item_of(statement(status=word))

    assert (item.facts.status, item.origin.status, item.origin.intent) == (status, kept, None)


@pytest.mark.parametrize(
    ("word", "status", "kept"),
    [
        ("active", Status.ACTIVE, None),
        ("on-hold", Status.ON_HOLD, None),
        ("draft", Status.INTENDED, None),
        ("unknown", Status.UNKNOWN, None),
        ("stopped", Status.STOPPED, None),
        ("cancelled", Status.STOPPED, "cancelled"),
        ("completed", Status.UNKNOWN, "completed"),
    ],
)
def test_a_completed_order_does_not_say_that_the_patient_has_stopped(
    word: str, status: Status, kept: str | None
) -> None:
    item = item_of(request(status=word))

    assert (item.facts.status, item.origin.status, item.origin.intent) == (status, kept, "order")


def test_a_completed_order_says_so_in_an_issue() -> None:
    entry = entry_of(request(status="completed"))

    assert told(entry) == [("information", "informational", "MedicationRequest.status")]


@pytest.mark.parametrize(
    "reported", [{"reportedBoolean": True}, {"reportedReference": {"type": "Practitioner"}}]
)
def test_a_plan_that_was_reported_and_is_completed_is_no_longer_taken(reported: dict[str, Any]) -> None:
    item = item_of(request(status="completed", intent="plan", **reported))

    assert (item.facts.status, item.origin.status, item.origin.intent) == (Status.STOPPED, "completed", None)


def test_a_plan_that_nobody_reported_is_read_like_an_order() -> None:
    item = item_of(request(status="completed", intent="plan", reportedBoolean=False))

    assert (item.facts.status, item.origin.intent) == (Status.UNKNOWN, None)


@pytest.mark.parametrize(
    "resource", [statement(status=None), request(status=None), request(status=None, **REPORTED)]
)
def test_without_a_status_it_counts_as_taken(resource: Resource) -> None:
    entry = entry_of(resource)

    assert item_of(resource).facts.status is Status.UNKNOWN
    assert told(entry) == [("information", "required", f"{resource['resourceType']}.status")]


@pytest.mark.parametrize(
    "resource", [statement(status="taken"), statement(status="cancelled"), request(status="intended")]
)
def test_a_word_that_is_no_status_of_the_resource_is_refused(resource: Resource) -> None:
    assert refusals(resource) == [("code-invalid", f"{resource['resourceType']}.status")]


def test_what_is_not_taken_is_no_item() -> None:
    entry = entry_of(statement(status="not-taken", medicationCodeableConcept=None, subject=None))

    assert entry.said is None
    assert told(entry) == [("information", "informational", "MedicationStatement.status")]
    assert "nothing changes" in detail_at(entry, "MedicationStatement.status")


def test_what_is_not_to_be_taken_is_no_item() -> None:
    entry = entry_of(request(doNotPerform=True))

    assert entry.said is None
    assert told(entry) == [("information", "informational", "MedicationRequest.doNotPerform")]
    assert item_of(request(doNotPerform=False)).facts.name == "Water"


@pytest.mark.parametrize("word", ["true", "yes", 1])
def test_a_word_for_true_is_not_taken_for_true(word: object) -> None:
    assert refusals(request(doNotPerform=word)) == [("structure", "MedicationRequest.doNotPerform")]


@pytest.mark.parametrize("intent", ["proposal", "option"])
def test_what_somebody_only_proposes_is_no_item(intent: str) -> None:
    entry = entry_of(request(intent=intent))

    assert entry.said is None
    assert told(entry) == [("warning", "business-rule", "MedicationRequest.intent")]


@pytest.mark.parametrize("intent", ["original-order", "reflex-order", "filler-order", "instance-order"])
def test_every_kind_of_order_is_an_item_and_keeps_its_word(intent: str) -> None:
    assert item_of(request(intent=intent)).origin.intent == intent


def test_without_an_intent_it_is_read_as_an_order_and_warned_of() -> None:
    entry = entry_of(request(intent=None, status="completed"))

    assert item_of(request(intent=None)).origin.intent is None
    assert told(entry)[0] == ("warning", "required", "MedicationRequest.intent")


def test_a_word_that_is_no_intent_is_refused() -> None:
    assert refusals(request(intent="wish")) == [("code-invalid", "MedicationRequest.intent")]
    assert refusals(request(intent="wish", status="wish")) == [
        ("code-invalid", "MedicationRequest.intent"),
        ("code-invalid", "MedicationRequest.status"),
    ]


def test_what_was_entered_in_error_stays_in_error_with_its_reason() -> None:
    by_word = item_of(statement(status="entered-in-error"))
    by_text = item_of(statement(status="entered-in-error", statusReason=[{"text": "Another person's"}]))
    ordered = item_of(request(status="entered-in-error", statusReason={"coding": [{"display": "Mistyped"}]}))

    assert [item.facts.status for item in (by_word, by_text, ordered)] == [Status.ENTERED_IN_ERROR] * 3
    assert [item.error_reason for item in (by_word, by_text, ordered)] == [
        "entered-in-error",
        "Another person's",
        "Mistyped",
    ]


def test_what_another_service_of_ours_left_out_stays_left_out() -> None:
    standing = {"coding": [{"system": "urn:medication-checklist:standing", "code": "on_earlier_list"}]}
    since = {"url": "urn:medication-checklist:extension:left-out-since", "valuePositiveInt": 3}
    entry = entry_of(statement(statusReason=[standing], extension=[since]))

    assert item_of(statement(statusReason=[standing])).left_out
    assert item_of(request(statusReason=standing)).left_out
    assert not item_of(statement(statusReason=[{"text": "Feels better"}])).left_out
    assert told(entry) == []


def test_our_own_extensions_give_back_the_words_of_a_system_further_off() -> None:
    extensions = [
        {"url": "urn:medication-checklist:extension:status", "valueCode": "completed"},
        {"url": "urn:medication-checklist:extension:intent", "valueCode": "order"},
    ]
    item = item_of(statement(status="unknown", extension=extensions))

    assert (item.facts.status, item.origin.status, item.origin.intent) == (
        Status.UNKNOWN,
        "completed",
        "order",
    )


def test_an_item_that_a_list_deletes_is_no_item() -> None:
    deleting = {
        "resourceType": "List",
        "status": "current",
        "mode": "changes",
        "entry": [{"deleted": True, "item": {"reference": "MedicationStatement/1"}}],
    }
    kept, gone = statement(id="2"), statement(id="1")

    reading = reading_of(bundle(deleting, gone, kept))

    assert [bool(entry.said) for entry in reading.entries] == [False, False, True]
    assert ("information", "informational", "Bundle.entry[1].resource") in told(reading)


@pytest.mark.parametrize(
    "changes", [{"status": "retired"}, {"status": "entered-in-error"}, {"implicitRules": "urn:rules"}]
)
def test_a_list_that_is_not_in_use_deletes_nothing(changes: dict[str, str]) -> None:
    deleting = {
        "resourceType": "List",
        "status": "current",
        "mode": "changes",
        "entry": [
            {"deleted": True, "item": {"reference": "MedicationStatement/1"}},
            {"deleted": True, "item": {"display": "Water"}},
            {"deleted": True},
            {"item": {"reference": "MedicationStatement/1"}},
        ],
    }

    assert reading_of(bundle(deleting | changes, statement(id="1"))).entries[1].said
    assert not reading_of(bundle(deleting, statement(id="1"))).entries[1].said
