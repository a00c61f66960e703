"""Drafts of guidance: begun from a text, changed statement by statement, reviewed one by one, published.

Every look at a draft runs the check. Whoever changes one says from which revision, and is told where somebody
else was first (ConflictError, ``stale``); a review says what was compared by its digest.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from uuid import UUID

from service.actions.clinics import known_clinic
from service.actions.guidance import get_version, publish_guidance, stem_of
from service.actions.work import Work
from service.domain.access.permissions import Permission, require_person
from service.domain.audit.events import AuditAction
from service.domain.errors import ConflictError, NotFoundError
from service.domain.guidance.check import check
from service.domain.guidance.drafting import drafted
from service.domain.guidance.editing import (
    on_text,
    statement_of,
    with_another,
    with_review,
    with_statement,
    without_statement,
)
from service.domain.guidance.report import CheckReport, StatementReport
from service.domain.guidance.statements import Guidance, Review, SourceDocument, Statement, Treatment
from service.domain.sentences.numbering import SentenceNumber
from service.domain.zones import in_zone
from service.store import guidance_drafts as store
from service.store.guidance import PublishedGuidance, load_guidance
from service.store.guidance_drafts import GuidanceDraft
from service.store.guidance_versions import count_open_sheets


@dataclass(frozen=True, slots=True)
class CheckedDraft:
    """A draft beside the text of its document, and what the check says of it now."""

    draft: GuidanceDraft
    text: str
    report: CheckReport

    @property
    def guidance(self) -> Guidance:
        """What the draft holds."""
        return self.draft.guidance

    @property
    def refused(self) -> tuple[StatementReport, ...]:
        """The statements that the check does not accept."""
        return tuple(one for one in self.report.statements if not one.accepted)

    @property
    def reviewed(self) -> tuple[StatementReport, ...]:
        """The accepted statements that somebody compared with their sentences as both are now."""
        return tuple(one for one in self.report.statements if one.accepted and one.is_reviewed)

    @property
    def to_review(self) -> tuple[StatementReport, ...]:
        """The accepted statements that nobody compared yet."""
        return tuple(one for one in self.report.statements if one.accepted and not one.is_reviewed)

    @property
    def publishable(self) -> bool:
        """Whether there are statements and each is accepted and reviewed."""
        return bool(self.reviewed) and len(self.reviewed) == len(self.report.statements)

    def of(self, statement_id: str) -> StatementReport:
        """The verdict on one statement. Raises NotFoundError."""
        statement_of(self.guidance, statement_id)
        return next(one for one in self.report.statements if one.id == statement_id)


def list_drafts(work: Work) -> tuple[CheckedDraft, ...]:
    """The clinic's drafts, in the order in which they were begun."""
    work.require(Permission.PUBLISH_GUIDANCE)
    return tuple(_checked(*kept) for kept in store.list_drafts(work.connection, work.clinic_id))


def get_draft(work: Work, draft_id: UUID) -> CheckedDraft:
    """One draft. Raises NotFoundError."""
    work.require(Permission.PUBLISH_GUIDANCE)
    draft = store.load_draft(work.connection, work.clinic_id, draft_id)
    if draft is None:
        raise NotFoundError("There is no such draft.")
    text = store.load_document(work.connection, work.clinic_id, draft.guidance.document.sha256)
    assert text is not None  # noqa: S101 -- a draft's text is on file, says the foreign key
    return _checked(draft, text)


def document_text(work: Work, sha256: str) -> str | None:
    """The text of the clinic's document with this SHA-256; None where it is not on file."""
    work.require(Permission.READ_TREATMENTS)
    return store.load_document(work.connection, work.clinic_id, sha256)


def begin_draft(work: Work, document: SourceDocument, treatment: Treatment, text: str) -> UUID:
    """Begin a draft without statements on a text; its id."""
    work.require(Permission.PUBLISH_GUIDANCE)
    return _begin(work, Guidance(document, treatment, ()), text)


def begin_draft_from(work: Work, treatment_id: str, version: str, title: str, text: str) -> UUID:
    """Begin a draft with the statements of a version on file, on its text or on another; its id.

    Raises NotFoundError.
    """
    work.require(Permission.PUBLISH_GUIDANCE)
    was = get_version(work, treatment_id, version).guidance
    return _begin(work, on_text(was, title, document_text(work, was.document.sha256), text), text)


def change_document(
    work: Work, draft_id: UUID, revision: int, *, title: str, treatment_name: str, text: str
) -> None:
    """Give a draft another title, another name of its treatment or another text."""

    def change(checked: CheckedDraft) -> Guidance:
        named = replace(checked.guidance.treatment, name=treatment_name)
        changed = replace(on_text(checked.guidance, title, checked.text, text), treatment=named)
        _keep_text(work, changed.document.sha256, text)
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


def publish_draft(work: Work, draft_id: UUID, revision: int) -> PublishedGuidance:
    """Publish a draft as a version of its treatment, by the same check as any other; the draft is gone then.

    Raises what ``publish_guidance`` raises, NotFoundError and ConflictError (``stale``).
    """
    checked = get_draft(work, draft_id)
    _require_revision(checked.draft, revision)
    published = publish_guidance(work, checked.guidance, checked.text)
    store.delete_draft(work.connection, work.clinic_id, draft_id)
    return published


def before_publishing(work: Work, draft_id: UUID) -> tuple[CheckedDraft, PublishedGuidance | None, int]:
    """A draft, the version that it would replace, and how many open sheets were made from that."""
    checked = get_draft(work, draft_id)
    treatment_id = checked.guidance.treatment.id
    replaced = load_guidance(work.connection, work.clinic_id, treatment_id)
    sheets = 0
    if replaced:
        sheets = count_open_sheets(work.connection, work.clinic_id, treatment_id, replaced.version)
    return checked, replaced, sheets


def delete_draft(work: Work, draft_id: UUID) -> None:
    """Drop a draft with its statements; the text of its document stays. Raises NotFoundError."""
    work.require(Permission.PUBLISH_GUIDANCE)
    store.delete_draft(work.connection, work.clinic_id, draft_id)
    work.record(AuditAction.DELETE_GUIDANCE_DRAFT, subject=f"guidance_draft/{draft_id}")


def _begin(work: Work, guidance: Guidance, text: str) -> UUID:
    _keep_text(work, guidance.document.sha256, text)
    draft = GuidanceDraft(work.new_id(), guidance, 1, work.now, work.actor.name)
    store.insert_draft(work.connection, work.clinic_id, draft)
    work.record(
        AuditAction.BEGIN_GUIDANCE_DRAFT,
        subject=f"guidance_draft/{draft.id}",
        details={"document": guidance.document.sha256},
    )
    return draft.id


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
    _require_revision(checked.draft, revision)
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


def _require_revision(draft: GuidanceDraft, revision: int) -> None:
    if draft.revision != revision:
        raise ConflictError("The draft was changed meanwhile. Nothing was changed now.", code="stale")


def _keep_text(work: Work, sha256: str, text: str) -> None:
    store.insert_document(work.connection, work.clinic_id, sha256, text, work.now, work.actor.name)


def _checked(draft: GuidanceDraft, text: str) -> CheckedDraft:
    report = check(draft.guidance, text, stem_of(draft.guidance.document.language))
    return CheckedDraft(draft, text, report)
