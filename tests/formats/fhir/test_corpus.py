"""What becomes of each file of the corpus: what is read of it, what is refused, and what is not kept.

A name is compared with what stands at its place in the file, which holds that it is kept letter for letter.
"""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from service.domain.imports.sent import SentItem, SentPatient
from service.formats.fhir.parsing import parse_fhir
from service.formats.fhir.reading import read
from service.formats.findings import EntryReading, Reading, Severity
from tests.formats.fhir.corpus import EXPECTED, Item

CORPUS = Path(__file__).parents[4] / "shared" / "corpus"
FOLDERS = ("r4-good", "r4-awkward")
needs_corpus = pytest.mark.skipif(not CORPUS.exists(), reason="the corpus is not on this machine")


def reading_of(name: str) -> tuple[dict[str, Any], Reading]:
    document = parse_fhir((CORPUS / name).read_bytes())
    return document, read(document, sender="test")


def at(document: Any, pointer: str) -> Any:
    for step in pointer.split("/"):
        document = document[int(step) if step.isdigit() else step]
    return document


@needs_corpus
def test_every_file_of_the_corpus_has_a_line_here() -> None:
    files = {
        f"{folder}/{path.name}"
        for folder in FOLDERS
        for path in (CORPUS / folder).iterdir()
        if path.is_file()
    }

    assert files == set(EXPECTED)


@needs_corpus
@pytest.mark.parametrize("name", EXPECTED)
def test_the_medicines_of_a_file_are_read_letter_for_letter(name: str) -> None:
    document, reading = reading_of(name)

    read_here = {entry.place: entry for entry in reading.entries if isinstance(entry.said, SentItem)}
    assert set(read_here) == set(EXPECTED[name].items)
    for place, item in EXPECTED[name].items.items():
        check_item(document, read_here[place], item)


def check_item(document: Any, entry: EntryReading, expected: Item) -> None:
    said = entry.said
    assert isinstance(said, SentItem)
    assert said.facts.name == at(document, expected.name)
    assert said.facts.status is expected.status
    assert said.facts.category is None
    dose = at(document, expected.dose) if expected.dose else expected.words
    assert said.facts.dosage_text == dose
    assert (said.informant.kind if said.informant else None) is expected.informant
    assert entry.whose is not None
    told = entry.whose.reference if entry.whose.entry is None else entry.whose.entry
    assert told == expected.patient


@needs_corpus
@pytest.mark.parametrize("name", EXPECTED)
def test_the_patients_of_a_file_are_read_with_their_identifiers(name: str) -> None:
    _, reading = reading_of(name)

    patients = {
        entry.place: len(entry.said.identifiers)
        for entry in reading.entries
        if isinstance(entry.said, SentPatient)
    }
    assert patients == EXPECTED[name].patients


@needs_corpus
@pytest.mark.parametrize("name", EXPECTED)
def test_no_file_of_the_corpus_answers_for_a_category(name: str) -> None:
    _, reading = reading_of(name)

    said = [entry.said for entry in reading.entries if entry.said]
    assert all(isinstance(one, SentItem | SentPatient) for one in said)


@needs_corpus
@pytest.mark.parametrize("name", EXPECTED)
def test_what_is_refused_and_what_may_be_missing_is_named_with_its_place(name: str) -> None:
    _, reading = reading_of(name)

    told = {
        issue.expression: f"{issue.severity} {issue.code}"
        for issue in reading.issues
        if issue.severity is not Severity.INFORMATION
    }
    assert told == EXPECTED[name].told
    assert reading.refused == any("error" in one for one in told.values())


@needs_corpus
@pytest.mark.parametrize("name", EXPECTED)
def test_what_is_not_kept_is_named_once(name: str) -> None:
    _, reading = reading_of(name)

    lines = [issue.detail for issue in reading.issues if issue.detail.startswith("Not kept: ")]
    names = Counter(one for line in lines for one in line[len("Not kept: ") : -1].split(", "))
    expected = EXPECTED[name]
    assert set(expected.elements) <= set(names)
    assert {kind: count for kind, count in names.items() if kind[0].isupper()} == expected.not_kept


@needs_corpus
@pytest.mark.parametrize("name", EXPECTED)
def test_what_changes_nothing_says_so(name: str) -> None:
    _, reading = reading_of(name)

    said = [issue.expression for issue in reading.issues if "nothing changes" in issue.detail]
    assert tuple(said) == EXPECTED[name].nothing_changes
