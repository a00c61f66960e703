"""The audit trail of each clinic, and where it ends."""

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    Index,
    PrimaryKeyConstraint,
    Text,
    UniqueConstraint,
)

from service.domain.access.permissions import ActorKind, Role
from service.domain.audit.events import AuditOutcome
from service.store.tables.column_types import Identity, Instant
from service.store.tables.shapes import clinic_table, one_of, refers_to_clinic

# No reference to patients: an event outlives what it speaks of. No list of actions either: they grow with
# the capabilities, and an event must never be what fails.
audit_events = clinic_table(
    "audit_events",
    Column("id", Identity, nullable=False),
    Column("at", Instant, nullable=False),
    Column("actor_kind", Text, nullable=False),
    Column("actor_id", Identity, nullable=False),
    Column("actor_name", Text, nullable=False),
    Column("actor_role", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("request_id", Text, nullable=False),
    Column("patient_id", Identity),
    Column("subject", Text),
    Column("details", JSON, nullable=False),
    Column("sequence", BigInteger, nullable=False),
    Column("mac_key", Text),
    Column("mac", Text),
    PrimaryKeyConstraint("clinic_id", "id"),
    UniqueConstraint("clinic_id", "sequence"),
    refers_to_clinic(),
    one_of("actor_kind", ActorKind),
    one_of("actor_role", Role),
    one_of("outcome", AuditOutcome),
    Index(None, "clinic_id", "patient_id", "id"),
)

# Where each clinic's chain of events ends. Whoever adds to a chain holds its row until the commit.
audit_chains = clinic_table(
    "audit_chains",
    Column("length", BigInteger, nullable=False),
    Column("mac", Text, nullable=False),
    PrimaryKeyConstraint("clinic_id"),
    refers_to_clinic(),
)
