"""Many rows of one table at once."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any

import orjson
from sqlalchemy import JSON, Connection, Insert, Table, Text, bindparam, cast, column, func, insert, select


def insert_rows(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Keep rows, which all have the same columns.

    PostgreSQL is sent one JSON text: a statement for each row, or a value for each field, takes it and its
    client several times as long.
    """
    if connection.dialect.name == "postgresql":
        told = orjson.dumps(rows, _with_an_offset, orjson.OPT_PASSTHROUGH_DATETIME).decode()
        connection.execute(_from_json(table, tuple(rows[0])), {"rows": told})
    else:
        connection.execute(_plain(table), rows)


@cache
def _plain(table: Table) -> Insert:
    return insert(table)


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
