"""How a guidance file is read, and how everything wrong with it is named at once."""

from datetime import date

import pytest

from service.domain.codings import Coding
from service.domain.errors import RefusedError
from service.domain.guidance.statements import Review, StatementSection, Translation
from service.domain.sentences.numbering import SentenceNumber
from service.formats.guidance_file.reading import read_guidance

SHA256 = "5a" * 32
HEAD = f"""
[document]
id = "leaflet"
title = "Leaflet"
language = "en"
file = "leaflet.txt"
sha256 = "{SHA256}"

[treatment]
id = "examplinib"
name = "Examplinib"
"""
STATEMENT = """
[[statements]]
id = "tell"
section = "tell"
text = "Tell your provider."
cites = ["5.2"]
"""


def pointers(toml: str) -> list[tuple[str, str]]:
    with pytest.raises(RefusedError) as refused:
        read_guidance(toml)
    return sorted((fault.pointer, fault.code) for fault in refused.value.faults)


def test_a_file_with_every_key_is_read_whole() -> None:
    guidance = read_guidance(
        HEAD.replace("[treatment]", "sentences = 16\n[treatment]")
        + 'codings = [{system = "urn:s", code = "c", display = "d"}, {system = "urn:t", code = "e"}]\n'
        + STATEMENT
        + """reviewed = {by = "Test Reviewer 01", on = 2026-11-23, digest = "abc"}
        [statements.translations.es]
        text = "Diga"
        reviewed = {by = "B. Reviewer", on = 2026-11-24, digest = "def"}
        """
    )
    (statement,) = guidance.statements
    assert guidance.document.sentences == 16
    assert guidance.treatment.codings == (Coding("urn:s", "c", "d"), Coding("urn:t", "e"))
    assert statement.section is StatementSection.TELL
    assert statement.cites == (SentenceNumber(5, 2),)
    assert statement.review == Review("Test Reviewer 01", date(2026, 11, 23), "abc")
    assert statement.translations == (
        Translation("es", "Diga", Review("B. Reviewer", date(2026, 11, 24), "def")),
    )


def test_optional_keys_may_be_left_out() -> None:
    guidance = read_guidance(HEAD + STATEMENT)
    assert guidance.document.sentences is None
    assert guidance.treatment.codings == ()
    assert guidance.statements[0].review is None
    assert guidance.statements[0].translations == ()


def test_a_review_without_a_digest_is_bound_to_no_text() -> None:
    guidance = read_guidance(HEAD + STATEMENT + 'reviewed = {by = "Test Reviewer 01", on = 2026-11-23}')
    assert guidance.statements[0].review == Review("Test Reviewer 01", date(2026, 11, 23), "")
    assert guidance.unreviewed == ("tell",)


def test_what_is_not_toml_is_refused_as_a_whole() -> None:
    assert pointers("[document") == [("", "not_toml")]


def test_an_empty_file_lacks_its_three_tables() -> None:
    assert pointers("") == [("/document", "missing"), ("/statements", "missing"), ("/treatment", "missing")]


def test_every_fault_of_a_file_is_named_at_once() -> None:
    toml = f"""
    extra = 1
    [document]
    id = "Not an id"
    title = " "
    language = "English"
    sha256 = "{SHA256[1:]}"
    sentences = 0
    "a/b~c" = 1
    [treatment]
    codings = [{{system = "urn:s"}}, "x"]
    [[statements]]
    id = 5
    section = "warn"
    text = ""
    cites = ["5.2", "5.2", "5", 7]
    reviewed = {{by = "Test Reviewer 01", on = 2026-11-23T10:00:00Z, when = 1}}
    [statements.translations]
    es = "Diga"
    "not a tag" = {{text = "x"}}
    fr = {{}}
    de = {{text = "Sagen", reviewed = 1}}
    [[statements]]
    """
    assert pointers(toml) == [
        ("/document/a~1b~0c", "unknown_key"),
        ("/document/file", "missing"),
        ("/document/id", "invalid"),
        ("/document/language", "invalid"),
        ("/document/sentences", "invalid"),
        ("/document/sha256", "invalid"),
        ("/document/title", "invalid"),
        ("/extra", "unknown_key"),
        ("/statements/0/cites/1", "repeated"),
        ("/statements/0/cites/2", "invalid"),
        ("/statements/0/cites/3", "invalid"),
        ("/statements/0/id", "wrong_type"),
        ("/statements/0/reviewed/on", "wrong_type"),
        ("/statements/0/reviewed/when", "unknown_key"),
        ("/statements/0/section", "invalid"),
        ("/statements/0/text", "invalid"),
        ("/statements/0/translations/de/reviewed", "wrong_type"),
        ("/statements/0/translations/es", "wrong_type"),
        ("/statements/0/translations/fr/text", "missing"),
        ("/statements/0/translations/not a tag", "invalid"),
        ("/statements/1/cites", "missing"),
        ("/statements/1/id", "missing"),
        ("/statements/1/section", "missing"),
        ("/statements/1/text", "missing"),
        ("/treatment/codings/0/code", "missing"),
        ("/treatment/codings/1", "wrong_type"),
        ("/treatment/id", "missing"),
        ("/treatment/name", "missing"),
    ]


@pytest.mark.parametrize(
    ("toml", "expected"),
    [
        (HEAD + STATEMENT + STATEMENT, ("/statements/1/id", "repeated")),
        (HEAD + STATEMENT.replace('["5.2"]', "[]"), ("/statements/0/cites", "missing")),
        (HEAD + STATEMENT.replace('["5.2"]', '["5.0"]'), ("/statements/0/cites/0", "invalid")),
        ("statements = []\n" + HEAD, ("/statements", "missing")),
        ("statements = 5\n" + HEAD, ("/statements", "wrong_type")),
        (HEAD.replace("[tr", "sentences = true\n[tr") + STATEMENT, ("/document/sentences", "wrong_type")),
        (
            f"{HEAD}{STATEMENT}reviewed = {{by = ' ', on = 2026-11-23}}",
            ("/statements/0/reviewed/by", "invalid"),
        ),
    ],
)
def test_one_fault_alone_is_enough_to_refuse_a_file(toml: str, expected: tuple[str, str]) -> None:
    assert pointers(toml) == [expected]
