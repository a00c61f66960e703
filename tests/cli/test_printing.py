"""``print``: a day's sheets from the console."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from service.actions.audit import list_audit_events
from service.actions.checklists import get_checklist_by_code
from service.actions.door import Door
from service.actions.guidance import publish_shipped_guidance, retire_guidance
from service.actions.intake import submit_intake
from service.actions.performing import perform
from service.actions.work import new_id
from service.cli import main
from service.domain.access.clinics import Clinic
from service.domain.access.permissions import Role
from service.domain.audit.events import AuditAction
from service.store import clinics as clinic_store
from service.store import staff as staff_store
from service.store.database import Database, Reach
from service.web.schemas.intake import IntakeSchema
from tests.audit_keys import AUDIT_KEYS, SIGNING
from tests.formats.printout.reading import pdf_pages
from tests.guidance_of_tests import TREATMENT, guidance_of_tests
from tests.people import add_person
from tests.web.lists import asked

CLINIC = "Clinic of the tests"
PASSWORD = "a long enough password"
DAY = "2026-12-01"
Run = Callable[..., Result]


@pytest.fixture
def door(database: Database) -> Door:
    """The administrator's way into a clinic with guidance, a nurse and one who has left."""
    now = datetime.now(UTC)
    clinic = Clinic(new_id(now), CLINIC)
    with database.transaction(Reach.ALL) as connection:
        clinic_store.insert_clinic(connection, clinic, now)
        for login, role in (("admin.01", Role.ADMINISTRATOR), ("nurse.01", Role.NURSE)):
            add_person(connection, clinic.id, role, login, f"Test {role}", PASSWORD, now)
        member = staff_store.find_staff(connection, "admin.01")
    assert member is not None
    made = Door(database, AUDIT_KEYS, lambda: datetime.now(UTC), member.actor, "tests")
    perform(made, lambda work: publish_shipped_guidance(work, guidance_of_tests()))
    return made


@pytest.fixture
def run(database_url: str, door: Door, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.chdir(tmp_path)

    def invoke(*words: str) -> Result:
        return CliRunner().invoke(main, ["print", *words], env=SIGNING | {"DATABASE_URL": database_url})

    return invoke


def add_patient(door: Door, number: int, name: str, **patient: str) -> str:
    sent = asked(name, mrn=f"{number:06d}")
    sent["patient"] |= patient
    receipt = perform(door, lambda work: submit_intake(work, IntakeSchema().load(sent)))
    assert receipt.checklist is not None
    return str(receipt.checklist.id)


def test_a_day_is_printed_into_a_file_named_after_it(door: Door, run: Run, tmp_path: Path) -> None:
    for number in (1, 2):
        add_patient(door, number, "Water")

    result = run("--date", DAY, "--by", "nurse.01", "--clinic", CLINIC)

    assert result.exit_code == 0, result.output
    cover = pdf_pages((tmp_path / f"checklists-{DAY}.pdf").read_bytes())[0]
    assert "Made by Test nurse" in cover
    assert "Sheets printed 2" in cover


def test_a_sheet_that_fails_is_told_by_the_status_and_named_on_the_cover(
    door: Door, run: Run, tmp_path: Path
) -> None:
    good, bad = add_patient(door, 1, "Water"), add_patient(door, 2, "own \ue000")

    result = run("--checklist", good, "--checklist", bad, "--by", "nurse.01", "--output", "two.pdf")

    assert result.exit_code == 3
    assert "1 were not printed" in result.output
    cover = " ".join(pdf_pages((tmp_path / "two.pdf").read_bytes())[0].split())
    assert "Sheets printed 1 Sheets not printed 1" in cover
    assert "Item 1 has the letter U+E000 (UNASSIGNED), which no font here has." in cover


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (["--date", DAY, "--by", "nurse.01"], 1, "No checklist is planned for that day."),
        (["--date", DAY, "--by", "nobody"], 2, "nobody with the log-in 'nobody'"),
        (["--date", DAY, "--by", "nurse.01", "--clinic", "Other"], 2, "no clinic named 'Other'"),
        (["--date", "tomorrow", "--by", "nurse.01"], 2, "a date such as 2026-12-01"),
        (["--by", "nurse.01"], 1, "Name a date or at least one checklist, and not both."),
    ],
)
def test_anything_else_is_refused_in_words_and_writes_no_file(
    run: Run, tmp_path: Path, words: list[str], status: int, said: str
) -> None:
    result = run(*words)

    assert (result.exit_code, said in result.output) == (status, True), result.output
    assert list(tmp_path.glob("*.pdf")) == []


