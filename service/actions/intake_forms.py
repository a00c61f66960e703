"""A form that is filled in step by step and sent once: behind a link, or at the desk with what is on file."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from service.actions.intake import Intake, submit_intake
from service.actions.medications import known_list
from service.actions.patients import known_patient
from service.actions.work import Work
from service.domain.access.permissions import Permission
from service.domain.audit.events import AuditAction
from service.domain.errors import ConflictError, Fault, NotFoundError, RefusedError
from service.domain.intake.draft import Draft, after_sending, kept_for
from service.domain.intake.forms import FORM_LIFE, IntakeForm
from service.domain.medications.medication_list import MedicationList
from service.domain.medications.still_taking import Spoken, StillTaking, asked_about, said_again
from service.domain.patients.patients import Patient
from service.store import intake_forms as form_store


@dataclass(frozen=True, slots=True)
class FormAtDesk:
    """A form of the desk with whose it is and the list that it was opened from."""

    form: IntakeForm
    patient: Patient
    on_file: MedicationList


def open_form_at_desk(work: Work, patient_id: UUID) -> IntakeForm:
    """Open a form for a patient, or go on with the one that was begun. Raises NotFoundError."""
    _require_desk(work)
    patient = known_patient(work, patient_id)
    begun = form_store.find_open_form_at_desk(work.connection, work.clinic_id, patient.id, work.now)
    if begun is not None:
        moved_on = begun.made_from != known_list(work, patient.id).version
        return go_on_from_newest(work, begun.id) if moved_on else begun
    form = IntakeForm(
        id=work.new_id(),
        clinic_id=work.clinic_id,
        patient_id=patient.id,
        link_id=None,
        secret_sha256=None,
        opened_at=work.now,
        expires_at=work.now + FORM_LIFE,
        made_from=known_list(work, patient.id).version,
        draft={},
    )
    form_store.insert_form(work.connection, form)
    work.record(AuditAction.OPEN_INTAKE_FORM, patient_id=patient.id, subject=f"intake_form/{form.id}")
    return form


def get_form(work: Work, form_id: UUID) -> IntakeForm:
    """What is typed into a form so far, and nothing of what is on file. Raises NotFoundError."""
    work.require(Permission.SUBMIT_INTAKE)
    form = _known_form(work, form_id)
    work.record(AuditAction.READ_INTAKE_FORM, patient_id=form.patient_id, subject=f"intake_form/{form.id}")
    return form


def get_form_at_desk(work: Work, form_id: UUID) -> FormAtDesk:
    """A form of the desk with what is on file. One behind a link is its browser's: raises NotFoundError."""
    _require_desk(work)
    form = get_form(work, form_id)
    if form.link_id is not None:
        raise NotFoundError("There is no such form.")
    patient = known_patient(work, form.patient_id)
    return FormAtDesk(form, patient, known_list(work, patient.id, form.made_from))


def change_form(work: Work, form_id: UUID, change: Callable[[Draft], Draft]) -> IntakeForm:
    """Keep one step of a form. Raises NotFoundError, and ConflictError (``form_over``)."""
    work.require(Permission.SUBMIT_INTAKE)
    form = _open_form(work, form_id)
    changed = replace(form, draft=change(form.draft))
    form_store.save_draft(work.connection, work.clinic_id, form.id, changed.draft, form.made_from)
    work.record(AuditAction.CHANGE_INTAKE_FORM, patient_id=form.patient_id, subject=f"intake_form/{form.id}")
    return changed


def go_on_from_newest(work: Work, form_id: UUID) -> IntakeForm:
    """Let a form of the desk go on from the latest version of the list.

    What was said of an item that has changed since is asked again; everything else stays.
    """
    _require_desk(work)
    form = _open_form(work, form_id)
    before = known_list(work, form.patient_id, form.made_from)
    latest = known_list(work, form.patient_id)
    same = frozenset(str(item.id) for item in asked_about(latest) if before.item(item.id) == item)
    renewed = replace(form, draft=kept_for(form.draft, same), made_from=latest.version)
    form_store.save_draft(work.connection, work.clinic_id, form.id, renewed.draft, latest.version)
    work.record(AuditAction.CHANGE_INTAKE_FORM, patient_id=form.patient_id, subject=f"intake_form/{form.id}")
    return renewed


def send_form(work: Work, form_id: UUID, intake: Intake, spoken: Mapping[UUID, Spoken] | None = None) -> int:
    """Send what a form holds and return the version that the list then has; a second time the same.

    The patient is the form's, whatever identifier ``intake`` names. ``spoken`` is what was said of the items
    on file, for a form of the desk. Raises StaleVersionError where the list moved on since a form of the
    desk was opened, RefusedError and ConflictError (``form_over``).
    """
    work.require(Permission.SUBMIT_INTAKE)
    form = _known_form(work, form_id, for_update=True)
    if form.sent_version is not None:
        return form.sent_version
    _check_open(work, form)
    patient = known_patient(work, form.patient_id)
    whole = replace(intake, patient=replace(intake.patient, identifier=patient.identifiers[0]))
    if form.link_id is None:
        whole = _with_items_on_file(work, form, whole, spoken or {})
    if whole.medications.silent:
        raise RefusedError(Fault("/categories", "nothing_answered", "Nothing was answered yet."))
    version = submit_intake(work, whole).medications.version
    # What was answered is on the list now and is kept nowhere else.
    left = after_sending(form.draft)
    form_store.close_form(work.connection, work.clinic_id, form.id, work.now, version, left)
    return version


def _with_items_on_file(
    work: Work, form: IntakeForm, intake: Intake, spoken: Mapping[UUID, Spoken]
) -> Intake:
    faults = [
        Fault(f"/still/{item_id}", "changes_missing", "What has changed was not written down.")
        for item_id, said in spoken.items()
        if said.answer is StillTaking.CHANGED and not said.changes
    ]
    if faults:
        raise RefusedError(*faults)
    seen = known_list(work, form.patient_id, form.made_from)
    items = said_again(seen, spoken, intake.medications.items)
    return replace(intake, medications=replace(intake.medications, items=items), made_from=form.made_from)


def _require_desk(work: Work) -> None:
    for permission in (Permission.SUBMIT_INTAKE, Permission.READ_PATIENTS, Permission.READ_LISTS):
        work.require(permission)


def _open_form(work: Work, form_id: UUID) -> IntakeForm:
    form = _known_form(work, form_id, for_update=True)
    _check_open(work, form)
    return form


def _check_open(work: Work, form: IntakeForm) -> None:
    if not form.open_to(work.now):
        raise ConflictError("The form was sent, or its time has ended.", code="form_over")


def _known_form(work: Work, form_id: UUID, *, for_update: bool = False) -> IntakeForm:
    form = form_store.load_form(work.connection, work.clinic_id, form_id, for_update=for_update)
    if form is None:
        raise NotFoundError("There is no such form.")
    return form
