"""The rule of numbering on texts that are hard to take apart, numbered by hand; and on any text at all."""

import sys
import tomllib
from itertools import groupby
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain.sentences.numbering import SentenceNumber, number_sentences

TEXTS = Path(__file__).parents[2] / "documents"
CASES = tomllib.loads((TEXTS / "hard_sentences.toml").read_text("utf-8"))["cases"]

BEYOND_THE_RULE = {
    "a name that opens a line, in a text so narrow that no line of it looks full": (
        "Do not take\nFictumab with milk.",
        ["Do not take Fictumab with milk."],
    ),
    "a heading as long as a line of its text": (
        "What the nurse and the doctor will ask\nThe nurse asks first, and so you may\nsay it twice.",
        ["What the nurse and the doctor will ask", "The nurse asks first, and so you may say it twice."],
    ),
    "a heading above a text that opens with a small letter or a number": (
        "Storage\n5 months in the fridge.",
        ["Storage", "5 months in the fridge."],
    ),
    "text that goes on in the first cell of a table": (
        "Late by     What to do\nfour hours  skip it\nor more     today",
        ["Late by | What to do", "four hours or more | skip it today"],
    ),
    "a wrapped line that opens with an initial": ("Ask nurse\nA. Lind.", ["Ask nurse A. Lind."]),
    "a wrapped line that opens with a number and a stop": (
        "Take at most\n2. Then rest.",
        ["Take at most 2.", "Then rest."],
    ),
    "a wrapped line that opens with a dash": (
        "The pen\n– it is green – is new",
        ["The pen – it is green – is new"],
    ),
    "dotted letters at the end": ("Made in the U.S. Keep it dry.", ["Made in the U.S.", "Keep it dry."]),
    "an abbreviated word before a sentence that opens with a number": (
        "Ask for a bed? No. 5 hours are enough.",
        ["Ask for a bed?", "No.", "5 hours are enough."],
    ),
    "a mere number as a footnote mark": (
        "It took 12 weeks.1 Nobody knew.",
        ["It took 12 weeks.1", "Nobody knew."],
    ),
}
"""What a reader sees and the rule does not, as docs/guidance.md says."""


def texts(document: str) -> list[str]:
    return [sentence.text for sentence in number_sentences(document)]


def words_of(text: str) -> list[str]:
    """A text's words without the marks that stand between two cells."""
    return [word for word in text.split() if word != "|"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["id"]))
def test_a_hard_text_is_taken_apart_as_a_reader_does(case: dict[str, Any]) -> None:
    assert texts(case["text"]) == case["sentences"]


@pytest.mark.parametrize("name", ["bullets", "tables", "espanol", "questions", "letter"])
def test_a_document_is_numbered_as_by_hand(name: str) -> None:
    by_hand = (TEXTS / f"{name}_sentences.txt").read_text("utf-8").splitlines()
    numbered = number_sentences((TEXTS / f"{name}.txt").read_text("utf-8"))
    assert [f"{sentence.number}\t{sentence.text}" for sentence in numbered] == by_hand


