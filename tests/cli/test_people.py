"""``keys``, ``staff``, ``db`` and ``config`` as an administrator uses them."""

import getpass
import json
import re
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid5

import pytest
from click.testing import CliRunner, Result

from service.actions.credentials import authenticate
from service.actions.sessions import log_in
from service.actions.work import new_id
from service.cli import main
from service.config import PREFIX, release
from service.domain.access.clinics import Clinic
from service.domain.access.permissions import ActorKind, Role
from service.domain.audit.events import AuditAction
from service.store import clinics as clinic_store
from service.store.audit import list_events
from service.store.database import Database, Reach
from tests.audit_keys import SIGNING
from tests.signed_tokens import ec_key, public

CLINIC = "Clinic of the tests"
PASSWORD = "a long enough password"


@pytest.fixture
def clinic(database: Database) -> Clinic:
    now = datetime.now(UTC)
    made = Clinic(new_id(now), CLINIC)
    with database.transaction(Reach.ALL) as connection:
        clinic_store.insert_clinic(connection, made, now)
    return made


def run(url: str, *words: str, **kwargs: object) -> Result:
    return CliRunner().invoke(main, words, env=SIGNING | {"DATABASE_URL": url}, **kwargs)  # type: ignore[arg-type]


def test_a_key_is_shown_once_works_and_stops_working_when_it_is_revoked(
    database_url: str, database: Database, clinic: Clinic
) -> None:
    words = ["--clinic", CLINIC, "--role", "intake", "--name", "Lobby tablet"]
    key = run(database_url, "keys", "create", *words).output.strip()

    found = authenticate(database, key, datetime.now(UTC))
    listed = run(database_url, "keys", "list", "--clinic", CLINIC).output

    assert found is not None
    assert (found.role, found.name, found.clinic_id) == (Role.INTAKE, "Lobby tablet", clinic.id)
    assert "Lobby tablet" in listed
    assert "valid" in listed
    assert key not in listed

    key_id = listed.split()[0]
    revoked = run(database_url, "keys", "revoke", "--clinic", CLINIC, key_id)
    assert revoked.exit_code == 0
    assert authenticate(database, key, datetime.now(UTC)) is None
    assert "revoked" in run(database_url, "keys", "list", "--clinic", CLINIC).output
    assert run(database_url, "keys", "revoke", "--clinic", CLINIC, key_id).exit_code == 1


@pytest.mark.usefixtures("clinic")
def test_a_nurse_who_was_added_can_log_in(database_url: str, database: Database) -> None:
    words = ["--clinic", CLINIC, "--role", "nurse", "--login", "nurse.02", "--name", "Test Nurse 02"]

    added = run(database_url, "staff", "add", *words, input=f"{PASSWORD}\n{PASSWORD}\n")

    assert added.exit_code == 0
    assert PASSWORD not in added.output
    opened = log_in(database, "nurse.02", PASSWORD, datetime.now(UTC))
    assert opened.member.name == "Test Nurse 02"


@pytest.mark.usefixtures("clinic")
def test_a_short_password_and_a_taken_log_in_are_refused_with_the_reason(database_url: str) -> None:
    words = ["staff", "add", "--clinic", CLINIC, "--role", "nurse", "--login", "nurse.02", "--name", "N"]

    short = run(database_url, *words, "--password", "short")
    first = run(database_url, *words, "--password", PASSWORD)
    second = run(database_url, *words, "--password", PASSWORD)

    assert short.exit_code == 1
    assert "15 characters" in short.output
    assert (first.exit_code, second.exit_code) == (0, 1)
    assert "Traceback" not in second.output


@pytest.mark.usefixtures("clinic")
def test_a_password_that_is_soon_guessed_is_refused_and_the_command_says_what_to_choose(
    database_url: str,
) -> None:
    words = ["staff", "add", "--clinic", CLINIC, "--role", "nurse", "--login", "nurse.02", "--name", "N"]

    refused = run(database_url, *words, "--password", "Clinic of the tests")

    assert refused.exit_code == 1
    assert refused.output.startswith("This password is too easy to guess. Choose a few words")


def test_a_clinic_is_made_once_under_its_name(database_url: str, database: Database) -> None:
    words = ["clinics", "create", "--name", "New clinic", "--paper", "letter"]

    made = run(database_url, *words, "--time-zone", "America/Chicago")
    again = run(database_url, *words)
    nowhere = run(database_url, *words, "--time-zone", "Nowhere/At_all")

    assert (made.exit_code, again.exit_code, nowhere.exit_code) == (0, 1, 2)
    with database.transaction(Reach.ALL) as connection:
        found = clinic_store.find_clinic_by_name(connection, "New clinic")
    assert found is not None
    assert (found.paper, found.time_zone) == ("letter", "America/Chicago")


