"""``python -m benchmarks.plans [KIND]``: how each statement of the store is carried out with many patients.

Every statement that is kept as a constant in ``service.store`` is planned on a filled database with values
that are on file, and run where it only reads. A line says which indexes it takes and how much it goes
through: rows on PostgreSQL, thousands of steps of its virtual machine on SQLite. The status is 1 where one
reads the whole of a table that grows with patients, or of a clinic's part of it, or goes through more than a
request may.
"""

import importlib
import pkgutil
import re
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Delete, Insert, Select, Table, Update, event, text

import service.store
from benchmarks.asked import NAMES_SOUGHT, values_for, values_on_file
from benchmarks.databases import KINDS
from benchmarks.filling import a_clinic, asked_for, filled_databases
from service.store.database import Database

MOST = {"sqlite": 1000, "postgresql": 50_000}
"""What a request may go through: thousands of steps; rows."""
_MANY = 10_000
_UNIT = {"sqlite": "k steps", "postgresql": "rows"}
SMALL = {
    # What grows with clinics, their people, programs and guidance, and not with patients.
    *("clinics", "alembic_version", "api_keys", "staff", "ehr_clients", "audit_chains"),
    *("guidance_versions", "guidance_publications", "guidance_drafts", "source_documents"),
    # What is dropped once its time is over.
    *("client_tokens", "used_assertions"),
}
NOT_PLANNED = {
    # Of ``audit verify``, which reads all there is.
    *("audit_chain._READ", "audit_chain._COUNT_BESIDE", "audit_chain._HEADS"),
    # Of ``guidance list --all`` and the page before guidance is published, which count all sheets.
    *("guidance_versions._COUNT_SHEETS", "guidance_versions._COUNT_OPEN"),
    # Of an erasure, which looks through what was answered within a day.
    "idempotency._OF_CLINIC",
    # Only others are made from these.
    *("guidance_drafts._OF_CLINIC", "sign_offs._STORED"),
    # These ask PostgreSQL itself, and no table.
    *("outage._HANGING_COMMITS", "reach._SET", "login_failures._COUNT_ALONE"),
}
Statement = Select[Any] | Update | Delete | Insert


@dataclass(frozen=True, slots=True)
class Found:
    """How a statement is carried out: tables and indexes, how much it went through, and milliseconds.

    The last two are None where it writes and was not run. ``faults`` are what it must not do.
    """

    way: str
    through: float | None
    took: float | None
    faults: tuple[str, ...]


class _PlannedError(Exception):
    """Ends a statement that was only to be planned."""


def statements() -> Iterator[tuple[str, Statement]]:
    """Each statement of the store that is planned, by its module and name."""
    for module in pkgutil.walk_packages(service.store.__path__, "service.store."):
        constants = vars(importlib.import_module(module.name))
        called = module.name.rpartition(".")[2]
        for name, value in (*constants.items(), *_by_table(constants)):
            plannable = isinstance(value, Select | Update | Delete) or (
                isinstance(value, Insert) and value.select is not None
            )
            if plannable and name.isupper() and f"{called}.{name}" not in NOT_PLANNED:
                yield f"{called}.{name}", value