@pytest.mark.parametrize("what", BEYOND_THE_RULE)
@pytest.mark.xfail(strict=True, reason="beyond the rule")
def test_what_the_rule_does_not_see(what: str) -> None:
    document, by_hand = BEYOND_THE_RULE[what]
    assert texts(document) == by_hand


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        ("\tMorning\tEvening\nunder\t\t2", ["| Morning | Evening", "under | | 2"]),
        ("-\tkeep it\n-\tpress", ["- keep it", "- press"]),
        ("Take it\twith water and\nthen rest.", ["Take it with water and then rest."]),
        ("Take it.  Then\nrest it.  Then", ["Take it.", "Then rest it.", "Then"]),
        ("1.  Wash\n2.  Dry", ["1. Wash", "2. Dry"]),
        ("dry mouth   31.2 %\nfever        8.0 %", ["dry mouth | 31.2 %", "fever | 8.0 %"]),
        (
            "          Morning  Evening\nunder 40  5 mg     none\n40 to 60           5 mg\n          (2 ml)",
            ["| Morning | Evening", "under 40 | 5 mg | none", "40 to 60 | | 5 mg | (2 ml)"],
        ),
        (
            "Effect | To do\nfever | Stop. Call us.\nThen rest.",
            ["Effect | To do", "fever | Stop. Call us.", "Then rest."],
        ),
        ("+---+\n| a |\n+---+\n| b |", ["+---+ | a | +---+", "| b |"]),
        (
            "Use\n===\nKeep it cool. Press.\n---\nThen rest",
            ["Use ===", "Keep it cool.", "Press. ---", "Then rest"],
        ),
        ("-----", ["-----"]),
    ],
)
def test_rows_bullets_and_rulings(document: str, expected: list[str]) -> None:
    assert texts(document) == expected


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        ("Ask Dr.\nLind. Or me", ["Ask Dr. Lind.", "Or me"]),
        ("Ask the U.S.\nAgency", ["Ask the U.S. Agency"]),
        ("Ask (it is free\nMarlow pays) now", ["Ask (it is free Marlow pays) now"]),
        ("DO NOT TAKE\nTHE PEN", ["DO NOT TAKE THE PEN"]),
        ("No more than\n2. Then rest.", ["No more than 2.", "Then rest."]),
        ("Call us if\n1. you fall\n2. you sleep", ["Call us if", "1. you fall", "2. you sleep"]),
        ("En bares\np. ej. té", ["En bares p. ej. té"]),
        ("1.- Agite\n2.- Cierre", ["1.- Agite", "2.- Cierre"]),
        ("¹ From Marlow\n² From us", ["¹ From Marlow", "² From us"]),
        ("as seen at\n[1] Marlow", ["as seen at [1] Marlow"]),
        ("[1] Marlow says\n[2] We say", ["[1] Marlow says", "[2] We say"]),
        (
            "This line is about as long as the next\nMarlow line, and so it seems to be\nwrapped.",
            ["This line is about as long as the next Marlow line, and so it seems to be wrapped."],
        ),
        (
            "Lines are as long here as\nthis one.\n\nIt is made at the place\nMarlow. Call\nBen. The end",
            [
                "Lines are as long here as this one.",
                "It is made at the place Marlow.",
                "Call",
                "Ben.",
                "The end",
            ],
        ),
    ],
)
def test_a_capital_that_opens_a_line(document: str, expected: list[str]) -> None:
    assert texts(document) == expected


PIECES = st.sampled_from(
    [
        *"abA.!?1()[]\"'-e,gD|…¹•:;=\n\t\u00a0\x0b\x1f",
        "  ",
        "     ",
        "\n\n",
        "---\n",
        " | ",
        "Dr. ",
        "1. ",
        "p. ej. ",
    ]
)


@given(st.lists(PIECES, max_size=60).map("".join) | st.text(max_size=60))
def test_every_word_of_a_text_stands_in_exactly_one_sentence_in_order(document: str) -> None:
    assert words_of(" ".join(texts(document))) == words_of(document)
    assert all(text and text == " ".join(text.split()) for text in texts(document))


@given(st.lists(PIECES, max_size=60).map("".join))
def test_no_mark_is_added_where_single_spaces_part_the_words(document: str) -> None:
    plain = "\n".join(" ".join(line.split()) for line in document.splitlines())
    assert " ".join(texts(plain)).split() == document.split()


@given(st.lists(PIECES, max_size=60).map("".join))
def test_numbers_have_no_hole(document: str) -> None:
    numbers = [sentence.number for sentence in number_sentences(document)]
    count = [len(list(each)) for _, each in groupby(numbers, lambda number: number.paragraph)]
    assert numbers == [SentenceNumber(p, s) for p, n in enumerate(count, 1) for s in range(1, n + 1)]


LONG = 1_000_000
HOSTILE = {
    "stops": "." * LONG,
    "dotted letters": "a." * (LONG // 2),
    "labels": "11." * (LONG // 3) + " x",
    "references": "x." + "[1]" * (LONG // 3) + "[" * LONG,
    "closing marks": "x." + ")" * LONG,
    "rulings": "-" * LONG + "x",
    "spaces": "a" + " " * LONG + "b",
    "gaps": "\n".join(["a  " * (LONG // 6)] * 2),
    "abbreviations": "e.g. " * (LONG // 5),
    "pipes": "|" * LONG,
}


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_line_of_a_million_characters_is_taken_apart(what: str) -> None:
    assert words_of(" ".join(texts(HOSTILE[what]))) == words_of(HOSTILE[what])


@pytest.mark.parametrize(
    "piece",
    [
        "a\n",
        "A\n",
        "- a\n",
        "a  b\n",
        "a\tb\n",
        "(\nA\n",
        "A: b\n",
        "a  b\n---\n",
        "a.\n\n",
        "J. ",
        "ab ",
        "a. B ",
    ],
)
def test_a_text_four_times_as_long_takes_four_times_the_steps(piece: str) -> None:
    for head in ("", "- " + "a " * 300 + "\n", "a  b" * 300 + "\n"):
        short, long = (steps(head + piece * times) for times in (200, 800))
        assert long < 4.5 * short


def steps(document: str) -> int:
    """How many calls of functions it takes to number a text."""
    count = 0

    def called(frame: FrameType, event: str, argument: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    sys.setprofile(called)
    try:
        number_sentences(document)
    finally:
        sys.setprofile(None)
    return count
