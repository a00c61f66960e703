"""A small disk that really is full, under each database."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

from tests.databases import PostgresqlOfTests, SqliteOfTests
from tests.faults.disk_full import LIMITED, check_that_it_reads_and_does_not_write
from tests.faults.power import mounted, skip_unless_it_can_mount
from tests.faults.started_again import server_of

_BLOCK = 64 << 10


@pytest.fixture
def small_disk() -> Iterator[Path]:
    skip_unless_it_can_mount()
    with (
        tempfile.TemporaryDirectory(prefix="full-") as folder,
        mounted(Path(folder), "tmpfs", "-t", "tmpfs", "-o", "size=48m,mode=0755"),
    ):
        yield Path(folder)


@contextmanager
def filled(disk: Path) -> Iterator[None]:
    """No block of the disk is free until the block of the program ends."""
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as file:
        size = _BLOCK
        while size:
            try:
                written = file.write(b"\0" * size)
            except OSError:
                written = 0
            size = size if written == size else size // 2
    yield
    filler.unlink()


def test_a_file_on_a_full_disk(small_disk: Path, sqlite: SqliteOfTests, tmp_path: Path) -> None:
    url = sqlite.database(small_disk)
    with server_of(url, TMPDIR=str(tmp_path), **LIMITED) as server:
        check_that_it_reads_and_does_not_write(server, url, lambda _: filled(small_disk))


@contextmanager
def on_a_disk_of_its_own(postgresql: PostgresqlOfTests, disk: Path) -> Iterator[str]:
    """A database whose tables are on the disk; the server's log of changes is elsewhere."""
    space = disk / "space"
    space.mkdir()
    if postgresql.server.system_user:
        shutil.chown(space, postgresql.server.system_user)
    superusers = postgresql.superusers_url(postgresql.url("postgres"))
    with postgresql.database() as url, psycopg.connect(superusers, autocommit=True) as admin:
        name = urlsplit(url).path.removeprefix("/")
        admin.execute(f"CREATE TABLESPACE small LOCATION '{space}'")
        admin.execute(f"ALTER DATABASE {name} SET TABLESPACE small")
        yield url
        admin.execute(f"ALTER DATABASE {name} SET TABLESPACE pg_default")
        admin.execute("DROP TABLESPACE small")


def test_tables_on_a_full_disk(small_disk: Path, postgresql: PostgresqlOfTests, tmp_path: Path) -> None:
    with (
        on_a_disk_of_its_own(postgresql, small_disk) as url,
        server_of(url, TMPDIR=str(tmp_path), **LIMITED) as server,
    ):
        check_that_it_reads_and_does_not_write(
            server, url, lambda _: filled(small_disk), takes_small_ones=True
        )
