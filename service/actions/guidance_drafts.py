"""Drafts of guidance: begun from a text, read, published or dropped. Every look at a draft runs the check."""

from uuid import UUID

from service.actions.guidance import get_version, publish_guidance
from service.actions.stems import stem_of
from service.actions.work import Work
from service.domain.access.permissions import Permission
from service.domain.audit.events import AuditAction
from service.domain.errors import NotFoundError
from service.domain.guidance.check import check
from service.domain.guidance.drafts import CheckedDraft, GuidanceDraft
from service.domain.guidance.editing import (
    on_text,
)
from service.domain.guidance.publications import PublishedGuidance
from service.domain.guidance.statements import Guidance, SourceDocument, Treatment
from service.store import guidance_drafts as store
from service.store.guidance import load_guidance
from service.store.guidance_versions import count_open_sheets


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


def publish_draft(work: Work, draft_id: UUID, revision: int) -> PublishedGuidance:
    """Publish a draft as a version of its treatment, by the same check as any other; the draft is gone then.

    Raises what ``publish_guidance`` raises, NotFoundError and ConflictError (``stale``).
    """
    checked = get_draft(work, draft_id)
    checked.draft.require_revision(revision)
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
    keep_text(work, guidance.document.sha256, text)
    draft = GuidanceDraft(work.new_id(), guidance, 1, work.now, work.actor.name)
    store.insert_draft(work.connection, work.clinic_id, draft)
    work.record(
        AuditAction.BEGIN_GUIDANCE_DRAFT,
        subject=f"guidance_draft/{draft.id}",
        details={"document": guidance.document.sha256},
    )
    return draft.id


def keep_text(work: Work, sha256: str, text: str) -> None:
    """Keep the text of a document of the clinic, once."""
    store.insert_document(work.connection, work.clinic_id, sha256, text, work.now, work.actor.name)


def _checked(draft: GuidanceDraft, text: str) -> CheckedDraft:
    report = check(draft.guidance, text, stem_of(draft.guidance.document.language))
    return CheckedDraft(draft, text, report)
