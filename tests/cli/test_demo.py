"""What the demo refuses before it keeps anything, and where it says that it keeps things."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from service.actions.clock import utc_now
from service.actions.work import new_id
from service.cli import main
from service.cli.demo.command import demo
from service.domain.access.clinics import Clinic
from service.store import clinics as clinic_store
from service.store.database import Database, Reach


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to start in, with nothing of a demo in the environment that a demo could leave there."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("os.environ", {})
    return tmp_path


def test_a_folder_where_nothing_can_be_kept_is_named(folder: Path) -> None:
    (folder / "var").touch()

    refused = CliRunner().invoke(main, ["demo"])

    assert refused.exit_code == 1
    assert f"keeps its data in {folder / 'var'}, where nothing can be written" in refused.output


def test_a_database_with_clinics_that_are_no_demos_is_left_as_it_is(
    folder: Path, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", database_url)
    database = Database(database_url)
    with database.transaction(Reach.ALL) as connection:
        clinic_store.insert_clinic(connection, Clinic(new_id(utc_now()), "Clinic one"), utc_now())

    refused = CliRunner().invoke(demo)

    assert refused.exit_code == 1
    assert "clinics that are no demo's" in refused.output
    with database.transaction(Reach.ALL) as connection:
        assert [clinic.name for clinic in clinic_store.list_clinics(connection)] == ["Clinic one"]
    database.dispose()
