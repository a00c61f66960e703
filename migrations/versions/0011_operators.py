"""Audit events of the machine's operator at the console: one more kind of actor.

Going down refuses while there are such events: an event is never changed and never deleted. It does not only
add: an earlier release knows no such actor and could not show the trail.
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None
ADDS_ONLY = False

IDENTITY = sa.Uuid().with_variant(sa.LargeBinary(16), "sqlite")
INSTANT = sa.DateTime(timezone=True).with_variant(sa.BigInteger(), "sqlite")
ROLES = "'administrator', 'ehr', 'intake', 'nurse'"
ACTOR_KIND = "ck_audit_events_actor_kind"


def upgrade() -> None:
    _allow("'client', 'key', 'link', 'operator', 'staff'")


def downgrade() -> None:
    _allow("'client', 'key', 'link', 'staff'")


def _allow(kinds: str) -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.drop_constraint(ACTOR_KIND, "audit_events", type_="check")
        op.create_check_constraint(ACTOR_KIND, "audit_events", f"actor_kind IN ({kinds})")
    else:
        _make_anew(kinds)


def _make_anew(kinds: str) -> None:
    """SQLite has no other way to change a check; its triggers and its index go with the old table."""
    _create_events("audit_events_anew", kinds)
    op.execute("INSERT INTO audit_events_anew SELECT * FROM audit_events")
    op.drop_table("audit_events")
    op.rename_table("audit_events_anew", "audit_events")
    op.create_index(
        "ix_audit_events_clinic_id_patient_id_id", "audit_events", ["clinic_id", "patient_id", "id"]
    )
    for change in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER audit_events_refuse_{change.lower()} BEFORE {change} ON audit_events BEGIN "
            f"SELECT RAISE(ABORT, 'audit_events are kept as they are: {change} is refused'); END"
        )


def _create_events(table: str, kinds: str) -> None:
    op.create_table(
        table,
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
        sa.Column("sequence", sa.BigInteger, nullable=False),
        sa.Column("mac_key", sa.Text),
        sa.Column("mac", sa.Text),
        sa.UniqueConstraint("clinic_id", "sequence", name="uq_audit_events_clinic_id_sequence"),
        sa.PrimaryKeyConstraint("clinic_id", "id", name="pk_audit_events"),
        sa.ForeignKeyConstraint(["clinic_id"], ["clinics.id"], name="fk_audit_events_clinics"),
        sa.CheckConstraint(f"actor_kind IN ({kinds})", name=ACTOR_KIND),
        sa.CheckConstraint(f"actor_role IN ({ROLES})", name="ck_audit_events_actor_role"),
        sa.CheckConstraint("outcome IN ('done', 'refused')", name="ck_audit_events_outcome"),
    )
