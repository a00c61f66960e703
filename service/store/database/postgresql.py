"""How PostgreSQL is opened: no call waits for ever, and a commit that nobody confirmed is known.

Neither keepalives nor ``statement_timeout`` end the wait for a server that is there and says nothing: a
frozen machine, or a firewall that swallows packets. Nothing here sends the server a cancellation: that would
end a commit's wait for the standby too, and call it done.
"""

import threading
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from typing import Any

import psycopg
from psycopg import waiting
from psycopg.abc import RV, PQGen
from psycopg.errors import Diagnostic
from psycopg.pq import TransactionStatus
from psycopg.rows import TupleRow
from sqlalchemy import URL, Connection, Engine, create_engine, event

from service.store.database.deadlines import CONNECT_SECONDS, PING_SECONDS, STATEMENT_SECONDS, left
from service.store.database.reach import BEGIN_ON_POSTGRESQL
from service.store.database.transactions import say_begin

_CONNECTING = {
    # A pooler in transaction mode hands each transaction to another server connection.
    "prepare_threshold": None,
    "connect_timeout": int(CONNECT_SECONDS),
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": int(STATEMENT_SECONDS * 1000),
    "application_name": "medication-checklist",
}
_SIGNALS_SECONDS = 0.1
# The state of a warning that has none of its own. A commit gives one where its wait for a synchronous standby
# was cancelled: it stands on the primary, perhaps on no other machine, and is reported as a success.
_WARNING = "01000"


def postgresql_engine(address: URL, *, hurried: bool) -> Engine:
    """An engine for a server; not ``hurried`` where a statement may take as long as it takes."""
    engine = create_engine(
        address.set(drivername="postgresql+psycopg"),
        isolation_level="AUTOCOMMIT",  # the driver begins nothing by itself
        pool_size=16,
        max_overflow=16,
        pool_timeout=CONNECT_SECONDS,
        use_native_hstore=False,
        hide_parameters=True,
        connect_args=_CONNECTING,
    )

    @event.listens_for(engine, "do_connect")
    def connect(_dialect: object, _record: object, args: Any, settings: Any) -> BoundedConnection:
        connection = open_connection(*args, **settings)
        connection.hurried = hurried
        return connection

    event.listen(engine, "begin", _begin)
    return engine


def _begin(connection: Connection) -> None:
    say_begin(connection, BEGIN_ON_POSTGRESQL)


class SilentError(psycopg.OperationalError):
    """No answer in time. The connection is closed; what the server made of the call is unknown."""


class UnconfirmedError(psycopg.OperationalError):
    """A commit came back without its standby's confirmation: a failover may lose it, or may not."""


class BoundedConnection(psycopg.Connection[TupleRow]):
    """Every wait for the server has a deadline, the commit's and the rollback's too."""

    hurried = True
    """False where a statement may take as long as it takes, as in a migration."""
    _warned = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.add_notice_handler(self._hear)

    def wait(self, gen: PQGen[RV], interval: float = _SIGNALS_SECONDS, timeout: float | None = None) -> RV:
        """Wait as psycopg does, but close the connection and raise SilentError when the time is over.

        An interruption closes it too, where psycopg would send a cancellation.
        """
        if timeout is None and self.hurried:
            # The words that begin a transaction ask a pooled connection whether it still works.
            idle = self.pgconn.transaction_status == TransactionStatus.IDLE
            timeout = left(PING_SECONDS if idle else STATEMENT_SECONDS)
        deadline = None if timeout is None else time.monotonic() + timeout
        try:
            return waiting.wait(gen, self.pgconn.socket, interval=interval, timeout=timeout)
        except psycopg.OperationalError:
            if deadline is None or time.monotonic() < deadline:
                raise
            self.close()
            raise SilentError("no answer in time") from None
        except (KeyboardInterrupt, SystemExit):
            self.close()
            raise

    def commit(self) -> None:
        """Commit. Raises UnconfirmedError where the server warns that no standby has confirmed it."""
        self._warned = False
        super().commit()
        if self._warned:
            raise UnconfirmedError("the commit was not confirmed")

    def _hear(self, notice: Diagnostic) -> None:
        self._warned = self._warned or notice.sqlstate == _WARNING


def open_connection(*args: Any, **kwargs: Any) -> BoundedConnection:
    """Connect as psycopg does. Raises SilentError after the time of one connection, whatever takes so long.

    Psycopg's own limit holds for each address of a name and not for looking the name up, which nothing
    can interrupt. So all of it is done in a thread, which is left to itself when the time is over.
    """
    made: Future[BoundedConnection] = Future()
    threading.Thread(target=_connect, name="connect", args=(made, args, kwargs), daemon=True).start()
    try:
        return made.result(left(CONNECT_SECONDS))
    except TimeoutError:
        if made.cancel():
            raise SilentError("no connection in time") from None
        return made.result()


def _connect(made: Future[BoundedConnection], args: Sequence[Any], kwargs: Mapping[str, Any]) -> None:
    try:
        connection = BoundedConnection.connect(*args, **kwargs)
    except Exception as error:  # noqa: BLE001 -- handed to the thread that waits
        if made.set_running_or_notify_cancel():
            made.set_exception(error)
    else:
        if made.set_running_or_notify_cancel():
            made.set_result(connection)
        else:
            connection.close()
