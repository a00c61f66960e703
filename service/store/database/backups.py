"""A copy of an SQLite database that can be trusted: made in one step while others write, and put back whole.

PostgreSQL has tools of its own for this; they are named to who asks.
"""

import hashlib
import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import make_url

from service.store.database.sqlite import driver

DIGEST = ".sha256"
"""How the name of a backup's digest goes on after the backup's."""
_PART = ".part"
_BESIDE = ("-wal", "-shm", "-journal")
_BLOCK = 1 << 20
_DAMAGED = "The database is damaged: SQLite's own check of it fails."
_POSTGRESQL = {
    "back up": "PostgreSQL is backed up by its own tools: pg_dump, or pg_basebackup with its log archived.",
    "restore": "PostgreSQL is restored by its own tools: pg_restore, or its server started on a base backup.",
}


class BackupRefusedError(Exception):
    """Nothing was written; the message says why, for a person."""


def back_up(url: str, backup: Path) -> str:
    """Copy the database of ``url`` into a new file and write its SHA-256 (hex) beside it; the digest.

    The copy is of one moment, whoever writes meanwhile. Raises BackupRefusedError.
    """
    source = _file_of(url, "back up")
    if not source.exists():
        raise BackupRefusedError(f"There is no database at {source}.")
    _refuse_existing(backup, _beside(backup, DIGEST))
    part = _beside(backup, _PART)
    part.unlink(missing_ok=True)
    with _whole(), closing(_open_to_read(source)) as original, closing(driver.connect(part)) as copy:
        original.backup(copy)
        # One file holds all of it; how the service keeps its journal it chooses when it opens it.
        copy.execute("PRAGMA journal_mode = DELETE")
        _check(copy)
    digest = _digest_of(part)
    _beside(backup, DIGEST).write_text(f"{digest}  {backup.name}\n", "utf-8")
    _put_in_place(part, backup)
    return digest


def restore(backup: Path, url: str) -> None:
    """Make the database of ``url`` from a backup. Raises BackupRefusedError.

    Refused are a backup that is not, byte for byte, what was written, and a place where there is a database
    already: what is there is never overwritten.
    """
    target = _file_of(url, "restore")
    _refuse_changed(backup)
    _refuse_existing(target, *(_beside(target, ending) for ending in _BESIDE))
    part = _beside(target, _PART)
    with backup.open("rb") as source, part.open("wb") as copy:
        while block := source.read(_BLOCK):
            copy.write(block)
    with _whole(), closing(driver.connect(part)) as restored:
        _check(restored)
    _put_in_place(part, target)


def _file_of(url: str, what: str) -> Path:
    address = make_url(url)
    if address.get_backend_name() != "sqlite" or not address.database:
        raise BackupRefusedError(_POSTGRESQL[what])
    return Path(address.database)


def _beside(path: Path, ending: str) -> Path:
    return path.with_name(path.name + ending)


def _open_to_read(path: Path) -> driver.Connection:
    return driver.connect(f"file:{quote(str(path))}?mode=ro", uri=True)


def _refuse_existing(*paths: Path) -> None:
    for path in paths:
        if path.exists():
            raise BackupRefusedError(f"There is something at {path} already. Nothing is overwritten.")


def _refuse_changed(backup: Path) -> None:
    if not backup.exists():
        raise BackupRefusedError(f"There is no backup at {backup}.")
    kept = _beside(backup, DIGEST)
    if not kept.exists():
        raise BackupRefusedError(f"There is no {kept}, which tells whether the backup is as it was written.")
    if kept.read_text("utf-8", errors="replace").partition(" ")[0] != _digest_of(backup):
        raise BackupRefusedError("The backup is not as it was written. Nothing was restored.")


@contextmanager
def _whole() -> Iterator[None]:
    """What SQLite cannot read is no backup."""
    try:
        yield
    except driver.DatabaseError as error:
        raise BackupRefusedError(_DAMAGED) from error


def _check(database: driver.Connection) -> None:
    found = [row[0] for row in database.execute("PRAGMA integrity_check")]
    if found != ["ok"] or database.execute("PRAGMA foreign_key_check").fetchall():
        raise BackupRefusedError(_DAMAGED)


def _digest_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _put_in_place(part: Path, path: Path) -> None:
    """Give the file its name once the disk has it."""
    for place, flags in ((part, os.O_RDWR), (part.parent, os.O_RDONLY)):
        descriptor = os.open(place, flags)
        os.fsync(descriptor)
        os.close(descriptor)
    part.rename(path)
