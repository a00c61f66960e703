"""A service that is killed, stopped and started again on the same database and at the same address."""

import signal
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread

from tests.guidance_of_tests import guidance_of_tests
from tests.processes import kill_all
from tests.running_service import COMMAND, Service, address_of, environment_of, open_clinic, started

SERVE = (COMMAND, "serve")


class Server:
    """The server of one clinic, whatever process that is at the moment; ``service`` is how it is called.

    ``log`` is what it has written to its standard output.
    """

    def __init__(self, database_url: str, command: Sequence[str | Path] = SERVE, **more: str) -> None:
        keys = open_clinic(database_url, guidance_of_tests(), datetime.now(UTC))
        self._environment = environment_of(database_url) | more
        self._command = command
        self.service = Service(address_of(self._environment), keys)
        self.log: list[str] = []
        self.start()

    def kill(self) -> None:
        """End it without a word, with every process that it started."""
        kill_all(self.process.pid)
        self.process.wait()

    def stop(self) -> tuple[int, float]:
        """Ask it to end, as a machine does that goes down; its exit status and the seconds that it took."""
        began = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=30), time.monotonic() - began

    def start(self, database_url: str | None = None) -> float:
        """Start it again, on a copy of its database if one is named; the seconds until it was ready."""
        if database_url is not None:
            self._environment["DATABASE_URL"] = database_url
        began = time.monotonic()
        self.process = started(self._environment, self._command, subprocess.PIPE)
        Thread(target=self._listen, args=(self.process,), daemon=True).start()
        return time.monotonic() - began

    def _listen(self, process: "subprocess.Popen[bytes]") -> None:
        assert process.stdout is not None
        with process.stdout as written:
            for line in written:
                self.log.append(line.decode())


@contextmanager
def server_of(database_url: str, command: Sequence[str | Path] = SERVE, **more: str) -> Iterator[Server]:
    """A server for a migrated database until the block ends; ``more`` are variables of its environment."""
    server = Server(database_url, command, **more)
    try:
        yield server
    finally:
        server.kill()
