"""What an EHR tells of a card is kept, for the clinic that it acts for."""

from sqlalchemy import select
from werkzeug.test import TestResponse

from service.store.database import Database, Reach
from service.store.tables import card_feedback
from tests.cds_calls import ADDRESSES
from tests.web.cds_hooks.conftest import Hooks

CARD = "01a213f4-a512-7000-9e57-e4727fd0c9ad"
AT = "2026-11-25T10:00:00Z"


def test_feedback_is_kept_and_recorded(hooks: Hooks, database: Database) -> None:
    told = [
        {"card": CARD, "outcome": "accepted", "outcomeTimestamp": AT},
        {
            "card": CARD,
            "outcome": "overridden",
            "overrideReason": {"userComment": "later"},
            "outcomeTimestamp": AT,
        },
    ]
    answer = hooks.send({"feedback": told}, ADDRESSES["order-sign"] + "/feedback")
    assert (answer.status_code, answer.data) == (200, b"")
    with database.transaction(Reach.ALL) as connection:
        rows = connection.execute(select(card_feedback).order_by(card_feedback.c.id)).all()
    assert [(str(row.card), row.outcome, row.service) for row in rows] == [
        (CARD, "accepted", "disclosure-order-sign"),
        (CARD, "overridden", "disclosure-order-sign"),
    ]
    assert rows[1].body == {"outcomeTimestamp": AT, "overrideReason/userComment": "later"}
    assert rows[0].clinic_id == hooks.clinic.id
    assert [event_["details"] for event_ in hooks.events("keep_feedback")] == [{"cards": "2"}]


def test_feedback_that_is_sent_twice_under_one_key_is_kept_once(hooks: Hooks, database: Database) -> None:
    def told(outcome: str) -> TestResponse:
        sent = {"feedback": [{"card": CARD, "outcome": outcome, "outcomeTimestamp": AT}]}
        key = {"Idempotency-Key": "one"}
        return hooks.send(sent, ADDRESSES["order-sign"] + "/feedback", headers=key)

    answers = [told("accepted"), told("accepted")]
    assert [(answer.status_code, answer.data) for answer in answers] == [(200, b"")] * 2
    assert [answer.headers.get("Content-Type") for answer in answers] == [None, None]
    assert told("overridden").get_json()["code"] == "idempotency_key_reused"
    with database.transaction(Reach.ALL) as connection:
        assert len(connection.execute(select(card_feedback)).all()) == 1
