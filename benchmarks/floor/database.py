"""A connection for each thread, durable transactions, and both databases' ways of writing a value."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from typing import Any

import psycopg

from benchmarks.floor import ids

try:
    from pysqlite3 import dbapi2 as sqlite3
except ImportError:
    import sqlite3


class Sqlite:
    """Write-ahead log as the migrations left it, a sync at every commit, one writer at a time."""

    Conflict = sqlite3.IntegrityError
    FOR_UPDATE = ""

    def __init__(self, url: str) -> None:
        self._path = url.removeprefix("sqlite:///")
        self._threads = threading.local()
        self._writer = threading.Lock()

    @property
    def connection(self) -> Any:
        """This thread's connection; each statement is a transaction of its own outside ``transaction``."""
        found = getattr(self._threads, "connection", None)
        if found is None:
            found = self._threads.connection = sqlite3.connect(self._path, timeout=5, isolation_level=None)
            found.execute("PRAGMA synchronous = FULL")
            found.execute("PRAGMA foreign_keys = ON")
        return found

    def close(self) -> None:
        """Close this thread's connection."""
        self.connection.close()
        del self._threads.connection

    @contextmanager
    def transaction(self) -> Iterator[Any]:
        """A cursor whose work is committed at the end, or undone."""
        connection = self.connection
        with self._writer:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection.cursor()
                connection.execute("COMMIT")
            except BaseException:
                connection.execute("ROLLBACK")
                raise

    @staticmethod
    def sql(statement: str) -> str:
        """The statement in this database's style."""
        return statement

    @staticmethod
    def identity(text: str) -> bytes:
        """A UUID as it is kept."""
        return bytes.fromhex(text.replace("-", ""))

    @staticmethod
    def text(identity: bytes) -> str:
        """A kept UUID as text."""
        digits = identity.hex()
        return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"

    @staticmethod
    def instant(at: datetime) -> int:
        """An instant as it is kept."""
        return ids.microseconds(at)

    @staticmethod
    def instant_text(kept: int) -> str:
        """A kept instant as text."""
        return ids.instant_of(kept)


class Postgresql:
    """Statements that a pooler in transaction mode could pass on: none is prepared."""

    Conflict = psycopg.errors.UniqueViolation
    FOR_UPDATE = " FOR UPDATE"

    def __init__(self, url: str) -> None:
        self._url = url
        self._threads = threading.local()

    @property
    def connection(self) -> Any:
        """This thread's connection; each statement is a transaction of its own outside ``transaction``."""
        found = getattr(self._threads, "connection", None)
        if found is None or found.closed:
            found = psycopg.connect(self._url, autocommit=True, prepare_threshold=None, connect_timeout=2)
            found.execute("SET statement_timeout = 8000")
            # The least that the policies let read and write: the second wall is the service's own cost.
            found.execute("SET medication_checklist.reach = 'all'")
            self._threads.connection = found
        return found

    def close(self) -> None:
        """Close this thread's connection."""
        self.connection.close()
        del self._threads.connection

    @contextmanager
    def transaction(self) -> Iterator[Any]:
        """A cursor whose work is committed at the end, or undone."""
        connection = self.connection
        connection.execute("BEGIN")
        try:
            yield connection.cursor()
            connection.execute("COMMIT")
        except BaseException:
            connection.execute("ROLLBACK")
            raise

    @staticmethod
    @cache
    def sql(statement: str) -> str:
        """The statement in this database's style."""
        return statement.replace("?", "%s")

    @staticmethod
    def identity(text: str) -> str:
        """A UUID as it is sent; the server reads it."""
        return text

    @staticmethod
    def text(identity: object) -> str:
        """A kept UUID as text."""
        return str(identity)

    @staticmethod
    def instant(at: datetime) -> datetime:
        """An instant as it is sent."""
        return at

    @staticmethod
    def instant_text(kept: datetime) -> str:
        """A kept instant as text."""
        return kept.astimezone(UTC).isoformat()


Database = Sqlite | Postgresql


def open_database(url: str) -> Database:
    """The database at this address."""
    return Sqlite(url) if url.startswith("sqlite") else Postgresql(url)
