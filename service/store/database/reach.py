"""Which clinics' rows a transaction may reach: told to PostgreSQL, whose policies hold to it.

Queries that ask for the clinic keep clinics apart on both databases; the policies (in the migrations) are a
second wall behind them, for a query that forgets to. SQLite has none.
"""

from enum import Enum
from functools import lru_cache
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Dialect, Text, bindparam, func, select, text

SETTING = "medication_checklist.reach"
"""The setting, of one transaction, that the policies read: a clinic's id or a word of ``Reach``."""


class Reach(Enum):
    """What a transaction reaches that is not one clinic's."""

    CREDENTIALS = "credentials"
    """Keys, staff, sessions, clients and links of whichever clinic: before it is known who comes in.

    They are read and never changed; only failed log-ins, which have no clinic, are written too.
    """
    ALL = "all"
    """Every clinic: for migrations, and for who anchors every clinic's audit trail."""


_LIMITS = {
    # Answered by the server, before the client gives up: what is merely slow is told apart from silence.
    # Neither ends the wait of a commit for its standby.
    "lock_timeout": "3s",
    "statement_timeout": "4s",
    # For the rows that a client held whose end the server never heard of.
    "idle_in_transaction_session_timeout": "8s",
}
"""They travel in the transaction: what is set for a session stays, behind a pooler, with whoever is next."""


def _set(name: str, value: ColumnElement[str] | str) -> ColumnElement[str]:
    return func.set_config(name, value, True)  # noqa: FBT003 -- for this transaction only


_SET = select(
    _set(SETTING, bindparam("reach", type_=Text)), *(_set(name, value) for name, value in _LIMITS.items())
)
BEGIN_ON_POSTGRESQL = "BEGIN ISOLATION LEVEL READ COMMITTED"


_ROLE_BEYOND_POLICIES = text(
    "SELECT rolname FROM pg_roles WHERE rolname = current_user AND (rolsuper OR rolbypassrls)"
)


def reach_only(connection: Connection, reach: UUID | Reach) -> None:
    """From here on let this transaction reach one clinic's rows, or what the word says, and keep limits."""
    if connection.dialect.name == "postgresql":
        connection.execute(_SET, {"reach": _word(reach)})


@lru_cache(maxsize=1024)
def begin_within(reach: UUID | Reach, dialect: Dialect, *, reads_only: bool) -> str:
    """The words, sent as one message, that begin a transaction which reaches only this and keeps limits."""
    if dialect.name != "postgresql":
        return "BEGIN DEFERRED" if reads_only else "BEGIN IMMEDIATE"
    told = _SET.params(reach=_word(reach))
    return f"{BEGIN_ON_POSTGRESQL}; {told.compile(dialect=dialect, compile_kwargs={'literal_binds': True})}"


def _word(reach: UUID | Reach) -> str:
    return reach.value if isinstance(reach, Reach) else str(reach)


def role_beyond_policies(connection: Connection) -> str | None:
    """The role that the service logs in as, where PostgreSQL holds it to no policy: a superuser, for one."""
    if connection.dialect.name != "postgresql":
        return None
    return connection.execute(_ROLE_BEYOND_POLICIES).scalar_one_or_none()
