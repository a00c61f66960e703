"""Patients and their medication lists, every version whole; a version once written is never changed."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

IDENTITY = sa.Uuid().with_variant(sa.LargeBinary(16), "sqlite")
INSTANT = sa.DateTime(timezone=True).with_variant(sa.BigInteger(), "sqlite")
INFORMANTS = "'caregiver', 'organization', 'patient', 'practitioner', 'related_person'"
MODES = "'handed_device', 'import', 'interview', 'paper', 'phone', 'self'"
STATUSES = "'active', 'entered_in_error', 'intended', 'on_hold', 'stopped', 'unknown'"
NEVER_CHANGED = ("list_versions", "list_items")


def upgrade() -> None:
    _create_patients()
    _create_versions()
    _create_items()
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            "RAISE EXCEPTION '% are kept as they are: % is refused', TG_TABLE_NAME, TG_OP "
            "USING ERRCODE = 'restrict_violation'; END $$"
        )
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


def _create_patients() -> None:
    op.create_table(
        "patients",
        sa.Column("clinic_id", IDENTITY, nullable=False),
        sa.Column("id", IDENTITY, nullable=False),
        sa.Column("name", sa.Text),
        sa.Column("birth_date", sa.Text),
        sa.Column("language", sa.Text),
        sa.Column("print_size", sa.Text),
        sa.Column("list_version", sa.Integer, nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("clinic_id", "id", name="pk_patients"),
        sa.ForeignKeyConstraint(["clinic_id"], ["clinics.id"], name="fk_patients_clinics"),
        sa.CheckConstraint("print_size IN ('large', 'standard')", name="ck_patients_print_size"),
        sa.CheckConstraint("list_version >= 0", name="ck_patients_list_version"),
    )
    op.create_table(
        "patient_identifiers",
        sa.Column("clinic_id", IDENTITY, nullable=False),
        sa.Column("system", sa.Text, nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.Column("patient_id", IDENTITY, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("clinic_id", "system", "value", name="pk_patient_identifiers"),
        sa.UniqueConstraint(
            "clinic_id", "patient_id", "system", name="uq_patient_identifiers_clinic_id_patient_id_system"
        ),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id"],
            ["patients.clinic_id", "patients.id"],
            name="fk_patient_identifiers_patients",
            deferrable=True,
            initially="DEFERRED",
        ),
    )


def _attribution(table: str) -> tuple[sa.Column[object] | sa.CheckConstraint, ...]:
    return (
        sa.Column("informant_kind", sa.Text),
        sa.Column("informant_name", sa.Text),
        sa.Column("collection_mode", sa.Text),
        sa.Column("recorder_kind", sa.Text, nullable=False),
        sa.Column("recorder_id", sa.Text, nullable=False),
        sa.Column("recorder_name", sa.Text, nullable=False),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.CheckConstraint(f"informant_kind IN ({INFORMANTS})", name=f"ck_{table}_informant_kind"),
        sa.CheckConstraint(f"collection_mode IN ({MODES})", name=f"ck_{table}_collection_mode"),
        sa.CheckConstraint("recorder_kind IN ('staff', 'system')", name=f"ck_{table}_recorder_kind"),
    )


def _create_versions() -> None:
    op.create_table(
        "list_versions",
        sa.Column("clinic_id", IDENTITY, nullable=False),
        sa.Column("patient_id", IDENTITY, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        *_attribution("list_versions"),
        sa.Column("answers", sa.JSON, nullable=False),
        sa.Column("reported_name", sa.Text),
        sa.PrimaryKeyConstraint("clinic_id", "patient_id", "version", name="pk_list_versions"),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id"],
            ["patients.clinic_id", "patients.id"],
            name="fk_list_versions_patients",
        ),
        sa.CheckConstraint("version >= 1", name="ck_list_versions_version"),
    )


def _create_items() -> None:
    facts = ("strength", "form", "dosage_text", "route", "frequency")
    op.create_table(
        "list_items",
        sa.Column("clinic_id", IDENTITY, nullable=False),
        sa.Column("patient_id", IDENTITY, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("item_id", IDENTITY, nullable=False),
        sa.Column("name", sa.Text),
        sa.Column("description", sa.Text),
        sa.Column("category", sa.Text),
        sa.Column("status", sa.Text, nullable=False),
        *(sa.Column(fact, sa.Text) for fact in facts),
        sa.Column("as_needed", sa.Boolean),
        *(sa.Column(fact, sa.Text) for fact in ("reason", "last_taken", "started_on", "stopped_on")),
        *(sa.Column(fact, sa.Text) for fact in ("prescriber", "note")),
        sa.Column("codings", sa.JSON, nullable=False),
        *_attribution("list_items"),
        sa.Column("left_out_since", sa.Integer),
        sa.Column("error_reason", sa.Text),
        sa.PrimaryKeyConstraint("clinic_id", "patient_id", "version", "position", name="pk_list_items"),
        sa.ForeignKeyConstraint(
            ["clinic_id", "patient_id", "version"],
            ["list_versions.clinic_id", "list_versions.patient_id", "list_versions.version"],
            name="fk_list_items_list_versions",
        ),
        sa.CheckConstraint(
            "category IN ('over_the_counter', 'prescription', 'supplement')", name="ck_list_items_category"
        ),
        sa.CheckConstraint(f"status IN ({STATUSES})", name="ck_list_items_status"),
    )
    op.create_index("ix_list_items_clinic_id_item_id", "list_items", ["clinic_id", "item_id"])


def downgrade() -> None:
    for table in ("list_items", "list_versions", "patient_identifiers", "patients"):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_change()")
