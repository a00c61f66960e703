"""A filled-in form as somebody sends it, and what is read of it."""

from typing import Any
from uuid import UUID

from service.formats.fhir.reading.responses import (
    ResponseReading,
    SentResponse,
    read_response,
)
from tests.formats.fhir.writing.r4 import check

BASE = "https://checklist.example/fhir"
PATIENT = UUID(int=5)
OWN = "urn:medication-checklist"


def question(link: str, **value: Any) -> dict[str, Any]:
    return {"linkId": link, "answer": [value]}


def chosen(link: str, system: str, code: str) -> dict[str, Any]:
    return question(link, valueCoding={"system": f"{OWN}:{system}", "code": code, "display": "…"})


def group(link: str, *items: dict[str, Any]) -> dict[str, Any]:
    return {"linkId": link, "item": list(items)}


def response(*groups: dict[str, Any], **parts: Any) -> dict[str, Any]:
    return {
        "resourceType": "QuestionnaireResponse",
        "status": "completed",
        "questionnaire": f"{BASE}/Questionnaire/medication-list|1",
        "subject": {"reference": f"Patient/{PATIENT}"},
        **({"item": list(groups)} if groups else {}),
        **parts,
    }


WHO = group(
    "who", chosen("informant", "informant", "caregiver"), question("informant-name", valueString="Ann")
)
TEA = group(
    "supplement.item",
    question("supplement.item.name", valueString="Tea"),
    question("supplement.item.strength", valueString="1.50"),
    question("supplement.item.as-needed", valueBoolean=False),
    question("supplement.item.started-on", valueDate="2024-03"),
    chosen("supplement.item.status", "status", "on_hold"),
    question("supplement.item.note", valueString="one\ntwo"),
)
YES = chosen("supplement.answer", "answer", "items_reported")


def read(sent: dict[str, Any]) -> ResponseReading:
    check(sent)
    return read_response(sent, base=BASE)


def taken(sent: dict[str, Any]) -> SentResponse:
    reading = read(sent)
    assert reading.sent is not None, reading.issues
    return reading.sent


def refusals(sent: dict[str, Any]) -> list[tuple[str, str | None]]:
    reading = read_response(sent, base=BASE)
    assert reading.sent is None
    return [(issue.code, issue.expression) for issue in reading.issues if issue.severity == "error"]


ROOT = "QuestionnaireResponse"
