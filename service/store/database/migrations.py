"""Brings a database to a revision of the schema, with the numbered files of ``migrations/``."""

from collections.abc import Callable
from pathlib import Path
from threading import Lock

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Connection, make_url
from sqlalchemy.exc import SQLAlchemyError

from service.store.database import schema
from service.store.database.engine import make_engine
from service.store.database.failures import RefusedByDatabaseError, translated
from service.store.database.reach import Reach, reach_only

# Alembic keeps the running migration in module globals.
_one_at_a_time = Lock()


def migrate(url: str, revision: str = "head") -> None:
    """Migrate up to ``revision``, in one transaction; nothing happens where it is there already.

    Makes the folder of an SQLite file. Raises UnavailableError where the database is away or a lock could not
    be had in time.
    """
    address = make_url(url)
    if address.get_backend_name() == "sqlite" and address.database:
        Path(address.database).parent.mkdir(parents=True, exist_ok=True)
    _run(url, lambda config: command.upgrade(config, revision))


def migrate_down(url: str, revision: str) -> None:
    """Migrate down to ``revision`` (``base`` for an empty database), in one transaction."""
    _run(url, lambda config: command.downgrade(config, revision))


def _run(url: str, move: Callable[[Config], None]) -> None:
    config = Config()
    config.set_main_option("script_location", str(schema.FOLDER).replace("%", "%%"))
    engine = make_engine(url, for_migrations=True)
    try:
        with _one_at_a_time, engine.begin() as connection:
            # Else a migration that changes rows would find none.
            reach_only(connection, Reach.ALL)
            config.attributes["connection"] = connection
            before = _heads(connection)
            move(config)
            if _heads(connection) != before:
                _check_references(connection)
    except SQLAlchemyError as error:
        raise translated(error).with_traceback(error.__traceback__) from None
    finally:
        engine.dispose()


def _heads(connection: Connection) -> tuple[str, ...]:
    return MigrationContext.configure(connection).get_current_heads()


def _check_references(connection: Connection) -> None:
    """Look through every row of SQLite, which lets a migration break what tables say of each other.

    Raises RefusedByDatabaseError.
    """
    if connection.dialect.name == "sqlite" and connection.exec_driver_sql("PRAGMA foreign_key_check").all():
        raise RefusedByDatabaseError("A migration left references that lead nowhere.")
