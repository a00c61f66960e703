"""Links for patients, and the forms that are filled in."""

from sqlalchemy import (
    JSON,
    Column,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Text,
    UniqueConstraint,
)

from service.domain.intake.forms import LINK_MODES
from service.store.tables.column_types import Identity, Instant
from service.store.tables.shapes import by, clinic_table, one_of, refers_to

# The link's secret is found before the clinic is known, as a key is.
intake_links = clinic_table(
    "intake_links",
    Column("id", Identity, nullable=False),
    Column("patient_id", Identity, nullable=False),
    Column("secret_sha256", Text, nullable=False),
    Column("collection_mode", Text, nullable=False),
    *by(),
    Column("expires_at", Instant, nullable=False),
    Column("opened_at", Instant),
    PrimaryKeyConstraint("clinic_id", "id"),
    UniqueConstraint("secret_sha256"),
    refers_to("patients", patient_id="id"),
    one_of("collection_mode", LINK_MODES),
    Index(None, "clinic_id", "patient_id", "id"),
)

# What is typed into a form until it is sent; a form of the desk has neither link nor secret.
intake_forms = clinic_table(
    "intake_forms",
    Column("id", Identity, nullable=False),
    Column("patient_id", Identity, nullable=False),
    Column("link_id", Identity),
    Column("secret_sha256", Text),
    Column("opened_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("made_from", Integer, nullable=False),
    Column("draft", JSON, nullable=False),
    Column("sent_at", Instant),
    Column("sent_version", Integer),
    PrimaryKeyConstraint("clinic_id", "id"),
    UniqueConstraint("secret_sha256"),
    refers_to("patients", patient_id="id"),
    refers_to("intake_links", link_id="id"),
    Index(None, "clinic_id", "link_id"),
    Index(None, "clinic_id", "patient_id", "id"),
)
# Of forms that were never sent, those that are over are dropped.
Index(
    "ix_intake_forms_unsent",
    intake_forms.c.clinic_id,
    intake_forms.c.expires_at,
    sqlite_where=intake_forms.c.sent_at.is_(None),
    postgresql_where=intake_forms.c.sent_at.is_(None),
)
