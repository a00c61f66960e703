"""What other systems take out of the record: patients, and lists with all that is on them.

The style in which they want it is the clinic's; how it is written is ``formats.fhir``'s.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from service.actions.clinics import known_clinic
from service.actions.documents import FiledSheet, find_filed_sheets
from service.actions.medications import known_list
from service.actions.paging import Page
from service.actions.patients import get_patient, known_patient, list_patients
from service.actions.work import Work
from service.domain.access.clinics import Clinic, ItemExport
from service.domain.access.permissions import Permission
from service.domain.audit.events import AuditAction
from service.domain.errors import NotFoundError
from service.domain.medications.medication_list import MedicationList
from service.domain.patients.patients import Identifier, Patient
from service.formats.fhir.searching import MOST_RESULTS
from service.formats.fhir.sheets_sought import SheetsSought
from service.formats.fhir.whose import PatientsSought, Sought
from service.store import medications as medication_store
from service.store import patient_search as search_store
from service.store import patients as patient_store

_MOST_ALIKE = 100
"""How many patients of a clinic can have the same number in different systems and all be found."""


@dataclass(frozen=True, slots=True)
class ExportedPatient:
    """A patient and when the record was last changed."""

    patient: Patient
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class ExportedLists:
    """The clinic, whose styles count, and the lists that were found."""

    clinic: Clinic
    lists: tuple[MedicationList, ...]


@dataclass(frozen=True, slots=True)
class ExportedRecord:
    """A patient with the whole list, and where their sheets stand, oldest first."""

    clinic: Clinic
    patient: ExportedPatient
    medication_list: MedicationList
    sheets: tuple[FiledSheet, ...]


def export_patient(work: Work, patient_id: UUID) -> ExportedPatient:
    """One patient. Raises NotFoundError."""
    return _dated(work, (get_patient(work, patient_id),))[0]


def export_patients(work: Work, after: UUID | None, limit: int) -> Page[ExportedPatient]:
    """A page of the clinic's patients in the order in which they were created."""
    page = list_patients(work, after, limit)
    return Page(_dated(work, page.items), page.more)


def find_patients(work: Work, sought: PatientsSought) -> tuple[ExportedPatient, ...]:
    """The patients with these ids and those with these identifiers, in the order of their ids."""
    work.require(Permission.READ_PATIENTS)
    found = dict.fromkeys(sought.ids)
    for system, value in sought.identifiers:
        found |= dict.fromkeys(_with_identifier(work, system, value))
    known = patient_store.load_patients(work.connection, work.clinic_id, list(found))
    patients = [known[patient_id] for patient_id in sorted(known)]
    for patient in patients:
        work.record(AuditAction.READ_PATIENT, patient_id=patient.id)
    return _dated(work, patients)


def export_list(work: Work, patient_id: UUID, subject: str) -> ExportedLists:
    """The latest list of a patient; ``subject`` is what is read of it. Raises NotFoundError."""
    work.require(Permission.READ_LISTS)
    known_patient(work, patient_id)
    return _exported(work, (known_list(work, patient_id),), subject)


def export_list_of_item(work: Work, item_id: UUID, subject: str) -> ExportedLists:
    """The list that an item stands on. Raises NotFoundError."""
    work.require(Permission.READ_LISTS)
    patient_id = medication_store.find_patient_of_item(work.connection, work.clinic_id, item_id)
    if patient_id is None:
        raise NotFoundError("There is no such item.")
    return _exported(work, (known_list(work, patient_id),), subject)


def find_lists(work: Work, sought: Sought, only_as: ItemExport | None = None) -> ExportedLists:
    """The lists that a search is about; nobody's where the clinic gives its items in another style.

    Who is not a patient of the clinic has no list, and that says no more. Raises NotFoundError for a version
    that there is not.
    """
    work.require(Permission.READ_LISTS)
    clinic = known_clinic(work.connection, work.clinic_id)
    if only_as not in (None, clinic.item_export):
        return ExportedLists(clinic, ())
    of_items = (
        medication_store.find_patient_of_item(work.connection, work.clinic_id, item_id)
        for item_id in sought.item_ids
    )
    whose = list(dict.fromkeys((*sought.patient_ids, *(found for found in of_items if found))))
    known = patient_store.load_patients(work.connection, work.clinic_id, whose)
    version = sought.version if len(whose) == 1 else None
    return _exported(work, [known_list(work, one, version) for one in whose if one in known])


def export_record(
    work: Work, patient_id: UUID, version: int | None = None, *, with_sheets: bool
) -> ExportedRecord:
    """A patient with the whole list, the latest or the version whose first pages were read before.

    Raises NotFoundError.
    """
    work.require(Permission.READ_LISTS)
    patient = export_patient(work, patient_id)
    found = known_list(work, patient_id, version)
    work.record(AuditAction.EXPORT_LIST, patient_id=patient_id, details=_details(found))
    of_patient = SheetsSought(patient_id)
    sheets = find_filed_sheets(work, of_patient, MOST_RESULTS).items if with_sheets else ()
    return ExportedRecord(known_clinic(work.connection, work.clinic_id), patient, found, sheets[::-1])


def _with_identifier(work: Work, system: str | None, value: str) -> Iterable[UUID]:
    if system is None:
        return search_store.find_by_identifier_value(work.connection, work.clinic_id, value, _MOST_ALIKE)
    if not system or not value:
        return ()
    found = patient_store.find_patient(work.connection, work.clinic_id, Identifier(system, value))
    return (found.id,) if found else ()


def _dated(work: Work, patients: Iterable[Patient]) -> tuple[ExportedPatient, ...]:
    known = tuple(patients)
    ids = [patient.id for patient in known]
    changed = patient_store.load_updated_at(work.connection, work.clinic_id, ids)
    return tuple(ExportedPatient(patient, changed[patient.id]) for patient in known)


def _exported(work: Work, lists: Iterable[MedicationList], subject: str | None = None) -> ExportedLists:
    found = tuple(lists)
    for one in found:
        work.record(AuditAction.READ_LIST, patient_id=one.patient_id, subject=subject, details=_details(one))
    return ExportedLists(known_clinic(work.connection, work.clinic_id), found)


def _details(medication_list: MedicationList) -> dict[str, str]:
    return {"version": str(medication_list.version), "items": str(len(medication_list.current_items))}
