"""Drafts of guidance, and the texts of a clinic's own documents that they are made from."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, Select, and_, bindparam, delete, insert, select, update
from sqlalchemy.dialects.postgresql import insert as insert_unless

from service.domain.errors import ConflictError, NotFoundError
from service.domain.guidance.drafts import GuidanceDraft
from service.store.database.inserts import COUNTED
from service.store.guidance_body import guidance_from_json, guidance_to_json
from service.store.tables import guidance_drafts as drafts
from service.store.tables import source_documents as documents

_KEEP_TEXT = insert_unless(documents).on_conflict_do_nothing(index_elements=["clinic_id", "sha256"])
_TEXT = select(documents.c.text).where(
    documents.c.clinic_id == bindparam("clinic"), documents.c.sha256 == bindparam("digest")
)
_INSERT = insert(drafts)
_OF_CLINIC: Select[Any] = select(
    drafts.c.id, drafts.c.body, drafts.c.revision, drafts.c.changed_at, drafts.c.changed_by
).where(drafts.c.clinic_id == bindparam("clinic"))
_LOAD = _OF_CLINIC.where(drafts.c.id == bindparam("draft"))
_LIST = (
    _OF_CLINIC.add_columns(documents.c.text)
    .join(
        documents,
        and_(documents.c.clinic_id == drafts.c.clinic_id, documents.c.sha256 == drafts.c.document_sha256),
    )
    .order_by(drafts.c.id)
)
_of_draft = (drafts.c.clinic_id == bindparam("clinic"), drafts.c.id == bindparam("draft"))
_SAVE = (
    update(drafts)
    .where(*_of_draft, drafts.c.revision == bindparam("before"))
    .values(
        document_sha256=bindparam("document"),
        body=bindparam("content"),
        revision=bindparam("after"),
        changed_at=bindparam("now"),
        changed_by=bindparam("who"),
    )
    .execution_options(**COUNTED)
)
_DELETE = delete(drafts).where(*_of_draft).execution_options(**COUNTED)


def insert_document(
    connection: Connection, clinic_id: UUID, sha256: str, text: str, at: datetime, by: str
) -> None:
    """Keep the text of a document, byte for byte; one that is on file stays as it is."""
    kept = {"clinic_id": clinic_id, "sha256": sha256, "text": text, "added_at": at, "added_by": by}
    connection.execute(_KEEP_TEXT, kept)


def load_document(connection: Connection, clinic_id: UUID, sha256: str) -> str | None:
    """The text of the clinic's document with this SHA-256."""
    return connection.execute(_TEXT, {"clinic": clinic_id, "digest": sha256}).scalar_one_or_none()


def insert_draft(connection: Connection, clinic_id: UUID, draft: GuidanceDraft) -> None:
    """Keep a new draft. The text of its document must be on file."""
    kept = {
        "clinic_id": clinic_id,
        "id": draft.id,
        "document_sha256": draft.guidance.document.sha256,
        "body": guidance_to_json(draft.guidance),
        "revision": draft.revision,
        "changed_at": draft.changed_at,
        "changed_by": draft.changed_by,
    }
    connection.execute(_INSERT, kept)


def load_draft(connection: Connection, clinic_id: UUID, draft_id: UUID) -> GuidanceDraft | None:
    """The clinic's draft with this id."""
    row = connection.execute(_LOAD, {"clinic": clinic_id, "draft": draft_id}).one_or_none()
    return _draft(row) if row else None


def list_drafts(connection: Connection, clinic_id: UUID) -> tuple[tuple[GuidanceDraft, str], ...]:
    """The clinic's drafts with the texts of their documents, in the order in which they were begun."""
    return tuple((_draft(row), row.text) for row in connection.execute(_LIST, {"clinic": clinic_id}))


def save_draft(connection: Connection, clinic_id: UUID, draft: GuidanceDraft) -> None:
    """Keep the next revision of a draft.

    Raises ConflictError (``stale``) when somebody else changed it meanwhile, and NotFoundError.
    """
    changed: Mapping[str, Any] = {
        "clinic": clinic_id,
        "draft": draft.id,
        "before": draft.revision - 1,
        "after": draft.revision,
        "document": draft.guidance.document.sha256,
        "content": guidance_to_json(draft.guidance),
        "now": draft.changed_at,
        "who": draft.changed_by,
    }
    if connection.execute(_SAVE, changed).rowcount:
        return
    if load_draft(connection, clinic_id, draft.id) is None:
        raise NotFoundError("There is no such draft.")
    raise ConflictError("The draft was changed meanwhile. Nothing was changed now.", code="stale")


def delete_draft(connection: Connection, clinic_id: UUID, draft_id: UUID) -> None:
    """Drop a draft; the text of its document stays. Raises NotFoundError."""
    if not connection.execute(_DELETE, {"clinic": clinic_id, "draft": draft_id}).rowcount:
        raise NotFoundError("There is no such draft.")


def _draft(row: Row[Any]) -> GuidanceDraft:
    return GuidanceDraft(row.id, guidance_from_json(row.body), row.revision, row.changed_at, row.changed_by)
