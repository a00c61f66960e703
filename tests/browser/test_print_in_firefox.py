"""Firefox's own print of the page: it knows no text in a page's margin and keeps no two boxes together."""

import re

import pytest

from service.domain.patients.patients import Paper, PrintSize
from tests.browser import made_up_patients as patients
from tests.browser.clinic import Clinic
from tests.browser.firefox import Firefox
from tests.browser.sheet_server import SheetServer
from tests.formats.printout.reading import outside, page_sizes, pdf_pages, run_on
from tests.formats.printout.samples import document, many_items, medication_list, superseded

PAPERS = {Paper.A4: (21.0, 29.7), Paper.LETTER: (21.59, 27.94)}
LEAST_MARGIN = 20
# The blank rows to write on have no words, so their titles may well be the last ones of a page.
TITLES_OF_COLUMNS = ("whatistakentoask,andnotestoldprovider", "signaturedateandtime", "whatismissingasked")


@pytest.mark.parametrize(
    ("paper", "print_size", "count", "size"),
    [(Paper.A4, PrintSize.STANDARD, 60, (596, 842)), (Paper.LETTER, PrintSize.LARGE, 25, (612, 792))],
)
def test_the_print_has_one_patient_on_each_page_and_every_item_once(
    firefox: Firefox,
    sheets: SheetServer,
    paper: Paper,
    print_size: PrintSize,
    count: int,
    size: tuple[int, int],
) -> None:
    items = many_items(count)
    firefox.open(sheets.show(document(medication_list(items), paper=paper, print_size=print_size)))
    pdf = firefox.pdf(*PAPERS[paper])

    pages = [" ".join(page.split()) for page in pdf_pages(pdf)]
    assert page_sizes(pdf) == {size}
    for text in ("Test Patient 01", "2 April 1961", "000123", "7K2-M9X-4PD", "Not checked for interactions."):
        assert [page.count(text) for page in pages] == [1] * len(pages)
    whole = run_on("".join(pages))
    assert [whole.count(run_on(entry.facts.called)) for entry in items] == [1] * count
    assert outside(pdf, LEAST_MARGIN) == []


@pytest.mark.parametrize("count", range(20, 32, 3))
def test_the_print_leaves_no_title_behind(firefox: Firefox, sheets: SheetServer, count: int) -> None:
    sheet = document(medication_list(many_items(count)))
    firefox.open(sheets.show(sheet))
    pages = [run_on(page).lower() for page in pdf_pages(firefox.pdf(*PAPERS[Paper.A4]))]

    titles = [run_on(section["title"]).lower() for section in sheet["sections"]]
    for page in pages[:-1]:
        assert not page.endswith((*TITLES_OF_COLUMNS, *titles, "initials"))
    for section in sheet["sections"][1:4]:
        first = run_on(section["lines"][0]["text"]).lower()
        assert any(run_on(section["title"]).lower() in page and first in page for page in pages)


def test_a_sheet_that_is_out_of_date_says_so_on_every_printed_page(
    firefox: Firefox, sheets: SheetServer
) -> None:
    before = medication_list(many_items(30))
    firefox.open(sheets.show(document(before), superseded(before, medication_list(many_items(31)))))
    pages = pdf_pages(firefox.pdf(*PAPERS[Paper.A4]))

    assert len(pages) > 2
    assert all("Out of date" in page for page in pages)


def test_a_nurse_prints_the_sheet_of_one_patient_and_no_button(firefox: Firefox, clinic: Clinic) -> None:
    # Given a nurse who is logged in, with the page of a sheet open
    firefox.open(clinic.url("/log-in"))
    firefox.put_cookie("session", clinic.nurse_token)
    firefox.open(clinic.url(f"{clinic.checklist(patients.GAPS)}/sheet"))

    # When Firefox prints it
    pdf = firefox.pdf(*PAPERS[Paper.A4])

    # Then each page names that patient and nobody else, and there is nothing to press on paper
    for page in pdf_pages(pdf):
        assert re.findall(r"Test Patient \d+", page) == [patients.GAPS]
        assert "Back to the checklist" not in page
    assert outside(pdf, LEAST_MARGIN) == []
