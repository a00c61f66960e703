"""Patients and their identifiers, as they are read."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, Select, bindparam, func, select, tuple_

from service.domain.patients.patients import Identifier, Patient, PrintSize
from service.domain.text import PartialDate
from service.store.tables import patient_identifiers as identifier_rows
from service.store.tables import patients
from service.store.tables.column_types import Identity

_sought = identifier_rows.alias("sought")
_LATER_THAN_NONE = UUID(int=0)


def _with_identifiers() -> Select[Any]:
    """One row for each identifier of each patient, patients by id."""
    return (
        select(
            patients.c.id,
            patients.c.name,
            patients.c.birth_date,
            patients.c.language,
            patients.c.print_size,
            identifier_rows.c.system,
            identifier_rows.c.value,
        )
        .join(
            identifier_rows,
            (identifier_rows.c.clinic_id == patients.c.clinic_id)
            & (identifier_rows.c.patient_id == patients.c.id),
        )
        .where(patients.c.clinic_id == bindparam("clinic"))
        .order_by(patients.c.id, identifier_rows.c.position)
    )


# Waits for a writer, and does not keep waiting those who only refer to the patient.
_LOCK = (
    select(patients.c.id)
    .where(patients.c.clinic_id == bindparam("clinic"), patients.c.id == bindparam("patient"))
    .with_for_update(key_share=True)
)
_LOAD = _with_identifiers().where(patients.c.id == bindparam("patient"))
_FIND = _with_identifiers().where(
    patients.c.id
    == select(_sought.c.patient_id)
    .where(
        _sought.c.clinic_id == bindparam("clinic"),
        _sought.c.system == bindparam("system"),
        _sought.c.value == bindparam("value"),
    )
    .scalar_subquery()
)
_FIND_ALL = _with_identifiers().where(
    patients.c.id.in_(
        select(_sought.c.patient_id)
        .where(
            _sought.c.clinic_id == bindparam("clinic"),
            tuple_(_sought.c.system, _sought.c.value).in_(bindparam("sought", expanding=True)),
        )
        .union_all(select(bindparam("patient", type_=Identity)))
    )
)
_LIST = _with_identifiers().where(
    patients.c.id.in_(
        select(patients.c.id)
        .where(patients.c.clinic_id == bindparam("clinic"), patients.c.id > bindparam("after"))
        .order_by(patients.c.id)
        .limit(bindparam("most"))
    )
)
_UPDATED_AT = select(patients.c.id, patients.c.updated_at).where(
    patients.c.clinic_id == bindparam("clinic"), patients.c.id.in_(bindparam("sought", expanding=True))
)
_LOAD_MANY = _with_identifiers().where(patients.c.id.in_(bindparam("sought", expanding=True)))
_newest = (
    select(patients.c.clinic_id, patients.c.id)
    .where(patients.c.clinic_id == bindparam("clinic"))
    .order_by(patients.c.id.desc())
    .limit(bindparam("newest"))
    .subquery()
)
# An outer join, which leads from the patients to their identifiers: with another one SQLite, which has no
# statistics, goes through all those of the clinic.
_USUAL_SYSTEM = (
    select(identifier_rows.c.system)
    .select_from(_newest)
    .outerjoin(
        identifier_rows,
        (identifier_rows.c.clinic_id == _newest.c.clinic_id) & (identifier_rows.c.patient_id == _newest.c.id),
    )
    .where(_newest.c.clinic_id == bindparam("clinic"))
    .group_by(identifier_rows.c.system)
    .order_by(func.count(identifier_rows.c.system).desc(), identifier_rows.c.system)
    .limit(1)
)


def load_patient(
    connection: Connection, clinic_id: UUID, patient_id: UUID, *, for_update: bool = False
) -> Patient | None:
    """The clinic's patient with this id.

    ``for_update`` first waits for other writers of this patient and their list, and keeps them waiting until
    the transaction ends.
    """
    if for_update:
        # A statement of its own: one that has waited would still see the patient of before the wait.
        connection.execute(_LOCK, {"clinic": clinic_id, "patient": patient_id})
    return _one(connection.execute(_LOAD, {"clinic": clinic_id, "patient": patient_id}))


def load_patients(
    connection: Connection, clinic_id: UUID, patient_ids: Sequence[UUID]
) -> Mapping[UUID, Patient]:
    """Many patients of the clinic in one statement, by id."""
    sought = {"clinic": clinic_id, "sought": list(patient_ids)}
    return {patient.id: patient for patient in _patients(connection.execute(_LOAD_MANY, sought))}


def load_updated_at(
    connection: Connection, clinic_id: UUID, patient_ids: Sequence[UUID]
) -> Mapping[UUID, datetime]:
    """When the records of these patients were last changed, by patient."""
    sought = {"clinic": clinic_id, "sought": list(patient_ids)}
    return {row.id: row.updated_at for row in connection.execute(_UPDATED_AT, sought)}


def find_patient(connection: Connection, clinic_id: UUID, identifier: Identifier) -> Patient | None:
    """The clinic's patient with this identifier, letter for letter."""
    sought = {"clinic": clinic_id, "system": identifier.system, "value": identifier.value}
    return _one(connection.execute(_FIND, sought))


def find_patients(
    connection: Connection,
    clinic_id: UUID,
    identifiers: Sequence[Identifier],
    patient_id: UUID | None = None,
) -> tuple[Patient, ...]:
    """Every patient of the clinic with one of the identifiers, and the one with this id."""
    sought = {
        "clinic": clinic_id,
        "patient": patient_id or _LATER_THAN_NONE,
        "sought": [(identifier.system, identifier.value) for identifier in identifiers],
    }
    return tuple(_patients(connection.execute(_FIND_ALL, sought)))


def list_patients(
    connection: Connection, clinic_id: UUID, after: UUID | None, limit: int
) -> tuple[Patient, ...]:
    """At most ``limit`` patients with an id greater than ``after``; oldest first, as ids are UUIDv7."""
    page = {"clinic": clinic_id, "after": after or _LATER_THAN_NONE, "most": limit}
    return tuple(_patients(connection.execute(_LIST, page)))


def usual_system(connection: Connection, clinic_id: UUID, newest: int) -> str | None:
    """The system that most of the clinic's ``newest`` patients have an identifier in, or None."""
    return connection.execute(_USUAL_SYSTEM, {"clinic": clinic_id, "newest": newest}).scalar_one_or_none()


def _one(rows: Iterable[Row[Any]]) -> Patient | None:
    return next(iter(_patients(rows)), None)


def _patients(rows: Iterable[Row[Any]]) -> list[Patient]:
    return [_patient(list(group)) for _, group in groupby(rows, key=attrgetter("id"))]


def _patient(rows: list[Row[Any]]) -> Patient:
    first = rows[0]
    return Patient(
        first.id,
        tuple(Identifier(row.system, row.value) for row in rows),
        first.name,
        PartialDate.parse(first.birth_date) if first.birth_date else None,
        first.language,
        PrintSize(first.print_size) if first.print_size else None,
    )