def _by_table(constants: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    """The statements of constants that hold one for each table, by the constant and the table."""
    for name, value in constants.items():
        if isinstance(value, Mapping):
            yield from (
                (f"{name}_{table.name}".upper(), one)
                for table, one in value.items()
                if isinstance(table, Table)
            )


def find(connection: Connection, statement: Statement, values: dict[str, Any]) -> Found:
    """Plan a statement, and run it where it only reads."""
    look = _on_sqlite if connection.dialect.name == "sqlite" else _on_postgresql
    return look(connection, statement, values)


def _on_sqlite(connection: Connection, statement: Statement, values: dict[str, Any]) -> Found:
    rows = _explained(connection, "EXPLAIN QUERY PLAN", statement, values)
    lines = [str(row[3]) for row in rows]
    scanned = {found[1] for line in lines if (found := re.match(r"SCAN (?!anon|CONSTANT)(\w+)", line))}
    of_clinic = {found[1] for line in lines if (found := re.match(r"SEARCH (\w+) .*\(clinic_id=\?\)", line))}
    faults = _whole(scanned, set() if _is_bounded(statement) else of_clinic)
    way = "; ".join(_short(line) for line in lines if line.startswith(("SEARCH", "SCAN", "USE TEMP")))
    if not isinstance(statement, Select):
        return Found(way, None, None, faults)
    ticks = 0

    def tick() -> None:
        nonlocal ticks
        ticks += 1

    driver: Any = connection.connection.driver_connection
    driver.set_progress_handler(tick, 100)
    began = time.perf_counter()
    connection.execute(statement, values).all()
    took = 1000 * (time.perf_counter() - began)
    driver.set_progress_handler(None, 0)
    return Found(way, ticks / 10, took, (*faults, *_too_much(ticks / 10, "sqlite")))


def _short(line: str) -> str:
    line = re.sub(r"USING (COVERING )?INDEX (sqlite_autoindex_)?", "by ", line)
    return re.sub(r"^SEARCH ", "", line)


def _on_postgresql(connection: Connection, statement: Statement, values: dict[str, Any]) -> Found:
    runs = isinstance(statement, Select)
    how = f"EXPLAIN ({'ANALYZE, ' if runs else ''}FORMAT JSON)"
    ((whole,),) = _explained(connection, how, statement, values)[0]
    nodes = list(_nodes(whole["Plan"]))
    # What is small is best read whole, and only what is large tells anything.
    large = [node for node in nodes if _has_many(connection, node.get("Relation Name"))]
    scanned = {node["Relation Name"] for node in large if node["Node Type"] == "Seq Scan"}
    of_clinic = {node["Relation Name"] for node in large if _is_of_clinic(node)}
    faults = _whole(scanned, set() if _is_bounded(statement) else of_clinic)
    way = "; ".join(_way(node) for node in nodes if "Relation Name" in node or "Sort Key" in node)
    if not runs:
        return Found(way, None, None, faults)
    through = sum(_rows(node) for node in nodes if "Relation Name" in node)
    return Found(way, through, whole["Execution Time"], (*faults, *_too_much(through, "postgresql")))


def _whole(scanned: set[str], of_clinic: set[str]) -> tuple[str, ...]:
    return (
        *(f"reads all of {table}" for table in sorted(scanned - SMALL)),
        *(f"reads a clinic's {table}" for table in sorted(of_clinic - SMALL)),
    )


def _nodes(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield node
    for below in node.get("Plans", ()):
        yield from _nodes(below)


def _has_many(connection: Connection, table: str | None) -> bool:
    rows = text("SELECT reltuples FROM pg_class WHERE oid = to_regclass(:name)")
    return table is not None and connection.execute(rows, {"name": table}).scalar_one() >= _MANY


def _is_bounded(statement: Statement) -> bool:
    """Whether it stops when it has enough; how far it went until then is counted."""
    return isinstance(statement, Select) and statement._limit_clause is not None  # noqa: SLF001


def _is_of_clinic(node: dict[str, Any]) -> bool:
    """Whether an index is asked for the clinic and nothing else."""
    asked = re.findall(r"\w+(?= (?:[=<>]|IS ))", node.get("Index Cond", ""))
    return asked == ["clinic_id"]


def _way(node: dict[str, Any]) -> str:
    if "Relation Name" in node:
        return f"{node['Relation Name']} by {node.get('Index Name', node['Node Type'])}"
    return f"{node['Node Type']} by {', '.join(node['Sort Key'])}"


def _rows(node: dict[str, Any]) -> float:
    """What a scan went through, with what it threw away."""
    thrown = node.get("Rows Removed by Filter", 0) + node.get("Rows Removed by Index Recheck", 0)
    return float((node["Actual Rows"] + thrown) * node["Actual Loops"])


def _too_much(through: float, kind: str) -> list[str]:
    return [f"goes through {through:.0f} {_UNIT[kind]}"] if through > MOST[kind] else []


def _explained(connection: Connection, how: str, statement: Statement, values: dict[str, Any]) -> list[Any]:
    """The rows of a plan; the statement itself is not run."""
    said: list[Any] = []

    def explain(_connection: object, cursor: Any, sql: str, parameters: Any, *_: object) -> None:
        with closing(cursor.connection.cursor()) as another:
            another.execute(f"{how} {sql}", parameters)
            said.extend(another.fetchall())
        raise _PlannedError

    event.listen(connection, "before_cursor_execute", explain)
    try:
        with suppress(_PlannedError):
            connection.execute(statement, values)
    finally:
        event.remove(connection, "before_cursor_execute", explain)
    return said


def plans(url: str) -> Iterator[tuple[str, Found]]:
    """Each statement, on a filled database, in a transaction of one clinic; names by several words."""
    database, clinic_id = Database(url), a_clinic(url)
    with database.transaction(clinic_id) as connection:
        on_file = values_on_file(connection, clinic_id)
        for name, statement in statements():
            for words in NAMES_SOUGHT if name == "patient_search._BY_NAME" else ("",):
                values = values_for(name, statement, on_file, words)
                yield f"{name} {words}".rstrip(), find(connection, statement, values)
    database.dispose()


def main() -> int:
    """Print a line for each statement; the status is 1 where there is a fault."""
    status = 0
    for kind in sys.argv[1:] or KINDS:
        with filled_databases(kind, asked_for()) as (url,):
            for name, found in plans(url):
                through = f"{found.through:.1f} {_UNIT[kind]}" if found.through is not None else "not run"
                took = f"{found.took:.2f} ms" if found.took is not None else ""
                print(f"{kind} | {name} | {through} | {took} | {found.way}", flush=True)
                for fault in found.faults:
                    status = 1
                    print(f"    FAULT: {fault}", flush=True)
    return status


if __name__ == "__main__":
    sys.exit(main())
