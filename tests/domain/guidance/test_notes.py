"""Notes for the reviewer: what was left out of the cited sentences, or put together from several of them."""

import pytest

from service.domain.guidance.report import NoteCode
from service.domain.sentences.numbering import SentenceNumber
from tests.guidance_leaflet import verdict

DOCUMENT = """\
Shake the brimolate bottle if it was left in the dark for 2 days.
Do not shake it hard. Late lotion: call the nurse.

Skin    Morning   Evening
dry     2 ml      none
flaky   4 ml      3 ml

Call the clinic
- if flakes come back

Call Marlow
- if stains show

Up to 3 bottles fit. Burning in less than 1 of 10 people.
"""


def notes(text: str, *cites: str) -> list[tuple[str, str, str]]:
    found = verdict(text, *cites, document=DOCUMENT).notes
    return [(note.code.value, ", ".join(map(str, note.sentences)), note.words) for note in found]


@pytest.mark.parametrize(
    ("text", "cites", "expected"),
    [
        (
            "Shake the bottle.",
            ["1.1"],
            [("condition_dropped", "1.1", "if it was left in the dark for 2 days")],
        ),
        (
            "Shake the bottle if it was left in the dark.",
            ["1.1"],
            [("condition_dropped", "1.1", "if it was left in the dark for 2 days")],
        ),
        ("If it was left in the dark for 2 days, shake the bottle.", ["1.1"], []),
        ("Call the nurse.", ["1.3"], [("condition_dropped", "1.3", "Late lotion")]),
        ("When the lotion is late, call the nurse.", ["1.3"], []),
        ("Shake it hard.", ["1.2"], [("negation_dropped", "1.2", "not")]),
        ("You should not shake it hard.", ["1.2"], []),
        ("3 bottles fit.", ["5.1"], [("limit_dropped", "5.1", "Up to 3")]),
        ("Up to 3 bottles fit.", ["5.1"], []),
        ("Burning in 1 of 10 people.", ["5.2"], [("limit_dropped", "5.2", "less than 1")]),
        ("In the morning: 4 ml.", ["2.1", "2.3"], [("condition_dropped", "2.3", "flaky")]),
        ("For dry skin: 2 ml in the morning, none in the evening.", ["2.1", "2.2"], []),
    ],
)
def test_what_was_left_out_is_noted(
    text: str, cites: list[str], expected: list[tuple[str, str, str]]
) -> None:
    assert notes(text, *cites) == expected


@pytest.mark.parametrize(
    ("text", "cites", "expected"),
    [
        ("For dry skin: 4 ml.", ["2.1", "2.2", "2.3"], {("rows_combined", "2.2, 2.3")}),
        ("For dry skin: 2 ml; for flaky skin: 4 ml.", ["2.1", "2.2", "2.3"], set()),
        ("For dry skin: 2 ml. For flaky skin: 4 ml.", ["2.1", "2.2", "2.3"], set()),
        ("Call the clinic if stains show.", ["3.1", "4.2"], {("paragraphs_combined", "3.1, 4.2")}),
        ("Call the clinic if flakes come back.", ["3.1", "3.2"], set()),
    ],
)
def test_what_was_put_together_is_noted(text: str, cites: list[str], expected: set[tuple[str, str]]) -> None:
    assert {(code, cited) for code, cited, _ in notes(text, *cites) if code.endswith("combined")} == expected


@pytest.mark.parametrize(
    ("text", "cites", "expected"),
    [
        ("For flaky skin: 3 ml in the morning and 4 ml in the evening.", ["2.1", "2.3"], 2),
        ("For flaky skin: 4 ml in the morning and 3 ml in the evening.", ["2.1", "2.3"], 0),
        ("For dry skin: 2 ml in the evening, none in the morning.", ["2.1", "2.2"], 1),
        ("For dry skin: 2 ml in the evening, none in the morning.", ["2.2"], 0),
    ],
)
def test_a_number_in_another_column_is_noted_where_the_header_is_cited(
    text: str, cites: list[str], expected: int
) -> None:
    assert [code for code, _, _ in notes(text, *cites)].count("columns_moved") == expected


def test_a_note_refuses_nothing_and_says_what_it_is_about() -> None:
    report = verdict("Shake the bottle.", "1.1", document=DOCUMENT)
    (note,) = report.notes

    assert report.accepted
    assert note.sentences == (SentenceNumber(1, 1),)
    assert f"“{note.words}” {note.detail}" == (
        "“if it was left in the dark for 2 days” says when it holds, and the statement leaves that out or "
        "says it otherwise"
    )


@pytest.mark.parametrize("code", NoteCode)
def test_every_note_says_what_to_look_at(code: NoteCode) -> None:
    assert code.detail
