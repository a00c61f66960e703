"""Keep a patient with the identifiers and the words of the name that they are found by."""

from datetime import datetime
from operator import attrgetter
from uuid import UUID

from sqlalchemy import Connection, bindparam, delete, insert, update
from sqlalchemy.dialects.postgresql import insert as insert_unless

from service.domain.errors import ConflictError, NotFoundError
from service.domain.patients.patients import Patient, sought_words
from service.store.database.inserts import COUNTED, insert_rows
from service.store.tables import patient_identifiers as identifiers
from service.store.tables import patient_name_words as name_words
from service.store.tables import patients

_CLAIM_IDENTIFIER = insert_unless(identifiers).on_conflict_do_nothing().execution_options(**COUNTED)
_RELEASE_IDENTIFIERS = delete(identifiers).where(
    identifiers.c.clinic_id == bindparam("clinic"), identifiers.c.patient_id == bindparam("patient")
)
_INSERT = insert(patients)
_DELETE_NAME_WORDS = delete(name_words).where(
    name_words.c.clinic_id == bindparam("clinic"),
    name_words.c.patient_id == bindparam("patient"),
)
_UPDATE = (
    update(patients)
    .where(patients.c.clinic_id == bindparam("clinic"), patients.c.id == bindparam("patient"))
    .values({name: bindparam(f"new_{name}") for name in ("name", "birth_date", "language", "print_size")})
    .values(updated_at=bindparam("now"))
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
        insert_rows(connection, name_words, [{**key, "word": word} for word in words])


def _columns(patient: Patient) -> dict[str, str | None]:
    return {
        "name": patient.name,
        "birth_date": str(patient.birth_date) if patient.birth_date else None,
        "language": patient.language,
        "print_size": patient.print_size.value if patient.print_size else None,
    }
