"""What the statements of the store are asked on a filled database: values that are on file."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, select
from sqlalchemy.sql.elements import BindParameter
from sqlalchemy.sql.visitors import iterate

from service.domain.patients.patients import sought_words
from service.store.patient_search import ranges_of
from service.store.tables import checklists, list_items, patient_identifiers
from service.store.tables.column_types import Identity, Instant

NAMES_SOUGHT = ("Test", "an", "Zorro", "Test Zorro", "te an", "an zo")
"""Everybody, many, nobody; and two words of which one fits many."""
_SOUGHT = {
    "checklists._FIND": "code",
    "replacements._REPLACED": "checklists",
    "guidance_today._OF_SEVERAL": "checklists",
    "patient_search._BY_IDENTIFIER": "value",
    "patients._FIND_ALL": "identifiers",
    **dict.fromkeys(
        (
            "sign_offs._LIST_MANY",
            "medications._LATEST_OF_MANY",
            "medications._ITEMS_OF_MANY",
            "patients._UPDATED_AT",
            "patients._LOAD_MANY",
        ),
        "many",
    ),
}
_LAST = UUID(int=2**128 - 1)


def values_on_file(connection: Connection, clinic_id: UUID) -> dict[str, Any]:
    """A patient in the middle of a clinic's years, and what the statements may ask about."""
    of_clinic = checklists.c.clinic_id == clinic_id
    day = datetime.now(UTC).date()
    sheet = (
        connection.execute(
            select(checklists).where(of_clinic, checklists.c.planned_start == day).limit(1)
        ).one_or_none()
        or connection.execute(select(checklists).where(of_clinic).limit(1)).one()
    )
    of_patient = (
        patient_identifiers.c.clinic_id == clinic_id,
        patient_identifiers.c.patient_id == sheet.patient_id,
    )
    identifier = connection.execute(select(patient_identifiers).where(*of_patient)).one()
    item = connection.execute(
        select(list_items.c.item_id)
        .where(list_items.c.clinic_id == clinic_id, list_items.c.patient_id == sheet.patient_id)
        .limit(1)
    ).scalar_one()
    many = connection.execute(
        select(checklists.c.patient_id)
        .where(of_clinic, checklists.c.planned_start == sheet.planned_start)
        .limit(500)
    ).scalars()
    return {
        "clinic": clinic_id,
        "of_clinic_id": clinic_id,
        "patient": sheet.patient_id,
        "checklist": sheet.id,
        "checklists": [sheet.id],
        "treatment": sheet.treatment_id,
        "digest": sheet.guidance_version,
        "day": sheet.planned_start,
        "code": sheet.code,
        "system": identifier.system,
        "value": identifier.value,
        "item": item,
        "version": 1,
        "numbers": [1],
        "made_from": 1,
        "most": 51,
        "newest": 50,
        "many": list(many),
        "cards": [_LAST],
        "identifiers": [(identifier.system, identifier.value)],
    }


def values_for(name: str, statement: Any, on_file: dict[str, Any], words: str) -> dict[str, Any]:
    """A value for each parameter of a statement: on file where it is named there, else of its type."""
    wanted = {
        node.key: node.type
        for node in iterate(statement)
        if isinstance(node, BindParameter) and node.required
    }
    values = {key: on_file.get(key, _any(type_, key)) for key, type_ in wanted.items()}
    if name in _SOUGHT:
        values["sought"] = on_file[_SOUGHT[name]]
    return values | (ranges_of(sought_words(words)) if words else {})


def _any(type_: Any, key: str) -> Any:
    if isinstance(type_, Identity):
        return UUID(int=0) if key == "after" else _LAST
    if isinstance(type_, Instant):
        return datetime.now(UTC)
    return {str: "none", int: 10**6, date: date.max, dict: {}}.get(_python_type(type_))


def _python_type(type_: Any) -> Any:
    try:
        return type_.python_type
    except NotImplementedError:
        return None
