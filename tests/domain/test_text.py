"""Which text is kept as it was said, and which is refused because it would hide, reorder or cut."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain.text import PartialDate, _hidden_in, clean, fault_in
from tests.domain.made_up import steady
from tests.strategies import hostile_names, partial_dates


def code_of(text: str, **allowed: bool) -> str | None:
    fault = fault_in(text, most=500, **allowed)
    return fault.code if fault else None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Wat\0er", "control_character"),
        ("Wat\ter", "control_character"),
        ("Wat\x7fer", "control_character"),
        ("Wat\x9fer", "control_character"),
        ("Wat\ud83der", "lone_surrogate"),
        ("\udc00", "lone_surrogate"),
        ("Wat\ufffeer", "not_a_character"),
        ("Wat\U0010ffffer", "not_a_character"),
        ("Wat\ufdd0er", "not_a_character"),
    ],
)
def test_a_code_that_no_person_can_write_is_refused(text: str, code: str) -> None:
    assert code_of(text) == code


@pytest.mark.parametrize("mark", "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")
def test_a_mark_that_turns_a_name_around_on_paper_is_refused(mark: str) -> None:
    assert code_of(f"Water{mark} 5 mg") == "direction_control"


@pytest.mark.parametrize("mark", "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029")
def test_a_name_of_two_lines_is_refused(mark: str) -> None:
    assert code_of(f"Water{mark}Soap") == "line_break"


def test_a_note_has_lines_and_a_line_feed_is_the_only_way_to_break_them() -> None:
    assert code_of("in the morning\nat night", lines=True) is None
    assert code_of("in the morning\r\nat night", lines=True) == "line_break"
    assert code_of("in the morning\tat night", lines=True) == "control_character"


@pytest.mark.parametrize(
    "name", ["\u200b", "\u00ad \u2060", "\u0301", "\u2800", "\u3164", "\ufeff\ufe0f", "\ue000"]
)
def test_a_name_that_nobody_can_see_is_refused(name: str) -> None:
    assert code_of(name) == "invisible"


def test_every_mark_that_is_taken_alone_can_be_seen_or_is_a_blank_on_one_line() -> None:
    taken = [mark for mark in map(chr, range(0x20000)) if code_of(mark) is None]

    assert {unicodedata.category(mark)[0] for mark in taken} == {*"LNPS", "Z"}
    assert {unicodedata.category(mark) for mark in taken} & {"Zl", "Zp"} == set()


@pytest.mark.parametrize("name", ["", " ", "\u00a0 "])
def test_blank_text_is_no_fault_but_no_text_either(name: str) -> None:
    assert code_of(name) is None
    assert clean(name) == ""


@pytest.mark.parametrize("name", ["می‌خواهم", "क्‍ष", "👩‍⚕️ tea", "❤️‍🔥", "a\u0301\u200db", "അവന്\u200d ചായ"])
def test_a_joiner_inside_a_word_is_kept(name: str) -> None:
    assert code_of(name) is None
    assert "\u200c" in clean(name) or "\u200d" in clean(name)


@pytest.mark.parametrize(
    "name", ["\u200dWater", "\u200dന്", "Water\u200c", "Wa\u200c\u200dter", "Wat \u200der", "Water\u200d."]
)
def test_a_joiner_that_joins_nothing_is_refused(name: str) -> None:
    assert code_of(name) == "stray_joiner"


def test_500_letters_are_kept_and_one_more_is_refused() -> None:
    assert code_of("W" * 500) is None
    assert clean("W" * 500) == "W" * 500
    assert code_of("W" * 501) == "too_long"
    assert code_of("💊" * 500) is None


@pytest.mark.parametrize("name", hostile_names)
def test_a_name_that_would_break_a_careless_output_is_kept_as_it_was_said(name: str) -> None:
    assert code_of(name) is None
    assert clean(name) == unicodedata.normalize("NFC", name)


def test_two_ways_to_write_one_letter_become_one() -> None:
    assert clean(" Caf\u0065\u0301 ") == "Café"


@steady
@given(st.text())
def test_text_that_is_taken_stays_taken_and_unchanged_when_sent_again(text: str) -> None:
    if fault_in(text, most=500) is None:
        kept = clean(text)
        assert clean(kept) == kept
        assert fault_in(kept, most=1500) is None
        assert kept.split() == unicodedata.normalize("NFC", text).split()


def test_what_is_taken_at_a_glance_is_what_a_look_at_every_sign_takes() -> None:
    for mark in map(chr, range(0x3000)):
        for lines in (True, False):
            assert fault_in(mark, most=1, lines=lines) == _hidden_in(mark, lines=lines), ascii(mark)


@steady
@given(st.text(st.characters() | st.sampled_from("\u3164\u2800\u200d\u0301 a\n")), st.booleans())
def test_text_is_judged_as_by_a_look_at_every_sign(text: str, lines: bool) -> None:
    assert fault_in(text, most=500, lines=lines) == _hidden_in(text, lines=lines)


@pytest.mark.parametrize("text", ["1961", "1961-04", "1961-04-02", "2024-02-29"])
def test_a_date_is_kept_as_far_as_it_is_known(text: str) -> None:
    assert str(PartialDate.parse(text)) == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "61",
        "1961-4",
        "1961-13",
        "1961-00",
        "1961-04-00",
        "2023-02-29",
        "1961-04-31",
        "0000",
        "1961-04-02T00:00",
        "١٩٦١",
        "1961 ",
    ],
)
def test_a_date_that_no_calendar_has_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"not a date|month|day|year"):
        PartialDate.parse(text)


def test_a_day_without_its_month_is_not_a_date() -> None:
    with pytest.raises(ValueError, match="a day needs its month"):
        PartialDate(1961, None, 2)


@steady
@given(partial_dates())
def test_a_date_that_was_written_down_is_read_back_the_same(day: PartialDate) -> None:
    assert PartialDate.parse(str(day)) == day
