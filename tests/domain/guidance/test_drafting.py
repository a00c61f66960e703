"""What a draft proposes from a document: its own words, cited, and nothing left unsaid."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.domain.errors import RefusedError
from service.domain.guidance.drafting import drafted, proposed_section, uncited
from service.domain.guidance.statements import Statement, StatementSection
from service.domain.sentences.numbering import SentenceNumber, number_sentences

DOCUMENTS = Path(__file__).parents[2] / "documents"
LANGUAGES = {"bullets": "en", "tables": "en", "espanol": "es"}
ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")

LINES = st.sampled_from(
    [
        "",
        "Heading",
        "Tell your nurse about:",
        "- herbal teas,",
        "  a) fictumab pens;",
        "2. Wash your hands",
        "* Not known.",
        "† Nor this.",
        "Do you take it?",
        "Ask first. It may help!",
        "Weight | Dose",
        "|---|---|",
        "40 kg | 1 pen.",
        "50 kg |",
        "====",
        "¿…?",
        "薬 を",
    ]
)
TEXTS = st.lists(LINES, max_size=12).map("\n".join)


def document(name: str) -> str:
    return (DOCUMENTS / f"{name}.txt").read_text("utf-8")


def draft(name: str) -> dict[str, Statement]:
    """The drafted statements of a document by the number of the sentence that they are made from."""
    found = drafted(document(name), LANGUAGES[name])
    return {str(statement.cites[-1]): statement for statement in found}


def cites(statement: Statement) -> list[str]:
    return [str(number) for number in statement.cites]


def test_a_sentence_is_drafted_as_it_stands() -> None:
    statement = draft("tables")["26.2"]
    assert statement.text == "Tell your doctor, pharmacist or nurse about any effect that worries you."
    assert cites(statement) == ["26.2"]
    assert statement.review is None
    assert statement.id == "tell-your-doctor-pharmacist-26-2"


def test_a_figure_at_the_end_is_closed_by_a_stop() -> None:
    assert draft("bullets")["7.9"].text.endswith("count slowly to 10.")


def test_an_item_comes_with_the_lines_that_lead_to_it() -> None:
    statement = draft("bullets")["4.4"]
    assert statement.text == "Before your first pen – Tell your nurse about: supplements and herbal teas."
    assert cites(statement) == ["4.1", "4.2", "4.4"]


def test_an_item_of_another_kind_hangs_under_the_item_above() -> None:
    found = draft("tables")
    assert found["14.3"].text.startswith("Measure or count the dose. Tablets: push them out")
    assert cites(found["14.5"]) == ["14.5"]


def test_each_cell_comes_with_the_header_of_its_column() -> None:
    statement = draft("tables")["21.4"]
    assert statement.text == (
        "Table 3. Blood count and dose – Sample count: 1.0 to 1.4; Dose: 5 mg less per day; "
        "Next blood test: after 2 weeks."
    )
    assert cites(statement) == ["21.1", "21.2", "21.4"]


def test_an_empty_cell_is_seen() -> None:
    (row,) = drafted("Weight | Dose | Note\n40 kg | | none", "en")
    assert row.text == "Weight: 40 kg; Dose: –; Note: none."


def test_a_header_with_a_line_below_it_is_one_whatever_figures_it_has() -> None:
    (row,) = drafted("| Week 1 | Week 2 |\n|---|---|\n| one pen | two pens |", "en")
    assert row.text == "Week 1: one pen; Week 2: two pens."


def test_a_table_without_a_header_is_drafted_row_by_row() -> None:
    assert [each.text for each in drafted("40 kg | 1 pen\n50 kg | 2 pens", "en")] == [
        "40 kg | 1 pen.",
        "50 kg | 2 pens.",
    ]


def test_rows_of_other_lengths_than_the_header_are_left_as_they_stand() -> None:
    (row,) = drafted("Weight | Dose\n40 kg | 1 pen | daily.", "en")
    assert row.text == "40 kg | 1 pen | daily."


def test_an_answer_comes_with_its_question() -> None:
    assert draft("tables")["32.2"].text == "“Can I split my dose?” No."
    assert draft("bullets")["14.7"].text.startswith("Good to know – Lost card? Ask Dr. A. Lindqvist's office")


def test_footnotes_stand_side_by_side() -> None:
    assert [cites(draft("tables")[number]) for number in ("12.2", "12.3")] == [["12.2"], ["12.3"]]


@pytest.mark.parametrize(
    ("name", "headings"),
    [
        (
            "tables",
            ["1.1", "3.1", "5.1", "8.1", "13.1", "16.1", "19.1", "22.1", "24.1", "27.1", "29.1", "31.1"],
        ),
        ("bullets", ["1.1", "2.2"]),
        ("espanol", ["1.1", "16.1"]),
    ],
)
def test_only_headings_are_left_uncited(name: str, headings: list[str]) -> None:
    statements = drafted(document(name), LANGUAGES[name])
    assert [str(sentence.number) for sentence in uncited(document(name), statements)] == headings


def test_chosen_sentences_are_drafted_alone_and_as_they_would_be_among_all() -> None:
    chosen = {SentenceNumber(4, 4), SentenceNumber(11, 2)}
    some = drafted(document("bullets"), "en", chosen)
    assert some == tuple(draft("bullets")[number] for number in ("4.4", "11.2"))


def test_a_heading_is_drafted_for_who_asks_for_it() -> None:
    (heading,) = drafted(document("tables"), "en", [SentenceNumber(5, 1)])
    assert heading.text == "Before you start."


def test_a_chosen_sentence_that_is_none_is_named() -> None:
    with pytest.raises(RefusedError) as refused:
        drafted("One sentence.", "en", [SentenceNumber(1, 1), SentenceNumber(1, 2), SentenceNumber(9, 1)])
    assert [fault.detail for fault in refused.value.faults] == [
        "1.2 is no sentence of the document.",
        "9.1 is no sentence of the document.",
    ]


@pytest.mark.parametrize(
    ("name", "number", "section"),
    [
        ("bullets", "4.4", "tell"),
        ("bullets", "5.2", "why"),
        ("bullets", "11.2", "report"),
        ("bullets", "13.3", "follow_up"),
        ("bullets", "3.5", "about"),
        ("tables", "6.2", "why"),
        ("tables", "6.3", "tell"),
        ("tables", "26.2", "report"),
        ("espanol", "4.3", "tell"),
        ("espanol", "5.1", "why"),
        ("espanol", "13.2", "report"),
        ("espanol", "14.3", "follow_up"),
        ("espanol", "9.1", "about"),
    ],
)
def test_a_section_is_proposed_by_the_words(name: str, number: str, section: str) -> None:
    assert draft(name)[number].section == section


def test_a_language_without_lists_proposes_about() -> None:
    assert proposed_section("Tell your nurse about visits.", "de") is StatementSection.ABOUT
    assert proposed_section("Tell your nurse about visits.", "en-GB") is StatementSection.TELL


@settings(deadline=None)
@given(TEXTS, st.sampled_from(["en", "es", "en-GB"]))
def test_no_sentence_is_dropped_and_no_word_is_added(text: str, language: str) -> None:
    sentences = {sentence.number: sentence.text for sentence in number_sentences(text)}
    statements = drafted(text, language)
    cited = {number for statement in statements for number in statement.cites}
    assert cited | {sentence.number for sentence in uncited(text, statements)} == set(sentences)
    for statement in statements:
        said = re.findall(r"\w+", statement.text)
        assert set(said) <= set(re.findall(r"\w+", " ".join(sentences[each] for each in statement.cites)))


@settings(deadline=None)
@given(TEXTS)
def test_every_sentence_can_be_chosen_and_has_an_id_of_its_own(text: str) -> None:
    numbers = [sentence.number for sentence in number_sentences(text)]
    found = drafted(text, "en", numbers)
    assert [statement.cites[-1] for statement in found] == numbers
    assert len({statement.id for statement in found}) == len(numbers)
    assert all(ID.fullmatch(statement.id) for statement in found)
    assert set(drafted(text, "en")) <= set(found)
