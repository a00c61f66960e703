"""PgBouncer in transaction mode before a PostgreSQL of the tests, with fewer connections than clients."""

import socket
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import psycopg
import pytest

from tests.databases import PostgresqlOfTests
from tests.processes import program, until

POOL = 2
# Later ones can carry a client's prepared statements from connection to connection, where they are told to.
_PREPARES_SINCE = (1, 21)
PROGRAM = program("pgbouncer")


@contextmanager
def pooled(postgresql: PostgresqlOfTests) -> Iterator[Callable[[str], str]]:
    """A pooler until the block ends: a function from a database's address to the one through the pooler."""
    if PROGRAM is None:
        pytest.skip("PgBouncer is not installed: Debian's package is pgbouncer")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory(prefix="pooler-") as folder:
        path = Path(folder) / "pgbouncer.ini"
        path.write_text(_settings(postgresql.url("postgres"), port))
        # It refuses to run as root, and has to reach the server's socket.
        user = postgresql.server.system_user
        Path(folder).chmod(0o755)
        path.chmod(0o644)
        log = Path(folder) / "log"
        with log.open("wb") as told:
            process = subprocess.Popen([PROGRAM, "-q", path], user=user, stderr=told)
        try:
            until(lambda: _answers(port, process, log))
            yield lambda url: f"postgresql://{urlsplit(url).username}@127.0.0.1:{port}{urlsplit(url).path}"
        finally:
            process.terminate()
            process.wait(timeout=20)


def _settings(url: str, port: int) -> str:
    address = urlsplit(url)
    host = parse_qs(address.query)["host"][0]
    return f"""
[databases]
* = host={host} user={address.username}

[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {port}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = {POOL}
{"max_prepared_statements = 0" if _version() >= _PREPARES_SINCE else ""}
"""


def _version() -> tuple[int, ...]:
    told = subprocess.run([str(PROGRAM), "--version"], capture_output=True, text=True, check=True).stdout
    return tuple(int(number) for number in told.split()[1].split(".")[:2])


def _answers(port: int, process: "subprocess.Popen[bytes]", log: Path) -> bool:
    assert process.poll() is None, f"the pooler did not start: {log.read_text()}"
    with suppress(psycopg.OperationalError):
        psycopg.connect(f"postgresql://postgres@127.0.0.1:{port}/postgres", connect_timeout=2).close()
        return True
    return False
