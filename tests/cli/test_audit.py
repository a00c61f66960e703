"""``audit verify`` and ``audit anchor``: the trail is verified, and what was noted elsewhere counts."""

import json
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import text

from service.actions.door import Door
from service.actions.performing import perform
from service.actions.work import Work
from service.cli import main
from service.config import PREFIX
from service.domain.access.clinics import Clinic
from service.domain.access.permissions import Actor, ActorKind, Role
from service.domain.audit.events import AuditAction
from service.store import clinics as clinic_store
from service.store.database import Database, Reach
from service.store.database.migrations import migrate, migrate_down
from tests.audit_keys import AUDIT_KEY, AUDIT_KEYS, SIGNING
from tests.store.records import NOW

ONE, OTHER = UUID(int=1), UUID(int=2)


@pytest.fixture
def trails(database: Database) -> Database:
    """Two clinics, with four events and with two."""
    for clinic_id, name, number in ((ONE, "Clinic one", 4), (OTHER, "Clinic two", 2)):
        with database.transaction(Reach.ALL) as connection:
            clinic_store.insert_clinic(connection, Clinic(clinic_id, name), NOW)
        write(database, clinic_id, number)
    return database


def write(database: Database, clinic_id: UUID, number: int) -> None:
    def act(work: Work) -> None:
        for _ in range(number):
            work.record(AuditAction.READ_LIST, patient_id=UUID(int=9))

    actor = Actor(clinic_id, ActorKind.KEY, UUID(int=7), "An EHR", Role.EHR)
    perform(Door(database, AUDIT_KEYS, lambda: datetime.now(UTC), actor, "request-1"), act)


def run(url: str, *words: object, **environment: str) -> Result:
    return CliRunner().invoke(
        main, ["audit", *map(str, words)], env=SIGNING | {"DATABASE_URL": url} | environment
    )


def by_hand(database: Database, *statements: str) -> None:
    """What the owner of the database may do."""
    with database.transaction(Reach.ALL) as connection:
        if database.kind == "sqlite":
            for change in ("update", "delete"):
                connection.execute(text(f"DROP TRIGGER audit_events_refuse_{change}"))
        else:
            connection.execute(text("ALTER TABLE audit_events DISABLE TRIGGER USER"))
        for statement in statements:
            connection.execute(text(statement))


def test_a_trail_as_it_was_written_is_good(database_url: str, trails: Database) -> None:
    verified = run(database_url, "verify")

    assert verified.exit_code == 0, verified.output
    assert verified.output.splitlines() == [
        f"Clinic one: 4 events (key {AUDIT_KEYS.signing} up to 4)",
        f"Clinic two: 2 events (key {AUDIT_KEYS.signing} up to 2)",
    ]
    assert run(database_url, "verify", "--clinic", "Clinic two").output.startswith("Clinic two: 2 events")
    assert run(database_url, "verify", "--clinic", "Nobody").exit_code == 2
    assert trails.kind in database_url


def test_each_finding_is_a_line_with_the_clinic_and_the_numbers_of_the_events(
    database_url: str, trails: Database
) -> None:
    by_hand(
        trails,
        "UPDATE audit_events SET actor_name = 'Somebody else' WHERE sequence IN (1, 2)",
        "DELETE FROM audit_events WHERE sequence = 4",
    )

    verified = run(database_url, "verify")

    assert verified.exit_code == 1
    assert verified.stdout.splitlines() == [
        "Clinic one, events 1 to 2: changed, or not written by the service",
        "Clinic one, event 4: missing",
        "Clinic two, events 1 to 2: changed, or not written by the service",
    ]


def test_anchors_notice_a_tail_that_was_cut_with_its_head_and_a_clinic_that_is_gone(
    database_url: str, trails: Database, tmp_path: Path
) -> None:
    anchors = tmp_path / "anchors.jsonl"
    for _ in range(2):
        assert run(database_url, "anchor", "--output", anchors).output == ""
        write(trails, ONE, 1)
    noted = [json.loads(line) for line in anchors.read_text().splitlines()]
    assert [(one["clinic"], one["sequence"]) for one in noted] == [
        *((str(ONE), 4), (str(OTHER), 2), (str(ONE), 5), (str(OTHER), 2)),
    ]
    assert run(database_url, "verify", "--anchors", anchors).exit_code == 0

    by_hand(
        trails,
        "DELETE FROM audit_events WHERE sequence > 3",
        "UPDATE audit_chains SET length = 3, mac = (SELECT mac FROM audit_events WHERE sequence = 3) "
        "WHERE length > 3",
        "DELETE FROM audit_events WHERE clinic_id = (SELECT id FROM clinics WHERE name = 'Clinic two')",
        "DELETE FROM audit_chains WHERE length = 2",
        "DELETE FROM clinics WHERE name = 'Clinic two'",
    )

    assert run(database_url, "verify").exit_code == 0
    verified = run(database_url, "verify", "--anchors", anchors)
    assert verified.exit_code == 1
    assert verified.stdout.splitlines() == [
        "Clinic one, events 4 to 5: missing",
        f"Clinic {OTHER}: anchored, and not there",
    ]


def test_a_file_that_holds_no_anchors_is_refused(database_url: str, trails: Database, tmp_path: Path) -> None:
    file = tmp_path / "anchors.jsonl"
    file.write_text(run(database_url, "anchor").output + "\n[1]\n")

    refused = run(database_url, "verify", "--anchors", file)

    assert refused.exit_code == 2
    assert "line 4 is not an anchor" in refused.output
    assert trails.kind in database_url


def test_events_from_before_the_chain_keep_their_order_and_are_counted(
    database_url: str, trails: Database
) -> None:
    migrate_down(database_url, "0007")
    migrate(database_url)
    write(trails, ONE, 2)

    verified = run(database_url, "verify", "--clinic", "Clinic one")

    assert verified.exit_code == 0, verified.output
    assert verified.output == (
        f"Clinic one: 6 events (key {AUDIT_KEYS.signing} up to 6); 4 from before the chain, not signed\n"
    )


def test_after_a_change_of_keys_both_keys_are_named_and_without_the_former_one_it_is_said(
    database_url: str, trails: Database
) -> None:
    new = "a new key of the audit trail in tests"

    assert run(database_url, "verify", **{PREFIX + "AUDIT_KEY": f"{new},{AUDIT_KEY}"}).exit_code == 0
    without = run(database_url, "verify", "--clinic", "Clinic one", **{PREFIX + "AUDIT_KEY": new})
    assert without.exit_code == 1
    assert without.stdout == "Clinic one, events 1 to 4: signed with a key that is not given\n"
    assert trails.kind in database_url


@pytest.mark.parametrize(
    "words",
    [
        ["audit", "verify"],
        ["print", "--date", "2026-12-01", "--by", "nurse.01"],
        ["import", "fhir", ".", "--by", "nurse.01"],
    ],
)
@pytest.mark.parametrize("key", ["", "short"])
def test_a_command_that_needs_the_key_says_so_and_does_nothing(words: list[str], key: str) -> None:
    environment = {"DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none", PREFIX + "AUDIT_KEY": key}

    refused = CliRunner().invoke(main, words, env=environment)

    assert refused.exit_code == 2
    assert PREFIX + "AUDIT_KEY needs at least 32 random characters" in refused.output
