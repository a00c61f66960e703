"""Names as people and programs send them come out letter for letter and change nothing around them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.domain.medications.categories import Category
from service.domain.patients.patients import PrintSize
from service.domain.text import clean, fault_in
from service.domain.wording import ENGLISH_CATALOGUE
from service.formats.printout import sheet_html, sheet_pdf
from tests.formats.printout.reading import HtmlTexts, letters, pdf_pages, run_on
from tests.formats.printout.samples import BY_DAUGHTER, CURRENT, document, item, medication_list

LONGEST_IN_ONE_ROW = 100
MARKUP = [
    '#read("/etc/passwd")',
    "#panic(1) #{let x = 1} #import",
    "*a* _b_ $x$ @ref <label> `c` ```d``` = e",
    "- f\\ g // h /* i */ ~ --- '' \"\"",
    "<script>alert(1)</script>&amp;{{ 7*7 }}{% x %}",
    "=1+1",
    "https://example.org/a_b",
    "\\u{41} \\n %s {name} {0}",
    "İstanbul ﬁ ½ µg ≥ ☐ → ‑",
    "e\u0301\u0323 नमस्ते สวัสดี ქართული",
    "Wörter mit ß, Ωμέγα, Йод",
]
LONG = ["X" * 500, "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbau", "wordy " * 60 + "W" * 90]
RIGHT_TO_LEFT = ["שלום 5 mg + 10 mg", "دواء تجريبي (10)", "a שלום, 22 b", "خ" * 120]


def printed(name: str, print_size: PrintSize = PrintSize.STANDARD) -> list[str]:
    sheet = document(
        medication_list((item(1, name=name, category=Category.PRESCRIPTION),)), print_size=print_size
    )
    return pdf_pages(sheet_pdf(sheet, CURRENT, ENGLISH_CATALOGUE, system_fonts=False))


def on_page(name: str) -> HtmlTexts:
    sheet = document(medication_list((item(1, name=clean(name), category=Category.SUPPLEMENT),)))
    return HtmlTexts(sheet_html(sheet, CURRENT, ENGLISH_CATALOGUE, stylesheet_url="/static/sheet.css"))


@pytest.mark.parametrize("name", MARKUP + LONG + RIGHT_TO_LEFT, ids=range(18))
def test_a_name_is_data_in_the_page_and_adds_no_element(name: str) -> None:
    page = on_page(name)
    assert page.nodes.count(clean(name)) == 1
    assert page.tags == on_page("Q").tags


@pytest.mark.parametrize("name", MARKUP + LONG, ids=range(14))
def test_a_name_is_data_in_the_pdf_and_is_read_back_whole(name: str) -> None:
    assert run_on("".join(printed(clean(name)))).count(run_on(name)) == 1


@pytest.mark.parametrize("print_size", PrintSize)
@pytest.mark.parametrize("name", MARKUP + LONG + RIGHT_TO_LEFT, ids=range(18))
def test_a_name_adds_exactly_its_own_letters_to_the_pdf(name: str, print_size: PrintSize) -> None:
    """Readers give right-to-left letters in different orders; none may be lost, none may be new."""
    without, having = printed("§", print_size), printed(clean(name), print_size)
    added = letters("".join(having)) - (letters("".join(without)) - letters("§"))
    assert not letters(name) - added
    if len(name) < LONGEST_IN_ONE_ROW:
        assert added == letters(name)


def test_a_name_read_from_right_to_left_leaves_the_words_around_it_in_place() -> None:
    sheet = document(medication_list((item(1, name="Examplin", attribution=BY_DAUGHTER, reason="כאב 3"),)))
    html = sheet_html(sheet, CURRENT, ENGLISH_CATALOGUE, stylesheet_url="/static/sheet.css")
    assert (
        "Said by <bdi>a relative (נועה לוי)</bdi>, by phone, recorded by <bdi>סמדר כהן</bdi>, 21 Nov" in html
    )
    assert '<span class="value"><bdi>כאב 3</bdi></span>' in html
    pdf = "".join(pdf_pages(sheet_pdf(sheet, CURRENT, ENGLISH_CATALOGUE, system_fonts=False)))
    assert ", 21 November 2026" in " ".join(pdf.replace("\u2069", "").split())


def test_lines_of_a_note_stay_lines() -> None:
    sheet = document(medication_list((item(1, note="first line\nsecond line"),)))
    pdf = "".join(pdf_pages(sheet_pdf(sheet, CURRENT, ENGLISH_CATALOGUE, system_fonts=False)))
    assert "first line\r\nsecond line" in pdf


@settings(max_examples=50, deadline=None)
@given(st.text(min_size=1, max_size=60).map(clean).filter(lambda text: text and not fault_in(text, most=60)))
def test_whatever_may_be_recorded_stands_on_the_page(name: str) -> None:
    assert on_page(name).nodes.count(name) >= 1
