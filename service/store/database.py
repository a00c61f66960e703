"""Opens transactions and says whether the database is ready."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from uuid import UUID

from sqlalchemy import Connection, String, column, table, update
from sqlalchemy.exc import SQLAlchemyError

from service.store import schema
from service.store.engine import BEGIN, BUSY_SECONDS, make_engine
from service.store.failures import NotWritableError, RefusedByDatabaseError, UnavailableError, translated
from service.store.reach import Reach, reach_only
from service.store.turns import Turns

__all__ = [
    "Connection",
    "Database",
    "NotWritableError",
    "Reach",
    "RefusedByDatabaseError",
    "UnavailableError",
    "reach_only",
]

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

    @property
    def kind(self) -> str:
        """``sqlite`` or ``postgresql``."""
        return self._engine.dialect.name

    @contextmanager
    def transaction(self, reach: UUID | Reach, *, reads_only: bool = False) -> Iterator[Connection]:
        """A connection whose work is committed at the end, or undone on any error.

        ``reach`` is the clinic whose rows the work may touch, or a wider reach. With ``reads_only`` it does
        not queue with SQLite's writers and must not write. Raises UnavailableError (NotWritableError where
        it can still be read) and, for a statement that breaks a constraint, RefusedByDatabaseError.
        """
        queue = self._turns.turn() if self._turns and not reads_only else nullcontext()
        with queue:
            try:
                with self._engine.connect() as plain:
                    begin = "DEFERRED" if reads_only else "IMMEDIATE"
                    connection = plain.execution_options(**{BEGIN: begin})
                    with connection.begin():
                        reach_only(connection, reach)
                        yield connection
            except SQLAlchemyError as error:
                raise translated(error).with_traceback(error.__traceback__) from None

    def check(self) -> None:
        """Raise UnavailableError unless the database takes writes and its tables suit this release.

        They do at this release's newest migration, and after later ones that say they only add to it.
        """
        try:
            with self.transaction(Reach.ALL) as connection:
                found = connection.execute(_REWRITE_REVISION).all()
        except RefusedByDatabaseError:
            raise UnavailableError("The database has not been migrated.") from None
        if not any(schema.suits(row.version_num, row.works_from) for row in found):
            raise UnavailableError("The database's tables are not those of this release.")

    def dispose(self) -> None:
        """Close every connection."""
        self._engine.dispose()
