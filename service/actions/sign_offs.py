"""Sign one section of a checklist, and take a signature back. There is no way to sign several at once."""

from dataclasses import dataclass
from uuid import UUID

import orjson

from service.actions.checklists import IssuedChecklist, get_checklist, known_checklist, record_on, with_state
from service.actions.patients import known_patient
from service.actions.signed_and_marked import sections_today
from service.actions.work import Work
from service.domain.access.permissions import Permission, require_person
from service.domain.audit.events import AuditAction
from service.domain.checklists.checklist import SectionId, Withdrawal, refuse_withdrawn
from service.domain.checklists.sign_offs import (
    Signature,
    SignOff,
    check_sign_off,
    moved_on,
    needs_reason,
    signable_sections,
)
from service.domain.errors import NotFoundError
from service.store import sign_offs as sign_off_store
from service.store.checklists import StoredChecklist
from service.store.medications import ListVersionSummary, list_versions

_MOST_NEWER = 20


@dataclass(frozen=True, slots=True)
class SheetToSign:
    """A sheet as a person signs it: what can be signed, which needs a reason, what has changed since.

    ``newer`` are the versions of the list since the sheet was issued, newest first: who changed it, and when.
    """

    issued: IssuedChecklist
    signable: tuple[SectionId, ...]
    need_reason: frozenset[SectionId]
    moved_on: frozenset[SectionId]
    newer: tuple[ListVersionSummary, ...]


def get_sheet_to_sign(work: Work, checklist_id: UUID) -> SheetToSign:
    """An issued checklist with what a person needs to know to sign it. Raises NotFoundError."""
    issued = get_checklist(work, checklist_id, printed=False)
    document = issued.document
    stored = known_checklist(work, checklist_id)
    signable = signable_sections(document)
    newer = list_versions(work.connection, work.clinic_id, stored.patient_id, None, _MOST_NEWER)
    return SheetToSign(
        issued,
        signable,
        frozenset(section for section in signable if needs_reason(document, section)),
        moved_on(document, sections_today(work, stored, document)),
        tuple(version for version in newer if version.version > stored.list_version),
    )


def sign_section(work: Work, checklist_id: UUID, section: str, signature: Signature) -> IssuedChecklist:
    """Sign one section as it was seen.

    Raises NotFoundError, ForbiddenError for a key, ConflictError (``digest_differs``, ``withdrawn``) and
    RefusedError.
    """
    stored = _sheet_to_sign(work, checklist_id)
    document = orjson.loads(stored.document_text)
    found = check_sign_off(document, sections_today(work, stored, document), section, signature)
    sign_off = SignOff(
        id=work.new_id(),
        checklist_id=stored.id,
        section=found,
        role=signature.role,
        name=signature.name,
        content_digest=signature.content_digest,
        deferred_reason=signature.deferred_reason,
        by=work.actor.recorder,
        at=work.now,
    )
    sign_off_store.insert_sign_off(
        work.connection, work.clinic_id, sign_off, stored.patient_id, stored.treatment_id
    )
    record_on(work, stored, AuditAction.SIGN_SECTION, section=found.value)
    return with_state(work, stored)


def withdraw_sign_off(
    work: Work, checklist_id: UUID, section: str, sign_off_id: UUID, reason: str
) -> IssuedChecklist:
    """Take a signature back.

    Raises NotFoundError, ForbiddenError for a key, and ConflictError (``already_withdrawn``, ``withdrawn``).
    """
    stored = _sheet_to_sign(work, checklist_id)
    signed = sign_off_store.list_sign_offs(
        work.connection, work.clinic_id, stored.patient_id, stored.treatment_id
    )
    if not any(one.id == sign_off_id and one.section == section for one in signed):
        raise NotFoundError("There is no such signature.")
    sign_off_store.insert_withdrawal(
        work.connection, work.clinic_id, sign_off_id, Withdrawal(work.actor.recorder, work.now, reason)
    )
    record_on(work, stored, AuditAction.WITHDRAW_SIGN_OFF, section=section)
    return with_state(work, stored)


def _sheet_to_sign(work: Work, checklist_id: UUID) -> StoredChecklist:
    """The sheet, while no list of this patient changes."""
    work.require(Permission.SIGN_CHECKLISTS)
    require_person(work.actor)
    known_patient(work, known_checklist(work, checklist_id).patient_id, for_update=True)
    stored = known_checklist(work, checklist_id)
    refuse_withdrawn(stored.status, "Nothing is signed on it.")
    return stored
