"""Multiplies a few patients within the database: each table's rows, once for every copy of their patient."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Date,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    Uuid,
    cast,
    delete,
    func,
    insert,
    select,
    text,
    update,
)

from service.store.tables import (
    audit_chains,
    audit_events,
    checklists,
    list_items,
    list_versions,
    patient_identifiers,
    patient_name_words,
    patients,
)
from service.store.tables.column_types import Identity, Instant

COPIED = (patients, patient_identifiers, list_versions, list_items, checklists, audit_events)
_SHARED_SIGNS = 14
"""Of an id as text: the time at which its request began."""
_SHARED_BYTES = 6
_HEAD_SIGNS = 1000
_KEPT_IDS = {"clinic_id", "actor_id"}

_ours = MetaData()
# One row for each patient who is to be made. ``begun`` is what the new ids begin with.
copies = Table(
    "copies",
    _ours,
    Column("number", Integer, primary_key=True),
    Column("clinic_id", Identity, nullable=False),
    Column("template_id", Identity, nullable=False),
    Column("template_begun", Text, nullable=False),
    Column("begun", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("template_day", Text, nullable=False),
    Column("day", Date, nullable=False),
    Column("template_code", Text, nullable=False),
    Column("code", Text, nullable=False),
    Column("template_value", Text, nullable=False),
    Column("value", Text, nullable=False),
    Column("template_name", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("further", Integer, nullable=False),
    prefixes=["TEMPORARY"],
)
copied_words = Table(
    "copied_words",
    _ours,
    Column("number", Integer, nullable=False),
    Column("word", Text, nullable=False),
    prefixes=["TEMPORARY"],
)
_templates = {table.name: table.to_metadata(_ours, name=f"template_{table.name}") for table in COPIED}


def begun(id_: UUID) -> str:
    """What every id of the same request begins with, as text."""
    return str(id_)[:_SHARED_SIGNS]


def set_up(connection: Connection) -> None:
    """Put aside what is in the tables: the templates and nothing else."""
    _ours.create_all(connection, tables=[copies, copied_words])
    for table in COPIED:
        put_aside = f"CREATE TEMPORARY TABLE template_{table.name} AS SELECT * FROM {table.name}"  # noqa: S608
        connection.execute(text(put_aside))


def multiply(connection: Connection, made: list[dict[str, Any]], words: list[dict[str, Any]]) -> None:
    """Make these patients, with the words of their names."""
    for table, rows in ((copies, made), (copied_words, words)):
        connection.execute(delete(table))
        connection.execute(insert(table), rows)
    for table in COPIED:
        columns = [column.name for column in table.columns]
        connection.execute(insert(table).from_select(columns, _copied(table, connection.dialect.name)))
    of_words = (
        select(
            copies.c.clinic_id, copied_words.c.word, _new_id(copies.c.template_id, connection.dialect.name)
        )
        .join(copied_words, copied_words.c.number == copies.c.number)
        .order_by(copies.c.number)
    )
    connection.execute(insert(patient_name_words).from_select(["clinic_id", "word", "patient_id"], of_words))


def lengthen_chains(connection: Connection, lengths: dict[UUID, int]) -> None:
    """Let each clinic's chain end after so many events."""
    for clinic_id, length in lengths.items():
        connection.execute(
            update(audit_chains).where(audit_chains.c.clinic_id == clinic_id).values(length=length)
        )


def _copied(table: Table, dialect: str) -> Any:
    template = _templates[table.name]
    of_whom = template.c.id if table is patients else template.c.patient_id
    copied = (
        select(*(_value(table, column, dialect) for column in template.columns))
        .select_from(copies)
        .join(template, of_whom == copies.c.template_id)
    )
    # Long texts are not sorted: there is one for each patient.
    return copied if table is checklists else copied.order_by(copies.c.number, *_places(template))


def _places(template: Table) -> list[Column[Any]]:
    return [template.c[name] for name in ("position", "sequence") if name in template.c]


def _value(table: Table, column: Column[Any], dialect: str) -> ColumnElement[Any]:
    if isinstance(column.type, Identity) and column.name not in _KEPT_IDS:
        return _new_id(column, dialect)
    if isinstance(column.type, Instant):
        return copies.c.at
    own: dict[str, Callable[[], ColumnElement[Any]]] = {
        "patients.name": lambda: copies.c.name,
        "patient_identifiers.value": lambda: copies.c.value,
        "checklists.code": lambda: func.replace(copies.c.code, "-", ""),
        "checklists.planned_start": lambda: copies.c.day,
        "checklists.document_text": lambda: _new_text(column),
        "audit_events.sequence": lambda: column + copies.c.further,
        "audit_events.subject": lambda: func.replace(column, copies.c.template_begun, copies.c.begun),
    }
    return own.get(f"{table.name}.{column.name}", lambda: column)()


def _new_id(column: ColumnElement[Any], dialect: str) -> ColumnElement[Any]:
    if dialect == "sqlite":
        first = func.unhex(func.replace(copies.c.begun, "-", ""))
        return cast(first.op("||")(func.substr(column, _SHARED_BYTES + 1)), LargeBinary)
    rest = func.substr(cast(column, Text), _SHARED_SIGNS + 1)
    return cast(copies.c.begun.op("||")(rest), Uuid)


def _new_text(document: ColumnElement[Any]) -> ColumnElement[Any]:
    """A sheet's text with what is the copy's own; times in it stay. All but ids stands at its beginning."""
    head = func.substr(document, 1, _HEAD_SIGNS)
    for template, own in (
        (copies.c.template_code, copies.c.code),
        (copies.c.template_value, copies.c.value),
        (copies.c.template_name, copies.c.name),
        (copies.c.template_day, cast(copies.c.day, Text)),
    ):
        head = func.replace(head, template, own)
    whole = head.op("||")(func.substr(document, _HEAD_SIGNS + 1))
    return func.replace(whole, copies.c.template_begun, copies.c.begun)
