"""The main job in one call: a posted list is kept and answered with a checklist if a treatment is named."""

from dataclasses import dataclass, replace

from service.actions.checklists import IssuedChecklist
from service.actions.issuing import ChecklistRequest, issue_for_list
from service.actions.medications import known_list, replace_latest
from service.actions.patients import PostedPatient, known_patient
from service.actions.work import Work
from service.domain.access.permissions import Permission, Role
from service.domain.attribution import Attribution, CollectionMode, Informant
from service.domain.audit.events import AuditAction
from service.domain.checklists.gaps import Gap, GapKind, gaps_of
from service.domain.errors import ConflictError, NotFoundError, StaleVersionError
from service.domain.medications.medication_list import MedicationList
from service.domain.medications.whole_list import WholeList, replace_list, start_list
from service.domain.patients.patients import Patient, check_born, check_same_person, same_name
from service.store import medication_writing, patient_writing
from service.store import patients as patient_store


@dataclass(frozen=True, slots=True)
class Intake:
    """What an intake form posts. ``made_from`` is the version that the sender saw; None says nothing."""

    patient: PostedPatient
    medications: WholeList
    informant: Informant | None = None
    collection_mode: CollectionMode | None = None
    checklist: ChecklistRequest | None = None
    made_from: int | None = None


@dataclass(frozen=True, slots=True)
class IntakeReceipt:
    """What was kept. ``changed`` is false where the post said nothing and the list stayed as it was."""

    patient: Patient
    medications: MedicationList
    gaps: tuple[Gap, ...]
    changed: bool
    checklist: IssuedChecklist | None


def submit_intake(work: Work, intake: Intake) -> IntakeReceipt:
    """Find or create the patient, keep the list as its next version and issue the checklist asked for.

    A post that says nothing (no item, no answer) about a patient on file changes nothing. Raises
    ConflictError when the date of birth contradicts the one on file, or when another name comes without a
    list; StaleVersionError, RefusedError and NotFoundError.
    """
    work.require(Permission.SUBMIT_INTAKE)
    check_born(intake.patient.birth_date, work.now, pointer="/patient/birth_date")
    attribution = work.attribution(intake.informant, intake.collection_mode)
    patient, medications, changed = _keep_list(work, intake, attribution)
    checklist = None
    if intake.checklist is not None:
        checklist = issue_for_list(work, patient, medications, intake.checklist)
    work.record(
        AuditAction.SUBMIT_INTAKE,
        patient_id=patient.id,
        details={"version": str(medications.version), "items": str(len(intake.medications.items))},
    )
    gaps = _gaps_to_tell(work, patient, medications, changed=changed)
    return IntakeReceipt(patient, medications, gaps, changed, checklist)


def _keep_list(work: Work, intake: Intake, attribution: Attribution) -> tuple[Patient, MedicationList, bool]:
    """The patient with the list as it now stands, and whether this intake changed it."""
    identifier = intake.patient.identifier
    on_file = patient_store.find_patient(work.connection, work.clinic_id, identifier)
    if on_file is None:
        try:
            return *_first_list(work, intake, attribution), True
        except ConflictError:
            # Another intake created the same patient since the look-up; that one is on file now.
            on_file = patient_store.find_patient(work.connection, work.clinic_id, identifier)
            if on_file is None:
                raise
    try:
        on_file = known_patient(work, on_file.id, for_update=True)
    except NotFoundError:
        # Erased since the look-up: what comes now is about somebody who is not on file.
        return *_first_list(work, intake, attribution), True
    return _next_list(work, on_file, intake, attribution)


def _first_list(work: Work, intake: Intake, attribution: Attribution) -> tuple[Patient, MedicationList]:
    patient = intake.patient.as_new(work.new_id())
    medications = start_list(patient.id, intake.medications, attribution, new_id=work.new_id)
    patient_writing.insert_patient(work.connection, work.clinic_id, patient, work.now)
    medication_writing.insert_first_list(work.connection, work.clinic_id, medications)
    work.record(AuditAction.CREATE_PATIENT, patient_id=patient.id)
    return patient, medications


def _next_list(
    work: Work, on_file: Patient, intake: Intake, attribution: Attribution
) -> tuple[Patient, MedicationList, bool]:
    check_same_person(on_file, intake.patient.birth_date, pointer="/patient/birth_date")
    latest = known_list(work, on_file.id)
    if intake.made_from is not None and intake.made_from != latest.version:
        raise StaleVersionError(intake.made_from, latest.version)
    differs = bool(intake.patient.name and on_file.name) and not same_name(intake.patient.name, on_file.name)
    if intake.medications.silent:
        if differs:
            # There is no list that a refusal would lose, and a sheet would be another person's.
            detail = "The name differs from the one on file for this identifier. Nothing was changed."
            raise ConflictError(detail, code="name_differs", pointer="/patient/name")
        return on_file, latest, False
    patient = _completed(work, on_file, intake.patient)
    sent = replace(intake.medications, reported_name=intake.patient.name if differs else None)
    changed = replace_list(latest, sent, attribution, new_id=work.new_id)
    return patient, replace_latest(work, changed), True


def _completed(work: Work, on_file: Patient, posted: PostedPatient) -> Patient:
    """The patient on file with what was missing there; what is on file is never overwritten by a form."""
    completed = replace(
        on_file,
        name=on_file.name or posted.name,
        birth_date=on_file.birth_date or posted.birth_date,
        language=on_file.language or posted.language,
        print_size=on_file.print_size or posted.print_size,
    )
    if completed != on_file:
        patient_writing.update_patient(work.connection, work.clinic_id, completed, work.now)
        work.record(AuditAction.CHANGE_PATIENT, patient_id=completed.id)
    return completed


def _gaps_to_tell(
    work: Work, patient: Patient, medications: MedicationList, *, changed: bool
) -> tuple[Gap, ...]:
    """An intake key is told of the gaps in what it posted, and nothing of what was on file before."""
    if work.actor.role is not Role.INTAKE:
        return gaps_of(patient, medications)
    posted = medications
    if not changed:
        posted = MedicationList(patient.id, medications.version, medications.attribution)
    on_file = {GapKind.ITEM_ON_EARLIER_LIST, GapKind.REPORTED_NAME_DIFFERS}
    return tuple(gap for gap in gaps_of(patient, posted) if gap.kind not in on_file)
