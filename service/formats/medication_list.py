"""A medication list, its versions and its receipt as JSON-ready data."""

from typing import Any

from service.domain.attribution import attribution_document
from service.domain.checklists.gaps import Gap, gap_document
from service.domain.medications.categories import CategoryAnswer
from service.domain.medications.items import Item, Status, facts_document
from service.domain.medications.medication_list import MedicationList


def list_document(medications: MedicationList, gaps: tuple[Gap, ...]) -> dict[str, Any]:
    """A version of a list, whole. ``items`` are on it; ``earlier_items`` were on an earlier version only."""
    by_place: dict[str, list[dict[str, Any]]] = {"items": [], "earlier_items": [], "entered_in_error": []}
    for item in medications.items:
        by_place[_place(item)].append(item_document(item))
    return {
        "patient_id": str(medications.patient_id),
        "version": medications.version,
        "reported_name": medications.reported_name,
        "attribution": attribution_document(medications.attribution),
        "categories": {
            category.value: _answer_document(answer) for category, answer in medications.answers.items()
        },
        **by_place,
        "gaps": [gap_document(gap) for gap in gaps],
    }


def item_document(item: Item) -> dict[str, Any]:
    """An item with its facts, who said them, and what became of it."""
    return {
        "id": str(item.id),
        **facts_document(item.facts),
        "current": item.current,
        "left_out_since": item.left_out_since,
        "error_reason": item.error_reason,
        "attribution": attribution_document(item.attribution),
    }


def _place(item: Item) -> str:
    if item.facts.status is Status.ENTERED_IN_ERROR:
        return "entered_in_error"
    return "items" if item.left_out_since is None else "earlier_items"


def _answer_document(answer: CategoryAnswer) -> dict[str, Any]:
    return {
        "answer": answer.answer.value,
        "attribution": attribution_document(answer.attribution) if answer.attribution else None,
    }
