"""How SQLite is opened: what makes a commit durable, a wait end, and what was deleted leave the file."""

import sqlite3
import time
from contextlib import closing
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event

from service.store.database.deadlines import left
from service.store.database.transactions import say_begin

try:
    from pysqlite3 import dbapi2 as _newer
except ImportError:  # there is no wheel for this platform
    driver: Any = sqlite3
else:
    driver = _newer

# Older ones can corrupt a write-ahead log that two connections use: "The WAL-reset bug", sqlite.org/wal.html.
_WAL_SINCE = (3, 51, 3)
BUSY_SECONDS = 4
_LOOK_AGAIN_SECONDS = 0.01


def sqlite_engine(address: URL, *, foreign_keys: bool) -> Engine:
    """An engine for a file. Raises ValueError for a database in memory, which no two connections share."""
    if address.database in (None, "", ":memory:"):
        raise ValueError("SQLite needs a file: sqlite:///path")
    engine = create_engine(
        address.set(drivername="sqlite+pysqlite"),
        module=driver,
        connect_args={"timeout": BUSY_SECONDS},
        pool_size=16,
        max_overflow=16,
        pool_timeout=BUSY_SECONDS,
        hide_parameters=True,
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: object) -> None:
        _prepare(connection, foreign_keys=foreign_keys)

    event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: Any, *, foreign_keys: bool) -> None:
    connection.isolation_level = None  # the driver begins nothing by itself
    _choose_journal(connection, "WAL" if driver.sqlite_version_info >= _WAL_SINCE else "DELETE")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute(f"PRAGMA foreign_keys = {'ON' if foreign_keys else 'OFF'}")
    # What is deleted or written over is gone from the file too, and lies in no free page.
    connection.execute("PRAGMA secure_delete = ON")


def _choose_journal(connection: Any, journal: str) -> None:
    """Set the journal, waiting like every other statement for who has the file at the moment.

    SQLite's own wait does not cover this statement: two who open a new file at once get a "busy" at once.
    """
    deadline = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute(f"PRAGMA journal_mode = {journal}")
        except driver.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > deadline:
                raise
            time.sleep(_LOOK_AGAIN_SECONDS)
        else:
            return


def _begin(connection: Connection) -> None:
    plain: Any = connection.connection.driver_connection
    plain.execute(f"PRAGMA busy_timeout = {int(left(BUSY_SECONDS) * 1000)}")
    say_begin(connection, "BEGIN IMMEDIATE")


def empty_log(engine: Engine) -> bool:
    """Bring everything from SQLite's write-ahead log into its file, and cut the log to nothing.

    What the log held of earlier times is gone then. False where a reader kept it for too long. PostgreSQL's
    log is its operator's: there is nothing to do, and that is true.
    """
    if engine.dialect.name != "sqlite":
        return True
    with closing(engine.raw_connection()) as connection:
        plain: Any = connection.driver_connection
        plain.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")
        busy, _, _ = plain.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return not busy
