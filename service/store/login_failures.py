"""Log-ins that failed, of a person or of nobody, and so of no clinic."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, delete, func, insert, select

from service.store.tables import login_failures

_KEPT = timedelta(days=1)

_INSERT = insert(login_failures)
_DELETE_OLD = delete(login_failures).where(login_failures.c.at < bindparam("oldest"))
_COUNT = (
    select(func.count())
    .select_from(login_failures)
    .where(login_failures.c.login == bindparam("sought"), login_failures.c.at >= bindparam("since"))
)
# SQLite has one writer at a time.
_COUNT_ALONE = select(func.pg_advisory_xact_lock(func.hashtextextended(bindparam("sought"), 0)))
_CLEAR = delete(login_failures).where(login_failures.c.login == bindparam("sought"))


def record_login_failure(connection: Connection, login: str, at: datetime) -> None:
    """Note a failed log-in, of a person or of nobody; failures of more than a day ago are dropped."""
    connection.execute(_DELETE_OLD, {"oldest": at - _KEPT})
    connection.execute(_INSERT, {"login": login, "at": at})


def count_login_failures(connection: Connection, login: str, since: datetime) -> int:
    """How often a log-in failed at or after ``since``; nobody else counts it until the transaction ends."""
    if connection.dialect.name == "postgresql":
        connection.execute(_COUNT_ALONE, {"sought": login})
    return connection.execute(_COUNT, {"sought": login, "since": since}).scalar_one()


def clear_login_failures(connection: Connection, login: str) -> None:
    """Forget a log-in's failures."""
    connection.execute(_CLEAR, {"sought": login})
