"""Whether a resource is an item at all and, where it is, in which status."""

from collections.abc import Mapping
from dataclasses import dataclass

from service.domain.medications.items import Status
from service.formats.fhir.codes import (
    REQUEST_STATUS,
    STATEMENT_STATUS,
    STATUS_OF_REQUEST,
    STATUS_OF_STATEMENT,
)
from service.formats.fhir.reading.elements import Element

_PLAN = "plan"
_NO_ITEM_YET = frozenset({"proposal", "option"})
_INTENTS = frozenset({_PLAN, "order", "original-order", "reflex-order", "filler-order", "instance-order"})
_NOT_TAKEN = "not-taken"


@dataclass(frozen=True, slots=True)
class Standing:
    """An item's status; the sender's own words where they say more than that."""

    status: Status
    sent_status: str | None = None
    sent_intent: str | None = None


def statement_standing(root: Element) -> Standing | None:
    """The status of a MedicationStatement; None where it is refused, or is no item, which is told."""
    word = root.code("status")
    if word == _NOT_TAKEN:
        root.notes.tell(root.at("status"), "What is not taken is no item; nothing changes.")
        return None
    return _standing(root, word, STATUS_OF_STATEMENT, STATEMENT_STATUS)


def request_standing(root: Element) -> Standing | None:
    """The status of a MedicationRequest; None where it is refused, or is no item, which is told.

    A plan that was reported is US Core's way of saying what a patient takes; it is read like a statement.
    """
    if root.flag("doNotPerform"):
        root.notes.tell(root.at("doNotPerform"), "What is not to be taken is no item; nothing changes.")
        return None
    intent, word = root.code("intent"), root.code("status")
    if intent in _NO_ITEM_YET:
        detail = "A proposal and an option are no items: nobody has decided on them."
        root.notes.warn(root.at("intent"), "business-rule", detail)
        return None
    if intent is None:
        root.notes.warn(root.at("intent"), "required", "Without an intent it is read as an order.")
    elif intent not in _INTENTS:
        root.notes.refuse(root.at("intent"), "code-invalid", "Not one of R4's intents.")
    if intent == _PLAN and _reported(root):
        return _standing(root, word, {**STATUS_OF_REQUEST, **STATUS_OF_STATEMENT}, REQUEST_STATUS)
    standing = _standing(root, word, STATUS_OF_REQUEST, REQUEST_STATUS)
    if word == "completed":
        detail = "A completed order does not say whether it is still taken: the status is unknown."
        root.notes.tell(root.at("status"), detail)
    ordered = None if intent == _PLAN else intent
    return standing and Standing(standing.status, standing.sent_status, ordered)


def _reported(root: Element) -> bool:
    return bool(root.flag("reportedBoolean")) or root.part("reportedReference") is not None


def _standing(
    root: Element, word: str | None, read: Mapping[str, Status], written: Mapping[Status, str]
) -> Standing | None:
    if word is None:
        root.notes.tell(
            root.at("status"), "Without a status it counts as taken, its status unknown.", "required"
        )
        return Standing(Status.UNKNOWN)
    status = read.get(word)
    if status is None:
        root.notes.refuse(root.at("status"), "code-invalid", "Not one of R4's words for a status.")
        return None
    return Standing(status, None if written[status] == word else word)
