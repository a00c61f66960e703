"""Opens transactions, and says whether the database is ready."""

import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import partial
from uuid import UUID

from sqlalchemy import Connection, String, column, table, update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import QueuePool

from service.store.database import deadlines, schema
from service.store.database.engine import make_engine
from service.store.database.failures import (
    RefusedByDatabaseError,
    UnavailableError,
    translated,
    waited_in_vain,
)
from service.store.database.outage import Condition, Outage, look_at_file, look_at_server
from service.store.database.reach import Reach, begin_within
from service.store.database.sqlite import BUSY_SECONDS, empty_log
from service.store.database.transactions import begun
from service.store.database.turns import Turns

_READY_SECONDS = 1.0
_version_num, _works_from = column("version_num", String), column("works_from", String)
_alembic_version = table("alembic_version", _version_num, _works_from)
# Writes what is there already: only a write finds a full disk or a read-only database.
_REWRITE_REVISION = (
    update(_alembic_version).values(version_num=_version_num).returning(_version_num, _works_from)
)


class Database:
    """A database of the service; safe to share between threads. ``url`` as in ``engine.make_engine``."""

    def __init__(self, url: str) -> None:
        self._engine = make_engine(url)
        self._turns = Turns(BUSY_SECONDS) if self.kind == "sqlite" else None
        if self._turns:
            look = partial(look_at_file, self._engine, self._turns)
            self._outage = Outage(look, Condition.WELL, look_again_seconds=0)
        else:
            self._outage = Outage(partial(look_at_server, self._engine), Condition.UNKNOWN)
        self._ready_until = 0.0

    @property
    def kind(self) -> str:
        """``sqlite`` or ``postgresql``."""
        return self._engine.dialect.name

    @property
    def connections_in_use(self) -> int:
        """How many connections of the pool are at work."""
        pool = self._engine.pool
        return pool.checkedout() if isinstance(pool, QueuePool) else 0

    @property
    def waits(self) -> tuple[int, float]:
        """How often a write waited for its turn at SQLite, and for how many seconds in all."""
        return (self._turns.waits, self._turns.waited_seconds) if self._turns else (0, 0.0)

    @contextmanager
    def transaction(self, reach: UUID | Reach, *, reads_only: bool = False) -> Iterator[Connection]:
        """A connection whose work is committed at the end, or undone on any error.

        ``reach`` is the clinic whose rows the work may touch, or a wider reach. With ``reads_only`` it does
        not queue with SQLite's writers and must not write. Raises UnavailableError (NotWritableError where
        it can still be read) and, for a statement that breaks a constraint, RefusedByDatabaseError.
        """
        self._outage.turn_away(writes=not reads_only)
        with self._queue(reads_only=reads_only):
            # Who stood in line may know more by now than who came.
            self._outage.refuse(writes=not reads_only)
            try:
                words = begin_within(reach, self._engine.dialect, reads_only=reads_only)
                with begun(self._engine, words) as connection:
                    yield connection
            except SQLAlchemyError as error:
                self._note(error)
                raise translated(error).with_traceback(error.__traceback__) from None
        if not reads_only:
            self._outage.declare(Condition.WELL)

    def _queue(self, *, reads_only: bool = False) -> AbstractContextManager[None]:
        return nullcontext() if reads_only or self._turns is None else self._turns.turn()

    def _note(self, error: SQLAlchemyError) -> None:
        """Have the others profit from what this one met with."""
        self._ready_until = 0.0
        if waited_in_vain(error):
            if self._turns:
                self._outage.declare(Condition.HOLDING)
            else:
                self._outage.suspect()

    def check(self) -> None:
        """Raise UnavailableError unless the database takes writes and its tables suit this release.

        They do at this release's newest migration, and after later ones that say they only add to it. What
        was found well is not asked again for a second, however many ask.
        """
        if time.monotonic() < self._ready_until:
            return
        try:
            with self.transaction(Reach.CREDENTIALS) as connection:
                found = connection.execute(_REWRITE_REVISION).all()
        except RefusedByDatabaseError:
            raise UnavailableError("The database has not been migrated.") from None
        if not any(schema.suits(row.version_num, row.works_from) for row in found):
            raise UnavailableError("The database's tables are not those of this release.")
        self._ready_until = time.monotonic() + _READY_SECONDS

    def empty_log(self) -> bool:
        """Have what was deleted leave SQLite's write-ahead log at once; see ``sqlite.empty_log``."""
        with self._queue():
            return empty_log(self._engine)

    @staticmethod
    def begin_request() -> None:
        """From now on whatever this thread asks of the database shares the time of one request."""
        deadlines.begin_request()

    @staticmethod
    def end_request() -> None:
        """The request that this thread served is over."""
        deadlines.end_request()

    def dispose(self) -> None:
        """Close every connection."""
        self._engine.dispose()
