"""Medication lists: every version whole, written once and never changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, Select, bindparam, func, insert, select, update

from service.domain.attribution import Attribution
from service.domain.errors import NotFoundError, StaleVersionError
from service.domain.medications.items import CURRENT_STATUSES
from service.domain.medications.medication_list import MedicationList
from service.store.attributions import attribution_of
from service.store.database.inserts import insert_rows
from service.store.medication_rows import item_columns, list_of, version_columns
from service.store.tables import list_items, patients
from service.store.tables import list_versions as versions

_of_patient = (patients.c.clinic_id == bindparam("clinic"), patients.c.id == bindparam("patient"))
_of_list = (
    versions.c.clinic_id == bindparam("clinic"),
    versions.c.patient_id == bindparam("patient"),
)

# The version is checked where it is changed: of two writers, one finds no row.
_ADVANCE = (
    update(patients)
    .where(*_of_patient, patients.c.list_version == bindparam("made_from"))
    .values(list_version=bindparam("made_from") + 1)
)
_INSERT_VERSION = insert(versions)

_LATEST_VERSION = select(patients.c.list_version).where(*_of_patient)
_VERSION = select(versions).where(*_of_list, versions.c.version == bindparam("version"))
_LATEST = (
    select(versions)
    .join(
        patients,
        (patients.c.clinic_id == versions.c.clinic_id)
        & (patients.c.id == versions.c.patient_id)
        & (patients.c.list_version == versions.c.version),
    )
    .where(*_of_list)
)
_VERSIONS = select(versions).where(*_of_list, versions.c.version.in_(bindparam("numbers", expanding=True)))
_key_of_item = {"clinic_id", "patient_id", "version", "position"}
_ITEMS: Select[Any] = (
    select(*(column for column in list_items.c if column.name not in _key_of_item))
    .where(
        list_items.c.clinic_id == bindparam("clinic"),
        list_items.c.patient_id == bindparam("patient"),
        list_items.c.version == bindparam("version"),
    )
    .order_by(list_items.c.position)
)
_ITEMS_OF_VERSIONS: Select[Any] = (
    select(list_items)
    .where(
        list_items.c.clinic_id == bindparam("clinic"),
        list_items.c.patient_id == bindparam("patient"),
        list_items.c.version.in_(bindparam("numbers", expanding=True)),
    )
    .order_by(list_items.c.version, list_items.c.position)
)
_LATEST_OF_MANY = (
    select(versions)
    .join(
        patients,
        (patients.c.clinic_id == versions.c.clinic_id)
        & (patients.c.id == versions.c.patient_id)
        & (patients.c.list_version == versions.c.version),
    )
    .where(
        versions.c.clinic_id == bindparam("clinic"),
        patients.c.id.in_(bindparam("sought", expanding=True)),
    )
)
_ITEMS_OF_MANY: Select[Any] = (
    select(list_items)
    .join(
        patients,
        (patients.c.clinic_id == list_items.c.clinic_id)
        & (patients.c.id == list_items.c.patient_id)
        & (patients.c.list_version == list_items.c.version),
    )
    .where(
        list_items.c.clinic_id == bindparam("clinic"),
        patients.c.id.in_(bindparam("sought", expanding=True)),
    )
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


def insert_first_list(connection: Connection, clinic_id: UUID, medication_list: MedicationList) -> None:
    """Keep version 1 of a patient's list. Raises StaleVersionError where there is one, and NotFoundError."""
    if medication_list.version != 1:
        raise ValueError("the first version of a list is version 1")
    save_next_list(connection, clinic_id, medication_list)


def save_next_list(connection: Connection, clinic_id: UUID, medication_list: MedicationList) -> None:
    """Keep a version, whole, if it follows the latest. Raises StaleVersionError and NotFoundError."""
    patient_id, version = medication_list.patient_id, medication_list.version
    key = {"clinic_id": clinic_id, "patient_id": patient_id, "version": version}
    advanced = connection.execute(
        _ADVANCE, {"clinic": clinic_id, "patient": patient_id, "made_from": version - 1}
    )
    if advanced.rowcount == 0:
        latest = _list_version(connection, clinic_id, patient_id)
        raise StaleVersionError(version - 1, latest)
    connection.execute(_INSERT_VERSION, {**key, **version_columns(medication_list)})
    if medication_list.items:
        rows = [
            {**key, "position": position, **item_columns(item)}
            for position, item in enumerate(medication_list.items)
        ]
        insert_rows(connection, list_items, rows)


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


def latest_version(connection: Connection, clinic_id: UUID, patient_id: UUID) -> int | None:
    """The number of the latest version, or None where there is no list."""
    found = connection.execute(_LATEST_VERSION, {"clinic": clinic_id, "patient": patient_id})
    return found.scalar_one_or_none() or None


def _list_version(connection: Connection, clinic_id: UUID, patient_id: UUID) -> int:
    found = connection.execute(_LATEST_VERSION, {"clinic": clinic_id, "patient": patient_id}).one_or_none()
    if found is None:
        raise NotFoundError("There is no such patient.")
    return int(found.list_version)


def _load(connection: Connection, version: Row[Any] | None) -> MedicationList | None:
    if version is None:
        return None
    key = {"clinic": version.clinic_id, "patient": version.patient_id, "version": version.version}
    return list_of(version, connection.execute(_ITEMS, key))
