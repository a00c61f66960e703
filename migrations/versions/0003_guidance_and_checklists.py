"""Published guidance, issued checklists and those taken back; an issued checklist is never changed."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

IDENTITY = sa.Uuid().with_variant(sa.LargeBinary(16), "sqlite")
INSTANT = sa.DateTime(timezone=True).with_variant(sa.BigInteger(), "sqlite")
NEVER_CHANGED = ("checklists", "checklist_withdrawals")


def upgrade() -> None:
    _create_guidance()
    _create_checklists()
    _create_withdrawals()
    for table in NEVER_CHANGED:
        _refuse(table, "UPDATE")


def _refuse(table: str, change: str) -> None:
    name = f"{table}_refuse_{change.lower()}"
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            f"CREATE TRIGGER {name} BEFORE {change} ON {table} FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )
    else:
        op.execute(
            f"CREATE TRIGGER {name} BEFORE {change} ON {table} BEGIN "
            f"SELECT RAISE(ABORT, '{table} are kept as they are: {change} is refused'); END"
        )


def _create_guidance() -> None:
    op.create_table(
        "guidance_versions",
        sa.Column("clinic_id", IDENTITY, nullable=False),
        sa.Column("treatment_id", sa.Text, nullable=False),
        sa.Column("version", sa.Text, nullable=False),
        sa.Column("body", sa.JSON, nullable=False),
        sa.Column("published_at", INSTANT, nullable=False),
        sa.Column("published_by", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("clinic_id", "treatment_id", "version", name="pk_guidance_versions"),
        sa.ForeignKeyConstraint(["clinic_id"], ["clinics.id"], name="fk_guidance_versions_clinics"),
    )


def _create_checklists() -> None:
    op.create_table(
        "checklists",
        sa.Column("clinic_id", IDENTITY, nullable=False),
        sa.Column("id", IDENTITY, nullable=False),
        sa.Column("patient_id", IDENTITY, nullable=False),
        sa.Column("code", sa.Text, nullable=False),
        sa.Column("treatment_id", sa.Text, nullable=False),
        sa.Column("guidance_version", sa.Text, nullable=False),
        sa.Column("list_version", sa.Integer, nullable=False),
        sa.Column("planned_start", sa.Date),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("paper", sa.Text, nullable=False),
        sa.Column("print_size", sa.Text, nullable=False),
        sa.Column("time_zone", sa.Text, nullable=False),
        sa.Column("issued_at", INSTANT, nullable=False),
        sa.Column("issued_by_kind", sa.Text, nullable=False),
        sa.Column("issued_by_id", sa.Text, nullable=False),
        sa.Column("issued_by_name", sa.Text, nullable=False),
        sa.Column("content_digest", sa.Text, nullable=False),
        sa.Column("document_text", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("clinic_id", "id", name="pk_checklists"),
        sa.UniqueConstraint("clinic_id", "code", name="uq_checklists_clinic_id_code"),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id", "list_version"],
            ["list_versions.clinic_id", "list_versions.patient_id", "list_versions.version"],
            name="fk_checklists_list_versions",
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "treatment_id", "guidance_version"],
            ["guidance_versions.clinic_id", "guidance_versions.treatment_id", "guidance_versions.version"],
            name="fk_checklists_guidance_versions",
        ),
        sa.CheckConstraint("paper IN ('a4', 'letter')", name="ck_checklists_paper"),
        sa.CheckConstraint("print_size IN ('large', 'standard')", name="ck_checklists_print_size"),
        sa.CheckConstraint("issued_by_kind IN ('staff', 'system')", name="ck_checklists_issued_by_kind"),
    )
    op.create_index("ix_checklists_clinic_id_patient_id_id", "checklists", ["clinic_id", "patient_id", "id"])


def _create_withdrawals() -> None:
    op.create_table(
        "checklist_withdrawals",
        sa.Column("clinic_id", IDENTITY, nullable=False),
        sa.Column("checklist_id", IDENTITY, nullable=False),
        sa.Column("by_kind", sa.Text, nullable=False),
        sa.Column("by_id", sa.Text, nullable=False),
        sa.Column("by_name", sa.Text, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("clinic_id", "checklist_id", name="pk_checklist_withdrawals"),
        sa.ForeignKeyConstraint(
            ["clinic_id", "checklist_id"],
            ["checklists.clinic_id", "checklists.id"],
            name="fk_checklist_withdrawals_checklists",
        ),
        sa.CheckConstraint("by_kind IN ('staff', 'system')", name="ck_checklist_withdrawals_by_kind"),
    )


def downgrade() -> None:
    for table in ("checklist_withdrawals", "checklists", "guidance_versions"):
        op.drop_table(table)
