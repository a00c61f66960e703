"""Programs of others: EHRs, the tokens that they show, what they told and what they were answered."""

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Column,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
)

from service.store.tables.column_types import Identity, Instant
from service.store.tables.shapes import clinic, clinic_table, metadata, refers_to, refers_to_clinic

# An EHR's program with its public keys: found by its id, or by the issuer of a CDS Hooks request's token.
ehr_clients = Table(
    "ehr_clients",
    metadata,
    Column("id", Identity, nullable=False),
    clinic(),
    Column("name", Text, nullable=False),
    Column("issuer", Text),
    Column("key_set_url", Text),
    Column("jwks", JSON, nullable=False),
    Column("scopes", JSON, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("revoked_at", Instant),
    PrimaryKeyConstraint("id"),
    UniqueConstraint("clinic_id", "id"),
    refers_to_clinic(),
)
# An issuer is one clinic's client until that is revoked.
Index(
    "ix_ehr_clients_issuer",
    ehr_clients.c.issuer,
    unique=True,
    sqlite_where=ehr_clients.c.revoked_at.is_(None),
    postgresql_where=ehr_clients.c.revoked_at.is_(None),
)

client_tokens = clinic_table(
    "client_tokens",
    Column("client_id", Identity, nullable=False),
    Column("secret_sha256", Text, nullable=False),
    Column("scopes", JSON, nullable=False),
    Column("expires_at", Instant, nullable=False),
    PrimaryKeyConstraint("secret_sha256"),
    refers_to("ehr_clients", client_id="id"),
    Index(None, "clinic_id", "client_id"),
    Index(None, "expires_at"),
)

# A signed token's id, so that nobody can show the same token twice while it lives.
used_assertions = clinic_table(
    "used_assertions",
    Column("client_id", Identity, nullable=False),
    Column("jti", Text, nullable=False),
    Column("expires_at", Instant, nullable=False),
    PrimaryKeyConstraint("clinic_id", "client_id", "jti"),
    refers_to("ehr_clients", client_id="id"),
    Index(None, "expires_at"),
)

# What became of a card in the EHR, as the EHR tells it: accepted, or overridden with a reason.
card_feedback = clinic_table(
    "card_feedback",
    Column("id", Identity, nullable=False),
    Column("client_id", Identity, nullable=False),
    Column("service", Text, nullable=False),
    Column("card", Identity, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("body", JSON, nullable=False),
    Column("at", Instant, nullable=False),
    PrimaryKeyConstraint("clinic_id", "id"),
    refers_to_clinic(),
    CheckConstraint("outcome IN ('accepted', 'overridden')", name="outcome"),
    Index(None, "clinic_id", "card"),
)

# status, headers and body are empty within the transaction that claimed the key, and once the patient was
# erased whom the reply was about.
idempotency_records = clinic_table(
    "idempotency_records",
    Column("client_id", Identity, nullable=False),
    Column("method", Text, nullable=False),
    Column("path", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("body_sha256", Text, nullable=False),
    Column("claimed_at", Instant, nullable=False),
    Column("status", Integer),
    Column("headers", JSON(none_as_null=True)),
    Column("body", LargeBinary),
    PrimaryKeyConstraint("clinic_id", "client_id", "method", "path", "key"),
    refers_to_clinic(),
    Index(None, "clinic_id", "claimed_at"),
)
