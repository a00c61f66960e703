"""SQLite as it is opened, and what only a file can suffer."""

from pathlib import Path

import pytest

from service.store.clinics import load_clinic
from service.store.database import Database, Reach
from service.store.database.sqlite import driver
from tests.store.database.unavailable import expect_unavailable, refuses_work, write
from tests.store.records import add_clinic


@pytest.fixture(params=["sqlite"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return str(request.getfixturevalue("sqlite").database(tmp_path))


def test_a_commit_waits_for_the_disk_and_references_are_held(database: Database) -> None:
    with database.transaction(Reach.ALL) as connection:
        found = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }
    newest = driver.sqlite_version_info >= (3, 51, 3)
    assert found == {"journal_mode": "wal" if newest else "delete", "synchronous": 2, "foreign_keys": 1}


def test_an_old_sqlite_never_uses_the_write_ahead_log(
    database: Database, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    database.check()
    database.dispose()
    monkeypatch.setattr(driver, "sqlite_version_info", (3, 46, 1))
    old = Database(database_url)
    with old.transaction(Reach.ALL) as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar_one() == "delete"
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar_one() == 2
    old.dispose()


def test_a_file_that_is_not_there_or_not_a_database_is_unavailable(tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear database, " * 1000)
    for path in (tmp_path / "no such folder" / "x.sqlite3", tmp_path, letter):
        database = Database(f"sqlite:///{path}")
        refuses_work(database)
        database.dispose()


def test_a_read_only_file_takes_no_write_and_is_still_read(database: Database, database_url: str) -> None:
    with database.transaction(Reach.ALL) as connection:
        clinic_id = add_clinic(connection)
    path = database_url.removeprefix("sqlite:///")
    read_only = Database(f"sqlite:///file:{path}?mode=ro&uri=true")
    refuses_work(read_only)
    with read_only.transaction(Reach.ALL, reads_only=True) as connection:
        assert load_clinic(connection, clinic_id) is not None
    read_only.dispose()


def test_a_full_disk_takes_no_write_and_writes_go_on_when_there_is_room(database: Database) -> None:
    def fill() -> None:
        with database.transaction(Reach.ALL) as connection:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
            for _ in range(1000):
                add_clinic(connection)

    expect_unavailable(fill)
    with database.transaction(Reach.ALL, reads_only=True) as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 1000000")
        assert connection.exec_driver_sql("SELECT count(*) FROM clinics").scalar_one() == 0
    write(database)


def test_a_file_locked_by_another_program_is_unavailable(
    database: Database, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("service.store.database.sqlite.BUSY_SECONDS", 0.1)
    waiting = Database(database_url)
    with database.transaction(Reach.ALL):
        refuses_work(waiting)
    waiting.check()
    waiting.dispose()


def test_a_transaction_within_a_transaction_is_a_mistake(database: Database) -> None:
    with database.transaction(Reach.ALL), pytest.raises(RuntimeError), database.transaction(Reach.ALL):
        pass
