"""A database that takes no write: what is on it can be read, nothing else is acknowledged, and it passes."""

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from tests.databases import PostgresqlOfTests, SqliteOfTests
from tests.faults.disk_full import LIMITED, NOT_STORED, check_that_it_reads_and_does_not_write
from tests.faults.started_again import Server, server_of
from tests.processes import children_of


@contextmanager
def no_file_takes_a_byte(server: Server) -> Iterator[None]:
    """The system refuses whatever the server writes into a file, as it does on a disk that is full."""
    before = resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE)

    def limit_everybody(limits: tuple[int, int]) -> None:
        for pid in (server.process.pid, *children_of(server.process.pid)):
            resource.prlimit(pid, resource.RLIMIT_FSIZE, limits)

    limit_everybody((0, before[1]))
    yield
    limit_everybody(before)


def test_a_nurse_reads_from_a_file_on_a_full_disk_and_writes_go_on_when_there_is_room(
    sqlite: SqliteOfTests, tmp_path: Path
) -> None:
    url = sqlite.database(tmp_path)
    with server_of(url, TMPDIR=str(tmp_path), **LIMITED) as server:
        check_that_it_reads_and_does_not_write(server, url, no_file_takes_a_byte)
        told = "".join(line for line in server.log if NOT_STORED in line)
    assert "Test Patient" not in told
    assert "Water" not in told


def test_a_nurse_reads_from_a_server_that_is_read_only_and_writes_go_on_when_it_is_not(
    postgresql: PostgresqlOfTests, tmp_path: Path
) -> None:
    with postgresql.database() as url:

        @contextmanager
        def read_only(_server: Server) -> Iterator[None]:
            for setting in ("on", "off"):
                with psycopg.connect(
                    postgresql.superusers_url(url),
                    autocommit=True,
                    options="-c default_transaction_read_only=off",
                ) as admin:
                    admin.execute(f"ALTER SYSTEM SET default_transaction_read_only = {setting}")
                    admin.execute("SELECT pg_reload_conf()")
                if setting == "on":
                    yield

        with server_of(url, TMPDIR=str(tmp_path), **LIMITED) as server:
            check_that_it_reads_and_does_not_write(server, url, read_only)
