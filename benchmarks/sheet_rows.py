"""The rows of one sheet: its content as a pure function, and its PDF against a browser's print."""

from collections.abc import Iterator

import orjson

from benchmarks.browser import chromium
from benchmarks.databases import MissingError
from benchmarks.effort import times
from benchmarks.results import Result, no_figure, result
from benchmarks.rounds import measure_calls
from benchmarks.sameness import DifferentError, check_same
from benchmarks.sheet import Sheet, make_sheet
from service.domain.checklists.state import ChecklistState, state_document
from service.domain.wording import ENGLISH_CATALOGUE
from service.formats.printout import PrintableText, press_sheet, sheet_html

CONTENT = "Checklist document, 20 items: pure function"
PDF = "One sheet as PDF, warm: against Chromium"
NAMES = [CONTENT, PDF]
CURRENT = state_document(ChecklistState(list_version=1, latest_version=1), ENGLISH_CATALOGUE)
"""What the state of a sheet says that nothing happened to since it was issued."""


def measure(wanted: list[str]) -> Iterator[Result]:
    """The rows wanted."""
    if not wanted:
        return
    sheet = make_sheet()
    if CONTENT in wanted:
        yield _content(sheet)
    if PDF in wanted:
        yield _pdf(sheet)


def _content(sheet: Sheet) -> Result:
    """No goal of its own: the part of an intake that the floor does by hand instead of by ``prepare``."""
    try:
        check_same("checklist", sheet.by_the_domain(), sheet.by_hand())
    except DifferentError as error:
        return no_figure(CONTENT, None, str(error))
    found = measure_calls(sheet.by_the_domain, sheet.by_hand, rounds=times(12), number=times(50))
    floor = f"the floor's by hand; {found.least:.2f} ms a sheet against {found.ours:.2f} ms"
    return result(CONTENT, found.ratio, found.low, found.high, None, floor)


def _pdf(sheet: Sheet) -> Result:
    text = PrintableText(sheet.by_the_domain(), CURRENT, ENGLISH_CATALOGUE)
    html = sheet_html(
        orjson.loads(text.document_text), CURRENT, ENGLISH_CATALOGUE, stylesheet_url="sheet.css"
    )
    try:
        with chromium() as browser_print:
            found = measure_calls(
                lambda: press_sheet(text),
                lambda: browser_print(html),
                rounds=times(6),
                number=times(3),
            )
    except MissingError as error:
        return no_figure(PDF, None, str(error))
    floor = (
        f"Chromium loads and prints the same page; {found.least:.0f} ms a sheet against {found.ours:.0f} ms"
    )
    return result(PDF, found.ratio, found.low, found.high, None, floor)
