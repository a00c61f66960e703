"""The rows of one sheet: its content as a pure function, and its PDF against a browser's print."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import orjson

from benchmarks.databases import MissingError
from benchmarks.effort import times
from benchmarks.results import Result, no_figure, result
from benchmarks.rounds import measure_calls
from benchmarks.sameness import DifferentError, check_same
from benchmarks.sheet import Sheet, make_sheet
from service.domain.checklist_state import ChecklistState, state_document
from service.domain.wording import ENGLISH_CATALOGUE
from service.formats.printout import STYLESHEET, sheet_html, sheet_pdf

CONTENT = "Checklist document, 20 items: pure function"
PDF = "One sheet as PDF, warm: against Chromium"
NAMES = [CONTENT, PDF]
_CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_STATE = state_document(ChecklistState(list_version=1, latest_version=1), ENGLISH_CATALOGUE)


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
    document = orjson.loads(sheet.by_the_domain())
    html = sheet_html(document, _STATE, ENGLISH_CATALOGUE, stylesheet_url="sheet.css")
    try:
        with _browser_print(html) as browser_print:
            found = measure_calls(
                lambda: sheet_pdf(document, _STATE, ENGLISH_CATALOGUE),
                browser_print,
                rounds=times(6),
                number=times(3),
            )
    except MissingError as error:
        return no_figure(PDF, None, str(error))
    floor = (
        f"Chromium loads and prints the same page; {found.least:.0f} ms a sheet against {found.ours:.0f} ms"
    )
    return result(PDF, found.ratio, found.low, found.high, None, floor)


@contextmanager
def _browser_print(html: str) -> Iterator[Callable[[], bytes]]:
    """Print the page in a browser that is running already. Raises MissingError."""
    path = next(filter(None, map(shutil.which, _CHROMIUM)), None)
    if path is None:
        raise MissingError("Chromium is not installed")
    try:
        from playwright.sync_api import sync_playwright  # noqa: PLC0415 -- may be missing
    except ImportError:
        raise MissingError("playwright is not installed") from None
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    with tempfile.TemporaryDirectory(prefix="bench-") as folder, sync_playwright() as playwright:
        (Path(folder) / "sheet.css").write_text(STYLESHEET.read_text("utf-8"), "utf-8")
        (Path(folder) / "sheet.html").write_text(html, "utf-8")
        options = ["--disable-background-networking", "--disable-sync", "--no-first-run"]
        if root:
            options.append("--no-sandbox")
        chromium = playwright.chromium.launch(executable_path=path, args=options)

        def browser_print() -> bytes:
            page = chromium.new_page()
            page.goto((Path(folder) / "sheet.html").as_uri())
            pdf = page.pdf(prefer_css_page_size=True, print_background=True)
            page.close()
            return pdf

        yield browser_print
        chromium.close()
