"""How a document's paragraphs and sentences are numbered, which every citation rests on."""

import pytest

from service.domain.sentences.numbering import number_sentences


def texts(document: str) -> list[str]:
    return [sentence.text for sentence in number_sentences(document)]


def numbers(document: str) -> list[str]:
    return [str(sentence.number) for sentence in number_sentences(document)]


def test_blank_lines_of_any_number_part_two_paragraphs() -> None:
    assert numbers("\n\nOne. Two.\n\n \t\nThree.\r\n\r\nFour") == ["1.1", "1.2", "2.1", "3.1"]


def test_a_line_break_within_a_sentence_is_a_space() -> None:
    assert texts("It is taken\n  in the morning.\nThen rest.") == [
        "It is taken in the morning.",
        "Then rest.",
    ]


def test_a_document_without_words_has_no_sentences() -> None:
    assert number_sentences(" \n\n\t\n") == ()


@pytest.mark.parametrize(
    "sentence",
    [
        "Ask Dr. Lind or Prof. Wu about it.",
        "Some drinks, e.g. Tea or i.e. Infusions, count.",
        "Wait approx. 2 hours.",
        "See Fig. 3 and No. 5 vs. No. 6.",
        "Take 1.5 mg.",
        "The label of J. R. Lind says so.",
        "The U.S. Agency says so.",
        "Oils, creams, etc. are kept cool.",
        'He said "Stop!" and left.',
        "Is it ... or not?",
        "No final stop",
        "1. Keep it cool.",
        "(a) keep it cool",
        ". Opens with a stop",
        '"J. Lind" says so.',
    ],
)
def test_a_stop_that_belongs_to_a_word_ends_no_sentence(sentence: str) -> None:
    assert texts(f"{sentence}\n\nNext.") == [sentence, "Next."]


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        ("Take no more than 2. Then rest.", ["Take no more than 2.", "Then rest."]),
        ("He said no. Then he left.", ["He said no.", "Then he left."]),
        ("Take vitamin C. It helps.", ["Take vitamin C.", "It helps."]),
        ("Come at 5 p.m. The door is open.", ["Come at 5 p.m.", "The door is open."]),
        ("Keep creams, oils, etc. Then close it.", ["Keep creams, oils, etc.", "Then close it."]),
        ('It says "Stop." Then stop.', ['It says "Stop."', "Then stop."]),
        ("It ends (here.) Then (here.)", ["It ends (here.)", "Then (here.)"]),
        ("Really?! (Yes.) 5 mg is enough…", ["Really?!", "(Yes.)", "5 mg is enough…"]),
        (
            "Keep:\n- oil\n  and salt\n* creams. Cool.\n2) tea",
            ["Keep:", "- oil and salt", "* creams.", "Cool.", "2) tea"],
        ),
        ("a. First\niv) second", ["a. First", "iv) second"]),
    ],
)
def test_a_sentence_ends_where_a_reader_would_end_it(document: str, expected: list[str]) -> None:
    assert texts(document) == expected
