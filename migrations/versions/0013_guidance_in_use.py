"""Which guidance is in use, drafts of guidance with their documents, and sheets for several treatments.

A published version is never changed from here on: that it was published, again too, or is no longer used,
is a row of its own. A release without these tables works as it did before, except that it can publish no
version a second time, and that what it publishes is not in use for a release that has them.
"""

import secrets
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None
ADDS_ONLY = True

IDENTITY = sa.Uuid().with_variant(sa.LargeBinary(16), "sqlite")
INSTANT = sa.DateTime(timezone=True).with_variant(sa.BigInteger(), "sqlite")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
NEW = ("guidance_publications", "source_documents", "guidance_drafts", "checklist_treatments")
NEVER_CHANGED = ("guidance_versions", "guidance_publications", "source_documents", "checklist_treatments")


def upgrade() -> None:
    _create_publications()
    _create_drafts()
    _create_checklist_treatments()
    _publish_what_is_on_file()
    for table in NEVER_CHANGED:
        _refuse_update(table)
    if op.get_bind().dialect.name == "postgresql":
        for table in NEW:
            _keep_apart(table)


def _create_publications() -> None:
    op.create_table(
        "guidance_publications",
        sa.Column("clinic_id", IDENTITY, nullable=False),
        sa.Column("id", IDENTITY, nullable=False),
        sa.Column("treatment_id", sa.Text, nullable=False),
        sa.Column("version", sa.Text, nullable=False),
        sa.Column("act", sa.Text, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("by_name", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("clinic_id", "id", name="pk_guidance_publications"),
        sa.ForeignKeyConstraint(
            ["clinic_id", "treatment_id", "version"],
            ["guidance_versions.clinic_id", "guidance_versions.treatment_id", "guidance_versions.version"],
            name="fk_guidance_publications_guidance_versions",
        ),
        sa.CheckConstraint("act IN ('publish', 'retire')", name="ck_guidance_publications_act"),
    )
    op.create_index(
        "ix_guidance_publications_clinic_id_treatment_id_at_id",
        "guidance_publications",
        ["clinic_id", "treatment_id", "at", "id"],
    )


def _create_drafts() -> None:
    op.create_table(
        "source_documents",
        sa.Column("clinic_id", IDENTITY, nullable=False),
        sa.Column("sha256", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("added_at", INSTANT, nullable=False),
        sa.Column("added_by", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("clinic_id", "sha256", name="pk_source_documents"),
        sa.ForeignKeyConstraint(["clinic_id"], ["clinics.id"], name="fk_source_documents_clinics"),
    )
    op.create_table(
        "guidance_drafts",
        sa.Column("clinic_id", IDENTITY, nullable=False),
        sa.Column("id", IDENTITY, nullable=False),
        sa.Column("document_sha256", sa.Text, nullable=False),
        sa.Column("body", sa.JSON, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("changed_at", INSTANT, nullable=False),
        sa.Column("changed_by", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("clinic_id", "id", name="pk_guidance_drafts"),
        sa.ForeignKeyConstraint(
            ["clinic_id", "document_sha256"],
            ["source_documents.clinic_id", "source_documents.sha256"],
            name="fk_guidance_drafts_source_documents",
        ),
        sa.CheckConstraint("revision >= 1", name="ck_guidance_drafts_revision"),
    )


def _create_checklist_treatments() -> None:
    op.create_table(
        "checklist_treatments",
        sa.Column("clinic_id", IDENTITY, nullable=False),
        sa.Column("checklist_id", IDENTITY, nullable=False),
        sa.Column("treatment_id", sa.Text, nullable=False),
        sa.Column("guidance_version", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("clinic_id", "checklist_id", "treatment_id", name="pk_checklist_treatments"),
        sa.ForeignKeyConstraint(
            ["clinic_id", "checklist_id"],
            ["checklists.clinic_id", "checklists.id"],
            name="fk_checklist_treatments_checklists",
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "treatment_id", "guidance_version"],
            ["guidance_versions.clinic_id", "guidance_versions.treatment_id", "guidance_versions.version"],
            name="fk_checklist_treatments_guidance_versions",
        ),
    )


def _publish_what_is_on_file() -> None:
    columns = ["clinic_id", "treatment_id", "version", "published_at", "published_by"]
    versions = sa.table("guidance_versions", *(sa.column(name) for name in columns))
    publications = sa.table(
        "guidance_publications",
        *(sa.column(name) for name in ("clinic_id", "id", "treatment_id", "version", "act", "at", "by_name")),
    )
    connection = op.get_bind()
    for row in connection.execute(sa.select(versions)).all():
        made = {
            "clinic_id": row.clinic_id,
            "id": _new_id(row.published_at),
            "treatment_id": row.treatment_id,
            "version": row.version,
            "act": "publish",
            "at": row.published_at,
            "by_name": row.published_by,
        }
        connection.execute(sa.insert(publications).values(made))


def _new_id(at: Any) -> UUID | bytes:
    """A UUIDv7 of the instant, in the form in which the database keeps ids; SQLite counts microseconds."""
    instant = at if isinstance(at, datetime) else EPOCH + timedelta(microseconds=at)
    milliseconds = (instant - EPOCH) // timedelta(milliseconds=1)
    made = UUID(int=(milliseconds << 80) | (0x7000 << 64) | (0b10 << 62) | secrets.randbits(62))
    return made if op.get_bind().dialect.name == "postgresql" else made.bytes


def _refuse_update(table: str) -> None:
    name = f"{table}_refuse_update"
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            f"CREATE TRIGGER {name} BEFORE UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )
    else:
        op.execute(
            f"CREATE TRIGGER {name} BEFORE UPDATE ON {table} BEGIN "
            f"SELECT RAISE(ABORT, '{table} are kept as they are: UPDATE is refused'); END"
        )


def _keep_apart(table: str) -> None:
    reach = "current_setting('medication_checklist.reach', true)"
    clinic = f"(SELECT CASE WHEN length({reach}) = 36 THEN {reach}::uuid END)"
    op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY reached ON {table} USING (clinic_id = {clinic} OR (SELECT {reach} = 'all'))")


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP TRIGGER guidance_versions_refuse_update ON guidance_versions")
    else:
        op.execute("DROP TRIGGER guidance_versions_refuse_update")
    for table in reversed(NEW):
        op.drop_table(table)
