"""Reading what became of cards: the members that CDS Hooks 2.0 needs are demanded, the rest is kept."""

from typing import Any
from uuid import UUID

import pytest

from service.domain.cards.feedback import CardFeedback, CardOutcome
from service.formats.cds_hooks.faults import HookRefusedError
from service.formats.cds_hooks.feedback import read_feedback

CARD = "01a213f4-a512-7000-9e57-e4727fd0c9ad"
AT = "2026-11-25T10:00:00Z"
REASON = {"system": "urn:medication-checklist:card-reason", "code": "asked-later"}


def entry(**changed: Any) -> dict[str, Any]:
    made = {"card": CARD, "outcome": "accepted", "outcomeTimestamp": AT} | changed
    return {name: value for name, value in made.items() if value is not ...}


def faults(body: Any) -> list[tuple[str, str]]:
    with pytest.raises(HookRefusedError) as refused:
        read_feedback(body)
    return [(fault.pointer, fault.code) for fault in refused.value.faults]


def test_an_accepted_card_is_read() -> None:
    assert read_feedback({"feedback": [entry()]}) == (
        CardFeedback(UUID(CARD), CardOutcome.ACCEPTED, {"outcomeTimestamp": AT}),
    )


def test_the_reason_and_the_comment_of_an_overridden_card_are_kept_and_nothing_else() -> None:
    reason = {"reason": {**REASON, "display": "shown"}, "userComment": "asked\non the ward "}
    (read,) = read_feedback(
        {"feedback": [entry(outcome="overridden", overrideReason=reason, more={"x": [None]})]}
    )
    assert read.outcome is CardOutcome.OVERRIDDEN
    assert read.said == {
        "outcomeTimestamp": AT,
        "overrideReason/reason/system": REASON["system"],
        "overrideReason/reason/code": "asked-later",
        "overrideReason/userComment": "asked\non the ward",
    }


def test_the_ids_of_accepted_suggestions_are_kept() -> None:
    (read,) = read_feedback({"feedback": [entry(acceptedSuggestions=[{"id": "a"}, {}, {"id": "b"}])]})
    assert read.said == {
        "outcomeTimestamp": AT,
        "acceptedSuggestions/0/id": "a",
        "acceptedSuggestions/2/id": "b",
    }


@pytest.mark.parametrize("body", [None, [], {}, {"feedback": []}, {"feedback": {}}, {"feedback": None}, "x"])
def test_feedback_without_an_entry_is_refused(body: Any) -> None:
    assert faults(body) == [("/feedback", "required")]


@pytest.mark.parametrize(
    ("changed", "place", "code"),
    [
        ({"card": ...}, "card", "id"),
        ({"card": "not a uuid"}, "card", "id"),
        ({"card": 7}, "card", "id"),
        ({"outcome": ...}, "outcome", "choice"),
        ({"outcome": "ignored"}, "outcome", "choice"),
        ({"outcome": ["accepted"]}, "outcome", "choice"),
        ({"outcomeTimestamp": ...}, "outcomeTimestamp", "date"),
        ({"outcomeTimestamp": "yesterday"}, "outcomeTimestamp", "date"),
        ({"outcomeTimestamp": "2026-11-25T10:00:00"}, "outcomeTimestamp", "date"),
        ({"overrideReason": {"userComment": "\u0000"}}, "overrideReason/userComment", "control_character"),
        ({"overrideReason": {"userComment": "\ud800"}}, "overrideReason/userComment", "lone_surrogate"),
        ({"overrideReason": {"userComment": "x" * 4001}}, "overrideReason/userComment", "too_long"),
        ({"overrideReason": {"reason": {"code": "x" * 201}}}, "overrideReason/reason/code", "too_long"),
        ({"acceptedSuggestions": [{"id": "\u202e"}]}, "acceptedSuggestions/0/id", "direction_control"),
    ],
)
def test_what_is_wrong_is_named_by_its_place(changed: dict[str, Any], place: str, code: str) -> None:
    assert faults({"feedback": [entry(), entry(**changed)]}) == [(f"/feedback/1/{place}", code)]


@pytest.mark.parametrize("odd", [None, 1, "x", []])
def test_an_entry_that_is_no_object_is_refused(odd: Any) -> None:
    assert faults({"feedback": [odd]}) == [("/feedback/0", "type")]


@pytest.mark.parametrize("odd", [None, 1, "x", [], {}, [1], {"reason": 1, "userComment": {}}])
def test_a_reason_of_another_kind_is_not_kept(odd: Any) -> None:
    (read,) = read_feedback({"feedback": [entry(overrideReason=odd, acceptedSuggestions=odd)]})
    assert read.said == {"outcomeTimestamp": AT}


def test_more_entries_than_anybody_has_are_refused() -> None:
    assert faults({"feedback": [entry()] * 101}) == [("/feedback", "too_many")]
