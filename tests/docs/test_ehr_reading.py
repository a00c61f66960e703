"""The EHR guide's tables of statuses, answers, negations and elements: each is read as its row says."""

from collections.abc import Mapping
from typing import Any

import pytest
from fhir.resources.R4B import get_fhir_model_class

from service.domain.imports.sent import SentAnswer, SentItem
from service.domain.medications.categories import Answer, Category
from service.domain.medications.items import Status
from service.formats.fhir.codes import (
    ANSWER,
    CATEGORY,
    CATEGORY_CODES,
    DATA_ABSENT_REASON,
    EMPTY_REASON,
    EMPTY_REASONS,
    REQUEST_STATUS,
    STATEMENT_STATUS,
)
from service.formats.fhir.reading import read
from service.formats.findings import EntryReading, Severity
from tests.docs.markdown import table

GUIDE = "docs/ehrs.md"
Json = dict[str, Any]
PATIENT = {"reference": "Patient/1"}
WATER = {"medicationCodeableConcept": {"text": "Water"}, "subject": PATIENT}
STATEMENT: Json = {"resourceType": "MedicationStatement", "status": "active", **WATER}
ORDER: Json = {"resourceType": "MedicationRequest", "status": "active", "intent": "order", **WATER}
SUPPLEMENTS = {"coding": [{"system": CATEGORY, "code": CATEGORY_CODES[Category.SUPPLEMENT]}]}
LIST: Json = {
    "resourceType": "List",
    "status": "current",
    "mode": "snapshot",
    "code": SUPPLEMENTS,
    "subject": PATIENT,
    "source": PATIENT,
}
SENT: Mapping[str, Json] = {
    "MedicationStatement": STATEMENT,
    "plan, reported": {**ORDER, "intent": "plan", "reportedBoolean": True},
    "order": ORDER,
}


def reading_of(resource: Json) -> EntryReading:
    return read(resource, sender=None).entries[0]


def became(reading: EntryReading) -> str:
    """What the guide calls what became of an entry."""
    if reading.refused:
        return "refused"
    return reading.said.facts.status if isinstance(reading.said, SentItem) else "no item"


@pytest.mark.parametrize("column", SENT)
def test_each_status_is_read_as_its_row_says(column: str) -> None:
    rows = {row["status"]: row[column].strip("`") for row in table(GUIDE, "Statuses read")}
    known = get_fhir_model_class(SENT[column]["resourceType"]).model_fields["status"]
    without = {name: part for name, part in SENT[column].items() if name != "status"}

    assert known is not None
    assert rows.pop("none") == became(reading_of(without))
    assert rows == {
        word: became(reading_of({**SENT[column], "status": word, "statusReason": None})) for word in rows
    }


def test_the_table_of_statuses_that_are_read_has_every_word_that_is_known() -> None:
    named = {row["status"] for row in table(GUIDE, "Statuses read")} - {"none"}
    known = {*STATEMENT_STATUS.values(), *REQUEST_STATUS.values(), "completed", "cancelled", "not-taken"}

    assert named == known


def test_each_status_is_written_as_its_row_says() -> None:
    rows = table(GUIDE, "Statuses written")

    assert [row["status"] for row in rows] == list(Status)
    assert {row["status"]: row["MedicationStatement"] for row in rows} == STATEMENT_STATUS
    assert {row["status"]: row["MedicationRequest"] for row in rows} == REQUEST_STATUS


def test_each_intent_becomes_what_its_row_says() -> None:
    rows = {row["intent"]: row["becomes"] for row in table(GUIDE, "Intents")}
    intents = {word: text for words, text in rows.items() for word in words.replace("`", "").split(", ")}

    for intent, text in intents.items():
        resource = {name: part for name, part in ORDER.items() if name != "intent"}
        reading = reading_of(resource if intent == "none" else {**resource, "intent": intent})
        assert (became(reading) == "no item") == text.startswith("no item"), intent
        warned = any(issue.severity is Severity.WARNING for issue in reading.issues)
        assert warned == ("warning" in text), intent


def test_each_answer_is_written_and_read_as_its_row_says() -> None:
    rows = table(GUIDE, "Answers in FHIR")

    assert [row["answer"] for row in rows] == list(Answer)
    for row in rows:
        answer = Answer(row["answer"])
        reason, absent = EMPTY_REASONS.get(answer, (None, None))
        assert (row["emptyReason"], row["data-absent-reason"]) == (reason or "", absent or "")
        read_as = answer_in(empty(reason, absent) if reason else empty_in_our_words(answer))
        assert read_as == (None if row["read when"].startswith("never") else answer)
        assert answer_in({**empty_in_our_words(answer), "source": None}) == (
            answer if answer is Answer.ITEMS_REPORTED else None
        )


@pytest.mark.parametrize("answer", [Answer.UNKNOWN, Answer.DECLINED])
def test_r4s_reason_alone_is_no_answer_where_the_row_asks_for_the_extension(answer: Answer) -> None:
    reason, _ = EMPTY_REASONS[answer]

    assert answer_in(empty(reason, None)) is None


def empty(reason: str, absent: str | None) -> Json:
    why = {"extension": [{"url": DATA_ABSENT_REASON, "valueCode": absent}]} if absent else {}
    return {**LIST, "emptyReason": {**why, "coding": [{"system": EMPTY_REASON, "code": reason}]}}


def empty_in_our_words(answer: Answer) -> Json:
    return {**LIST, "emptyReason": {"coding": [{"system": ANSWER, "code": answer.value}]}}


def answer_in(sent: Json) -> Answer | None:
    said = reading_of({name: part for name, part in sent.items() if part is not None}).said
    return said.answer if isinstance(said, SentAnswer) else None
