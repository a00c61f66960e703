"""A backup is of one moment while others write, comes back row for row, and a changed byte is noticed."""

from collections.abc import Iterator
from pathlib import Path
from threading import Event, Thread
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from service.store.audit_chain import append_events
from service.store.database import Database, Reach
from service.store.database.backups import BackupRefusedError, back_up, restore
from service.store.tables import metadata
from tests.audit_keys import AUDIT_KEYS
from tests.databases import SqliteOfTests
from tests.store.records import add_checklist, add_clinic, add_patient, event_of, fill_the_tables_of_the_pages

Rows = dict[str, list[tuple[Any, ...]]]


@pytest.fixture
def url(sqlite: SqliteOfTests, tmp_path: Path) -> str:
    """The address of a database with a row in nearly every table."""
    address = sqlite.database(tmp_path)
    database = Database(address)
    with database.transaction(Reach.ALL) as connection:
        clinic_id = add_clinic(connection)
        fill_the_tables_of_the_pages(connection, clinic_id, add_checklist(connection, clinic_id))
    database.dispose()
    return address


@pytest.fixture
def backup(tmp_path: Path) -> Path:
    return tmp_path / "kept.sqlite3"


def other(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'restored.sqlite3'}"


def rows(url: str) -> Rows:
    database = Database(url)
    with database.transaction(Reach.ALL, reads_only=True) as connection:
        found = {
            table.name: sorted((tuple(row) for row in connection.execute(select(table))), key=str)
            for table in metadata.sorted_tables
        }
    database.dispose()
    return found


def test_what_was_backed_up_comes_back_row_for_row(url: str, backup: Path, tmp_path: Path) -> None:
    before = rows(url)
    digest = back_up(url, backup)

    restore(backup, other(tmp_path))

    assert rows(other(tmp_path)) == before
    assert any(before.values())
    assert (tmp_path / "kept.sqlite3.sha256").read_text("utf-8") == f"{digest}  kept.sqlite3\n"
    assert sorted(path.name for path in tmp_path.iterdir() if "restored" in path.name) in (
        ["restored.sqlite3"],
        ["restored.sqlite3", "restored.sqlite3-shm", "restored.sqlite3-wal"],
    )


def write_pairs(database: Database, stop: Event, written: list[UUID]) -> None:
    """Write a patient with an audit event, both or neither, until told to stop."""
    with database.transaction(Reach.ALL) as connection:
        clinic_id = add_clinic(connection, "Busy clinic")
    while not stop.is_set():
        with database.transaction(Reach.ALL) as connection:
            made = add_patient(connection, clinic_id, str(uuid4()))
            append_events(connection, [event_of(clinic_id, uuid4(), made.id)], AUDIT_KEYS)
        written.append(made.id)


@pytest.fixture
def busy(url: str) -> Iterator[list[UUID]]:
    """The patients whom another thread has had acknowledged; it goes on while the test runs."""
    database, stop = Database(url), Event()
    written: list[UUID] = []
    thread = Thread(target=write_pairs, args=(database, stop, written))
    thread.start()
    while len(written) < 20:
        assert thread.is_alive()
    yield written
    stop.set()
    thread.join()
    database.dispose()


def test_a_backup_while_others_write_is_of_one_moment(
    url: str, busy: list[UUID], backup: Path, tmp_path: Path
) -> None:
    before = set(busy)
    back_up(url, backup)
    after = set(busy)
    restore(backup, other(tmp_path))

    database = Database(other(tmp_path))
    with database.transaction(Reach.ALL, reads_only=True) as connection:
        events = connection.execute(select(metadata.tables["audit_events"].c.patient_id)).scalars().all()
        known = set(connection.execute(select(metadata.tables["patients"].c.id)).scalars())
    database.dispose()
    assert before <= known
    assert len(known - after) <= 2, "one was there before, and one was on its way"
    assert set(events) <= known
    assert len(events) == len(set(events)) == len(known) - 1, "each has its event but the one there before"


@pytest.mark.parametrize("place", [0, 100, -1, "middle"])
def test_a_changed_byte_is_noticed_and_nothing_is_restored(
    url: str, backup: Path, tmp_path: Path, place: int | str
) -> None:
    back_up(url, backup)
    content = bytearray(backup.read_bytes())
    content[len(content) // 2 if isinstance(place, str) else place] ^= 1
    backup.write_bytes(content)

    with pytest.raises(BackupRefusedError, match="not as it was written"):
        restore(backup, other(tmp_path))
    assert not (tmp_path / "restored.sqlite3").exists()


def test_a_backup_cut_short_or_without_its_digest_is_refused(url: str, backup: Path, tmp_path: Path) -> None:
    back_up(url, backup)
    whole = backup.read_bytes()
    backup.write_bytes(whole[:-4096])
    with pytest.raises(BackupRefusedError, match="not as it was written"):
        restore(backup, other(tmp_path))

    backup.write_bytes(whole)
    (tmp_path / "kept.sqlite3.sha256").unlink()
    with pytest.raises(BackupRefusedError, match="sha256"):
        restore(backup, other(tmp_path))
    with pytest.raises(BackupRefusedError, match="no backup"):
        restore(tmp_path / "nothing", other(tmp_path))


def test_nothing_is_ever_overwritten(url: str, backup: Path, tmp_path: Path) -> None:
    back_up(url, backup)
    with pytest.raises(BackupRefusedError, match="already"):
        back_up(url, backup)
    with pytest.raises(BackupRefusedError, match="already"):
        restore(backup, url)

    # A log that another database left behind would be taken for this one's.
    (tmp_path / "restored.sqlite3-wal").write_bytes(b"left behind")
    with pytest.raises(BackupRefusedError, match="already"):
        restore(backup, other(tmp_path))


def test_a_damaged_database_is_not_backed_up_as_if_it_were_whole(url: str, backup: Path) -> None:
    file = Path(url.removeprefix("sqlite:///"))
    content = bytearray(file.read_bytes())
    content[4096 : 4096 * 20] = b"\xff" * (4096 * 19)
    file.write_bytes(content)

    with pytest.raises(BackupRefusedError, match="damaged"):
        back_up(url, backup)
    assert not backup.exists()


def test_another_kind_of_database_is_sent_to_its_own_tools(backup: Path, tmp_path: Path) -> None:
    with pytest.raises(BackupRefusedError, match="pg_dump"):
        back_up("postgresql://clinic@localhost/checklists", backup)
    with pytest.raises(BackupRefusedError, match="pg_restore"):
        restore(backup, "postgresql://clinic@localhost/checklists")
    with pytest.raises(BackupRefusedError, match="no database"):
        back_up(other(tmp_path), backup)
