"""How each of the two databases is opened: what makes a commit durable and a wait end."""

import sqlite3
import time
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url

from service.store.patience import CONNECT_SECONDS, STATEMENT_SECONDS, left
from service.store.postgresql import BoundedConnection, open_connection
from service.store.reach import BEGIN_ON_POSTGRESQL

try:
    from pysqlite3 import dbapi2 as _newer_sqlite
except ImportError:  # there is no wheel for this platform
    sqlite: Any = sqlite3
else:
    sqlite = _newer_sqlite

# Older ones can corrupt a write-ahead log that two connections use: "The WAL-reset bug", sqlite.org/wal.html.
_WAL_SINCE = (3, 51, 3)
BUSY_SECONDS = 4
_LOOK_AGAIN_SECONDS = 0.01
BEGIN = "begin"
"""The execution option with the words that a transaction begins with."""


def make_engine(url: str, *, for_migrations: bool = False) -> Engine:
    """An engine for ``sqlite:///file`` or ``postgresql://…``. Raises ValueError for another kind of database.

    Migrations may rebuild a table, which takes its time, and on SQLite has no foreign keys meanwhile.
    """
    address = make_url(url)
    backend = address.get_backend_name()
    if backend == "sqlite":
        return _sqlite_engine(address, foreign_keys=not for_migrations)
    if backend in ("postgresql", "postgres"):
        return _postgresql_engine(address.set(drivername="postgresql+psycopg"), hurried=not for_migrations)
    raise ValueError(f"not a database for this service: {backend} (sqlite or postgresql)")


def _sqlite_engine(address: URL, *, foreign_keys: bool) -> Engine:
    if address.database in (None, "", ":memory:"):
        raise ValueError("SQLite needs a file: sqlite:///path")
    engine = create_engine(
        address.set(drivername="sqlite+pysqlite"),
        module=sqlite,
        connect_args={"timeout": BUSY_SECONDS},
        pool_size=16,
        max_overflow=16,
        pool_timeout=BUSY_SECONDS,
        hide_parameters=True,
    )
    journal = "WAL" if sqlite.sqlite_version_info >= _WAL_SINCE else "DELETE"
    pragmas = (
        "PRAGMA synchronous = FULL",
        f"PRAGMA foreign_keys = {'ON' if foreign_keys else 'OFF'}",
        # What is deleted or written over is gone from the file too, and lies in no free page.
        "PRAGMA secure_delete = ON",
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # the driver begins nothing by itself
        _choose_journal(connection, journal)
        for pragma in pragmas:
            connection.execute(pragma)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        driver: Any = connection.connection.driver_connection
        driver.execute(f"PRAGMA busy_timeout = {int(left(BUSY_SECONDS) * 1000)}")
        _begin(connection, "BEGIN IMMEDIATE")

    return engine


def _begin(connection: Connection, usual: str) -> None:
    connection.exec_driver_sql(connection.get_execution_options().get(BEGIN, usual))


def _choose_journal(connection: Any, journal: str) -> None:
    """Set the journal, waiting like every other statement for who has the file at the moment.

    SQLite's own wait does not cover this statement: two who open a new file at once get a "busy" at once.
    """
    deadline = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute(f"PRAGMA journal_mode = {journal}")
        except sqlite.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > deadline:
                raise
            time.sleep(_LOOK_AGAIN_SECONDS)
        else:
            return


def _postgresql_engine(address: URL, *, hurried: bool) -> Engine:
    engine = create_engine(
        address,
        isolation_level="AUTOCOMMIT",  # the driver begins nothing by itself
        pool_size=16,
        max_overflow=16,
        pool_timeout=CONNECT_SECONDS,
        use_native_hstore=False,
        hide_parameters=True,
        connect_args={
            # A pooler in transaction mode hands each transaction to another server connection.
            "prepare_threshold": None,
            "connect_timeout": int(CONNECT_SECONDS),
            "keepalives_idle": 5,
            "keepalives_interval": 2,
            "keepalives_count": 3,
            "tcp_user_timeout": int(STATEMENT_SECONDS * 1000),
            "application_name": "medication-checklist",
        },
    )

    @event.listens_for(engine, "do_connect")
    def connect(_dialect: object, _record: object, args: Any, settings: Any) -> BoundedConnection:
        connection = open_connection(*args, **settings)
        connection.hurried = hurried
        return connection

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        _begin(connection, BEGIN_ON_POSTGRESQL)

    return engine
