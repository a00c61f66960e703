"""The shipped guidance for sorafenib, and what may and may not be said of the document that it cites.

The document's text is not part of the project. Where it lies beside the project these tests read it there.
"""

from pathlib import Path

import pytest
import snowballstemmer

from service.domain.guidance.check import check
from service.domain.guidance.report import StatementReport
from service.domain.guidance.statements import Guidance, Statement, StatementSection
from service.domain.sentences.numbering import SentenceNumber, number_sentences
from service.formats.guidance_file.reading import read_guidance

PROJECT = Path(__file__).parents[3]
SHIPPED = PROJECT / "seed" / "guidance" / "sorafenib.toml"
DOCUMENT = PROJECT.parent / "shared" / "seeds" / "000_cdbb29af211ddadc.txt"

STEM = snowballstemmer.stemmer("english").stemWord
needs_document = pytest.mark.skipif(not DOCUMENT.exists(), reason="the cited document is not on this machine")


@pytest.fixture(scope="module")
def document() -> str:
    return DOCUMENT.read_bytes().decode()


@pytest.fixture(scope="module")
def shipped() -> Guidance:
    return read_guidance(SHIPPED.read_text("utf-8"))


def verdict(shipped: Guidance, document: str, text: str, *cites: str) -> StatementReport:
    numbers = tuple(SentenceNumber.parse(number) for number in cites)
    statement = Statement("one", StatementSection.TELL, text, numbers)
    return check(Guidance(shipped.document, shipped.treatment, (statement,)), document, STEM).statements[0]


def test_the_shipped_file_has_the_sections_that_a_sheet_needs(shipped: Guidance) -> None:
    cited = {
        section: [str(number) for statement in shipped.in_section(section) for number in statement.cites]
        for section in StatementSection
    }
    assert cited == {
        StatementSection.TELL: ["5.2"],
        StatementSection.WHY: ["5.1"],
        StatementSection.REPORT: ["4.2", "4.3"],
        StatementSection.FOLLOW_UP: ["6.1", "6.2", "7.3"],
        StatementSection.ABOUT: ["1.1", "1.2", "2.2"],
    }


def test_the_shipped_file_says_that_the_maintainers_and_no_clinician_reviewed_it(shipped: Guidance) -> None:
    assert {s.review.by for s in shipped.statements if s.review} == {"the project's maintainers"}
    assert shipped.unreviewed == ()


def test_no_code_is_shipped_that_nobody_confirmed(shipped: Guidance) -> None:
    assert shipped.treatment.codings == ()


@needs_document
def test_the_document_has_seven_paragraphs_and_sixteen_sentences(document: str) -> None:
    numbered = number_sentences(document)
    assert numbered[-1].number.paragraph == 7
    assert len(numbered) == 16


@needs_document
def test_every_shipped_statement_is_accepted_and_reviewed(shipped: Guidance, document: str) -> None:
    report = check(shipped, document, STEM)
    assert [(s.id, s.refusals) for s in report.statements if not s.accepted] == []
    assert report.reviewed


@needs_document
def test_no_shipped_statement_copies_a_sentence(shipped: Guidance, document: str) -> None:
    text = " ".join(document.casefold().split())
    for statement in shipped.statements:
        said = statement.text.casefold().split()
        runs = (" ".join(said[at : at + 8]) for at in range(len(said) - 7))
        assert not [run for run in runs if run in text]


@needs_document
def test_a_changed_document_is_refused_for_every_statement(shipped: Guidance, document: str) -> None:
    report = check(shipped, document.replace("may interact", "interacts"), STEM)
    assert all({int(refusal.rule) for refusal in s.refusals} == {1} for s in report.statements)


def lines(name: str) -> list[list[str]]:
    """The fields of each line of a table beside this file; ``\\u200b`` stands for that character."""
    table = (Path(__file__).parent / name).read_text("ascii")
    return [line.encode().decode("unicode_escape").split(" | ") for line in table.splitlines()]


@needs_document
@pytest.mark.parametrize(("cited", "text"), lines("sorafenib_honest.txt"))
def test_an_honest_restatement_is_accepted(shipped: Guidance, document: str, cited: str, text: str) -> None:
    assert verdict(shipped, document, text, cited).refusals == ()


@needs_document
@pytest.mark.parametrize(("cited", "rules", "text"), lines("sorafenib_invented.txt"))
def test_an_invention_is_refused_by_the_rule_it_breaks(
    shipped: Guidance, document: str, cited: str, rules: str, text: str
) -> None:
    report = verdict(shipped, document, text, cited)
    assert not report.accepted
    assert set(map(int, rules.split())) <= {int(refusal.rule) for refusal in report.refusals}
