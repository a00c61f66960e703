"""Clinics, who comes in to them, and how often somebody asked or failed to."""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
)

from service.domain.access.credentials import KEY_ROLES, STAFF_ROLES
from service.domain.patients.patients import Paper
from service.store.tables.column_types import Identity, Instant
from service.store.tables.shapes import clinic, metadata, one_of, refers_to, refers_to_clinic

clinics = Table(
    "clinics",
    metadata,
    Column("id", Identity, nullable=False),
    Column("name", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("paper", Text, nullable=False),
    Column("time_zone", Text, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("languages", JSON, nullable=False, server_default='["en", "es"]'),
    Column(
        "prompts", JSON, nullable=False, server_default='["prescription", "over_the_counter", "supplement"]'
    ),
    Column("item_export", Text, nullable=False, server_default="medication_statement"),
    Column("none_export", Text, nullable=False, server_default="empty_reason"),
    PrimaryKeyConstraint("id"),
    UniqueConstraint("name"),
    one_of("paper", Paper),
)

api_keys = Table(
    "api_keys",
    metadata,
    Column("id", Identity, nullable=False),
    clinic(),
    Column("role", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("secret_sha256", Text, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("revoked_at", Instant),
    PrimaryKeyConstraint("id"),
    UniqueConstraint("secret_sha256"),
    refers_to_clinic(),
    one_of("role", KEY_ROLES),
    Index(None, "clinic_id"),
)

staff = Table(
    "staff",
    metadata,
    Column("id", Identity, nullable=False),
    clinic(),
    Column("login", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("password_hash", Text, nullable=False),
    Column("left_at", Instant),
    PrimaryKeyConstraint("id"),
    UniqueConstraint("login"),
    UniqueConstraint("clinic_id", "id"),
    refers_to_clinic(),
    one_of("role", STAFF_ROLES),
)

staff_sessions = Table(
    "staff_sessions",
    metadata,
    Column("id", Identity, nullable=False),
    clinic(),
    Column("staff_id", Identity, nullable=False),
    Column("secret_sha256", Text, nullable=False),
    Column("began_at", Instant, nullable=False),
    Column("used_at", Instant, nullable=False),
    PrimaryKeyConstraint("id"),
    UniqueConstraint("secret_sha256"),
    refers_to("staff", staff_id="id"),
    Index(None, "clinic_id", "staff_id"),
)

# A log-in that failed may be nobody's, so it has no clinic.
login_failures = Table(
    "login_failures",
    metadata,
    Column("login", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Index(None, "login", "at"),
    Index(None, "at"),
)

# Whose count it is may be nobody's that is known, so it has no clinic: a client, or the digest of an address.
limit_counts = Table(
    "limit_counts",
    metadata,
    Column("who", Text, nullable=False),
    Column("ends_at", Instant, nullable=False),
    Column("portions", Integer, nullable=False),
    Column("told", Boolean, nullable=False),
    PrimaryKeyConstraint("who", "ends_at"),
    Index(None, "ends_at"),
)
