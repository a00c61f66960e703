"""A small disk that really is full, under each database."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from tests.databases import PostgresqlOfTests, SqliteOfTests
from tests.faults.disk_full import check_that_it_reads_and_does_not_write
from tests.faults.power import mounted, skip_unless_it_can_mount
from tests.faults.started_again import Server, server_of
from tests.processes import until

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
    with server_of(url, TMPDIR=str(tmp_path)) as server:
        check_that_it_reads_and_does_not_write(server, url, lambda _: filled(small_disk))


def test_a_tablespace_on_a_full_disk(small_disk: Path, postgresql: PostgresqlOfTests, tmp_path: Path) -> None:
    with tablespace(postgresql, small_disk) as url, server_of(url, TMPDIR=str(tmp_path)) as server:
        check_that_it_reads_and_does_not_write(server, url, lambda _: filled(small_disk))
