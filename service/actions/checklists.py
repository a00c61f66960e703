"""Issued checklists: read one with what became of it, look it up by its code, take it back."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import orjson

from service.actions.medications import known_list
from service.actions.paging import Page, page_of
from service.actions.patients import known_patient
from service.actions.signed_and_marked import signed_and_marked
from service.actions.work import Work
from service.domain.access.permissions import Permission
from service.domain.audit.events import AuditAction
from service.domain.checklists.checklist import Withdrawal
from service.domain.checklists.short_code import read_code
from service.domain.checklists.state import ChecklistState
from service.domain.errors import NotFoundError
from service.domain.medications.difference import difference
from service.domain.wording import Catalogue
from service.store import checklist_writing
from service.store import checklists as checklist_store
from service.store.checklists import StoredChecklist


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
    checklist_writing.insert_withdrawal(work.connection, work.clinic_id, checklist_id, withdrawal)
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
        signed_and_marked(work, stored),
        stored.guidance,
    )
    words = work.words(stored.language)
    return IssuedChecklist(stored.id, stored.patient_id, stored.code, stored.document_text, state, words)


def record_on(work: Work, stored: StoredChecklist, action: AuditAction, **details: str) -> None:
    """Note the audit event of what was done with a checklist."""
    work.record(action, patient_id=stored.patient_id, subject=f"checklist/{stored.id}", details=details)


def _read(work: Work, stored: StoredChecklist, action: AuditAction) -> IssuedChecklist:
    record_on(work, stored, action)
    return with_state(work, stored)
