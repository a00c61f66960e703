"""``guidance draft``: from a text to a file to edit, and what it refuses."""

import hashlib
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from service.cli import main
from service.domain.guidance.drafting import drafted
from service.domain.guidance.statements import StatementSection
from service.formats.guidance_file.reading import read_guidance
from tests.guidance_leaflet import LEAFLET

NAMED = ("--treatment-id", "brimolate", "--treatment", "Brimolate", "--title", "Brimolate: a leaflet")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "Hoja (nº 1).txt").write_bytes(LEAFLET.encode())
    return tmp_path


def draft(*words: str, text: str = "Hoja (nº 1).txt") -> Result:
    return CliRunner().invoke(main, ["guidance", "draft", text, *NAMED, *words])


def test_a_draft_holds_every_statement_of_the_document_and_no_review(folder: Path) -> None:
    result = draft()

    assert result.exit_code == 0, result.output
    guidance = read_guidance((folder / "brimolate.toml").read_text("utf-8"))
    assert guidance.statements == drafted(LEAFLET, "en")
    assert {statement.review for statement in guidance.statements} == {None}
    assert guidance.document.sha256 == hashlib.sha256(LEAFLET.encode()).hexdigest()
    assert (guidance.document.id, guidance.document.language) == ("hoja-no-1", "en")
    assert (guidance.document.title, guidance.document.file) == ("Brimolate: a leaflet", "Hoja (nº 1).txt")
    assert (guidance.treatment.id, guidance.treatment.name) == ("brimolate", "Brimolate")


def test_the_next_command_is_said_as_it_is_pasted() -> None:
    assert (
        "Edit it, then: medication-checklist guidance check brimolate.toml --document 'Hoja (nº 1).txt'\n"
        in draft().stdout
    )


def test_sentences_that_no_statement_cites_are_listed_apart(folder: Path) -> None:
    result = draft("--sentence", "2.1", "--id", "the-leaflet", "--output", "some.toml")

    guidance = read_guidance((folder / "some.toml").read_text("utf-8"))
    assert [str(statement.cites[-1]) for statement in guidance.statements] == ["2.1"]
    assert guidance.document.id == "the-leaflet"
    assert "Cited by no statement: 1.1  " in result.stderr
    assert "Cited by no statement: 2.1" not in result.stderr
    assert "Cited by no statement" not in result.stdout


def test_a_spanish_text_is_drafted_by_spanish_words(folder: Path) -> None:
    (folder / "hoja.txt").write_text("Informe a su médico de las lociones que usa.", "utf-8")

    assert draft(text="hoja.txt").exit_code == 0
    guidance = read_guidance((folder / "brimolate.toml").read_text("utf-8"))
    assert guidance.document.language == "es"
    assert guidance.statements[0].section is StatementSection.TELL


def test_a_file_that_is_there_is_left_alone(folder: Path) -> None:
    (folder / "brimolate.toml").write_text("edited", "utf-8")

    result = draft()

    assert (result.exit_code, result.stderr) == (2, "brimolate.toml is there already. Nothing was written.\n")
    assert (folder / "brimolate.toml").read_text("utf-8") == "edited"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--treatment-id", "Two words"), "small letters, digits and hyphens"),
        (("--id", "x_y"), "small letters, digits and hyphens"),
        (("--title", " "), "This is needed."),
        (("--treatment", "two\nlines"), "A line break is not allowed here."),
        (("--language", "fr"), "do not know the language “fr”; they know en and es."),
        (("--language", "es"), "not written in “es”, by its words. They speak for “en”."),
        (("--sentence", "5"), "'5' is not a sentence number such as 5.2."),
        (("--sentence", "9.1", "--sentence", "1.99"), "1.99 is no sentence of the document.\n9.1 is no"),
        (("--output", "none/draft.toml"), "none/draft.toml cannot be written: No such file"),
    ],
)
def test_what_cannot_be_drafted_is_said_and_nothing_is_written(
    folder: Path, words: tuple[str, ...], said: str
) -> None:
    result = draft(*words)

    assert (result.exit_code, said in result.output) == (2, True), result.output
    assert list(folder.rglob("*.toml")) == []


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"Tell \xff.", "text.txt is not UTF-8 text: the byte at position 5"),
        (b" \n\n\t", "text.txt has no sentence."),
        (b"A heading\n\nAnother one", "text.txt has headings only."),
    ],
)
def test_a_text_that_cannot_be_drafted_is_named(folder: Path, content: bytes, said: str) -> None:
    (folder / "text.txt").write_bytes(content)

    result = draft(text="text.txt")

    assert (result.exit_code, said in result.stderr) == (2, True), result.output
    assert list(folder.rglob("*.toml")) == []


def test_a_text_that_is_not_there_is_named() -> None:
    result = draft(text="none.txt")
    assert (result.exit_code, result.stderr) == (2, "none.txt cannot be read: No such file or directory.\n")
