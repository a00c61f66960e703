"""Medication lists as they are read: every version whole, as it was written once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, FromClause, Row, Select, and_, bindparam, func, select

from service.domain.attribution import Attribution
from service.domain.medications.items import CURRENT_STATUSES
from service.domain.medications.medication_list import MedicationList
from service.store.attributions import attribution_of
from service.store.medication_rows import list_of
from service.store.tables import list_items, patients
from service.store.tables import list_versions as versions

_of_list = (versions.c.clinic_id == bindparam("clinic"), versions.c.patient_id == bindparam("patient"))
_items_of_list = (
    list_items.c.clinic_id == bindparam("clinic"),
    list_items.c.patient_id == bindparam("patient"),
)
_of_many = patients.c.id.in_(bindparam("sought", expanding=True))


def _is_latest(rows: FromClause) -> ColumnElement[bool]:
    """Whether a version, or an item of one, is of the latest of its patient."""
    return and_(
        patients.c.clinic_id == rows.c.clinic_id,
        patients.c.id == rows.c.patient_id,
        patients.c.list_version == rows.c.version,
    )


_VERSION = select(versions).where(*_of_list, versions.c.version == bindparam("version"))
_LATEST = select(versions).join(patients, _is_latest(versions)).where(*_of_list)
_VERSIONS = select(versions).where(*_of_list, versions.c.version.in_(bindparam("numbers", expanding=True)))
_key_of_item = {"clinic_id", "patient_id", "version", "position"}
_ITEMS: Select[Any] = (
    select(*(column for column in list_items.c if column.name not in _key_of_item))
    .where(*_items_of_list, list_items.c.version == bindparam("version"))
    .order_by(list_items.c.position)
)
_ITEMS_OF_VERSIONS: Select[Any] = (
    select(list_items)
    .where(*_items_of_list, list_items.c.version.in_(bindparam("numbers", expanding=True)))
    .order_by(list_items.c.version, list_items.c.position)
)
_LATEST_OF_MANY = (
    select(versions)
    .join(patients, _is_latest(versions))
    .where(versions.c.clinic_id == bindparam("clinic"), _of_many)
)
_ITEMS_OF_MANY: Select[Any] = (
    select(list_items)
    .join(patients, _is_latest(list_items))
    .where(list_items.c.clinic_id == bindparam("clinic"), _of_many)
    .order_by(list_items.c.patient_id, list_items.c.position)
)
_latest_of_patient = (
    select(patients.c.list_version)
    .where(patients.c.clinic_id == list_items.c.clinic_id, patients.c.id == list_items.c.patient_id)
    .correlate(list_items)
    .scalar_subquery()
)
# Not a join: with one, a planner may go through all patients of the clinic to find the one item.
_PATIENT_OF_ITEM = select(list_items.c.patient_id).where(
    list_items.c.clinic_id == bindparam("clinic"),
    list_items.c.item_id == bindparam("item"),
    list_items.c.version == _latest_of_patient,
)
_item_count = (
    select(func.count())
    .select_from(list_items)
    .where(
        list_items.c.clinic_id == versions.c.clinic_id,
        list_items.c.patient_id == versions.c.patient_id,
        list_items.c.version == versions.c.version,
        list_items.c.left_out_since.is_(None),
        list_items.c.status.in_(sorted(CURRENT_STATUSES)),
    )
    .scalar_subquery()
)
_LIST_VERSIONS = (
    select(versions, _item_count.label("item_count"))
    .where(*_of_list, versions.c.version < bindparam("before"))
    .order_by(versions.c.version.desc())
    .limit(bindparam("most"))
)
_AFTER_ALL = 2**31 - 1


@dataclass(frozen=True, slots=True)
class ListVersionSummary:
    """One version of a list without its items; ``item_count`` counts those that were current on it."""

    version: int
    attribution: Attribution
    item_count: int


def load_latest_list(connection: Connection, clinic_id: UUID, patient_id: UUID) -> MedicationList | None:
    """The latest version of a patient's list, or None where there is none yet.

    Who means to write the next one loads the patient ``for_update`` first.
    """
    of_patient = {"clinic": clinic_id, "patient": patient_id}
    return _load(connection, connection.execute(_LATEST, of_patient).one_or_none())


def load_latest_lists(
    connection: Connection, clinic_id: UUID, patient_ids: Sequence[UUID]
) -> Mapping[UUID, MedicationList]:
    """The latest lists of many patients in two statements, by patient; who has none is not in it."""
    sought = {"clinic": clinic_id, "sought": list(patient_ids)}
    items: dict[UUID, list[Row[Any]]] = {}
    for row in connection.execute(_ITEMS_OF_MANY, sought):
        items.setdefault(row.patient_id, []).append(row)
    return {
        version.patient_id: list_of(version, items.get(version.patient_id, ()))
        for version in connection.execute(_LATEST_OF_MANY, sought)
    }


def find_patient_of_item(connection: Connection, clinic_id: UUID, item_id: UUID) -> UUID | None:
    """The patient on whose latest list an item stands, current or not."""
    sought = {"clinic": clinic_id, "item": item_id}
    return connection.execute(_PATIENT_OF_ITEM, sought).scalar_one_or_none()


def load_list(
    connection: Connection, clinic_id: UUID, patient_id: UUID, version: int
) -> MedicationList | None:
    """One version of a patient's list, equal to what was saved."""
    sought = {"clinic": clinic_id, "patient": patient_id, "version": version}
    return _load(connection, connection.execute(_VERSION, sought).one_or_none())


def load_lists(
    connection: Connection, clinic_id: UUID, patient_id: UUID, numbers: Sequence[int]
) -> Mapping[int, MedicationList]:
    """Versions of a patient's list in two statements, by number; one that there is not is not in it."""
    sought = {"clinic": clinic_id, "patient": patient_id, "numbers": list(numbers)}
    items: dict[int, list[Row[Any]]] = {}
    for row in connection.execute(_ITEMS_OF_VERSIONS, sought):
        items.setdefault(row.version, []).append(row)
    return {
        version.version: list_of(version, items.get(version.version, ()))
        for version in connection.execute(_VERSIONS, sought)
    }


def list_versions(
    connection: Connection, clinic_id: UUID, patient_id: UUID, before: int | None, limit: int
) -> tuple[ListVersionSummary, ...]:
    """At most ``limit`` versions lower than ``before``, newest first."""
    page = {"clinic": clinic_id, "patient": patient_id, "before": before or _AFTER_ALL, "most": limit}
    return tuple(
        ListVersionSummary(row.version, attribution_of(row), row.item_count)
        for row in connection.execute(_LIST_VERSIONS, page)
    )


def _load(connection: Connection, version: Row[Any] | None) -> MedicationList | None:
    if version is None:
        return None
    key = {"clinic": version.clinic_id, "patient": version.patient_id, "version": version.version}
    return list_of(version, connection.execute(_ITEMS, key))
