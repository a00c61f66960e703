"""Checklists: issue one, read it with what became of it, look it up by its code, take it back."""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import orjson

from service.actions.guidance import retired_detail
from service.actions.medications import known_list
from service.actions.pages import Page, page_of
from service.actions.patients import known_patient
from service.actions.signing import signing_of
from service.actions.work import Work
from service.domain.access.permissions import Permission
from service.domain.audit.events import AuditAction
from service.domain.checklists.checklist import Checklist, SheetTreatment, Withdrawal
from service.domain.checklists.document import checklist_document
from service.domain.checklists.guidance_today import GuidanceStatus, GuidanceToday
from service.domain.checklists.preparation import prepare
from service.domain.checklists.short_code import make_code, read_code
from service.domain.checklists.state import ChecklistState
from service.domain.errors import Fault, NotFoundError, RefusedError
from service.domain.medications.difference import difference
from service.domain.medications.medication_list import MedicationList
from service.domain.patients.patients import Paper, Patient, PrintSize
from service.domain.wording import Catalogue
from service.store import checklists as checklist_store
from service.store import clinics as clinic_store
from service.store import guidance as guidance_store
from service.store.checklists import StoredChecklist
from service.store.guidance import PublishedGuidance


@dataclass(frozen=True, slots=True)
class ChecklistRequest:
    """What a checklist is asked for; language, paper and size fall back to the patient's and the clinic's.

    ``treatment_ids`` are one treatment or several, which share one sheet. ``pointers`` say where each stood
    in what was sent, where that was not in the fields of the same names.
    """

    treatment_ids: tuple[str, ...]
    planned_start: date | None = None
    language: str | None = None
    paper: Paper | None = None
    print_size: PrintSize | None = None
    pointers: tuple[str, ...] = ()

    @property
    def by_pointer(self) -> Iterator[tuple[str, str]]:
        """Each treatment with where it stood."""
        own = [f"/treatments/{place}" for place in range(len(self.treatment_ids))]
        own = own if len(own) > 1 else ["/treatment"]
        return zip(self.pointers or own, self.treatment_ids, strict=True)


@dataclass(frozen=True, slots=True)
class IssuedChecklist:
    """An issued sheet as it was written, and its state today."""

    id: UUID
    patient_id: UUID
    code: str
    document_text: str
    state: ChecklistState
    words: Catalogue

    @property
    def document(self) -> dict[str, Any]:
        """The issued document, parsed anew."""
        parsed: dict[str, Any] = orjson.loads(self.document_text)
        return parsed


def issue_checklist(work: Work, patient_id: UUID, request: ChecklistRequest) -> IssuedChecklist:
    """Issue a checklist from the patient's latest list; signatures of unchanged sections hold on it.

    Raises NotFoundError, and RefusedError for each treatment that the clinic has no guidance for.
    """
    work.require(Permission.ISSUE_CHECKLISTS)
    patient = known_patient(work, patient_id)
    issued = issue_for_list(work, patient, known_list(work, patient_id), request)
    return with_state(work, known_checklist(work, issued.id))


def issue_for_list(
    work: Work, patient: Patient, medications: MedicationList, request: ChecklistRequest
) -> IssuedChecklist:
    """Issue a checklist from the latest list at hand. The caller has asked for the permission."""
    published = _guidance_in_use(work, request)
    clinic = clinic_store.load_clinic(work.connection, work.clinic_id)
    if clinic is None:
        raise NotFoundError("There is no such clinic.")
    words = work.words(request.language, patient.language, clinic.language)
    checklist = Checklist(
        id=work.new_id(),
        code=make_code(secrets.randbelow),
        patient=patient,
        treatments=tuple(SheetTreatment.of(one.guidance, one.version) for one in published),
        planned_start=request.planned_start,
        list_version=medications.version,
        language=words.language,
        paper=request.paper or clinic.paper,
        print_size=request.print_size or patient.print_size or PrintSize.STANDARD,
        time_zone=clinic.time_zone,
        issued_at=work.now,
        issued_by=work.actor.recorder,
        content=prepare(patient, medications, tuple(one.guidance for one in published), words),
    )
    text = _kept(work, checklist)
    work.record(
        AuditAction.ISSUE_CHECKLIST,
        patient_id=patient.id,
        subject=f"checklist/{checklist.id}",
        details={"version": str(medications.version)},
    )
    in_use = tuple(
        GuidanceToday(one.guidance.treatment.id, GuidanceStatus.IN_USE, one.version, one.published_at)
        for one in published
    )
    state = ChecklistState(medications.version, medications.version, guidance=in_use)
    return IssuedChecklist(checklist.id, patient.id, checklist.code, text, state, words)


