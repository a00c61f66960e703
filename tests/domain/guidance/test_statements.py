"""What a statement, its citations and its review are; what it may say is decided elsewhere."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain.guidance.statements import (
    Guidance,
    Review,
    Statement,
    StatementSection,
    Translation,
    text_digest,
)
from service.domain.sentences.numbering import SentenceNumber
from tests.domain.made_up import steady
from tests.guidance_of_tests import SHA256, guidance_of_tests

GUIDANCE = guidance_of_tests()
FIRST = GUIDANCE.statements[0]
TWO_ONE = SentenceNumber(2, 1)


def with_first(statement: Statement) -> Guidance:
    return replace(GUIDANCE, statements=(statement, *GUIDANCE.statements[1:]))


@steady
@given(st.integers(1, 10**6), st.integers(1, 10**6))
def test_a_sentence_number_is_read_as_it_is_written(paragraph: int, sentence: int) -> None:
    number = SentenceNumber(paragraph, sentence)
    assert SentenceNumber.parse(str(number)) == number


@pytest.mark.parametrize(
    "text", ["", "5", "5.", ".2", "5,2", "5.2.1", "0.1", "5.0", "-5.2", "5.+2", "٥.٢", " 5.2"]
)
def test_what_is_no_paragraph_and_sentence_is_no_citation(text: str) -> None:
    with pytest.raises(ValueError, match=r"not a sentence number|counted from 1"):
        SentenceNumber.parse(text)


def test_sentences_stand_in_the_order_of_the_document_and_not_of_the_alphabet() -> None:
    numbers = [SentenceNumber.parse(text) for text in ("10.1", "2.10", "2.9")]
    assert [str(number) for number in sorted(numbers)] == ["2.9", "2.10", "10.1"]


@pytest.mark.parametrize(
    ("statement_id", "text"), [("", "Tell your provider."), ("tell", ""), ("tell", " \n")]
)
def test_a_statement_says_something_and_can_be_named(statement_id: str, text: str) -> None:
    with pytest.raises(ValueError, match="an id and a text"):
        Statement(statement_id, StatementSection.TELL, text, (TWO_ONE,))


def test_a_statement_rests_on_a_sentence() -> None:
    with pytest.raises(ValueError, match="cites no sentence"):
        Statement("tell", StatementSection.TELL, "Tell your provider.", ())


def test_two_statements_with_one_id_cannot_be_told_apart() -> None:
    with pytest.raises(ValueError, match="the same id"):
        replace(GUIDANCE, statements=(FIRST, FIRST))


def test_statements_of_a_section_come_in_the_order_of_the_file() -> None:
    more = replace(FIRST, id="more")
    guidance = replace(GUIDANCE, statements=(more, *GUIDANCE.statements))
    assert [one.id for one in guidance.in_section(StatementSection.TELL)] == ["more", "tell"]
    assert guidance.in_section(StatementSection.ABOUT) == ()


@pytest.mark.parametrize("name", ["", "  "])
def test_a_review_without_a_person_is_none(name: str) -> None:
    with pytest.raises(ValueError, match="names the person"):
        Review(name, date(2026, 11, 23), "0" * 64)


def test_a_review_holds_for_the_text_its_sentences_and_their_document() -> None:
    compared = text_digest(SHA256, FIRST.text, FIRST.cites)
    assert GUIDANCE.digest(FIRST) == compared
    assert compared not in {
        text_digest("0" * 64, FIRST.text, FIRST.cites),
        text_digest(SHA256, FIRST.text + " ", FIRST.cites),
        text_digest(SHA256, FIRST.text, (*FIRST.cites, TWO_ONE)),
    }


@pytest.mark.parametrize(
    "changed",
    [
        replace(FIRST, text="Tell your provider."),
        replace(FIRST, cites=(*FIRST.cites, SentenceNumber(9, 9))),
        replace(FIRST, review=None),
    ],
)
def test_a_statement_changed_after_its_review_is_not_reviewed(changed: Statement) -> None:
    assert GUIDANCE.unreviewed == ()
    assert with_first(changed).unreviewed == (FIRST.id,)


@pytest.mark.parametrize(
    "changed",
    [
        replace(FIRST, text="Tell your provider."),
        replace(FIRST, section=StatementSection.WHY),
        replace(FIRST, cites=(*FIRST.cites, SentenceNumber(9, 9))),
        replace(FIRST, review=None),
        replace(FIRST, translations=(Translation("es", "Cuente."),)),
    ],
)
def test_anything_changed_in_the_guidance_is_another_version(changed: Statement) -> None:
    assert GUIDANCE.version == guidance_of_tests().version
    assert with_first(changed).version != GUIDANCE.version
    assert replace(GUIDANCE, treatment=replace(GUIDANCE.treatment, name="Other")).version != GUIDANCE.version
