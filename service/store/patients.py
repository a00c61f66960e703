"""Patients and their identifiers."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, Select, bindparam, delete, func, insert, select, tuple_, update
from sqlalchemy.dialects.postgresql import insert as insert_unless

from service.domain.errors import ConflictError, NotFoundError
from service.domain.patients.patients import Identifier, Patient, PrintSize, sought_words
from service.domain.text import PartialDate
from service.store.database.inserts import COUNTED, insert_rows
from service.store.tables import patient_identifiers, patient_name_words, patients
from service.store.tables.column_types import Identity

_identifiers = patient_identifiers
_sought = patient_identifiers.alias("sought")
_LATER_THAN_NONE = UUID(int=0)

_CLAIM_IDENTIFIER = insert_unless(_identifiers).on_conflict_do_nothing().execution_options(**COUNTED)
_RELEASE_IDENTIFIERS = delete(_identifiers).where(
    _identifiers.c.clinic_id == bindparam("clinic"), _identifiers.c.patient_id == bindparam("patient")
)
_INSERT = insert(patients)
_DELETE_NAME_WORDS = delete(patient_name_words).where(
    patient_name_words.c.clinic_id == bindparam("clinic"),
    patient_name_words.c.patient_id == bindparam("patient"),
)
_UPDATE = (
    update(patients)
    .where(patients.c.clinic_id == bindparam("clinic"), patients.c.id == bindparam("patient"))
    .values({name: bindparam(f"new_{name}") for name in ("name", "birth_date", "language", "print_size")})
    .values(updated_at=bindparam("now"))
)


def _with_identifiers() -> Select[Any]:
    """One row for each identifier of each patient, patients by id."""
    return (
        select(
            patients.c.id,
            patients.c.name,
            patients.c.birth_date,
            patients.c.language,
            patients.c.print_size,
            _identifiers.c.system,
            _identifiers.c.value,
        )
        .join(
            _identifiers,
            (_identifiers.c.clinic_id == patients.c.clinic_id) & (_identifiers.c.patient_id == patients.c.id),
        )
        .where(patients.c.clinic_id == bindparam("clinic"))
        .order_by(patients.c.id, _identifiers.c.position)
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
    select(_identifiers.c.system)
    .select_from(_newest)
    .outerjoin(
        _identifiers,
        (_identifiers.c.clinic_id == _newest.c.clinic_id) & (_identifiers.c.patient_id == _newest.c.id),
    )
    .where(_newest.c.clinic_id == bindparam("clinic"))
    .group_by(_identifiers.c.system)
    .order_by(func.count(_identifiers.c.system).desc(), _identifiers.c.system)
    .limit(1)
)


def insert_patient(connection: Connection, clinic_id: UUID, patient: Patient, created_at: datetime) -> None:
    """Keep a new patient, with no list yet.

    Raises ConflictError (``identifier_taken``) and has then written nothing.
    """
    _claim_identifiers(connection, clinic_id, patient)
    connection.execute(
        _INSERT,
        {
            "clinic_id": clinic_id,
            "id": patient.id,
            **_columns(patient),
            "list_version": 0,
            "created_at": created_at,
            "updated_at": created_at,
        },
    )
    _insert_name_words(connection, clinic_id, patient)


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


def update_patient(connection: Connection, clinic_id: UUID, patient: Patient, updated_at: datetime) -> None:
    """Replace what is on file of a patient, identifiers too; the list stays.

    Raises NotFoundError, and ConflictError (``identifier_taken``) that has then changed nothing.
    """
    new = {f"new_{name}": value for name, value in _columns(patient).items()}
    with connection.begin_nested():
        changed = connection.execute(
            _UPDATE, {"clinic": clinic_id, "patient": patient.id, "now": updated_at, **new}
        )
        if changed.rowcount == 0:
            raise NotFoundError("There is no such patient.")
        connection.execute(_RELEASE_IDENTIFIERS, {"clinic": clinic_id, "patient": patient.id})
        _claim_identifiers(connection, clinic_id, patient)
        connection.execute(_DELETE_NAME_WORDS, {"clinic": clinic_id, "patient": patient.id})
        _insert_name_words(connection, clinic_id, patient)


def list_patients(
    connection: Connection, clinic_id: UUID, after: UUID | None, limit: int
) -> tuple[Patient, ...]:
    """At most ``limit`` patients with an id greater than ``after``; oldest first, as ids are UUIDv7."""
    page = {"clinic": clinic_id, "after": after or _LATER_THAN_NONE, "most": limit}
    return tuple(_patients(connection.execute(_LIST, page)))


def usual_system(connection: Connection, clinic_id: UUID, newest: int) -> str | None:
    """The system that most of the clinic's ``newest`` patients have an identifier in, or None."""
    return connection.execute(_USUAL_SYSTEM, {"clinic": clinic_id, "newest": newest}).scalar_one_or_none()


def _claim_identifiers(connection: Connection, clinic_id: UUID, patient: Patient) -> None:
    """Write the identifiers before the patient; another writer of the same one is waited for.

    Always in the same order, so that two writers never wait for each other.
    """
    places = {identifier: place for place, identifier in enumerate(patient.identifiers)}
    for identifier in sorted(patient.identifiers, key=attrgetter("system", "value")):
        claimed = connection.execute(
            _CLAIM_IDENTIFIER,
            {
                "clinic_id": clinic_id,
                "system": identifier.system,
                "value": identifier.value,
                "patient_id": patient.id,
                "position": places[identifier],
            },
        )
        if claimed.rowcount == 0:
            connection.execute(_RELEASE_IDENTIFIERS, {"clinic": clinic_id, "patient": patient.id})
            raise ConflictError(
                "Another patient of this clinic has this identifier. Nothing was changed.",
                code="identifier_taken",
                pointer="/identifier",
            )


def _insert_name_words(connection: Connection, clinic_id: UUID, patient: Patient) -> None:
    words = sought_words(patient.name or "")
    if words:
        key = {"clinic_id": clinic_id, "patient_id": patient.id}
        insert_rows(connection, patient_name_words, [{**key, "word": word} for word in words])


def _columns(patient: Patient) -> dict[str, str | None]:
    return {
        "name": patient.name,
        "birth_date": str(patient.birth_date) if patient.birth_date else None,
        "language": patient.language,
        "print_size": patient.print_size.value if patient.print_size else None,
    }


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
