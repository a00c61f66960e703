"""Replies kept under idempotency keys, and audit events, which are neither changed nor deleted."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

IDENTITY = sa.Uuid().with_variant(sa.LargeBinary(16), "sqlite")
INSTANT = sa.DateTime(timezone=True).with_variant(sa.BigInteger(), "sqlite")
ROLES = "'administrator', 'ehr', 'intake', 'nurse'"


def upgrade() -> None:
    _create_records()
    _create_events()
    _refuse("audit_events", "UPDATE")
    _refuse("audit_events", "DELETE")
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE TRIGGER audit_events_refuse_truncate BEFORE TRUNCATE ON audit_events "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )


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


def _create_records() -> None:
    op.create_table(
        "idempotency_records",
        sa.Column("clinic_id", IDENTITY, nullable=False),
        sa.Column("client_id", IDENTITY, nullable=False),
        sa.Column("method", sa.Text, nullable=False),
        sa.Column("path", sa.Text, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("body_sha256", sa.Text, nullable=False),
        sa.Column("claimed_at", INSTANT, nullable=False),
        sa.Column("status", sa.Integer),
        sa.Column("headers", sa.JSON),
        sa.Column("body", sa.LargeBinary),
        sa.PrimaryKeyConstraint(
            "clinic_id", "client_id", "method", "path", "key", name="pk_idempotency_records"
        ),
        sa.ForeignKeyConstraint(["clinic_id"], ["clinics.id"], name="fk_idempotency_records_clinics"),
    )
    op.create_index(
        "ix_idempotency_records_clinic_id_claimed_at", "idempotency_records", ["clinic_id", "claimed_at"]
    )


def _create_events() -> None:
    op.create_table(
        "audit_events",
        sa.Column("clinic_id", IDENTITY, nullable=False),
        sa.Column("id", IDENTITY, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("actor_kind", sa.Text, nullable=False),
        sa.Column("actor_id", IDENTITY, nullable=False),
        sa.Column("actor_name", sa.Text, nullable=False),
        sa.Column("actor_role", sa.Text, nullable=False),
        sa.Column("action", sa.Text, nullable=False),
        sa.Column("outcome", sa.Text, nullable=False),
        sa.Column("request_id", sa.Text, nullable=False),
        sa.Column("patient_id", IDENTITY),
        sa.Column("subject", sa.Text),
        sa.Column("details", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("clinic_id", "id", name="pk_audit_events"),
        sa.ForeignKeyConstraint(["clinic_id"], ["clinics.id"], name="fk_audit_events_clinics"),
        sa.CheckConstraint("actor_kind IN ('key', 'staff')", name="ck_audit_events_actor_kind"),
        sa.CheckConstraint(f"actor_role IN ({ROLES})", name="ck_audit_events_actor_role"),
        sa.CheckConstraint("outcome IN ('done', 'refused')", name="ck_audit_events_outcome"),
    )
    op.create_index(
        "ix_audit_events_clinic_id_patient_id_id", "audit_events", ["clinic_id", "patient_id", "id"]
    )


def downgrade() -> None:
    for table in ("audit_events", "idempotency_records"):
        op.drop_table(table)
