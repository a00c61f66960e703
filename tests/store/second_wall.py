"""What a transaction can do to rows of a clinic that it is not for, on PostgreSQL."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import (
    BindParameter,
    Column,
    Connection,
    Delete,
    Select,
    Table,
    Update,
    event,
    func,
    select,
    text,
)
from sqlalchemy.sql import operators, visitors
from sqlalchemy.sql.elements import BinaryExpression

from service.store.tables import metadata

Statement = Select[Any] | Update | Delete
Rows = dict[str, tuple[int, str | None]]


def clinic_column(table: Table) -> Any:
    """The column that says whose a row is; None where rows are nobody's."""
    return table.c.id if table.name == "clinics" else table.c.get("clinic_id")


OF_A_CLINIC = [table for table in metadata.sorted_tables if clinic_column(table) is not None]


def unguarded_tables(connection: Connection) -> set[str]:
    """Tables for whose owner no policy holds. Alembic's table is the schema's, and nobody's."""
    asked = """
        SELECT relname FROM pg_class
        WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND relname <> 'alembic_version'
        AND NOT (relrowsecurity AND relforcerowsecurity
                 AND EXISTS (SELECT FROM pg_policy WHERE polrelid = pg_class.oid))"""
    return set(connection.execute(text(asked)).scalars())


def rows_of(connection: Connection, clinic_id: UUID) -> Rows:
    """How many rows of a clinic the transaction sees in each table, and a digest of all that they hold."""
    asked = " UNION ALL ".join(
        f"SELECT '{table.name}', count(*), md5(string_agg(r::text, ' ' ORDER BY r::text)) "  # noqa: S608
        f"FROM {table.name} r WHERE {clinic_column(table).name} = :clinic"
        for table in OF_A_CLINIC
    )
    return {
        name: (number, digest)
        for name, number, digest in connection.execute(text(asked), {"clinic": clinic_id})
    }


def seen(connection: Connection) -> set[str]:
    """The tables of which the transaction sees any row."""
    return {
        table.name
        for table in metadata.sorted_tables
        if connection.execute(select(func.count()).select_from(table)).scalar_one()
    }


def _plain(side: Any) -> Any:
    """A column itself, also where the statement reads an alias of its table."""
    return next(iter(getattr(side, "base_columns", ())), side)


def without_clinic(statement: Statement) -> Statement:
    """The statement as if whoever wrote it had forgotten to ask for the clinic, everywhere in it."""

    def forget(element: Any, **_: object) -> Any:
        if isinstance(element, BinaryExpression) and element.operator is operators.eq:
            sides = (element.left, element.right)
            told = any(
                isinstance(side, Column) and side is clinic_column(side.table) for side in map(_plain, sides)
            )
            for side in sides:
                if isinstance(side, BindParameter) and told:
                    # Still given, so that the statement is called as before; and always true.
                    return side.is_not(None)
        return None

    return visitors.replacement_traverse(statement, {}, forget)


@contextmanager
def forgotten_wheres(monkeypatch: pytest.MonkeyPatch, modules: list[Any]) -> Iterator[dict[int, str]]:
    """Let no statement of the modules ask for the clinic; the names of those that have to, by their ids."""
    names = {}
    with monkeypatch.context() as patched:
        for module in modules:
            for name, statement in list(vars(module).items()):
                called = f"{module.__name__.rpartition('.')[2]}.{name}"
                if isinstance(statement, Statement):
                    forgetful = without_clinic(statement)
                    if str(forgetful) != str(statement):
                        patched.setattr(module, name, forgetful)
                        names[id(forgetful)] = called
                elif isinstance(statement, tuple) and all(isinstance(one, Statement) for one in statement):
                    all_forgetful = tuple(map(without_clinic, statement))
                    patched.setattr(module, name, all_forgetful)
                    names |= {id(one): called for one in all_forgetful}
                elif by_table := statements_by_table(statement):
                    forgetful_ones = {table: without_clinic(one) for table, one in by_table.items()}
                    patched.setattr(module, name, forgetful_ones)
                    names |= {id(one): f"{called} {table}" for table, one in forgetful_ones.items()}
        yield names


def statements_by_table(kept: object) -> Mapping[Table, Statement]:
    """The statements that a module keeps under the tables that they read; else none."""
    if isinstance(kept, Mapping) and all(isinstance(table, Table) for table in kept):
        return {table: one for table, one in kept.items() if isinstance(one, Statement)}
    return {}


def statements_in(kept: object) -> tuple[object, ...]:
    """What a module keeps, one by one where it keeps several together."""
    return kept if isinstance(kept, tuple) else (kept, *statements_by_table(kept).values())


@contextmanager
def noted_statements(connection: Connection) -> Iterator[list[Any]]:
    """The statements that are executed meanwhile."""
    noted: list[Any] = []

    def note(_connection: object, statement: Any, *_: object) -> None:
        noted.append(statement)

    event.listen(connection, "before_execute", note)
    yield noted
    event.remove(connection, "before_execute", note)
