"""Guidance as it was published and as it is being written, and the documents that it comes from."""

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Column,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Text,
)

from service.domain.guidance.publications import PublicationAct
from service.store.tables.column_types import Identity, Instant
from service.store.tables.shapes import clinic_table, one_of, refers_to, refers_to_clinic

guidance_versions = clinic_table(
    "guidance_versions",
    Column("treatment_id", Text, nullable=False),
    Column("version", Text, nullable=False),
    Column("body", JSON, nullable=False),
    Column("published_at", Instant, nullable=False),
    Column("published_by", Text, nullable=False),
    PrimaryKeyConstraint("clinic_id", "treatment_id", "version"),
    refers_to_clinic(),
)

# What was done with versions, in order: the last row of a treatment says which is in use, or that none is.
guidance_publications = clinic_table(
    "guidance_publications",
    Column("id", Identity, nullable=False),
    Column("treatment_id", Text, nullable=False),
    Column("version", Text, nullable=False),
    Column("act", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("by_name", Text, nullable=False),
    PrimaryKeyConstraint("clinic_id", "id"),
    refers_to("guidance_versions", treatment_id="treatment_id", version="version"),
    one_of("act", PublicationAct),
    Index(None, "clinic_id", "treatment_id", "at", "id"),
)

# The text of a clinic's own document, from which it drafts guidance.
source_documents = clinic_table(
    "source_documents",
    Column("sha256", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("added_at", Instant, nullable=False),
    Column("added_by", Text, nullable=False),
    PrimaryKeyConstraint("clinic_id", "sha256"),
    refers_to_clinic(),
)

# Guidance that somebody is still writing; revision decides which of two writers was first.
guidance_drafts = clinic_table(
    "guidance_drafts",
    Column("id", Identity, nullable=False),
    Column("document_sha256", Text, nullable=False),
    Column("body", JSON, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("changed_at", Instant, nullable=False),
    Column("changed_by", Text, nullable=False),
    PrimaryKeyConstraint("clinic_id", "id"),
    refers_to("source_documents", document_sha256="sha256"),
    CheckConstraint("revision >= 1", name="revision"),
)
