"""Gaps: what is still unanswered on a list, found by looking at what is there and never at what it means."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from service.domain.medications.categories import Answer, Category
from service.domain.medications.items import Status
from service.domain.medications.medication_list import MedicationList
from service.domain.patients.patients import Patient


class GapKind(StrEnum):
    """What is missing, most pressing first."""

    REPORTED_NAME_DIFFERS = "reported_name_differs"
    CATEGORY_NOT_ASKED = "category_not_asked"
    CATEGORY_UNKNOWN = "category_unknown"
    CATEGORY_DECLINED = "category_declined"
    CATEGORY_WITHOUT_ITEMS = "category_without_items"
    ITEM_ON_EARLIER_LIST = "item_on_earlier_list"
    ITEM_STATUS_UNKNOWN = "item_status_unknown"
    ITEM_UNCATEGORIZED = "item_uncategorized"
    ITEM_WITHOUT_NAME = "item_without_name"
    ITEM_WITHOUT_DOSE = "item_without_dose"
    INFORMANT_NOT_RECORDED = "informant_not_recorded"
    PATIENT_NAME_MISSING = "patient_name_missing"
    BIRTH_DATE_MISSING = "birth_date_missing"


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing still to ask: about a category, about some items (by id, in the list's order), or neither."""

    kind: GapKind
    category: Category | None = None
    items: tuple[UUID, ...] = ()


_PLACES = {kind: place for place, kind in enumerate(GapKind)}
_BY_ANSWER = {
    Answer.NOT_ASKED: GapKind.CATEGORY_NOT_ASKED,
    Answer.UNKNOWN: GapKind.CATEGORY_UNKNOWN,
    Answer.DECLINED: GapKind.CATEGORY_DECLINED,
}


def gaps_of(patient: Patient, medications: MedicationList) -> tuple[Gap, ...]:
    """Every gap of a list, in the order of ``GapKind`` and, within a kind, of the categories."""
    found = [*_category_gaps(medications), *_item_gaps(medications), *_list_gaps(patient, medications)]
    return tuple(sorted(found, key=lambda gap: _PLACES[gap.kind]))


def _category_gaps(medications: MedicationList) -> list[Gap]:
    gaps = []
    for category, answer in medications.answers.items():
        kind = _BY_ANSWER.get(answer.answer)
        if answer.answer is Answer.ITEMS_REPORTED and not medications.in_category(category):
            kind = GapKind.CATEGORY_WITHOUT_ITEMS
        if kind is not None:
            gaps.append(Gap(kind, category))
    return gaps


def _item_gaps(medications: MedicationList) -> list[Gap]:
    current = medications.current_items
    by_kind = {
        GapKind.ITEM_ON_EARLIER_LIST: medications.earlier_items,
        GapKind.ITEM_STATUS_UNKNOWN: [item for item in current if item.facts.status is Status.UNKNOWN],
        GapKind.ITEM_UNCATEGORIZED: [item for item in current if item.facts.category is None],
        GapKind.ITEM_WITHOUT_NAME: [item for item in current if not item.facts.name],
        GapKind.ITEM_WITHOUT_DOSE: [item for item in current if not item.facts.has_dose],
    }
    return [Gap(kind, items=tuple(item.id for item in items)) for kind, items in by_kind.items() if items]


def _list_gaps(patient: Patient, medications: MedicationList) -> list[Gap]:
    unattributed = tuple(item.id for item in medications.current_items if item.attribution.informant is None)
    conditions = {
        GapKind.REPORTED_NAME_DIFFERS: medications.reported_name is not None,
        GapKind.PATIENT_NAME_MISSING: patient.name is None,
        GapKind.BIRTH_DATE_MISSING: patient.birth_date is None,
    }
    gaps = [Gap(kind) for kind, holds in conditions.items() if holds]
    if unattributed:
        gaps.append(Gap(GapKind.INFORMANT_NOT_RECORDED, items=unattributed))
    return gaps


def gap_document(gap: Gap) -> dict[str, Any]:
    """A gap as JSON-ready data."""
    return {
        "kind": str(gap.kind),
        "category": str(gap.category) if gap.category else None,
        "items": [str(item_id) for item_id in gap.items],
    }
