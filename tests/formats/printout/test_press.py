"""The press: what a process of its own sets is what is set here, and none works for ever."""

import os
import signal
import sys
from collections.abc import Iterator

import orjson
import pytest

from service.domain.wording import ENGLISH_CATALOGUE
from service.formats.printout import PressError, PrintableText, UnprintableError, press_sheet, sheet_pdf
from tests.formats.printout.samples import CURRENT, Json, document, item, many_items, medication_list
from tests.web.typesetters import typesetters

PRESS = sys.modules[press_sheet.__module__]


@pytest.fixture(autouse=True)
def none_at_rest() -> Iterator[None]:
    """The press as it is before the first sheet."""
    _end_all()
    yield
    _end_all()


def _end_all() -> None:
    while PRESS._resting:
        PRESS._resting.pop().end()


def text(sheet: Json) -> PrintableText:
    return PrintableText(orjson.dumps(sheet).decode(), CURRENT, ENGLISH_CATALOGUE)


def test_a_sheet_from_the_press_is_byte_for_byte_the_sheet() -> None:
    for sheet in (document(medication_list()), document(medication_list(many_items(30)))):
        assert press_sheet(text(sheet)) == sheet_pdf(sheet, CURRENT, ENGLISH_CATALOGUE)


def test_a_typesetter_is_replaced_after_so_many_sheets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(PRESS, "MOST_SHEETS", 3)
    sheet, at_work = text(document(medication_list())), []

    for _ in range(7):
        press_sheet(sheet)
        at_work.append(typesetters(os.getpid()))

    # The last of each has ended with the sheet.
    assert list(map(len, at_work)) == [1, 1, 0, 1, 1, 0, 1]
    assert len({pid for pids in at_work for pid in pids}) == 3


def test_a_typesetter_that_takes_too_long_is_ended_and_the_next_sheet_is_set(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sheet = text(document(medication_list()))
    whole = press_sheet(sheet)
    (typesetter,) = typesetters(os.getpid())
    os.kill(typesetter, signal.SIGSTOP)

    with monkeypatch.context() as hurried:
        hurried.setattr(PRESS, "MOST_SECONDS_A_SHEET", 0.2)
        with pytest.raises(PressError, match="too long"):
            press_sheet(sheet)

    assert typesetters(os.getpid()) == []
    assert press_sheet(sheet) == whole


def test_a_letter_without_a_font_is_told_as_it_is_here_and_ends_no_typesetter() -> None:
    sheet = document(medication_list((item(1), item(2, name="own \ue000"))))
    with pytest.raises(UnprintableError) as here:
        sheet_pdf(sheet, CURRENT, ENGLISH_CATALOGUE)

    with pytest.raises(UnprintableError) as told:
        press_sheet(text(sheet))

    assert vars(told.value) == vars(here.value)
    assert str(told.value) == str(here.value)
    (typesetter,) = typesetters(os.getpid())
    press_sheet(text(document(medication_list())))
    assert typesetters(os.getpid()) == [typesetter]


def test_a_sheet_that_is_none_fails_alone() -> None:
    with pytest.raises(PressError, match="ended early"):
        press_sheet(PrintableText("{}", CURRENT, ENGLISH_CATALOGUE))

    assert typesetters(os.getpid()) == []
    assert press_sheet(text(document(medication_list()))).startswith(b"%PDF")


def test_who_finds_no_turn_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(PRESS, "_WAIT_SECONDS", 0.01)
    for _ in range(PRESS._SHEETS_AT_ONCE):
        PRESS._sheet_turns.acquire()
    try:
        with pytest.raises(PressError, match="at once"):
            press_sheet(text(document(medication_list())))
    finally:
        PRESS._sheet_turns.release(PRESS._SHEETS_AT_ONCE)
