"""``guidance publish``: only what was checked and reviewed becomes a clinic's guidance."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from service.actions.work import new_id
from service.cli import main
from service.domain.access.clinics import Clinic
from service.domain.access.permissions import Role
from service.store import clinics as clinic_store
from service.store import guidance as guidance_store
from service.store.database import Database, Reach
from service.store.guidance_drafts import load_document
from tests.audit_keys import SIGNING
from tests.cli.guidance.test_commands import BAD, GOOD, toml
from tests.guidance_leaflet import LEAFLET, digest_of, sha256_of
from tests.people import add_person

CLINIC = "Clinic of the tests"
PASSWORD = "a long enough password"
OTHER_SENTENCES = toml(GOOD, reviewed=True).replace(
    digest_of(GOOD, "3.2"), digest_of(GOOD, "3.2").partition(".")[0] + "." + "0" * 16
)
"""Reviewed when its numbers stood for other sentences of the same document."""


@pytest.fixture
def clinic(database: Database) -> Clinic:
    now = datetime.now(UTC)
    made = Clinic(new_id(now), CLINIC)
    with database.transaction(Reach.ALL) as connection:
        clinic_store.insert_clinic(connection, made, now)
        for login, role in (("admin.01", Role.ADMINISTRATOR), ("nurse.01", Role.NURSE)):
            add_person(connection, made.id, role, login, f"Test {role}", PASSWORD, now)
    return made


def publish(url: str, folder: Path, content: str, by: str = "admin.01", document: str = LEAFLET) -> Result:
    (folder / "guidance.toml").write_text(content, "utf-8")
    (folder / "leaflet.txt").write_bytes(document.encode())
    words = ["publish", str(folder / "guidance.toml"), "--document", str(folder / "leaflet.txt")]
    words += ["--clinic", CLINIC, "--by", by]
    return CliRunner().invoke(main, ["guidance", *words], env=SIGNING | {"DATABASE_URL": url})


def test_checked_and_reviewed_guidance_becomes_the_clinics_and_stays_one_version(
    database_url: str, database: Database, clinic: Clinic, tmp_path: Path
) -> None:
    for _ in range(2):
        published = publish(database_url, tmp_path, toml(GOOD, reviewed=True))
        assert published.exit_code == 0, published.output
        assert published.output.startswith("Published for Brimolate: version ")

    with database.transaction(Reach.ALL) as connection:
        found = guidance_store.load_guidance(connection, clinic.id, "brimolate")
        document = load_document(connection, clinic.id, sha256_of(LEAFLET))
    assert found is not None
    assert [statement.text for statement in found.guidance.statements] == [GOOD]
    assert found.published_by == "Test administrator"
    assert document == LEAFLET
    listed = CliRunner().invoke(
        main, ["guidance", "list", "--clinic", CLINIC], env={"DATABASE_URL": database_url}
    )
    assert listed.output.startswith(f"brimolate  version {found.version[:12]}")


@pytest.mark.parametrize(
    ("content", "by", "document", "said"),
    [
        (
            toml(GOOD),
            "admin.01",
            LEAFLET,
            "s0: accepted, not reviewed by a person\nNext: medication-checklist guidance review ",
        ),
        (OTHER_SENTENCES, "admin.01", LEAFLET, "s0: accepted, changed since it was reviewed\nNext: "),
        (toml(GOOD, BAD, reviewed=True), "admin.01", LEAFLET, "s1: refused, reviewed\n  rule 4 ("),
        (toml(GOOD, reviewed=True), "admin.01", LEAFLET + "More.", "s0: refused, "),
        (toml(GOOD, reviewed=True), "nurse.01", LEAFLET, "may not do this"),
        (toml(GOOD, reviewed=True), "nobody", LEAFLET, "nobody with the log-in 'nobody'"),
    ],
    ids=["not reviewed", "numbered otherwise", "an invention", "another document", "a nurse", "nobody"],
)
def test_anything_else_is_refused_with_the_reason_and_nothing_is_published(
    database_url: str,
    database: Database,
    clinic: Clinic,
    tmp_path: Path,
    content: str,
    by: str,
    document: str,
    said: str,
) -> None:
    refused = publish(database_url, tmp_path, content, by, document)

    assert refused.exit_code in (1, 2)
    assert said in refused.output
    with database.transaction(Reach.ALL) as connection:
        assert guidance_store.list_guidance(connection, clinic.id) == ()


@pytest.mark.parametrize(
    ("language", "said", "code", "printed"),
    [
        ("es", "Algunas personas usan lociones.", 0, "Published for Brimolate"),
        ("es", "Las personas usan lociones.", 1, "s0: refused"),
        ("en", "Algunas personas usan lociones.", 1, "s0: refused"),
        ("fr", "Algunas personas usan lociones.", 1, "s0: refused"),
    ],
)
def test_guidance_is_published_by_the_rules_of_its_documents_language(
    database_url: str, clinic: Clinic, tmp_path: Path, language: str, said: str, code: int, printed: str
) -> None:
    document = "Algunas personas usan lociones para la piel."
    content = toml(said).replace('"en"', f'"{language}"').replace("3.2", "1.1")
    content += f"""reviewed = {{by = "Test Reviewer 01", on = 2026-11-23, digest = "{
        digest_of(said, "1.1", document=document)
    }"}}\n"""
    content = content.replace(sha256_of(LEAFLET), sha256_of(document))

    result = publish(database_url, tmp_path, content, document=document)

    assert (result.exit_code, printed in result.output) == (code, True), result.output
