"""``backup`` and ``restore`` from the console."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from service.cli import main
from service.store.database import Database, Reach
from tests.databases import SqliteOfTests
from tests.store.records import add_clinic


def run(url: str, *words: str) -> Result:
    return CliRunner().invoke(main, words, env={"DATABASE_URL": url})


@pytest.fixture
def url(sqlite: SqliteOfTests, tmp_path: Path) -> str:
    address = sqlite.database(tmp_path)
    database = Database(address)
    with database.transaction(Reach.ALL) as connection:
        add_clinic(connection, "Clinic of the tests")
    database.dispose()
    return address


def test_a_clinic_is_backed_up_and_there_again_after_a_restore(url: str, tmp_path: Path) -> None:
    kept, again = tmp_path / "kept.sqlite3", f"sqlite:///{tmp_path / 'again.sqlite3'}"

    made = run(url, "backup", str(kept))
    assert (made.exit_code, made.output.split()[1]) == (0, str(kept))
    assert kept.stat().st_mode & 0o077 == 0

    assert run(again, "restore", str(kept)).exit_code == 0
    keys = run(again, "keys", "list", "--clinic", "Clinic of the tests")
    assert keys.exit_code == 0, keys.output


def test_what_cannot_be_done_ends_with_status_1_and_the_reason(url: str, tmp_path: Path) -> None:
    kept = tmp_path / "kept.sqlite3"
    run(url, "backup", str(kept))

    for database, *words in ((url, "backup", str(kept)), (url, "restore", str(kept))):
        refused = run(database, *words)
        assert (refused.exit_code, "already" in refused.output) == (1, True)
    sent_on = run("postgresql://clinic@localhost/checklists", "backup", str(tmp_path / "other"))
    assert (sent_on.exit_code, "pg_dump" in sent_on.output) == (1, True)
