"""The versions of medication lists, each whole."""

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Text,
)

from service.domain.medications.categories import Category
from service.domain.medications.items import Status
from service.store.tables.column_types import Identity
from service.store.tables.shapes import attribution, clinic_table, one_of, refers_to

list_versions = clinic_table(
    "list_versions",
    Column("patient_id", Identity, nullable=False),
    Column("version", Integer, nullable=False),
    *attribution(),
    Column("answers", JSON, nullable=False),
    Column("reported_name", Text),
    PrimaryKeyConstraint("clinic_id", "patient_id", "version"),
    refers_to("patients", patient_id="id"),
    CheckConstraint("version >= 1", name="version"),
)

list_items = clinic_table(
    "list_items",
    Column("patient_id", Identity, nullable=False),
    Column("version", Integer, nullable=False),
    Column("position", Integer, nullable=False),
    Column("item_id", Identity, nullable=False),
    Column("name", Text),
    Column("description", Text),
    Column("category", Text),
    Column("status", Text, nullable=False),
    Column("strength", Text),
    Column("form", Text),
    Column("dosage_text", Text),
    Column("route", Text),
    Column("frequency", Text),
    Column("as_needed", Boolean),
    Column("reason", Text),
    Column("last_taken", Text),
    Column("started_on", Text),
    Column("stopped_on", Text),
    Column("prescriber", Text),
    Column("note", Text),
    Column("codings", JSON, nullable=False),
    *attribution(),
    Column("left_out_since", Integer),
    Column("error_reason", Text),
    Column("origin", JSON(none_as_null=True)),
    PrimaryKeyConstraint("clinic_id", "patient_id", "version", "position"),
    refers_to("list_versions", patient_id="patient_id", version="version"),
    one_of("category", Category),
    one_of("status", Status),
    Index(None, "clinic_id", "item_id"),
)
