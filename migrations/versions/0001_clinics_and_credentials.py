"""Clinics, and who may come in: keys, staff, sessions, failed log-ins."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

IDENTITY = sa.Uuid().with_variant(sa.LargeBinary(16), "sqlite")
INSTANT = sa.DateTime(timezone=True).with_variant(sa.BigInteger(), "sqlite")


def upgrade() -> None:
    _create_clinics()
    _create_keys()
    _create_staff()
    op.create_table(
        "login_failures",
        sa.Column("login", sa.Text, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
    )
    op.create_index("ix_login_failures_login_at", "login_failures", ["login", "at"])
    op.create_index("ix_login_failures_at", "login_failures", ["at"])


def _create_clinics() -> None:
    op.create_table(
        "clinics",
        sa.Column("id", IDENTITY, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("paper", sa.Text, nullable=False),
        sa.Column("time_zone", sa.Text, nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_clinics"),
        sa.UniqueConstraint("name", name="uq_clinics_name"),
        sa.CheckConstraint("paper IN ('a4', 'letter')", name="ck_clinics_paper"),
    )


def _create_keys() -> None:
    op.create_table(
        "api_keys",
        sa.Column("id", IDENTITY, nullable=False),
        sa.Column("clinic_id", IDENTITY, nullable=False),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("secret_sha256", sa.Text, nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("revoked_at", INSTANT),
        sa.PrimaryKeyConstraint("id", name="pk_api_keys"),
        sa.UniqueConstraint("secret_sha256", name="uq_api_keys_secret_sha256"),
        sa.ForeignKeyConstraint(["clinic_id"], ["clinics.id"], name="fk_api_keys_clinics"),
        sa.CheckConstraint("role IN ('administrator', 'ehr', 'intake')", name="ck_api_keys_role"),
    )
    op.create_index("ix_api_keys_clinic_id", "api_keys", ["clinic_id"])


def _create_staff() -> None:
    op.create_table(
        "staff",
        sa.Column("id", IDENTITY, nullable=False),
        sa.Column("clinic_id", IDENTITY, nullable=False),
        sa.Column("login", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("password_hash", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_staff"),
        sa.UniqueConstraint("login", name="uq_staff_login"),
        sa.UniqueConstraint("clinic_id", "id", name="uq_staff_clinic_id_id"),
        sa.ForeignKeyConstraint(["clinic_id"], ["clinics.id"], name="fk_staff_clinics"),
        sa.CheckConstraint("role IN ('administrator', 'nurse')", name="ck_staff_role"),
    )
    op.create_table(
        "staff_sessions",
        sa.Column("id", IDENTITY, nullable=False),
        sa.Column("clinic_id", IDENTITY, nullable=False),
        sa.Column("staff_id", IDENTITY, nullable=False),
        sa.Column("secret_sha256", sa.Text, nullable=False),
        sa.Column("began_at", INSTANT, nullable=False),
        sa.Column("used_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_staff_sessions"),
        sa.UniqueConstraint("secret_sha256", name="uq_staff_sessions_secret_sha256"),
        sa.ForeignKeyConstraint(
            ["clinic_id", "staff_id"], ["staff.clinic_id", "staff.id"], name="fk_staff_sessions_staff"
        ),
    )
    op.create_index("ix_staff_sessions_clinic_id_staff_id", "staff_sessions", ["clinic_id", "staff_id"])


def downgrade() -> None:
    for table in ("login_failures", "staff_sessions", "staff", "api_keys", "clinics"):
        op.drop_table(table)
