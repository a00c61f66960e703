"""From a clinic's own document to a printed sheet, by commands alone.

Three made-up documents: a list, a table, and a leaflet in Spanish.
"""

import json
import os
import re
import secrets
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from service.domain.guidance.statements import Guidance, Statement, StatementSection
from service.formats.guidance_file.reading import read_guidance
from tests.formats.printout.reading import pdf_pages
from tests.running_service import COMMAND

DOCUMENTS = Path(__file__).parent.parent / "documents"
CLINIC = ("--clinic", "Clinic of Marlow")
NURSE, ADMINISTRATOR = ("--by", "nurse.01"), ("--by", "administrator.01")
SOURCE = re.compile(r"(\d+) Paragraph (\d+), sentence (\d+)")
ITEMS = ("Mockastatin 20 mg", "Solmera tea")
PATIENT = {
    "resourceType": "Patient",
    "id": "000123",
    "name": [{"text": "Test Patient 01"}],
    "birthDate": "1961-04-02",
}


@dataclass(frozen=True)
class Console:
    """Somebody at a console in an empty folder, with a database of their own."""

    folder: Path
    environment: dict[str, str] = field(
        default_factory=lambda: {
            **os.environ,
            "DATABASE_URL": "sqlite:///clinic.db",
            "MEDICATION_CHECKLIST_AUDIT_KEY": secrets.token_hex(32),
        }
    )

    def __call__(
        self, *words: str, typed: str = "", status: int | None = 0
    ) -> subprocess.CompletedProcess[str]:
        ran = subprocess.run(
            [COMMAND, *words],
            cwd=self.folder,
            env=self.environment,
            input=typed,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert status in {None, ran.returncode}, (words, ran.stdout, ran.stderr)
        return ran

    def write(self, name: str, content: str) -> None:
        (self.folder / name).write_text(content, "utf-8")

    def read(self, name: str) -> str:
        return (self.folder / name).read_text("utf-8")


@pytest.fixture
def console(tmp_path: Path) -> Console:
    """A clinic with an administrator, a nurse and a patient whose list an EHR wrote."""
    made = Console(tmp_path)
    made("db", "upgrade")
    made("clinics", "create", "--name", CLINIC[1], "--time-zone", "Europe/London")
    for role in ("administrator", "nurse"):
        named = ("--login", f"{role}.01", "--name", f"Test {role} 01", "--password", "a long made-up one")
        made("staff", "add", *CLINIC, "--role", role, *named)
    statements = (
        {
            "resourceType": "MedicationStatement",
            "id": str(number),
            "status": "active",
            "subject": {"reference": "Patient/000123"},
            "medicationCodeableConcept": {"text": name},
        }
        for number, name in enumerate(ITEMS)
    )
    made.write("export.ndjson", "\n".join(map(json.dumps, (PATIENT, *statements))))
    made("import", "fhir", "export.ndjson", *NURSE, "--subject-system", "urn:clinic:mrn")
    return made


def edited(draft: str, document: str, *, without: frozenset[str] = frozenset()) -> str:
    """A person puts other statements into a draft and leaves its head as it is."""
    head, statements = draft.partition("[[statements]]")[0], document.split("[[statements]]\n")[1:]
    kept = (each for each in statements if each.split('"')[1] not in without)
    return head + "".join(f"[[statements]]\n{each}" for each in kept)


@pytest.mark.parametrize("name", ["bullets", "tables", "espanol"])
def test_a_text_becomes_a_printed_sheet_by_commands_alone(console: Console, name: str) -> None:
    # Given a clinic's own document
    console.write(f"{name}.txt", (DOCUMENTS / f"{name}.txt").read_text("utf-8"))
    written = (DOCUMENTS / f"{name}.toml").read_text("utf-8")
    wanted = read_guidance(written)
    treatment = wanted.treatment
    file, document = f"{treatment.id}.toml", ("--document", f"{name}.txt")

    # When it is drafted, edited and checked, and what is refused is taken out again
    title = ("--title", wanted.document.title, "--id", wanted.document.id)
    console(
        *("guidance", "draft", f"{name}.txt", *title),
        *("--treatment-id", treatment.id, "--treatment", treatment.name),
    )
    draft = console.read(file)
    console.write(file, edited(draft, written))
    said = console("guidance", "check", file, *document, "--format", "json", status=None)
    refused = frozenset(each["id"] for each in json.loads(said.stdout) if not each["accepted"])
    assert said.returncode == (1 if refused else 0)
    console.write(file, edited(draft, written, without=refused))
    console("guidance", "check", file, *document)

    # And reviewed, one answer for each statement
    unreviewed = console("guidance", "publish", file, *document, *CLINIC, *ADMINISTRATOR, status=1)
    assert "Next: medication-checklist guidance review" in unreviewed.stderr
    checked = read_guidance(console.read(file))
    answers = "y\n" * (len(checked.statements) - 1)
    console("guidance", "review", file, *document, "--by", "Test Reviewer 01", typed=answers, status=1)
    console("guidance", "review", file, *document, "--by", "Test Reviewer 01", typed="y\n")

    # And published, and a sheet is printed
    console("guidance", "publish", file, *document, *CLINIC, *ADMINISTRATOR)
    console(
        *("print", "--patient", "urn:clinic:mrn|000123", "--treatment", treatment.id),
        *("--planned-start", "2026-12-24", *NURSE, "--output", "sheet.pdf"),
    )

    # Then every statement stands on it with its sentences, and every item of the list
    sheet = " ".join(" ".join(pdf_pages((console.folder / "sheet.pdf").read_bytes())).split())
    for statement in printed_of(checked):
        assert sources_of(statement, sheet) == [(each.paragraph, each.sentence) for each in statement.cites]
    assert {item: sheet.count(item) for item in ITEMS} == dict.fromkeys(ITEMS, 1)


def sources_of(statement: Statement, sheet: str) -> list[tuple[int, int]]:
    """The paragraph and sentence of each source that stands behind a statement on a sheet."""
    notes = {note: (int(p), int(s)) for note, p, s in SOURCE.findall(sheet)}
    said = re.search(re.escape(statement.text) + r" ?([\d,]+)", sheet)
    assert said is not None, statement.text
    return [notes[note] for note in said[1].split(",")]


def printed_of(guidance: Guidance) -> list[Statement]:
    """What stands on a sheet; what a document says about the treatment stands with the treatment."""
    return [each for each in guidance.statements if each.section is not StatementSection.ABOUT]
