"""Patients: create, find, read and change. Creating one starts a list on which nothing was asked."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from service.actions.paging import Page, page_of
from service.actions.work import Work
from service.domain.access.permissions import Permission
from service.domain.audit.events import AuditAction
from service.domain.errors import NotFoundError, StaleVersionError
from service.domain.medications.changes import restate_for
from service.domain.medications.medication_list import MedicationList
from service.domain.patients.patients import Identifier, Patient, PrintSize, check_born, version_of
from service.domain.text import PartialDate
from service.store import medication_writing, patient_writing
from service.store import medications as medication_store
from service.store import patients as patient_store

_NEWEST = 100
"""How many patients tell which system of numbers is the usual one."""


@dataclass(frozen=True, slots=True)
class PostedPatient:
    """A patient as a form or an EHR names them."""

    identifier: Identifier
    name: str | None = None
    birth_date: PartialDate | None = None
    language: str | None = None
    print_size: PrintSize | None = None

    def as_new(self, patient_id: UUID) -> Patient:
        """A patient that was not on file."""
        return Patient(
            patient_id, (self.identifier,), self.name, self.birth_date, self.language, self.print_size
        )


def create_patient(work: Work, posted: PostedPatient) -> Patient:
    """Create a patient and version 1 of a list that says nothing.

    Raises ConflictError (``identifier_taken``) when the clinic has a patient with this identifier, and
    RefusedError for a date of birth that lies ahead.
    """
    work.require(Permission.WRITE_PATIENTS)
    check_born(posted.birth_date, work.now, pointer="/birth_date")
    return add_patient(work, posted.as_new(work.new_id()))


def add_patient(work: Work, patient: Patient) -> Patient:
    """Keep a new patient with version 1 of a list that says nothing. Raises ConflictError as above."""
    work.require(Permission.WRITE_PATIENTS)
    patient_writing.insert_patient(work.connection, work.clinic_id, patient, work.now)
    empty = MedicationList(patient_id=patient.id, version=1, attribution=work.attribution(None, None))
    medication_writing.insert_first_list(work.connection, work.clinic_id, empty)
    work.record(AuditAction.CREATE_PATIENT, patient_id=patient.id)
    return patient


def get_patient(work: Work, patient_id: UUID) -> Patient:
    """One patient. Raises NotFoundError."""
    work.require(Permission.READ_PATIENTS)
    patient = known_patient(work, patient_id)
    work.record(AuditAction.READ_PATIENT, patient_id=patient_id)
    return patient


def find_patients(work: Work, identifier: Identifier) -> Page[Patient]:
    """The patient with this identifier, as a page of none or one."""
    work.require(Permission.READ_PATIENTS)
    patient = patient_store.find_patient(work.connection, work.clinic_id, identifier)
    if patient is None:
        return Page((), more=False)
    work.record(AuditAction.READ_PATIENT, patient_id=patient.id)
    return Page((patient,), more=False)


def list_patients(work: Work, after: UUID | None, limit: int) -> Page[Patient]:
    """A page of the clinic's patients in the order in which they were created."""
    work.require(Permission.READ_PATIENTS)
    found = patient_store.list_patients(work.connection, work.clinic_id, after, limit + 1)
    page = page_of(found, limit)
    for patient in page.items:
        work.record(AuditAction.LIST_PATIENTS, patient_id=patient.id)
    return page


def usual_identifier_system(work: Work) -> str | None:
    """The system of the numbers that the clinic's newest patients have, to be offered for the next one."""
    work.require(Permission.READ_PATIENTS)
    return patient_store.usual_system(work.connection, work.clinic_id, _NEWEST)


def change_patient(
    work: Work, patient_id: UUID, changes: Mapping[str, Any], *, made_from: str | None
) -> Patient:
    """Change name, date of birth, language or print size.

    ``made_from`` is the ``version_of`` the patient whom the sender saw; None says nothing about it. Raises
    NotFoundError, StaleVersionError, and RefusedError for a date of birth that lies ahead.

    A corrected name or date of birth makes the next version of the list, so that issued sheets, which carry
    the old one, say that they are out of date.
    """
    work.require(Permission.WRITE_PATIENTS)
    before = known_patient(work, patient_id, for_update=True)
    if made_from is not None and made_from != version_of(before):
        raise StaleVersionError(made_from, version_of(before))
    check_born(changes.get("birth_date"), work.now, pointer="/birth_date")
    changed = replace(before, **changes)
    patient_writing.update_patient(work.connection, work.clinic_id, changed, work.now)
    if (changed.name, changed.birth_date) != (before.name, before.birth_date):
        _restate_list(work, changed)
    work.record(
        AuditAction.CHANGE_PATIENT, patient_id=patient_id, details={"fields": " ".join(sorted(changes))}
    )
    return changed


def _restate_list(work: Work, patient: Patient) -> None:
    latest = medication_store.load_latest_list(work.connection, work.clinic_id, patient.id)
    if latest is not None:
        restated = restate_for(latest, patient, work.attribution(None, None))
        medication_writing.save_next_list(work.connection, work.clinic_id, restated)


def known_patient(work: Work, patient_id: UUID, *, for_update: bool = False) -> Patient:
    """The clinic's patient. Raises NotFoundError, the same for another clinic's patient.

    ``for_update`` keeps other writers of the patient and of the list waiting until this transaction ends.
    """
    patient = patient_store.load_patient(work.connection, work.clinic_id, patient_id, for_update=for_update)
    if patient is None:
        raise NotFoundError("There is no such patient.")
    return patient
