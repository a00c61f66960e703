"""A version of a medication list as rows, and back. No statements here."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from sqlalchemy import Row

from service.domain.codings import Coding
from service.domain.medications.categories import Answer, Category, CategoryAnswer
from service.domain.medications.items import Item, ItemFacts, Origin, Status, plain_facts
from service.domain.medications.medication_list import MedicationList
from service.domain.patients.patients import Identifier
from service.domain.text import PartialDate
from service.store.attributions import (
    attribution_columns,
    attribution_from_json,
    attribution_of,
    attribution_to_json,
)


def version_columns(medication_list: MedicationList) -> dict[str, Any]:
    """What a row of ``list_versions`` holds besides its key."""
    return {
        **attribution_columns(medication_list.attribution),
        "answers": {c.value: _answer_to_json(answer) for c, answer in medication_list.answers.items()},
        "reported_name": medication_list.reported_name,
    }


def item_columns(item: Item) -> dict[str, Any]:
    """What a row of ``list_items`` holds besides its key."""
    facts = item.facts
    return {
        "item_id": item.id,
        **plain_facts(facts),
        "codings": [[coding.system, coding.code, coding.display] for coding in facts.codings],
        **attribution_columns(item.attribution),
        "left_out_since": item.left_out_since,
        "error_reason": item.error_reason,
        "origin": _origin_to_json(item.origin) if item.origin else None,
    }


def list_of(version: Row[Any], items: Iterable[Row[Any]]) -> MedicationList:
    """The list in a row of ``list_versions`` and its rows of ``list_items``, in the list's order."""
    return MedicationList(
        patient_id=version.patient_id,
        version=version.version,
        attribution=attribution_of(version),
        items=tuple(_item(row) for row in items),
        answers={Category(name): _answer_from_json(kept) for name, kept in version.answers.items()},
        reported_name=version.reported_name,
    )


def _item(row: Row[Any]) -> Item:
    return Item(
        id=row.item_id,
        facts=_facts(row),
        attribution=attribution_of(row),
        left_out_since=row.left_out_since,
        error_reason=row.error_reason,
        origin=_origin_from_json(row.origin) if row.origin else None,
    )


def _facts(row: Row[Any]) -> ItemFacts:
    return ItemFacts(
        name=row.name,
        description=row.description,
        category=Category(row.category) if row.category else None,
        status=Status(row.status),
        strength=row.strength,
        form=row.form,
        dosage_text=row.dosage_text,
        route=row.route,
        frequency=row.frequency,
        as_needed=row.as_needed,
        reason=row.reason,
        last_taken=row.last_taken,
        started_on=_partial_date(row.started_on),
        stopped_on=_partial_date(row.stopped_on),
        prescriber=row.prescriber,
        note=row.note,
        codings=tuple(Coding(*parts) for parts in row.codings),
    )


def _partial_date(text: str | None) -> PartialDate | None:
    return PartialDate.parse(text) if text else None


def _answer_to_json(answer: CategoryAnswer) -> dict[str, Any]:
    attribution = answer.attribution
    return {
        "answer": answer.answer.value,
        "attribution": attribution_to_json(attribution) if attribution else None,
    }


def _answer_from_json(kept: Mapping[str, Any]) -> CategoryAnswer:
    attribution = kept["attribution"]
    return CategoryAnswer(Answer(kept["answer"]), attribution_from_json(attribution) if attribution else None)


def _origin_to_json(origin: Origin) -> dict[str, Any]:
    return {**asdict(origin), "identifiers": [[i.system, i.value] for i in origin.identifiers]}


def _origin_from_json(kept: Mapping[str, Any]) -> Origin:
    return Origin(**{**kept, "identifiers": tuple(Identifier(*parts) for parts in kept["identifiers"])})
