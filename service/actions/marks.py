"""Mark one line of a checklist. A mark changes nothing on the list."""

from uuid import UUID

import orjson

from service.actions.checklists import IssuedChecklist, known_checklist, with_state
from service.actions.signing import is_withdrawn
from service.actions.work import Work
from service.domain.access.permissions import Permission, require_person
from service.domain.audit.events import AuditAction
from service.domain.checklists.document import line_digest
from service.domain.checklists.marks import LineMark, MarkWord
from service.domain.checklists.signing import line_to_mark
from service.domain.errors import ConflictError
from service.store import marks as mark_store


def mark_line(
    work: Work, checklist_id: UUID, line_id: str, mark: MarkWord | None, note: str | None
) -> IssuedChecklist:
    """Mark a line, in place of an earlier mark; None takes the mark back.

    Raises NotFoundError, ForbiddenError for a key, and ConflictError (``withdrawn``).
    """
    work.require(Permission.SIGN_CHECKLISTS)
    require_person(work.actor)
    stored = known_checklist(work, checklist_id)
    line = line_to_mark(orjson.loads(stored.document_text), line_id)
    if is_withdrawn(stored):
        raise ConflictError("The checklist was taken back. Nothing is marked on it.", code="withdrawn")
    made = LineMark(
        id=work.new_id(),
        checklist_id=stored.id,
        line_id=line_id,
        line_digest=line_digest(line),
        mark=mark,
        note=note,
        by=work.actor.recorder,
        at=work.now,
    )
    mark_store.insert_mark(work.connection, work.clinic_id, made, stored.patient_id, stored.treatment_id)
    work.record(
        AuditAction.MARK_LINE,
        patient_id=stored.patient_id,
        subject=f"checklist/{stored.id}",
        details={"line": line_id},
    )
    return with_state(work, stored)
