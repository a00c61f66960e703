"""Find a patient by a whole identifier or by the beginnings of the words of a name."""

from dataclasses import dataclass

from service.actions.work import Work
from service.domain.access.permissions import Permission
from service.domain.audit.events import AuditAction
from service.domain.checklists.worklist import ListState, list_state
from service.domain.patients.patients import Patient, sought_words
from service.store import medications as medication_store
from service.store import patient_search as search_store
from service.store import patients as patient_store

MOST_FOUND = 50


@dataclass(frozen=True, slots=True)
class FoundPatient:
    """A patient and how their list stands."""

    patient: Patient
    medications: ListState


@dataclass(frozen=True, slots=True)
class Found:
    """Who was found, by name; ``more`` says that there are others, beyond ``MOST_FOUND``."""

    patients: tuple[FoundPatient, ...]
    more: bool


def search_patients(work: Work, sought: str) -> Found:
    """Who has this identifier, or a name with words that begin with these.

    Capitals and accents in names make no difference; several words narrow.
    """
    work.require(Permission.READ_PATIENTS)
    work.require(Permission.READ_LISTS)
    whose = (work.connection, work.clinic_id)
    by_identifier = search_store.find_by_identifier_value(*whose, sought, MOST_FOUND + 1)
    by_name = search_store.find_by_name_words(*whose, sought_words(sought), MOST_FOUND + 1)
    ids = list(dict.fromkeys((*by_identifier, *by_name)))
    shown = ids[:MOST_FOUND]
    patients = patient_store.load_patients(*whose, shown)
    lists = medication_store.load_latest_lists(*whose, shown)
    found = [FoundPatient(patients[one], list_state(patients[one], lists[one])) for one in shown]
    for one in found:
        work.record(AuditAction.FIND_PATIENT, patient_id=one.patient.id)
    found.sort(key=lambda one: ((one.patient.name or "").casefold(), one.patient.id))
    return Found(tuple(found), more=len(ids) > MOST_FOUND)
