"""What EHRs need: registered clients and their tokens, an item's origin, export settings, cards' feedback.

Going down refuses while there are events of clients: an event is never changed and never deleted.
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

IDENTITY = sa.Uuid().with_variant(sa.LargeBinary(16), "sqlite")
INSTANT = sa.DateTime(timezone=True).with_variant(sa.BigInteger(), "sqlite")
ROLES = "'administrator', 'ehr', 'intake', 'nurse'"
ACTOR_KIND = "ck_audit_events_actor_kind"
SETTINGS = (("item_export", "medication_statement"), ("none_export", "empty_reason"))


def upgrade() -> None:
    for name, default in SETTINGS:
        op.add_column("clinics", sa.Column(name, sa.Text, nullable=False, server_default=default))
    op.add_column("list_items", sa.Column("origin", sa.JSON))
    _create_clients()
    _create_client_tokens()
    _create_used_assertions()
    _create_feedback()
    _allow("'client', 'key', 'link', 'staff'")


def downgrade() -> None:
    _allow("'key', 'link', 'staff'")
    for table in ("card_feedback", "used_assertions", "client_tokens", "ehr_clients"):
        op.drop_table(table)
    op.drop_column("list_items", "origin")
    for name, _ in SETTINGS:
        op.drop_column("clinics", name)


def _create_clients() -> None:
    op.create_table(
        "ehr_clients",
        sa.Column("id", IDENTITY, nullable=False),
        sa.Column("clinic_id", IDENTITY, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("issuer", sa.Text),
        sa.Column("key_set_url", sa.Text),
        sa.Column("jwks", sa.JSON, nullable=False),
        sa.Column("scopes", sa.JSON, nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("revoked_at", INSTANT),
        sa.PrimaryKeyConstraint("id", name="pk_ehr_clients"),
        sa.UniqueConstraint("clinic_id", "id", name="uq_ehr_clients_clinic_id_id"),
        sa.ForeignKeyConstraint(["clinic_id"], ["clinics.id"], name="fk_ehr_clients_clinics"),
    )
    valid = sa.text("revoked_at IS NULL")
    op.create_index(
        "ix_ehr_clients_issuer",
        "ehr_clients",
        ["issuer"],
        unique=True,
        sqlite_where=valid,
        postgresql_where=valid,
    )


def _create_client_tokens() -> None:
    op.create_table(
        "client_tokens",
        sa.Column("clinic_id", IDENTITY, nullable=False),
        sa.Column("client_id", IDENTITY, nullable=False),
        sa.Column("secret_sha256", sa.Text, nullable=False),
        sa.Column("scopes", sa.JSON, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("secret_sha256", name="pk_client_tokens"),
        _of_client("client_tokens"),
    )
    op.create_index("ix_client_tokens_clinic_id_client_id", "client_tokens", ["clinic_id", "client_id"])
    op.create_index("ix_client_tokens_expires_at", "client_tokens", ["expires_at"])


def _create_used_assertions() -> None:
    op.create_table(
        "used_assertions",
        sa.Column("clinic_id", IDENTITY, nullable=False),
        sa.Column("client_id", IDENTITY, nullable=False),
        sa.Column("jti", sa.Text, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("clinic_id", "client_id", "jti", name="pk_used_assertions"),
        _of_client("used_assertions"),
    )
    op.create_index("ix_used_assertions_expires_at", "used_assertions", ["expires_at"])


def _of_client(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["clinic_id", "client_id"],
        ["ehr_clients.clinic_id", "ehr_clients.id"],
        name=f"fk_{table}_ehr_clients",
    )


def _create_feedback() -> None:
    op.create_table(
        "card_feedback",
        sa.Column("clinic_id", IDENTITY, nullable=False),
        sa.Column("id", IDENTITY, nullable=False),
        sa.Column("client_id", IDENTITY, nullable=False),
        sa.Column("service", sa.Text, nullable=False),
        sa.Column("card", IDENTITY, nullable=False),
        sa.Column("outcome", sa.Text, nullable=False),
        sa.Column("body", sa.JSON, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("clinic_id", "id", name="pk_card_feedback"),
        sa.ForeignKeyConstraint(["clinic_id"], ["clinics.id"], name="fk_card_feedback_clinics"),
        sa.CheckConstraint("outcome IN ('accepted', 'overridden')", name="ck_card_feedback_outcome"),
    )
    op.create_index("ix_card_feedback_clinic_id_card", "card_feedback", ["clinic_id", "card"])


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
        sa.PrimaryKeyConstraint("clinic_id", "id", name="pk_audit_events"),
        sa.ForeignKeyConstraint(["clinic_id"], ["clinics.id"], name="fk_audit_events_clinics"),
        sa.CheckConstraint(f"actor_kind IN ({kinds})", name=ACTOR_KIND),
        sa.CheckConstraint(f"actor_role IN ({ROLES})", name="ck_audit_events_actor_role"),
        sa.CheckConstraint("outcome IN ('done', 'refused')", name="ck_audit_events_outcome"),
    )
