"""``guidance review``: one answer for one statement, written at once, and nothing without an answer."""

import io
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

import pytest
from click.testing import CliRunner, Result

from service.cli import main
from service.formats.guidance_file.reading import read_guidance
from tests.cli.guidance.test_commands import BAD, GOOD, toml
from tests.guidance_leaflet import LEAFLET, digest_of

OTHER = "Tell the nurse about all current lotions before starting treatment."


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "leaflet.txt").write_bytes(LEAFLET.encode())
    return tmp_path


def review(content: str, answers: str | IO[bytes], *words: str, by: str = "Test Reviewer 01") -> Result:
    Path("guidance.toml").write_text(content, "utf-8")
    options = ["--document", "leaflet.txt", "--by", by]
    return CliRunner().invoke(main, ["guidance", "review", "guidance.toml", *words, *options], input=answers)


def reviewed() -> dict[str, str]:
    """Who reviewed which statement, as the file says now."""
    guidance = read_guidance(Path("guidance.toml").read_text("utf-8"))
    return {statement.id: statement.review.by for statement in guidance.statements if statement.review}


def test_a_text_is_shown_above_its_sentences_and_a_yes_is_written() -> None:
    result = review(toml(GOOD), "y\n")

    assert result.exit_code == 0, result.output
    assert (
        f"1 of 1: s0, in the section “tell”\n\n  {GOOD}\n\n    3.2  It is important to inform the"
        in result.output
    )
    (statement,) = read_guidance(Path("guidance.toml").read_text("utf-8")).statements
    assert statement.review is not None
    assert (statement.review.by, statement.review.digest) == ("Test Reviewer 01", digest_of(GOOD, "3.2"))
    assert statement.review.on == datetime.now(UTC).date()
    assert "Next: medication-checklist guidance publish guidance.toml --document leaflet.txt" in result.output


def test_each_answer_is_for_one_statement_and_a_no_leaves_it_as_it_is() -> None:
    result = review(toml(GOOD, OTHER, GOOD + " "), "y\nn\ny\n")

    assert result.exit_code == 1
    assert reviewed() == {"s0": "Test Reviewer 01", "s2": "Test Reviewer 01"}
    assert "2 of 3 statements are reviewed.\n" in result.output


@pytest.mark.parametrize(
    "answers", ["y\n", "y\nq\ny\n", "y\nall\nyes\n\nq\n"], ids=["end", "stop", "no answer"]
)
def test_nothing_is_reviewed_without_an_answer(answers: str) -> None:
    result = review(toml(GOOD, OTHER, GOOD), answers)

    assert (result.exit_code, reviewed()) == (1, {"s0": "Test Reviewer 01"}), result.output
    assert "1 of 3 statements are reviewed.\n" in result.output


def test_what_the_check_refuses_is_shown_and_cannot_be_reviewed() -> None:
    result = review(toml(BAD, GOOD), "y\ny\n")

    assert result.exit_code == 1
    assert "The check refuses it, so it cannot be reviewed:\n  rule 4" in result.output
    assert reviewed() == {"s1": "Test Reviewer 01"}
    assert "Refused by the check: s0. Edit them, and begin again.\n" in result.output


def test_only_the_statement_that_is_named_is_asked_about() -> None:
    result = review(toml(GOOD, OTHER), "y\ny\n", "s1")

    assert (result.exit_code, reviewed()) == (0, {"s1": "Test Reviewer 01"})
    assert "1 of 2 statements are reviewed.\n" in result.output


def test_a_review_that_holds_is_not_asked_for_again() -> None:
    result = review(toml(GOOD, reviewed=True), "y\n", by="Test Reviewer 02")

    assert (result.exit_code, reviewed()) == (0, {"s0": "Test Reviewer 01"})
    assert "Does the text" not in result.output


def test_a_review_of_another_text_is_asked_for_again_and_replaced() -> None:
    result = review(
        toml(GOOD, reviewed=True).replace("the clinic nurse", "the nurse"), "y\n", by="Test Reviewer 02"
    )

    assert (result.exit_code, reviewed()) == (0, {"s0": "Test Reviewer 02"})
    assert "It was reviewed, and the text or its sentences changed since.\n" in result.output


def test_a_translation_is_reviewed_by_an_answer_of_its_own() -> None:
    content = toml(GOOD) + f'[statements.translations.en-GB]\ntext = "{OTHER}"\n'
    result = review(content, "y\nn\n")

    assert result.exit_code == 1
    assert "2 of 2: s0 (en-GB), in the section “tell”" in result.output
    (statement,) = read_guidance(Path("guidance.toml").read_text("utf-8")).statements
    assert (statement.review is not None, statement.translations[0].review) == (True, None)


class EditedBeforeAnswer(io.BytesIO):
    """A person's answer, given after somebody else has changed the file."""

    def read1(self, size: int | None = -1) -> bytes:
        Path("guidance.toml").write_text(toml(OTHER), "utf-8")
        return super().read1(size)


def test_a_file_that_was_changed_while_the_question_stood_is_not_written() -> None:
    result = review(toml(GOOD), EditedBeforeAnswer(b"y\n"))

    assert (result.exit_code, reviewed()) == (1, {})
    assert "guidance.toml was changed meanwhile. This review was not written; begin again." in result.output
    assert Path("guidance.toml").read_text("utf-8") == toml(OTHER)


def test_without_the_document_that_is_cited_nothing_can_be_reviewed(folder: Path) -> None:
    (folder / "leaflet.txt").write_text("Another one.", "utf-8")
    result = review(toml(GOOD), "y\n")

    assert (result.exit_code, reviewed()) == (1, {})
    assert "Nothing can be reviewed.\nRule " in result.output
    assert "the text given is another document" in result.output


@pytest.mark.parametrize(
    ("words", "by", "said"),
    [
        (("s7",), "Test Reviewer 01", "There is no statement 's7'. There are: s0."),
        ((), "  ", "This is needed."),
        ((), "Test\x1bReviewer", "not allowed"),
    ],
)
def test_what_cannot_be_asked_for_is_said(words: tuple[str, ...], by: str, said: str) -> None:
    result = review(toml(GOOD), "y\n", *words, by=by)

    assert (result.exit_code, said in result.output, reviewed()) == (2, True, {}), result.output
