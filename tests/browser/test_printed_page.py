"""The browser's own print of the page gives the same sheet as the PDF."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route

from service.domain.medications.categories import Category
from service.domain.patients.patients import Identifier, Paper, PrintSize
from service.domain.wording import ENGLISH_CATALOGUE
from service.formats.printout import PAGE_FACES, STYLESHEET, face_contents, sheet_html
from tests.formats.printout.reading import letters, page_sizes, pdf_pages, run_on
from tests.formats.printout.samples import (
    CURRENT,
    PATIENT,
    Json,
    document,
    item,
    many_items,
    medication_list,
    superseded,
    withdrawn,
)
from tests.formats.printout.signed_samples import signing

Printer = Callable[..., bytes]

HOST = "http://sheet.test"
PAPERS = [(Paper.A4, (595, 842)), (Paper.LETTER, (612, 792))]
"""Each paper with its size in points."""


def open_sheet(page: Page, sheet: Json, state: Json = CURRENT) -> None:
    """Open the page of a sheet with everything that the service serves beside it."""
    html = sheet_html(sheet, state, ENGLISH_CATALOGUE, stylesheet_url="/static/sheet.css")
    fonts = {f"/static/fonts/{face}.ttf": face_contents(face) for face in PAGE_FACES}
    served = {"/": html.encode(), "/static/sheet.css": STYLESHEET.read_bytes(), **fonts}
    types = {".css": "text/css", ".ttf": "font/ttf"}

    def answer(route: Route) -> None:
        path = route.request.url.removeprefix(HOST)
        route.fulfill(body=served[path], content_type=types.get(path[-4:], "text/html"))

    page.route(f"{HOST}/**", answer)
    page.goto(f"{HOST}/")


@pytest.fixture
def printed(browser: Browser) -> Printer:
    def print_page(sheet: Json, state: Json = CURRENT) -> bytes:
        page = browser.new_page()
        open_sheet(page, sheet, state)
        pdf = page.pdf(prefer_css_page_size=True, print_background=True)
        page.close()
        return pdf

    return print_page


@pytest.mark.parametrize("print_size", PrintSize)
@pytest.mark.parametrize(("paper", "size"), PAPERS)
def test_the_print_has_the_patient_on_each_page_and_every_item_once(
    printed: Printer, paper: Paper, size: tuple[int, int], print_size: PrintSize
) -> None:
    items = many_items(60)
    sheet = document(medication_list(items), paper=paper, print_size=print_size)
    pdf = printed(sheet)
    pages = [" ".join(page.split()) for page in pdf_pages(pdf)]
    assert page_sizes(pdf) == {size}
    for number, page in enumerate(pages, start=1):
        for text in (
            "Test Patient 01",
            "2 April 1961",
            "000123",
            "7K2-M9X-4PD",
            "Not checked for interactions.",
        ):
            assert page.count(text) == 1
        assert f"Page {number} of {len(pages)}" in page
    whole = run_on("".join(pages))
    assert [whole.count(run_on(entry.facts.called)) for entry in items] == [1] * 60


def test_a_sheet_that_is_out_of_date_says_so_on_every_printed_page(printed: Printer) -> None:
    before = medication_list(many_items(30))
    pages = pdf_pages(printed(document(before), superseded(before, medication_list(many_items(31)))))
    assert len(pages) > 2
    assert all("Out of date" in page for page in pages)


@pytest.mark.parametrize("print_size", PrintSize)
@pytest.mark.parametrize("extra", [1, 2, 6])
@pytest.mark.parametrize("name", ["Test Patient 01", "Test " * 12 + "01", "W" * 250])
def test_a_long_name_and_many_identifiers_stand_on_each_printed_page(
    printed: Printer, name: str, extra: int, print_size: PrintSize
) -> None:
    identifiers = tuple(
        Identifier(f"https://example.org/system/{n}", f"943-476-{n:03d}") for n in range(extra)
    )
    patient = replace(PATIENT, name=name, identifiers=(*PATIENT.identifiers, *identifiers))
    sheet = document(medication_list(many_items(9)), patient, paper=Paper.LETTER, print_size=print_size)
    for page in map(run_on, pdf_pages(printed(sheet, withdrawn()))):
        assert not letters(name) - letters(page)
        assert page.count("Notcheckedforinteractions.") == 1 or extra == 6 or len(name) > 200
        for text in ("2 April 1961", "Withdrawn", "7K2-M9X-4PD", *(i.value for i in patient.identifiers)):
            assert run_on(text) in page


@pytest.mark.parametrize(("paper", "size"), PAPERS)
def test_a_head_too_high_to_be_repeated_stands_in_the_margin_of_each_printed_page(
    printed: Printer, paper: Paper, size: tuple[int, int]
) -> None:
    patient = replace(PATIENT, name="W" * 250)
    sheet = document(medication_list(many_items(9)), patient, paper=paper, print_size=PrintSize.LARGE)
    pdf = printed(sheet, withdrawn())
    first, *others = map(run_on, pdf_pages(pdf))
    assert page_sizes(pdf) == {size}
    assert first.count("W" * 250) == 2
    assert [page.count("W" * 250) for page in others] == [1] * len(others)
    assert len(others) > 2


@pytest.mark.parametrize("print_size", PrintSize)
@pytest.mark.parametrize("seed", range(4))
def test_the_print_splits_no_row_and_leaves_no_title_behind(
    printed: Printer, seed: int, print_size: PrintSize
) -> None:
    items = tuple(
        item(
            n,
            category=list(Category)[n % 3],
            note=f"start{n:03d}x " + "word " * ((n + seed) * 7 % 30) + f"end{n:03d}x",
        )
        for n in range(24 + seed)
    )
    sheet = document(medication_list(items), print_size=print_size)
    pages = [run_on(page) for page in pdf_pages(printed(sheet))]
    for entry in items:
        n = entry.facts.name[-4:] if entry.facts.name else ""
        assert any(f"Examplin{n}" in page and f"start{n}" in page and f"end{n}" in page for page in pages)
    for section in sheet["sections"][1:4]:
        first = run_on(section["lines"][0]["text"])
        assert any(run_on(section["title"]) in page and first in page for page in pages)


@pytest.mark.parametrize("width", [320, 820, 1280])
@pytest.mark.parametrize("print_size", PrintSize)
def test_the_page_never_scrolls_sideways(browser: Browser, width: int, print_size: PrintSize) -> None:
    odd = item(98, name="W" * 500, category=Category.SUPPLEMENT, note="W" * 300)
    patient = replace(PATIENT, name="W" * 120)
    sheet = document(medication_list((*many_items(9), odd)), patient, print_size=print_size)
    page = browser.new_page(viewport={"width": width, "height": 800})
    open_sheet(page, sheet)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing_on_a_sheet_that_is_out_of_date(browser: Browser, width: int) -> None:
    before = medication_list((*many_items(9), item(98, left_out_since=1)))
    page = browser.new_page(viewport={"width": width, "height": 800})
    open_sheet(page, document(before), superseded(before, medication_list(many_items(10))))
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()
    page.close()


@pytest.mark.parametrize("print_size", PrintSize)
@pytest.mark.parametrize("count", [0, 1, 6, 13])
def test_the_signatures_are_never_alone_on_a_printed_page(
    printed: Printer, count: int, print_size: PrintSize
) -> None:
    sheet = document(medication_list(many_items(count)), paper=Paper.LETTER, print_size=print_size)
    for state in (CURRENT, {**CURRENT, **signing(sheet)}):
        last = run_on(pdf_pages(printed(sheet, state))[-1])
        assert run_on("Paragraph 4, sentence 1") in last
        assert run_on("Provider who was told") in last
