"""What tables share: the clinic of every row, references within it, and columns that always come together."""

from collections.abc import Iterable

from sqlalchemy import CheckConstraint, Column, ForeignKeyConstraint, MetaData, Table, Text
from sqlalchemy.schema import SchemaItem

from service.domain.attribution import CollectionMode, InformantKind, RecorderKind
from service.store.tables.column_types import Identity, Instant

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(referred_table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)

Columns = tuple[Column[object] | CheckConstraint, ...]
"""Columns that come together, and what is checked of them."""


def clinic_table(name: str, *parts: SchemaItem) -> Table:
    """A table whose rows each carry their clinic, in the first column."""
    return Table(name, metadata, clinic(), *parts)


def clinic() -> Column[object]:
    """The clinic of a row."""
    return Column("clinic_id", Identity, nullable=False)


def refers_to_clinic() -> ForeignKeyConstraint:
    """The reference of a row to its clinic, where it does not refer to another row of it."""
    return ForeignKeyConstraint(["clinic_id"], ["clinics.id"])


def refers_to(table: str, **columns: str) -> ForeignKeyConstraint:
    """A reference to a row of the same clinic: to each column here belongs one of the other table."""
    return ForeignKeyConstraint(
        ["clinic_id", *columns], [f"{table}.clinic_id", *(f"{table}.{named}" for named in columns.values())]
    )


def one_of(column: str, values: Iterable[str]) -> CheckConstraint:
    """That a column holds one of these words."""
    listed = ", ".join(f"'{value}'" for value in sorted(values))
    return CheckConstraint(f"{column} IN ({listed})", name=column)


def attribution() -> Columns:
    """Who said it, how, who recorded it and when; see ``domain.attribution``."""
    return (
        Column("informant_kind", Text),
        Column("informant_name", Text),
        Column("collection_mode", Text),
        Column("recorder_kind", Text, nullable=False),
        Column("recorder_id", Text, nullable=False),
        Column("recorder_name", Text, nullable=False),
        Column("recorded_at", Instant, nullable=False),
        one_of("informant_kind", InformantKind),
        one_of("collection_mode", CollectionMode),
        one_of("recorder_kind", RecorderKind),
    )


def by() -> Columns:
    """Who did it, and when."""
    return (
        Column("by_kind", Text, nullable=False),
        Column("by_id", Text, nullable=False),
        Column("by_name", Text, nullable=False),
        Column("at", Instant, nullable=False),
        one_of("by_kind", RecorderKind),
    )


def withdrawal() -> Columns:
    """Who took it back, when and why."""
    return (*by(), Column("reason", Text, nullable=False))
