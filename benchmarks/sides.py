"""The service and the floor as running servers: asked over the wire, and their processor time."""

import http.client
import os
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

import psutil

from benchmarks.clinic import AUDIT_KEY, Keys, set_up_clinic

_PROJECT = Path(__file__).parents[1]
COMMAND = str(Path(sys.executable).with_name("medication-checklist"))
_COMMANDS = {
    "service": [COMMAND, "serve"],
    "floor": [sys.executable, "-m", "benchmarks.floor"],
}
_THREADS = "16"
_START_SECONDS = 60
_ANSWER_SECONDS = 180


@dataclass(frozen=True, slots=True)
class Request:
    """One request, ready to be sent, and the status it must be answered with."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes | None
    status: int


class WrongAnswerError(Exception):
    """A request was not answered as it must be."""


@dataclass(slots=True)
class Side:
    """One running server on its own database, with one connection to it that is kept."""

    name: str
    database_url: str
    keys: Keys
    connection: http.client.HTTPConnection
    process: psutil.Process
    sheets: list[str] = field(default_factory=list)

    def ask(self, request: Request) -> bytes:
        """The body of the answer. Raises WrongAnswerError."""
        self.connection.request(request.method, request.path, request.body, request.headers)
        answer = self.connection.getresponse()
        body = answer.read()
        if answer.status != request.status:
            raise WrongAnswerError(f"{self.name}: {request.method} {request.path}: {answer.status}")
        return body

    def processor_seconds(self) -> float:
        """What the server's processes have used so far, as user and for the system together."""
        return sum(map(_processor_seconds, self.processes()))

    def processes(self) -> list[psutil.Process]:
        """The server's processes as they are now."""
        return [self.process, *self.process.children(recursive=True)]


def _processor_seconds(process: psutil.Process) -> float:
    if sys.platform == "linux":
        return time.clock_gettime(~process.pid << 3 | 2)  # its clock, in nanoseconds instead of ticks
    times = process.cpu_times()
    return times.user + times.system


@contextmanager
def running_sides(
    database_urls: list[str], environment: Mapping[str, str] = MappingProxyType({})
) -> Iterator[tuple[Side, Side]]:
    """Service and floor, each with a clinic on its database, until the block ends."""
    with ExitStack() as stack:
        service, floor = (
            stack.enter_context(running_side(name, url, environment))
            for name, url in zip(_COMMANDS, database_urls, strict=True)
        )
        yield service, floor


@contextmanager
def running_side(
    name: str,
    database_url: str,
    environment: Mapping[str, str] = MappingProxyType({}),
    keys: Keys | None = None,
) -> Iterator[Side]:
    """The service or the floor, with these keys or a new clinic on its database, until the block ends."""
    keys = keys or set_up_clinic(database_url)
    with (
        starting(name, database_url, environment) as (process, port),
        closing(_connect(name, port, process)) as connection,
    ):
        yield Side(name, database_url, keys, connection, psutil.Process(process.pid))


@contextmanager
def starting(
    name: str, database_url: str, environment: Mapping[str, str] = MappingProxyType({})
) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """A server that has just been started and will listen on a port, until the block ends."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {
        **_inherited(),
        **environment,
        "DATABASE_URL": database_url,
        "HOST": "127.0.0.1",
        "PORT": str(port),
        "MEDICATION_CHECKLIST_THREADS": _THREADS,
        "MEDICATION_CHECKLIST_SECRET_KEY": secrets.token_urlsafe(32),
        "MEDICATION_CHECKLIST_AUDIT_KEY": AUDIT_KEY,
        "MEDICATION_CHECKLIST_CALLS_PER_MINUTE": "0",
        "MEDICATION_CHECKLIST_FAILURES_PER_MINUTE": "0",
    }
    with subprocess.Popen(
        _COMMANDS[name], env=environment, cwd=_PROJECT, stderr=subprocess.DEVNULL
    ) as process:
        try:
            yield process, port
        finally:
            process.terminate()
            process.wait(timeout=30)


def _inherited() -> dict[str, str]:
    """This process's environment; but an installed service has its modules compiled already."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def _connect(name: str, port: int, process: subprocess.Popen[bytes]) -> http.client.HTTPConnection:
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_ANSWER_SECONDS)
        try:
            connection.connect()
        except ConnectionError:
            time.sleep(0.05)
        else:
            return connection
    raise WrongAnswerError(f"{name}: did not start")
