"""Keep the next version of a medication list, whole, where it was made from the latest."""

from uuid import UUID

from sqlalchemy import Connection, bindparam, insert, select, update

from service.domain.errors import NotFoundError, StaleVersionError
from service.domain.medications.medication_list import MedicationList
from service.store.database.inserts import insert_rows
from service.store.medication_rows import item_columns, version_columns
from service.store.tables import list_items, patients
from service.store.tables import list_versions as versions

_of_patient = (patients.c.clinic_id == bindparam("clinic"), patients.c.id == bindparam("patient"))
_LATEST_VERSION = select(patients.c.list_version).where(*_of_patient)
# The version is checked where it is changed: of two writers, one finds no row.
_ADVANCE = (
    update(patients)
    .where(*_of_patient, patients.c.list_version == bindparam("made_from"))
    .values(list_version=bindparam("made_from") + 1)
)
_INSERT_VERSION = insert(versions)


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
        raise StaleVersionError(version - 1, _latest_version(connection, clinic_id, patient_id))
    connection.execute(_INSERT_VERSION, {**key, **version_columns(medication_list)})
    if medication_list.items:
        rows = [
            {**key, "position": position, **item_columns(item)}
            for position, item in enumerate(medication_list.items)
        ]
        insert_rows(connection, list_items, rows)


def _latest_version(connection: Connection, clinic_id: UUID, patient_id: UUID) -> int:
    """The number of the latest version, 0 before the first. Raises NotFoundError."""
    found = connection.execute(_LATEST_VERSION, {"clinic": clinic_id, "patient": patient_id}).one_or_none()
    if found is None:
        raise NotFoundError("There is no such patient.")
    return int(found.list_version)