def test_what_a_command_changes_of_a_clinic_is_on_record_under_the_log_in_at_the_machine(
    database_url: str, database: Database, tmp_path: Path
) -> None:
    (tmp_path / "keys.json").write_text(json.dumps(public(ec_key())), "utf-8")
    of_clinic = ["--clinic", "New clinic"]
    run(database_url, "clinics", "create", "--name", "New clinic")
    run(database_url, "keys", "create", *of_clinic, "--role", "ehr", "--name", "An EHR")
    person = ["--role", "nurse", "--login", "nurse.02", "--name", "Test Nurse 02", "--password", PASSWORD]
    run(database_url, "staff", "add", *of_clinic, *person)
    key_id = run(database_url, "keys", "list", *of_clinic).output.partition(" ")[0]
    run(database_url, "keys", "revoke", *of_clinic, key_id)
    key_set = ["--jwks", str(tmp_path / "keys.json")]
    added = run(database_url, "clients", "add", "An EHR", *of_clinic, *key_set, "--scope", "system/*.rs")
    client_id = added.output.strip()
    run(database_url, "clients", "keys", *of_clinic, *key_set, client_id)
    run(database_url, "clients", "revoke", *of_clinic, client_id)

    with database.transaction(Reach.ALL) as connection:
        found = clinic_store.find_clinic_by_name(connection, "New clinic")
        assert found is not None
        events = list_events(connection, found.id, None, 20)[::-1]
    assert [event.action for event in events] == [
        AuditAction.CREATE_CLINIC,
        AuditAction.MAKE_KEY,
        AuditAction.ADD_STAFF,
        AuditAction.REVOKE_KEY,
        AuditAction.ADD_CLIENT,
        AuditAction.CHANGE_CLIENT,
        AuditAction.CHANGE_CLIENT,
    ]
    who = {(event.actor.kind, event.actor.name, event.actor.id, event.request_id) for event in events}
    assert who == {(ActorKind.OPERATOR, getpass.getuser(), uuid5(found.id, getpass.getuser()), "console")}
    assert run(database_url, "audit", "verify").exit_code == 0


def test_a_database_that_was_not_upgraded_is_said_so(unmigrated_url: str) -> None:
    refused = run(unmigrated_url, "clinics", "create", "--name", "New clinic")

    assert refused.exit_code == 1
    assert "has not been upgraded" in refused.output


def test_a_clinic_that_is_not_there_is_said_to_be_missing(database_url: str) -> None:
    missing = run(database_url, "keys", "list", "--clinic", "Nowhere")

    assert missing.exit_code == 2
    assert "There is no clinic named 'Nowhere'." in missing.output


def test_the_database_is_upgraded_once_and_again_without_harm(unmigrated_url: str) -> None:
    for _ in range(2):
        upgraded = run(unmigrated_url, "db", "upgrade")
        assert upgraded.exit_code == 0
        assert upgraded.output == "The database is up to date.\n"
    opened = Database(unmigrated_url)
    opened.check()
    opened.dispose()


def test_the_folder_of_a_file_is_made_with_it(tmp_path: Path) -> None:
    upgraded = run(f"sqlite:///{tmp_path}/not/there/lists.sqlite3", "db", "upgrade")

    assert upgraded.exit_code == 0
    assert (tmp_path / "not" / "there" / "lists.sqlite3").exists()


def test_a_database_that_is_away_is_said_so_without_a_trace_of_the_inside() -> None:
    refused = run("postgresql://nobody@127.0.0.1:1/none", "db", "upgrade")

    assert refused.exit_code == 1
    assert refused.output == "The database does not answer, or has not been upgraded.\n"


def test_the_configuration_is_listed_without_its_secrets() -> None:
    secret, audit_key = "never to be shown " * 3, "nor is this one either " * 2
    address = "postgresql://clinic:hidden@localhost/checklists"
    environment = {
        PREFIX + "SECRET_KEY": secret,
        PREFIX + "AUDIT_KEY": audit_key,
        "PORT": "8123",
        "DATABASE_URL": address,
    }

    shown = CliRunner().invoke(main, ["config", "check"], env=environment)

    assert shown.exit_code == 0
    assert shown.output.startswith(f"Release {release()}\n")
    assert "PORT=8123" in shown.output
    assert secret.strip() not in shown.output
    assert audit_key.strip() not in shown.output
    assert "hidden" not in shown.output
    assert "DATABASE_URL=postgresql://clinic:***@localhost/checklists" in shown.output


def test_a_configuration_that_cannot_start_says_what_to_set() -> None:
    refused = CliRunner().invoke(
        main, ["config", "check"], env={PREFIX + "SECRET_KEY": "", PREFIX + "AUDIT_KEY": ""}
    )

    assert refused.exit_code == 2
    assert PREFIX + "SECRET_KEY needs" in refused.output
    assert PREFIX + "AUDIT_KEY needs" in refused.output


def test_the_command_says_its_version() -> None:
    assert re.fullmatch(
        r"medication-checklist, version \d+\.\d+\.\d+\n", CliRunner().invoke(main, ["--version"]).output
    )
