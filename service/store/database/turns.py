"""A lock whose waiters go in the order in which they came. SQLite has one writer, and polls when it waits."""

import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

from service.store.database.deadlines import left
from service.store.database.failures import UnavailableError


class Turns:
    """One turn at a time, first come, first served."""

    def __init__(self, patience: float) -> None:
        self._patience = patience
        self._mutex = threading.Lock()
        self._waiting: deque[threading.Lock] = deque()
        self._taken_by: int | None = None
        self.waits = 0
        self.waited_seconds = 0.0
        """How often somebody had to wait, and how long in all."""

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for the turn and keep it. Raises UnavailableError after ``patience`` seconds, or when
        the request's time is over.

        Raises RuntimeError in a thread that has the turn already: it would wait for itself.
        """
        self._wait()
        try:
            yield
        finally:
            self._pass_on()

    def _wait(self) -> None:
        me = threading.get_ident()
        with self._mutex:
            if self._taken_by is None:
                self._taken_by = me
                return
            if self._taken_by == me:
                raise RuntimeError("a transaction was opened within a transaction")
            gate = threading.Lock()
            gate.acquire()
            self._waiting.append(gate)
        begun = time.monotonic()
        came = gate.acquire(timeout=left(self._patience))
        with self._mutex:
            self.waits += 1
            self.waited_seconds += time.monotonic() - begun
        if not came:
            with self._mutex:
                if gate in self._waiting:
                    self._waiting.remove(gate)
                    raise UnavailableError("The database is busy.")
        self._taken_by = me

    def _pass_on(self) -> None:
        with self._mutex:
            if self._waiting:
                self._taken_by = 0  # nobody's thread, and not free
                self._waiting.popleft().release()
            else:
                self._taken_by = None
