"""Change a draft of guidance statement by statement, and review its statements one by one.

Whoever changes a draft says from which revision, and is told where somebody else was first (ConflictError,
``stale``); a review says what was compared by its digest.
"""

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

from service.actions.clinics import known_clinic
from service.actions.guidance_drafts import get_draft, keep_text
from service.actions.work import Work
from service.domain.access.permissions import require_person
from service.domain.audit.events import AuditAction
from service.domain.errors import ConflictError
from service.domain.guidance.drafting import drafted
from service.domain.guidance.drafts import CheckedDraft, GuidanceDraft
from service.domain.guidance.editing import (
    on_text,
    statement_of,
    with_another,
    with_review,
    with_statement,
    without_statement,
)
from service.domain.guidance.statements import Guidance, Review, Statement
from service.domain.sentences.numbering import SentenceNumber
from service.domain.zones import in_zone
from service.store import guidance_drafts as store


def change_document(
    work: Work, draft_id: UUID, revision: int, *, title: str, treatment_name: str, text: str
) -> None:
    """Give a draft another title, another name of its treatment or another text."""

    def change(checked: CheckedDraft) -> Guidance:
        named = replace(checked.guidance.treatment, name=treatment_name)
        changed = replace(on_text(checked.guidance, title, checked.text, text), treatment=named)
        keep_text(work, changed.document.sha256, text)
        return changed

    _change(work, draft_id, revision, change)


def make_statements(work: Work, draft_id: UUID, revision: int, numbers: frozenset[SentenceNumber]) -> None:
    """Make a statement of each of these sentences, in its own words, with a section that is proposed."""

    def change(checked: CheckedDraft) -> Guidance:
        made = checked.guidance
        for statement in drafted(checked.text, made.document.language, numbers):
            made = with_another(made, statement)
        return made

    _change(work, draft_id, revision, change)


def add_statement(work: Work, draft_id: UUID, revision: int, statement: Statement) -> CheckedDraft:
    """Add a statement, which has an id of its own."""
    _change(work, draft_id, revision, lambda checked: with_another(checked.guidance, statement), statement.id)
    return get_draft(work, draft_id)


def change_statement(work: Work, draft_id: UUID, revision: int, statement: Statement) -> CheckedDraft:
    """Change the statement that has this id; its review stays on record. Raises NotFoundError."""

    def change(checked: CheckedDraft) -> Guidance:
        before = statement_of(checked.guidance, statement.id)
        kept = replace(statement, review=before.review, translations=before.translations)
        return with_statement(checked.guidance, kept)

    _change(work, draft_id, revision, change, statement.id)
    return get_draft(work, draft_id)


def remove_statement(work: Work, draft_id: UUID, revision: int, statement_id: str) -> None:
    """Take a statement out of a draft. Raises NotFoundError."""

    def change(checked: CheckedDraft) -> Guidance:
        return without_statement(checked.guidance, statement_id)

    _change(work, draft_id, revision, change, statement_id)


def review_statement(work: Work, draft_id: UUID, statement_id: str, digest: str) -> CheckedDraft:
    """Record that the person who acts compared one statement with its sentences, today at the clinic.

    ``digest`` is what the person was shown. Raises ForbiddenError for a key, NotFoundError, and ConflictError
    where the check refuses the statement (``not_accepted``) or it is another one by now (``stale``).
    """
    require_person(work.actor)
    checked = get_draft(work, draft_id)
    verdict = checked.of(statement_id)
    if not verdict.accepted:
        raise ConflictError("The check refuses this statement.", code="not_accepted")
    if verdict.digest is None or verdict.digest != digest:
        raise ConflictError("The statement or its sentences were changed meanwhile.", code="stale")
    today = in_zone(work.now, known_clinic(work.connection, work.clinic_id).time_zone).date()
    review = Review(work.actor.name, today, digest)
    _save(work, checked.draft, with_review(checked.guidance, statement_id, review))
    subject, details = f"guidance_draft/{draft_id}", {"statement": statement_id, "digest": digest}
    work.record(AuditAction.REVIEW_STATEMENT, subject=subject, details=details)
    return get_draft(work, draft_id)


def _change(
    work: Work,
    draft_id: UUID,
    revision: int,
    change: Callable[[CheckedDraft], Guidance],
    statement_id: str | None = None,
) -> None:
    """Keep the next revision of a draft, and on record which text, and which statement, it is about.

    Raises NotFoundError and ConflictError (``stale``).
    """
    checked = get_draft(work, draft_id)
    checked.draft.require_revision(revision)
    changed = change(checked)
    _save(work, checked.draft, changed)
    details = {"document": changed.document.sha256}
    if statement_id is not None:
        details["statement"] = statement_id
        left = next((one for one in changed.statements if one.id == statement_id), None)
        if left is not None:
            details["digest"] = changed.digest(left)
    work.record(AuditAction.CHANGE_GUIDANCE_DRAFT, subject=f"guidance_draft/{draft_id}", details=details)


def _save(work: Work, draft: GuidanceDraft, guidance: Guidance) -> None:
    changed = GuidanceDraft(draft.id, guidance, draft.revision + 1, work.now, work.actor.name)
    store.save_draft(work.connection, work.clinic_id, changed)
