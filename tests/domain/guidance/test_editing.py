"""What is done with guidance that is still being written."""

import pytest

from service.domain.errors import NotFoundError
from service.domain.guidance.editing import (
    MOST_TEXT,
    document_fault,
    document_of,
    id_from,
    new_statement_id,
    on_text,
    read_cites,
    statement_of,
    with_another,
    without_statement,
    written_cites,
)
from service.domain.guidance.statements import Guidance, Statement, StatementSection, Treatment
from service.domain.sentences.numbering import SentenceNumber
from tests.guidance_leaflet import numbers

TEXT = "One thing. Another thing.\n\nA third thing.\n"


def guidance(*cites: str) -> Guidance:
    document = document_of(TEXT, title="A text", language="en", file="text.txt", id_of="text")
    statement = Statement("one", StatementSection.TELL, "A third thing.", numbers(*cites))
    return Guidance(document, Treatment("brimolate", "Brimolate"), (statement,))


def cites_on(text: str, *cites: str) -> str:
    return written_cites(on_text(guidance(*cites), "A text", TEXT, text).statements[0].cites)


def test_a_document_is_known_by_its_bytes_and_its_sentences() -> None:
    document = guidance("2.1").document
    assert (len(document.sha256), document.sentences) == (64, 3)


def test_citations_follow_the_words_of_their_sentences() -> None:
    assert cites_on("A new thing.\n\n" + TEXT, "1.2", "2.1") == "2.2, 3.1"


def test_citations_keep_their_number_where_the_words_are_gone_or_stand_twice() -> None:
    assert cites_on("One thing. Another one.\n\nA third thing.\n", "1.2") == "1.2"
    assert cites_on("One thing. One thing.\n", "1.1") == "1.1"


def test_where_the_earlier_text_is_not_known_citations_keep_their_numbers() -> None:
    moved = on_text(guidance("1.2"), "A text", None, "A new thing.\n\n" + TEXT)
    assert written_cites(moved.statements[0].cites) == "1.2"


def test_another_text_voids_what_was_compared_and_the_same_text_does_not() -> None:
    before = guidance("2.1")
    same, other = (on_text(before, "Title", TEXT, text) for text in (TEXT, TEXT + "\nMore.\n"))
    statement = before.statements[0]
    assert same.digest(same.statements[0]) == before.digest(statement)
    assert other.digest(other.statements[0]) != before.digest(statement)


def test_numbers_are_read_as_people_write_them() -> None:
    assert read_cites("5.2, 5.3;6.1  5.2") == (
        SentenceNumber(5, 2),
        SentenceNumber(5, 3),
        SentenceNumber(6, 1),
    )
    for wrong in ("5", "5.0", "a.b", "5.2.1"):
        with pytest.raises(ValueError, match=r"\d|number"):
            read_cites(wrong)


def test_an_id_is_made_of_a_name() -> None:
    assert id_from("Ácido Examplínico 5 mg") == "acido-examplinico-5-mg"
    assert id_from("药") == ""


def test_no_two_statements_have_one_id() -> None:
    before = guidance("2.1")
    more = with_another(before, before.statements[0])
    assert [one.id for one in more.statements] == ["one", "statement-1"]
    assert new_statement_id(more) == "statement-2"


def test_a_statement_that_is_not_there_is_not_found() -> None:
    for look in (statement_of, without_statement):
        with pytest.raises(NotFoundError):
            look(guidance("2.1"), "another")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (" \n", "required"),
        ("Cura\ufffdo.", "lost_signs"),
        ("A\0B.", "control_character"),
        ("A\u202eB.", "direction_control"),
        ("x" * (MOST_TEXT + 1), "too_long"),
    ],
)
def test_a_text_that_nobody_can_read_is_no_document(text: str, code: str) -> None:
    fault = document_fault(text)
    assert fault is not None
    assert fault.code == code


def test_tabs_line_ends_and_page_breaks_are_part_of_a_document() -> None:
    assert document_fault("A\tB\r\nC\fD\u2028E\n") is None
