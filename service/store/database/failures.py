"""What a database's failure is to the rest of the service. No error here carries SQL or a row's value."""

from psycopg.errors import ConnectionTimeout
from sqlalchemy.exc import DBAPIError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from service.store.database.postgresql import SilentError

# Primary result codes of SQLite: perm, busy, locked, nomem, readonly, interrupt, ioerr, corrupt, full,
# cantopen, protocol, notadb.
_SQLITE = frozenset({3, 5, 6, 7, 8, 9, 10, 11, 13, 14, 15, 26})

_SQLITE_LOCKED = frozenset({5, 6})

# PostgreSQL: connection, resources (disk full), operator intervention (shutdown, statement timeout), system;
# read-only, serialization failure, deadlock and lock timeout.
_POSTGRESQL_CLASSES = ("08", "53", "57", "58")
_POSTGRESQL_STATES = frozenset({"25006", "40001", "40P01", "55P03"})

# Of those, the ones that a write meets while reading may go on. SQLite: readonly, ioerr, full, cantopen (of a
# journal); PostgreSQL: read-only transaction and disk full.
_SQLITE_NOT_WRITABLE = frozenset({8, 10, 13, 14})
_POSTGRESQL_NOT_WRITABLE = frozenset({"25006", "53100"})
_POSTGRESQL_FOREIGN_KEY = "23503"


class UnavailableError(Exception):
    """The database cannot be used now: unreachable, locked, full or read-only. To be tried again later.

    Where it happened at the commit, the outcome is unknown.
    """


class NotWritableError(UnavailableError):
    """The database takes no write now, since its disk is full or it is read-only; it may still be read."""


class RefusedByDatabaseError(Exception):
    """A constraint or a trigger refused a statement: a fault of the program, not of what was sent."""


class ReferredToGoneError(RefusedByDatabaseError):
    """A row refers to one that is not there: another transaction has deleted it meanwhile."""


def translated(error: SQLAlchemyError) -> UnavailableError | RefusedByDatabaseError:
    """The error to raise in place of SQLAlchemy's, whose text has SQL and, on PostgreSQL, a row's values."""
    if isinstance(error, PoolTimeoutError):
        return UnavailableError("No connection to the database became free in time.")
    name = _name_of(error)
    if _is_not_writable(error):
        return NotWritableError(f"The database takes no write now ({name}).")
    if _is_outage(error):
        return UnavailableError(f"The database cannot be used now ({name}).")
    refused = ReferredToGoneError if _refers_to_nothing(error) else RefusedByDatabaseError
    return refused(f"The database refused a statement ({name}).")


def waited_in_vain(error: SQLAlchemyError) -> bool:
    """Whether the time was over before the server answered, or before another program let go of the file."""
    orig = getattr(error, "orig", None)
    return (
        isinstance(orig, SilentError | ConnectionTimeout)
        or getattr(orig, "sqlite_errorcode", 0) & 0xFF in _SQLITE_LOCKED
    )


def _refers_to_nothing(error: SQLAlchemyError) -> bool:
    # On SQLite writers take turns, so that nobody deletes what another has just read.
    return getattr(getattr(error, "orig", None), "sqlstate", None) == _POSTGRESQL_FOREIGN_KEY


def _is_outage(error: SQLAlchemyError) -> bool:
    if not isinstance(error, DBAPIError):
        return False
    if error.connection_invalidated:
        return True
    code = getattr(error.orig, "sqlite_errorcode", None)
    if code is not None:
        return code & 0xFF in _SQLITE
    state = getattr(error.orig, "sqlstate", None)
    if state is None:
        # psycopg knows no state where no server answered.
        return isinstance(error, OperationalError)
    return state.startswith(_POSTGRESQL_CLASSES) or state in _POSTGRESQL_STATES


def _is_not_writable(error: SQLAlchemyError) -> bool:
    orig = getattr(error, "orig", None)
    code = getattr(orig, "sqlite_errorcode", None)
    if code is not None:
        return code & 0xFF in _SQLITE_NOT_WRITABLE
    return getattr(orig, "sqlstate", None) in _POSTGRESQL_NOT_WRITABLE


def _name_of(error: SQLAlchemyError) -> str:
    """The kind of error and, where known, its code and the constraint; none of them has a value in it."""
    orig = getattr(error, "orig", None)
    if orig is None:
        return type(error).__name__
    code = getattr(orig, "sqlite_errorname", None) or getattr(orig, "sqlstate", None)
    constraint = getattr(getattr(orig, "diag", None), "constraint_name", None)
    return " ".join(part for part in (type(orig).__name__, code, constraint) if part)
