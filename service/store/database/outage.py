"""What is known of a database that does not answer: while it lasts, one looks for all, and nobody waits."""

import threading
import time
from collections.abc import Callable
from enum import Enum

from sqlalchemy import Engine, column, func, select, table, text
from sqlalchemy.exc import SQLAlchemyError

from service.store.database import deadlines
from service.store.database.failures import NotWritableError, UnavailableError
from service.store.database.reach import BEGIN_ON_POSTGRESQL
from service.store.database.transactions import begun
from service.store.database.turns import Turns

_FILE_SECONDS = 0.2
_FIRST_SECONDS = deadlines.STATEMENT_SECONDS
_SERVER_SECONDS = 1.0
# Whoever hangs at a commit for so long waits for a standby or for a disk, and so would the next.
_HANGING_COMMITS = (
    select(func.count())
    .select_from(table("pg_stat_activity", column("datname"), column("state"), column("query")))
    .where(
        column("datname") == func.current_database(),
        column("state") == "active",
        column("query") == "COMMIT",
        text("query_start < clock_timestamp() - interval '1 second'"),
    )
)


class Condition(Enum):
    """What the database does, as far as is known."""

    UNKNOWN = "unknown"
    WELL = "well"
    HOLDING = "holding"
    """It answers and lets no write through: a commit waits for its standby, another program has the file."""
    SILENT = "silent"


class Outage:
    """Shared by all threads. ``look`` asks the database, in a second or so, given what was known before."""

    def __init__(
        self, look: Callable[[Condition], Condition], condition: Condition, *, look_again_seconds: float = 0.5
    ) -> None:
        self._look = look
        self._look_again_seconds = look_again_seconds
        self._condition = condition
        self._looking = threading.Lock()
        self._look_again_at = 0.0

    def turn_away(self, *, writes: bool) -> None:
        """Raise UnavailableError at once while the outage lasts, NotWritableError where it can be read.

        Now and then one of them looks again instead. Who comes first of all looks for those who come
        meanwhile.
        """
        if self._condition is Condition.WELL:
            return
        if self._looking.acquire(blocking=self._condition is Condition.UNKNOWN):
            try:
                self._look_where_it_is_time()
            finally:
                self._looking.release()
        self.refuse(writes=writes)

    def refuse(self, *, writes: bool) -> None:
        """Raise the same by what is known already."""
        if self._condition is Condition.SILENT:
            raise UnavailableError("The database has not answered for a while.")
        if writes and self._condition is Condition.HOLDING:
            raise NotWritableError("The database has let no write through for a while.")

    def suspect(self) -> None:
        """A call was waited for in vain: find out whether it was the only one."""
        with self._looking:
            self._look_where_it_is_time()

    def declare(self, condition: Condition) -> None:
        """Say what somebody has found out already."""
        self._condition = condition

    def _look_where_it_is_time(self) -> None:
        if time.monotonic() >= self._look_again_at:
            self._condition = self._look(self._condition)
            self._look_again_at = time.monotonic() + self._look_again_seconds


def look_at_server(engine: Engine, before: Condition) -> Condition:
    """Whether PostgreSQL answers, and whether commits come back."""
    first = before is Condition.UNKNOWN
    try:
        with (
            deadlines.at_most(_FIRST_SECONDS if first else _SERVER_SECONDS),
            begun(engine, BEGIN_ON_POSTGRESQL) as connection,
        ):
            hanging = connection.execute(_HANGING_COMMITS).scalar_one()
    except SQLAlchemyError:
        return Condition.SILENT
    return Condition.HOLDING if hanging else Condition.WELL


def look_at_file(engine: Engine, turns: Turns, _before: Condition) -> Condition:
    """Whether nobody else has the SQLite file locked."""
    try:
        with deadlines.at_most(_FILE_SECONDS), turns.turn(), engine.begin():
            return Condition.WELL
    except (SQLAlchemyError, UnavailableError):
        return Condition.HOLDING
