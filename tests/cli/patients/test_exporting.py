"""``patients export``: a patient's file from the console."""

import stat
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import orjson
import pytest
from click.testing import CliRunner, Result

from service.actions.door import Door
from service.actions.guidance import publish_shipped_guidance
from service.actions.intake import submit_intake
from service.actions.performing import perform
from service.actions.work import new_id
from service.cli import main
from service.domain.access.clinics import Clinic
from service.domain.access.permissions import Role
from service.store import clinics as clinic_store
from service.store import staff as staff_store
from service.store.database import Database, Reach
from service.web.schemas.intake import IntakeSchema
from tests.audit_keys import AUDIT_KEYS, SIGNING
from tests.guidance_of_tests import guidance_of_tests
from tests.people import add_person
from tests.web.lists import asked

WHO = "urn:clinic:mrn|000123"
Run = Callable[..., Result]


@pytest.fixture
def run(database: Database, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The command in a clinic with an administrator, a nurse and one patient with a sheet."""
    now = datetime.now(UTC)
    clinic = Clinic(new_id(now), "Clinic of the tests")
    with database.transaction(Reach.ALL) as connection:
        clinic_store.insert_clinic(connection, clinic, now)
        for login, role in (("admin.01", Role.ADMINISTRATOR), ("nurse.01", Role.NURSE)):
            add_person(connection, clinic.id, role, login, f"Test {role}", "a long enough password", now)
        member = staff_store.find_staff(connection, "admin.01")
    assert member is not None
    door = Door(database, AUDIT_KEYS, lambda: datetime.now(UTC), member.actor, "tests")
    perform(door, lambda work: publish_shipped_guidance(work, guidance_of_tests()))
    perform(door, lambda work: submit_intake(work, IntakeSchema().load(asked("Water"))))
    monkeypatch.chdir(tmp_path)

    def invoke(*words: str) -> Result:
        environment = SIGNING | {"DATABASE_URL": database_url}
        return CliRunner().invoke(main, ["patients", "export", *words], env=environment)

    return invoke


def test_the_file_is_written_for_its_owner_alone_and_names_who_made_it(run: Run) -> None:
    ran = run(WHO, "--by", "admin.01", "--output", "000123.zip")

    assert (ran.exit_code, ran.stderr) == (0, "Written: 000123.zip\n")
    path = Path("000123.zip")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with zipfile.ZipFile(path) as file:
        record = orjson.loads(file.read("record.json"))
        assert len([name for name in file.namelist() if name.endswith(".pdf")]) == 1
    assert record["list_versions"][0]["items"][0]["name"] == "Water"
    last = record["audit_events"][-1]
    assert (last["action"], last["actor_name"]) == ("export_patient", "Test administrator")


def test_a_file_that_is_there_is_left_as_it_is(run: Run) -> None:
    Path("000123.zip").write_text("Mine")
    ran = run(WHO, "--by", "admin.01", "--output", "000123.zip")

    assert ran.exit_code == 1
    assert ran.stderr == "000123.zip cannot be made: File exists. Nothing was written.\n"
    assert Path("000123.zip").read_text() == "Mine"


@pytest.mark.parametrize(
    ("who", "by", "status", "said"),
    [
        ("urn:clinic:mrn|9", "admin.01", 2, "The clinic has no patient with this identifier.\n"),
        ("000123", "admin.01", 2, "Write the identifier as SYSTEM|VALUE, such as 'urn:clinic:mrn|000123'.\n"),
        (WHO, "nobody.01", 2, "There is nobody with the log-in 'nobody.01'.\n"),
        (WHO, "nurse.01", 1, "The role nurse may not do this (export_patient_data).\n"),
    ],
)
def test_what_is_refused_leaves_no_file(run: Run, who: str, by: str, status: int, said: str) -> None:
    ran = run(who, "--by", by, "--output", "000123.zip")

    assert (ran.exit_code, ran.stderr) == (status, said)
    assert not Path("000123.zip").exists()
