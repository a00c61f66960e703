"""Patients, and what they are found by."""

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Text,
    UniqueConstraint,
)

from service.domain.patients.patients import PrintSize
from service.store.tables.column_types import Identity, Instant
from service.store.tables.shapes import clinic_table, one_of, refers_to, refers_to_clinic

# list_version is the latest version of the patient's list, 0 before the first: the one place that decides
# which of two writers was first.
patients = clinic_table(
    "patients",
    Column("id", Identity, nullable=False),
    Column("name", Text),
    Column("birth_date", Text),
    Column("language", Text),
    Column("print_size", Text),
    Column("list_version", Integer, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("updated_at", Instant, nullable=False),
    PrimaryKeyConstraint("clinic_id", "id"),
    refers_to_clinic(),
    one_of("print_size", PrintSize),
    CheckConstraint("list_version >= 0", name="list_version"),
)

# The reference waits for the commit: identifiers are claimed before the patient's row is written.
patient_identifiers = clinic_table(
    "patient_identifiers",
    Column("system", Text, nullable=False),
    Column("value", Text, nullable=False),
    Column("patient_id", Identity, nullable=False),
    Column("position", Integer, nullable=False),
    PrimaryKeyConstraint("clinic_id", "system", "value"),
    UniqueConstraint("clinic_id", "patient_id", "system"),
    Index(None, "clinic_id", "value"),
    ForeignKeyConstraint(
        ["clinic_id", "patient_id"],
        ["patients.clinic_id", "patients.id"],
        deferrable=True,
        initially="DEFERRED",
    ),
)

# The words of a patient's name in the form in which they are sought, sorted by code point on both databases.
patient_name_words = clinic_table(
    "patient_name_words",
    Column("word", Text().with_variant(Text(collation="C"), "postgresql"), nullable=False),
    Column("patient_id", Identity, nullable=False),
    PrimaryKeyConstraint("clinic_id", "word", "patient_id"),
    refers_to("patients", patient_id="id"),
    # With the word, without which SQLite looks for the words of a patient among everybody's.
    Index(None, "clinic_id", "patient_id", "word"),
)
