"""Transactions on pooled connections: what begins one also asks whether its connection still works."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine, RootTransaction
from sqlalchemy.exc import DBAPIError

_WORDS = "begin"
"""The execution option with the words that a transaction begins with."""


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


def say_begin(connection: Connection, usual: str) -> None:
    """Begin with the words that the transaction was asked for with, or with the usual ones."""
    connection.exec_driver_sql(connection.get_execution_options().get(_WORDS, usual))


def _begun(engine: Engine, words: str, *, may_be_broken: bool = True) -> RootTransaction:
    connection = engine.connect().execution_options(**{_WORDS: words})
    try:
        return connection.begin()
    except BaseException as error:
        connection.close()
        if may_be_broken and isinstance(error, DBAPIError) and error.connection_invalidated:
            return _begun(engine, words, may_be_broken=False)
        raise
