"""The audit trail as a chain: each event's number in its clinic and its mac, and where each chain ends.

Events that are there already get their numbers by their order, and no mac. Going down loses the macs: the
same events then count as written before there was a chain.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

IDENTITY = sa.Uuid().with_variant(sa.LargeBinary(16), "sqlite")
INSTANT = sa.DateTime(timezone=True).with_variant(sa.BigInteger(), "sqlite")
ROLES = "'administrator', 'ehr', 'intake', 'nurse'"
KINDS = "'client', 'key', 'link', 'staff'"
OLD = (
    *("clinic_id", "id", "at", "actor_kind", "actor_id", "actor_name", "actor_role", "action", "outcome"),
    *("request_id", "patient_id", "subject", "details"),
)


def upgrade() -> None:
    op.create_table(
        "audit_chains",
        sa.Column("clinic_id", IDENTITY, nullable=False),
        sa.Column("length", sa.BigInteger, nullable=False),
        sa.Column("mac", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("clinic_id", name="pk_audit_chains"),
        sa.ForeignKeyConstraint(["clinic_id"], ["clinics.id"], name="fk_audit_chains_clinics"),
    )
    if op.get_bind().dialect.name == "postgresql":
        _add_columns()
    else:
        _make_anew(chained=True)
    op.execute(
        "INSERT INTO audit_chains (clinic_id, length, mac) SELECT clinics.id, count(audit_events.id), '' "
        "FROM clinics LEFT JOIN audit_events ON audit_events.clinic_id = clinics.id GROUP BY clinics.id"
    )


def downgrade() -> None:
    op.drop_table("audit_chains")
    if op.get_bind().dialect.name == "postgresql":
        op.drop_constraint("uq_audit_events_clinic_id_sequence", "audit_events", type_="unique")
        for name in ("mac", "mac_key", "sequence"):
            op.drop_column("audit_events", name)
    else:
        _make_anew(chained=False)


def _add_columns() -> None:
    op.add_column("audit_events", sa.Column("sequence", sa.BigInteger))
    op.add_column("audit_events", sa.Column("mac_key", sa.Text))
    op.add_column("audit_events", sa.Column("mac", sa.Text))
    with _changes_allowed():
        op.execute(
            "UPDATE audit_events SET sequence = numbered.place FROM "
            "(SELECT clinic_id, id, row_number() OVER (PARTITION BY clinic_id ORDER BY id) AS place "
            "FROM audit_events) AS numbered "
            "WHERE audit_events.clinic_id = numbered.clinic_id AND audit_events.id = numbered.id"
        )
    op.alter_column("audit_events", "sequence", nullable=False)
    op.create_unique_constraint(
        "uq_audit_events_clinic_id_sequence", "audit_events", ["clinic_id", "sequence"]
    )


@contextmanager
def _changes_allowed() -> Iterator[None]:
    op.execute("ALTER TABLE audit_events DISABLE TRIGGER audit_events_refuse_update")
    yield
    op.execute("ALTER TABLE audit_events ENABLE TRIGGER audit_events_refuse_update")


def _make_anew(*, chained: bool) -> None:
    """SQLite has no other way to add what must not be null; triggers and index go with the old table."""
    added: list[sa.schema.SchemaItem] = [
        sa.Column("sequence", sa.BigInteger, nullable=False),
        sa.Column("mac_key", sa.Text),
        sa.Column("mac", sa.Text),
    ]
    unique = sa.UniqueConstraint("clinic_id", "sequence", name="uq_audit_events_clinic_id_sequence")
    _create_events("audit_events_anew", [*added, unique] if chained else [])
    old = ", ".join(OLD)
    place = "row_number() OVER (PARTITION BY clinic_id ORDER BY id)"
    columns, values = (f"{old}, sequence", f"{old}, {place}") if chained else (old, old)
    op.execute(f"INSERT INTO audit_events_anew ({columns}) SELECT {values} FROM audit_events")  # noqa: S608 -- our own names
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


def _create_events(table: str, added: list[sa.schema.SchemaItem]) -> None:
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
        *added,
        sa.PrimaryKeyConstraint("clinic_id", "id", name="pk_audit_events"),
        sa.ForeignKeyConstraint(["clinic_id"], ["clinics.id"], name="fk_audit_events_clinics"),
        sa.CheckConstraint(f"actor_kind IN ({KINDS})", name="ck_audit_events_actor_kind"),
        sa.CheckConstraint(f"actor_role IN ({ROLES})", name="ck_audit_events_actor_role"),
        sa.CheckConstraint("outcome IN ('done', 'refused')", name="ck_audit_events_outcome"),
    )
