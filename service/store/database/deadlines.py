"""How long this thread may wait for the database: for one call, and for all the calls of one request.

A server that says nothing is noticed by nobody else: the socket stays open, and the server's own limits need
a server that works. All of it is counted by the monotonic clock.
"""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

CONNECT_SECONDS = 2.0
STATEMENT_SECONDS = 5.0
PING_SECONDS = 2.0
"""For the question whether a pooled connection still works."""
REQUEST_SECONDS = 6.0
LEAST_SECONDS = 2.0
"""What every call is given, however much of the request's time is spent: a long import ends by itself."""


class _Here(threading.local):
    ends_at: float | None = None
    least: float = 0.0


_here = _Here()


def begin_request() -> None:
    """From now on this thread's calls share the time of one request."""
    _here.ends_at = time.monotonic() + REQUEST_SECONDS
    _here.least = LEAST_SECONDS


def end_request() -> None:
    """This thread's calls share nothing any more."""
    _here.ends_at = None


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Let all the calls within share so many seconds, and no call have more than what is left."""
    before = _here.ends_at, _here.least
    _here.ends_at, _here.least = time.monotonic() + seconds, 0.0
    try:
        yield
    finally:
        _here.ends_at, _here.least = before


def left(most: float) -> float:
    """The seconds that a call of this thread may take now, where alone it may take ``most``."""
    if _here.ends_at is None:
        return most
    return min(most, max(_here.least, _here.ends_at - time.monotonic()))
