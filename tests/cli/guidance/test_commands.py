"""``guidance check`` as a person and a program meet it."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from service.cli.guidance.commands import guidance
from tests.guidance_leaflet import LEAFLET, digest_of, sha256_of

GOOD = "Tell the clinic nurse about all current lotions before starting treatment."
BAD = "Avoid lotions."


def toml(*texts: str, reviewed: bool = False) -> str:
    head = f"""
    [document]
    id = "leaflet"
    title = "Leaflet"
    language = "en"
    file = "leaflet.txt"
    sha256 = "{sha256_of(LEAFLET)}"
    [treatment]
    id = "brimolate"
    name = "Brimolate"
    """
    for number, text in enumerate(texts):
        head += f'[[statements]]\nid = "s{number}"\nsection = "tell"\ntext = "{text}"\ncites = ["3.2"]\n'
        if reviewed:
            digest = digest_of(text, "3.2")
            head += f'reviewed = {{by = "Test Reviewer 01", on = 2026-11-23, digest = "{digest}"}}\n'
    return head


@pytest.fixture
def leaflet(tmp_path: Path) -> Path:
    path = tmp_path / "leaflet.txt"
    path.write_bytes(LEAFLET.encode())
    return path


def run(folder: Path, content: str | bytes, *options: str) -> Result:
    file = folder / "guidance.toml"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return CliRunner().invoke(guidance, ["check", str(file), *options])


def test_accepted_and_reviewed_guidance_exits_with_0(tmp_path: Path, leaflet: Path) -> None:
    result = run(tmp_path, toml(GOOD, reviewed=True), "--document", str(leaflet))
    assert result.exit_code == 0
    assert result.output.startswith("s0: accepted, reviewed\n\n1 of 1 statements accepted.\n")


def test_sentences_that_no_statement_cites_are_named_and_printed_where_asked_for(
    tmp_path: Path, leaflet: Path
) -> None:
    numbered = run(tmp_path, toml(GOOD, reviewed=True), "--document", str(leaflet))
    assert "\nCited by no statement: 19 of 20 sentences; --uncited prints them.\n" in numbered.output
    printed = run(tmp_path, toml(GOOD, reviewed=True), "--document", str(leaflet), "--uncited")
    assert "\nCited by no statement:\n  1.1  Brimolate is a lotion for dry skin" in printed.output


def test_a_document_that_is_cited_whole_has_nothing_to_name(tmp_path: Path) -> None:
    (tmp_path / "leaflet.txt").write_text(GOOD, "utf-8")
    content = toml(GOOD).replace(sha256_of(LEAFLET), sha256_of(GOOD)).replace("3.2", "1.1")
    assert "Cited by no" not in run(tmp_path, content, "--document", str(tmp_path / "leaflet.txt")).output


def test_a_refused_statement_is_named_with_its_rule_and_word(tmp_path: Path, leaflet: Path) -> None:
    result = run(tmp_path, toml(GOOD, BAD), "--document", str(leaflet))
    assert result.exit_code == 1
    assert "s0: accepted, not reviewed by a person\n" in result.output
    assert "s1: refused, not reviewed by a person\n" in result.output
    assert "  rule 4 (no turn of meaning): “Avoid”" in result.output
    assert "1 of 2 statements accepted.\nNot everything is reviewed" in result.output


def test_the_json_form_is_one_object_for_each_statement(tmp_path: Path, leaflet: Path) -> None:
    result = run(tmp_path, toml(GOOD, BAD), "--document", str(leaflet), "--format", "json")
    good, bad = json.loads(result.stdout)
    assert result.stderr.startswith("Cited by no statement: 19 of 20 ")
    assert result.exit_code == 1
    assert (good["id"], good["accepted"], good["refusals"]) == ("s0", True, [])
    assert (bad["id"], bad["accepted"]) == ("s1", False)
    assert {"rule": 4, "word": "Avoid"}.items() <= bad["refusals"][0].items()


def test_without_the_document_nothing_is_accepted_and_the_rules_not_run_are_named(tmp_path: Path) -> None:
    result = run(tmp_path, toml(GOOD))
    assert result.exit_code == 1
    assert "s0: not decided" in result.output
    assert "Rule 5 (no hardening) was not run: the document's text was not given.\n" in result.output


def test_the_json_form_names_the_rules_not_run_on_standard_error(tmp_path: Path) -> None:
    result = run(tmp_path, toml(GOOD), "--format", "json")
    assert json.loads(result.stdout)[0]["accepted"] is False
    assert "Rule 5 (no hardening) was not run" in result.stderr


def test_a_hidden_character_is_shown_by_its_number(tmp_path: Path, leaflet: Path) -> None:
    result = run(tmp_path, toml("Tell the nur\u00adse."), "--document", str(leaflet))
    assert "“U+00AD” SOFT HYPHEN" in result.output
    assert "\u00ad" not in result.output


def test_translations_are_reported_with_their_reviews(tmp_path: Path, leaflet: Path) -> None:
    content = toml(GOOD) + '[statements.translations.es]\ntext = "Diga"\n'
    result = run(tmp_path, content, "--document", str(leaflet))
    assert "  translation es: not reviewed by a person\n" in result.output
    assert "rule 2 (every word comes from the cited sentences or is plain): “es”" in result.output


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("[document", "(the whole file): The file is not TOML"),
        ("", "/document: 'document' is missing"),
        (b"\xff", "is not UTF-8"),
    ],
)
def test_a_file_that_is_no_guidance_exits_with_2_and_says_why(
    tmp_path: Path, content: str | bytes, message: str
) -> None:
    result = run(tmp_path, content)
    assert result.exit_code == 2
    assert message in result.stderr


def test_a_document_that_is_not_utf_8_exits_with_2(tmp_path: Path, leaflet: Path) -> None:
    leaflet.write_bytes(b"Caf\xe9")
    result = run(tmp_path, toml(GOOD), "--document", str(leaflet))
    assert result.exit_code == 2
    assert "position 3" in result.stderr


@pytest.mark.parametrize("missing", ["nowhere.txt", "."])
def test_a_document_that_cannot_be_read_exits_with_2(tmp_path: Path, missing: str) -> None:
    result = run(tmp_path, toml(GOOD), "--document", str(tmp_path / missing))
    assert result.exit_code == 2
    assert "cannot be read" in result.stderr


def test_help_shows_an_example() -> None:
    result = CliRunner().invoke(guidance, ["check", "--help"])
    assert "medication-checklist guidance check sorafenib.toml --document" in result.output


def test_a_document_in_spanish_is_checked_by_the_rules_for_spanish(tmp_path: Path, leaflet: Path) -> None:
    said = "Algunas personas usan lociones."
    leaflet.write_bytes(said.encode())
    content = toml(said, "Use lociones.").replace('"en"', '"es"').replace("3.2", "1.1")
    result = run(tmp_path, content.replace(sha256_of(LEAFLET), sha256_of(said)), "--document", str(leaflet))
    assert "s0: accepted" in result.output
    assert "s1: refused" in result.output
    assert "  rule 6 (no new instruction): “Use” asks for" in result.output


def test_a_language_that_the_rules_do_not_know_is_refused_and_named(tmp_path: Path, leaflet: Path) -> None:
    result = run(tmp_path, toml(GOOD).replace('"en"', '"fr"'), "--document", str(leaflet))
    assert result.exit_code == 1
    assert "“fr” is a language that rules 2 to 6 do not know; they know “en” and “es”" in result.output
    assert (
        "Rule 4 (no turn of meaning) was not run: the rules do not know the language “fr”." in result.output
    )
