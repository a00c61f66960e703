"""What a database says of its tables and of the rows in them, whatever the service declares."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, inspect, text

from service.store.database import (
    Reach,
    reach_only,
)
from service.store.database.engine import make_engine


@contextmanager
def opened(url: str) -> Iterator[Connection]:
    """A connection that reaches every clinic's rows, in a transaction."""
    engine: Engine = make_engine(url)
    with engine.begin() as connection:
        reach_only(connection, Reach.ALL)
        yield connection
    engine.dispose()


Rows = dict[str, list[dict[str, Any]]]


def rows_of(url: str) -> Rows:
    """All rows of each table that there is, with the columns that it has."""
    with opened(url) as connection:
        tables = set(inspect(connection).get_table_names()) - {"alembic_version"}
        return {table: _rows(connection, table) for table in sorted(tables)}


def _rows(connection: Connection, table: str) -> list[dict[str, Any]]:
    rows = connection.execute(text(f"SELECT * FROM {table}")).mappings().all()  # noqa: S608 -- our own names
    assert rows, f"{table} is empty: the test would prove nothing of it"
    return sorted((dict(row) for row in rows), key=str)


def shape(url: str) -> dict[str, Any]:
    """Everything that the database says of its tables, and its triggers."""
    with opened(url) as connection:
        seen = inspect(connection)
        asked: list[Callable[[str], Any]] = [
            lambda table: [
                (column["name"], str(column["type"]), column["nullable"])
                for column in seen.get_columns(table)
            ],
            seen.get_pk_constraint,
            lambda table: sorted(map(str, seen.get_foreign_keys(table))),
            lambda table: sorted(map(str, seen.get_unique_constraints(table))),
            lambda table: sorted((str(c["name"]), c["sqltext"]) for c in seen.get_check_constraints(table)),
            lambda table: sorted(map(_plain, seen.get_indexes(table))),
        ]
        tables = set(seen.get_table_names()) - {"alembic_version"}
        return {table: [ask(table) for ask in asked] for table in sorted(tables)}


def _plain(index: Any) -> str:
    """An index in words; what it is limited to is an object of the library, with words of its own."""
    options = {name: str(value) for name, value in index.get("dialect_options", {}).items()}
    return str({**index, "dialect_options": options})


def triggers(url: str) -> list[str]:
    """How each trigger was made."""
    with opened(url) as connection:
        if connection.dialect.name == "sqlite":
            asked = "SELECT sql FROM sqlite_master WHERE type = 'trigger'"
        else:
            asked = "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal"
        return sorted(connection.execute(text(asked)).scalars())
