"""Mark one line of a checklist. A mark changes nothing on the list."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import orjson

from service.actions.checklists import IssuedChecklist, known_checklist, record_on, with_state
from service.actions.work import Work
from service.domain.access.permissions import Permission, require_person
from service.domain.audit.events import AuditAction
from service.domain.checklists.checklist import refuse_withdrawn
from service.domain.checklists.document import line_digest
from service.domain.checklists.marks import LineMark, MarkWord, line_to_mark
from service.store import marks as mark_store
from service.store.checklists import StoredChecklist


def mark_line(
    work: Work, checklist_id: UUID, line_id: str, mark: MarkWord | None, note: str | None
) -> IssuedChecklist:
    """Mark a line, in place of an earlier mark; None takes the mark back.

    Raises NotFoundError, ForbiddenError for a key, and ConflictError (``withdrawn``).
    """
    stored, line = _line_to_mark(work, checklist_id, line_id)
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
    record_on(work, stored, AuditAction.MARK_LINE, line=line_id)
    return with_state(work, stored)


def _line_to_mark(work: Work, checklist_id: UUID, line_id: str) -> tuple[StoredChecklist, Mapping[str, Any]]:
    work.require(Permission.SIGN_CHECKLISTS)
    require_person(work.actor)
    stored = known_checklist(work, checklist_id)
    line = line_to_mark(orjson.loads(stored.document_text), line_id)
    refuse_withdrawn(stored.status, "Nothing is marked on it.")
    return stored, line