def _guidance_in_use(work: Work, request: ChecklistRequest) -> tuple[PublishedGuidance, ...]:
    """The guidance of each treatment that is asked for, in the order of the treatments' ids."""
    found, faults = [], []
    for pointer, treatment_id in request.by_pointer:
        published = guidance_store.load_guidance(work.connection, work.clinic_id, treatment_id)
        if published is None:
            faults.append(_no_guidance(work, treatment_id, pointer))
        else:
            found.append(published)
    if faults:
        raise RefusedError(*faults)
    return tuple(sorted(found, key=lambda one: one.guidance.treatment.id))


def _no_guidance(work: Work, treatment_id: str, pointer: str) -> Fault:
    """Why no checklist is issued for the treatment: its guidance was retired, or there never was any."""
    last = guidance_store.load_last_act(work.connection, work.clinic_id, treatment_id)
    if last is None:
        return Fault(pointer, "unknown_treatment", "The clinic has no guidance for such a treatment.")
    return Fault(pointer, "retired_treatment", retired_detail(last))


def _kept(work: Work, checklist: Checklist) -> str:
    """Keep what is issued, and which versions were used together; the text that is kept."""
    as_data = checklist_document(checklist)
    text = orjson.dumps(as_data).decode()
    if len(checklist.treatments) > 1:
        used = {one.id: one.guidance.version for one in checklist.treatments}
        guidance_store.insert_versions_together(
            work.connection, work.clinic_id, used, work.now, work.actor.name
        )
    checklist_store.insert_checklist(
        work.connection, work.clinic_id, checklist, text, as_data["content_digest"]
    )
    return text


def get_checklist(work: Work, checklist_id: UUID, *, printed: bool) -> IssuedChecklist:
    """An issued checklist with its state; ``printed``: to make a sheet of it. Raises NotFoundError."""
    work.require(Permission.READ_CHECKLISTS)
    stored = known_checklist(work, checklist_id)
    return _read(work, stored, AuditAction.PRINT_CHECKLIST if printed else AuditAction.READ_CHECKLIST)


def get_checklist_by_code(work: Work, typed: str) -> IssuedChecklist:
    """The checklist whose paper carries this code.

    Raises MistypedCodeError when the code contradicts itself, NotFoundError when no sheet has it.
    """
    work.require(Permission.READ_CHECKLISTS)
    stored = checklist_store.find_checklist_by_code(work.connection, work.clinic_id, read_code(typed))
    if stored is None:
        raise NotFoundError("There is no such checklist.")
    return _read(work, stored, AuditAction.READ_CHECKLIST)


def list_checklists(work: Work, patient_id: UUID, before: UUID | None, limit: int) -> Page[StoredChecklist]:
    """A page of a patient's checklists, newest first. Raises NotFoundError."""
    work.require(Permission.READ_CHECKLISTS)
    known_patient(work, patient_id)
    work.record(AuditAction.LIST_CHECKLISTS, patient_id=patient_id)
    found = checklist_store.list_checklists(work.connection, work.clinic_id, patient_id, before, limit + 1)
    return page_of(found, limit)


def withdraw_checklist(work: Work, checklist_id: UUID, reason: str) -> IssuedChecklist:
    """Take an issued sheet back. Raises NotFoundError, and ConflictError when it was taken back before."""
    work.require(Permission.WITHDRAW_CHECKLISTS)
    withdrawal = Withdrawal(work.actor.recorder, work.now, reason)
    known_checklist(work, checklist_id)
    checklist_store.insert_withdrawal(work.connection, work.clinic_id, checklist_id, withdrawal)
    return _read(work, known_checklist(work, checklist_id), AuditAction.WITHDRAW_CHECKLIST)


def known_checklist(work: Work, checklist_id: UUID) -> StoredChecklist:
    """The clinic's checklist. Raises NotFoundError, the same for another clinic's."""
    stored = checklist_store.load_checklist(work.connection, work.clinic_id, checklist_id)
    if stored is None:
        raise NotFoundError("There is no such checklist.")
    return stored


def with_state(work: Work, stored: StoredChecklist) -> IssuedChecklist:
    """An issued checklist with what became of it since."""
    changes = None
    if stored.latest_version > stored.list_version:
        changes = difference(
            known_list(work, stored.patient_id, stored.list_version), known_list(work, stored.patient_id)
        )
    state = ChecklistState(
        stored.list_version,
        stored.latest_version,
        changes,
        stored.withdrawal,
        signing_of(work, stored),
        stored.guidance,
    )
    words = work.words(stored.language)
    return IssuedChecklist(stored.id, stored.patient_id, stored.code, stored.document_text, state, words)


def _read(work: Work, stored: StoredChecklist, action: AuditAction) -> IssuedChecklist:
    work.record(action, patient_id=stored.patient_id, subject=f"checklist/{stored.id}")
    return with_state(work, stored)