def test_a_patients_sheet_is_issued_from_the_latest_list_and_printed_alone(
    door: Door, run: Run, tmp_path: Path
) -> None:
    add_patient(door, 1, "Water")
    add_patient(door, 1, "Lemonade")

    result = run("--patient", "urn:clinic:mrn|000001", "--treatment", TREATMENT, "--by", "nurse.01")

    assert result.exit_code == 0, result.output
    (file,) = tmp_path.glob("checklist-*.pdf")
    assert f"1 sheet, {file.name}" in result.output
    sheet = " ".join(pdf_pages(file.read_bytes()))
    assert file.stem.removeprefix("checklist-") in sheet
    assert "Lemonade" in sheet
    assert "Water Still taken?" in sheet
    issued = perform(door, lambda work: get_checklist_by_code(work, file.stem.removeprefix("checklist-")))
    assert issued.document["planned_start"] is None
    events = perform(door, lambda work: list_audit_events(work, issued.patient_id, None, 9)).items
    done = [event.action for event in events if event.subject == f"checklist/{issued.id}"]
    assert set(done) == {
        AuditAction.ISSUE_CHECKLIST,
        AuditAction.PRINT_CHECKLIST,
        AuditAction.READ_CHECKLIST,
    }


def test_a_patients_sheet_is_in_their_language_and_size_on_the_clinics_paper(
    door: Door, run: Run, tmp_path: Path
) -> None:
    add_patient(door, 1, "Water", language="es", print_size="large")

    result = run(
        *("--patient", "urn:clinic:mrn|000001", "--treatment", TREATMENT, "--by", "nurse.01"),
        *("--planned-start", "2026-12-24", "--output", "hoja.pdf"),
    )

    assert result.exit_code == 0, result.output
    sheet = (tmp_path / "hoja.pdf").read_bytes()
    assert "24 de diciembre de 2026" in " ".join(" ".join(pdf_pages(sheet)).split())


def test_a_sheet_that_cannot_be_set_is_named_with_how_to_go_on(door: Door, run: Run, tmp_path: Path) -> None:
    add_patient(door, 1, "own \ue000")

    result = run("--patient", "urn:clinic:mrn|000001", "--treatment", TREATMENT, "--by", "nurse.01")

    assert result.exit_code == 1
    assert "and not printed. No font has U+E000" in result.output
    assert "To print it again: --checklist " in result.output
    assert list(tmp_path.glob("*.pdf")) == []


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (
            ["--patient", "urn:clinic:mrn|000009", "--treatment", TREATMENT],
            1,
            "no patient with this identifier",
        ),
        (
            ["--patient", "urn:clinic:mrn|000001", "--treatment", "none"],
            1,
            "no guidance for such a treatment",
        ),
        (["--patient", "urn:clinic:mrn|000001"], 2, "Name what the sheet is for: --treatment ID."),
        (["--patient", "000001", "--treatment", TREATMENT], 2, "Write system|value"),
        (
            ["--patient", "urn:clinic:mrn|000001", *("--treatment", TREATMENT) * 2],
            2,
            "at most 5 treatments, each named once",
        ),
        (["--patient", "urn:clinic:mrn|000001", "--date", DAY], 2, "does not go with other sheets"),
        (["--patient", "urn:clinic:mrn|000001", "--renew"], 2, "does not go with other sheets"),
        (["--date", DAY, "--treatment", TREATMENT], 2, "say what is printed for --patient"),
    ],
)
def test_a_patients_sheet_that_cannot_be_issued_is_refused_in_words(
    door: Door, run: Run, tmp_path: Path, words: list[str], status: int, said: str
) -> None:
    add_patient(door, 1, "Water")

    result = run(*words, "--by", "nurse.01")

    assert (result.exit_code, said in result.output) == (status, True), result.output
    assert list(tmp_path.glob("*.pdf")) == []


def test_no_sheet_is_printed_for_a_treatment_that_was_retired(door: Door, run: Run, tmp_path: Path) -> None:
    add_patient(door, 1, "Water")
    perform(door, lambda work: retire_guidance(work, TREATMENT))

    result = run("--patient", "urn:clinic:mrn|000001", "--treatment", TREATMENT, "--by", "nurse.01")

    assert result.exit_code == 1
    assert list(tmp_path.glob("*.pdf")) == []


def test_a_nurse_who_has_left_prints_nothing(door: Door, run: Run, database: Database) -> None:
    add_patient(door, 1, "Water")
    with database.transaction(Reach.ALL) as connection:
        member = staff_store.find_staff(connection, "nurse.01")
        assert member is not None
        staff_store.set_left(connection, member.clinic_id, member.id, datetime.now(UTC))

    assert run("--date", DAY, "--by", "nurse.01").exit_code == 2
