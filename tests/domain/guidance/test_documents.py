"""The shape of the texts that the check of guidance is measured by, and not what the check says of them.

Five made-up documents, each with its sentences numbered by hand and a guidance file; honest restatements,
planted inventions, and texts that are hard to take apart. They are older than any run of the rules on them.
Two were held out while the rules were mended; see docs/guidance.md.
"""

import hashlib
import re
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from service.domain.guidance.statements import Guidance, StatementSection
from service.domain.sentences.numbering import SentenceNumber
from service.formats.guidance_file.reading import read_guidance

TEXTS = Path(__file__).parents[2] / "documents"
LANGUAGES = {"bullets": "en", "tables": "en", "espanol": "es", "questions": "en", "letter": "en"}
HELD_OUT = {"questions", "letter"}
SENTENCES = {
    "bullets": range(40, 121),
    "tables": range(80, 121),
    "espanol": range(40, 61),
    "questions": range(30, 41),
    "letter": range(25, 41),
}
RULES = {"2", "3", "4", "5", "6", "review"}
MADE_UP = {
    "examplinib", "ficticina", "fictumab", "fictuvia", "mockastatin", "nombrelina", "pretendol",
    "quellamor", "samplozine", "solmera", "tammel", "tandrevo",
}  # fmt: skip
LIKE_A_MEDICINE = re.compile(
    r"\w+(?:nib|mab|statina?|cil{1,2}ina?|m[iy]cina?|relina?|zine?a?|azol[eo]?|profeno?|sartan|prazole?|olol|pril"
    r"|floxacino?|tidina?e?|caína|caine|amide?a?|gliptina?|triptan|setron|dronate|cortisona?e?|parin[ae]?)"
)
each_document = pytest.mark.parametrize("name", LANGUAGES)


def read(name: str) -> str:
    return (TEXTS / name).read_text("utf-8")


def entries(name: str) -> list[dict[str, Any]]:
    """The one list that a file of entries holds."""
    (found,) = tomllib.loads(read(f"{name}.toml")).values()
    return list(found)


def of_document(kind: str, name: str) -> list[dict[str, Any]]:
    return [entry for entry in entries(kind) if entry["document"] == name]


def guidance(name: str) -> Guidance:
    return read_guidance(read(f"{name}.toml"))


def numbered(name: str) -> list[tuple[SentenceNumber, str]]:
    """The sentences as a reader numbers them."""
    lines = [line.split("\t") for line in read(f"{name}_sentences.txt").splitlines()]
    return [(SentenceNumber.parse(number), text) for number, text in lines]


def words_of(text: str) -> list[str]:
    """A text's words without the marks that stand between two cells."""
    return [word for word in text.split() if word != "|"]


def plain(text: str) -> str:
    """A text without what two spellings of it may differ in."""
    return " ".join(re.findall(r"\w+", text.casefold()))


@each_document
def test_a_documents_sentences_are_numbered_without_a_gap(name: str) -> None:
    numbers = [number for number, _ in numbered(name)]
    count = Counter(number.paragraph for number in numbers)
    expected = [SentenceNumber(p, s) for p in range(1, len(count) + 1) for s in range(1, count[p] + 1)]
    assert numbers == expected
    assert len(numbers) in SENTENCES[name]


@each_document
def test_every_word_of_a_paragraph_stands_in_exactly_one_of_its_sentences(name: str) -> None:
    words: dict[int, list[str]] = {}
    for number, text in numbered(name):
        assert text == " ".join(text.split())
        words.setdefault(number.paragraph, []).extend(words_of(text))
    assert list(words.values()) == [
        words_of(part) for part in re.split(r"\n\s*\n", read(f"{name}.txt").strip())
    ]


@each_document
def test_a_guidance_file_belongs_to_its_document_and_cites_its_sentences(name: str) -> None:
    found = guidance(name)
    document, sentences = found.document, dict(numbered(name))
    assert document.sha256 == hashlib.sha256((TEXTS / document.file).read_bytes()).hexdigest()
    assert (document.file, document.language) == (f"{name}.txt", LANGUAGES[name])
    assert document.sentences == len(sentences)
    assert found.treatment.name.casefold() in MADE_UP
    assert len(found.statements) in range(8, 16)
    assert all(found.in_section(section) for section in StatementSection)
    assert all(set(statement.cites) <= sentences.keys() for statement in found.statements)


@pytest.mark.parametrize(("kind", "least", "held_out"), [("inventions", 60, 50), ("restatements", 40, 30)])
@each_document
def test_enough_texts_cite_sentences_that_are_there(name: str, kind: str, least: int, held_out: int) -> None:
    found, sentences = of_document(kind, name), {str(number) for number, _ in numbered(name)}
    assert len(found) >= (held_out if name in HELD_OUT else least)
    for entry in found:
        assert entry["cites"], entry["id"]
        assert set(entry["cites"]) <= sentences, entry["id"]
        assert entry["cites"] == sorted(set(entry["cites"]), key=SentenceNumber.parse), entry["id"]


@each_document
def test_inventions_of_every_rule_are_planted_in_every_document(name: str) -> None:
    found = of_document("inventions", name)
    assert {entry["rule"] for entry in found} == RULES
    assert min(Counter(entry["rule"] for entry in found).values()) >= (6 if name in HELD_OUT else 10)
    assert all(entry["kind"] for entry in found)


def test_every_entry_is_of_one_of_the_documents_and_has_an_id_of_its_own() -> None:
    for kind, keys in (("inventions", {"rule", "kind"}), ("restatements", set[str]())):
        found = entries(kind)
        assert all(entry.keys() == {"id", "document", "cites", "text"} | keys for entry in found)
        assert {entry["document"] for entry in found} == LANGUAGES.keys()
        assert len({entry["id"] for entry in found}) == len(found)


@each_document
def test_no_text_is_there_twice_and_none_is_both_invented_and_honest(name: str) -> None:
    honest = [entry["text"] for entry in of_document("restatements", name)]
    honest += [statement.text for statement in guidance(name).statements]
    found = Counter(map(plain, [*honest, *(entry["text"] for entry in of_document("inventions", name))]))
    assert [text for text, times in found.items() if times > 1] == []


def test_each_hard_text_has_its_words_in_its_sentences_and_both_languages_have_many() -> None:
    cases = entries("hard_sentences")
    assert len({case["id"] for case in cases}) == len(cases) >= 60
    assert min(Counter(case["language"] for case in cases).values()) >= 20
    for case in cases:
        assert words_of(" ".join(case["sentences"])) == words_of(case["text"]), case["id"]
        assert all(text and text == " ".join(text.split()) for text in case["sentences"]), case["id"]


def test_nothing_is_named_like_a_medicine_but_what_is_made_up() -> None:
    files = sorted(TEXTS.iterdir())
    words = {word for file in files for word in re.findall(r"\w+", file.read_text("utf-8").casefold())}
    assert words >= MADE_UP
    assert {word for word in words if LIKE_A_MEDICINE.fullmatch(word)} - MADE_UP == set()
    assert LIKE_A_MEDICINE.fullmatch("imatinib")
