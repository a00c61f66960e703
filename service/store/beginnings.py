"""Transactions on pooled connections: what begins one also asks whether its connection still works."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine, RootTransaction
from sqlalchemy.exc import DBAPIError

from service.store.engine import BEGIN


@contextmanager
def begun(engine: Engine, words: str) -> Iterator[Connection]:
    """A connection in a transaction that began with these words; committed at the end, undone on any error.

    A connection that broke while it lay in the pool is replaced, and with it all that lie there.
    """
    transaction = _begun(engine, words)
    try:
        with transaction:
            yield transaction.connection
    finally:
        transaction.connection.close()


def _begun(engine: Engine, words: str, *, may_be_broken: bool = True) -> RootTransaction:
    connection = engine.connect().execution_options(**{BEGIN: words})
    try:
        return connection.begin()
    except BaseException as error:
        connection.close()
        if may_be_broken and isinstance(error, DBAPIError) and error.connection_invalidated:
            return _begun(engine, words, may_be_broken=False)
        raise
