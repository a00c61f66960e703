"""Nothing is dropped: every item stands on the sheet whole and once, in the page and in the PDF."""

import pytest

from service.domain.medications.categories import Answer, Category
from service.domain.patients.patients import Paper, PrintSize
from service.domain.wording import ENGLISH_CATALOGUE
from service.formats.printout import sheet_html, sheet_pdf
from tests.formats.printout.reading import HtmlTexts, pdf_pages, run_on
from tests.formats.printout.samples import (
    BY_DAUGHTER,
    CURRENT,
    Json,
    document,
    item,
    many_items,
    medication_list,
)


def html(sheet: Json, state: Json = CURRENT) -> str:
    return sheet_html(sheet, state, ENGLISH_CATALOGUE, stylesheet_url="/static/sheet.css")


@pytest.mark.parametrize("count", [0, 1, 2, 60, 500])
def test_a_list_of_any_length_stands_on_the_sheet_whole_and_once(count: int) -> None:
    items = many_items(count)
    sheet = document(medication_list(items))
    page = run_on(HtmlTexts(html(sheet)).text)
    pdf = run_on("".join(pdf_pages(sheet_pdf(sheet, CURRENT, ENGLISH_CATALOGUE, system_fonts=False))))
    for entry in items:
        assert page.count(run_on(entry.facts.called)) == 1
        assert pdf.count(run_on(entry.facts.called)) == 1
    assert page.count("Examplin") == pdf.count("Examplin") == count


@pytest.mark.parametrize("print_size", PrintSize)
@pytest.mark.parametrize("paper", Paper)
def test_every_line_of_the_document_stands_in_both_whatever_the_paper(
    paper: Paper, print_size: PrintSize
) -> None:
    items = (*many_items(12), item(13, name="Left behind", left_out_since=1))
    sheet = document(medication_list(items), paper=paper, print_size=print_size)
    page = run_on(HtmlTexts(html(sheet)).text)
    pdf = run_on("".join(pdf_pages(sheet_pdf(sheet, CURRENT, ENGLISH_CATALOGUE, system_fonts=False))))
    for section in sheet["sections"]:
        for line in section["lines"]:
            texts = [section["title"], line["text"], *(ask["text"] for ask in line.get("asks", ()))]
            texts += [line["said"]["text"]] if "said" in line else []
            texts += [detail["value"] for detail in line.get("details", ())]
            for text in texts:
                assert run_on(text) in page
                assert run_on(text) in pdf


def test_a_category_nobody_asked_about_is_a_question_with_room_to_write() -> None:
    sheet = document(medication_list(over_the_counter=Answer.NONE_REPORTED))
    parts = html(sheet).split("<section")
    asked = next(part for part in parts if "section-over_the_counter" in part)
    unasked = next(part for part in parts if "section-supplement" in part)
    assert "The answer was “none”." in asked
    assert "blanks" not in asked
    assert "Not asked yet." in unasked
    assert "The answer was" not in unasked
    assert unasked.count("<tr>") == 1 + 3


def test_only_an_item_of_an_earlier_list_asks_whether_it_is_still_taken() -> None:
    both = (item(1, category=None, dosage_text="1"), item(2, category=Category.SUPPLEMENT, left_out_since=1))
    page = run_on(HtmlTexts(html(document(medication_list(both)))).text)
    assert page.count(run_on("Still taken? Yes / No / Changed")) == 1


def test_who_said_it_stands_once_where_all_of_a_section_was_said_alike() -> None:
    alike = medication_list((item(1), item(2), item(3)))
    different = medication_list((item(1), item(2), item(3, attribution=BY_DAUGHTER)))
    assert HtmlTexts(html(document(alike))).text.count("recorded by") == 1
    assert HtmlTexts(html(document(different))).text.count("recorded by") == 3


def test_a_question_in_other_words_keeps_its_words() -> None:
    sheet = document(medication_list((item(1, left_out_since=1),)))
    line = next(line for s in sheet["sections"] for line in s["lines"] if line.get("asks"))
    for text in ("Yes / No", "هل؟ نعم / لا", "Ask again"):
        line["asks"][0]["text"] = text
        assert run_on(text) in run_on(HtmlTexts(html(sheet)).text)
