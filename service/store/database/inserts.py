"""How rows are inserted: many of one table at once, the largest part of what is written, and counted ones."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import cache, lru_cache
from typing import Any

import orjson
from sqlalchemy import (
    JSON,
    Connection,
    Dialect,
    Insert,
    Table,
    Text,
    bindparam,
    cast,
    column,
    func,
    insert,
    select,
)

COUNTED = {"preserve_rowcount": True}
"""The execution option without which an INSERT's count of written rows is not to be relied on."""
_Processor = Callable[[Any], Any]


def insert_rows(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Keep rows, at least one, which all have the same columns.

    PostgreSQL is sent one JSON text: a statement for each row, or a value for each field, takes it and its
    client several times as long. SQLite is given each field as it keeps it.
    """
    names = tuple(rows[0])
    if connection.dialect.name == "postgresql":
        told = orjson.dumps(rows, _with_an_offset, orjson.OPT_PASSTHROUGH_DATETIME).decode()
        connection.execute(_from_json(table, names), {"rows": told})
        return
    statement, columns = _of_values(table, names, connection.dialect)
    connection.exec_driver_sql(
        statement,
        [tuple([process(row[name]) if process else row[name] for name, process in columns]) for row in rows],
    )


@lru_cache(maxsize=64)
def _of_values(
    table: Table, names: tuple[str, ...], dialect: Dialect
) -> tuple[str, list[tuple[str, _Processor | None]]]:
    """The statement, and each column in its order with what makes its values fit for the database."""
    compiled = insert(table).compile(dialect=dialect, column_keys=list(names))
    ordered = [column.name for column in table.c if column.name in names]
    return str(compiled), [
        (name, table.c[name].type.dialect_impl(dialect).bind_processor(dialect)) for name in ordered
    ]


@cache
def _from_json(table: Table, names: tuple[str, ...]) -> Insert:
    fields = (column(name, table.c[name].type) for name in names)
    told = func.json_to_recordset(cast(bindparam("rows", type_=Text), JSON))
    rows = told.table_valued(*fields).render_derived(with_types=True)
    return insert(table).from_select(names, select(*rows.c))


def _with_an_offset(value: object) -> str:
    if isinstance(value, datetime) and value.tzinfo is not None:
        return value.isoformat()
    raise TypeError("neither JSON nor an instant with an offset")
