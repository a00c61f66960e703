"""The sheet in other languages: the record's words stay as they were said, and directions stay apart."""

import re
from dataclasses import replace

import pytest

from service.domain.medications.categories import Category
from service.domain.patients.patients import PrintSize
from service.domain.wording import ENGLISH, Catalogue
from service.formats.catalogue_files import shipped_catalogues
from service.formats.printout import sheet_html, sheet_pdf
from tests.formats.printout.reading import outside, pdf_pages, printed_lines, run_on
from tests.formats.printout.samples import CURRENT, Json, document, item, medication_list
from tests.right_to_left import MADE_UP

SPANISH = shipped_catalogues()["es"]
HYPHENS = "-".join(["sooner", "later"] * 30) + "- now"
SUM = "5 mg + 10 mg"


def page(sheet: Json, words: Catalogue) -> str:
    return sheet_html(sheet, CURRENT, words, stylesheet_url="/s")


def left_edge(word: str, pdf: bytes) -> float:
    """Where a word of Latin letters begins on paper."""
    return next(edges[line.index(word)] for line, edges in printed_lines(pdf) if word in line)


@pytest.mark.parametrize("language", ["en", "es", "pt-BR", "pl", "cs", "sk", "hr"])
def test_a_hyphen_at_the_end_of_a_line_is_printed_once(language: str) -> None:
    words = Catalogue(language, ENGLISH)
    sheet = document(medication_list((item(1, name=HYPHENS, note=HYPHENS),)), words=words)
    text = "".join("".join(pdf_pages(sheet_pdf(sheet, CURRENT, words))).replace("\ufffe", "-").split())
    assert text.count(HYPHENS.replace(" ", "")) == 2


def test_statements_without_a_reviewed_translation_stand_in_english_and_that_is_said_above_them() -> None:
    sheet = document(medication_list(), words=SPANISH)
    said = SPANISH.text("notice.statements_language")
    html = page(sheet, SPANISH)

    assert html.count(f'<p class="language">{said}</p>\n<ul class="statements">') == 2
    assert html.count('<span lang="en" dir="ltr">') == 4
    assert run_on("".join(pdf_pages(sheet_pdf(sheet, CURRENT, SPANISH)))).count(run_on(said)) == 2


def test_an_english_sheet_says_nothing_of_languages() -> None:
    sheet = document(medication_list())
    assert "notice.statements_language" not in {line["key"] for line in sheet["notices"]}


def test_a_signature_holds_whichever_language_the_sheet_is_in() -> None:
    sheets = [
        document(medication_list((item(1),)), words=words) for words in (Catalogue("en", ENGLISH), SPANISH)
    ]
    english, spanish = ({s["id"]: s["content_digest"] for s in sheet["sections"]} for sheet in sheets)
    assert english == spanish


@pytest.fixture
def turned_sheet() -> Json:
    """A sheet from right to left with names that are read from left to right, and the other way round."""
    items = (
        item(1, name=SUM, category=Category.PRESCRIPTION, dosage_text="2 x 1/2"),
        item(2, name="אבגד 5 mg", category=Category.SUPPLEMENT),
    )
    return document(medication_list(items), words=MADE_UP)


def test_a_sheet_from_right_to_left_says_so_and_keeps_each_name_apart(turned_sheet: Json) -> None:
    html = page(turned_sheet, MADE_UP)
    assert '<html lang="he" dir="rtl"' in html
    assert f'<bdi class="name">{SUM}</bdi>' in html
    assert '<span class="value"><bdi>2 x 1/2</bdi></span>' in html
    assert "<bdi>Test Patient 01</bdi>" in html


@pytest.mark.parametrize("print_size", PrintSize)
def test_a_sum_is_not_turned_around_on_paper_from_right_to_left(
    turned_sheet: Json, print_size: PrintSize
) -> None:
    sheet = {**turned_sheet, "print_size": print_size.value}
    pdf = sheet_pdf(sheet, CURRENT, MADE_UP, system_fonts=False)
    as_printed = [line for line, _ in printed_lines(pdf)]
    assert [line for line in as_printed if SUM.replace(" ", "") in line]
    assert [line for line in as_printed if "2x1/2" in line]
    assert outside(pdf, 20) == []


def test_columns_and_head_change_sides_on_paper_from_right_to_left() -> None:
    items = (item(1, name="Water", category=Category.PRESCRIPTION),)
    plain, turned = (
        sheet_pdf(document(medication_list(items), words=words), CURRENT, words, system_fonts=False)
        for words in (Catalogue("en", ENGLISH), MADE_UP)
    )
    for word in ("TestPatient01", "Water", "7K2-M9X-4PD"):
        assert (left_edge(word, plain) < 300) != (left_edge(word, turned) < 300), word


def test_english_for_want_of_a_translation_is_set_apart_on_every_output() -> None:
    missing = frozenset({"sheet.title", "section.gaps", "said.full", "informant.patient", "item.strength"})
    words = Catalogue("he", {**MADE_UP.texts, **{key: ENGLISH[key] for key in missing}}, missing)
    sheet = document(medication_list((item(1, strength="5 mg"),)), words=words)
    html = page(sheet, words)
    text = "".join(line for line, _ in printed_lines(sheet_pdf(sheet, CURRENT, words, system_fonts=False)))

    assert '<h1><span lang="en" dir="ltr">Medication checklist before treatment</span></h1>' in html
    assert '<span class="label"><span lang="en" dir="ltr">Strength</span></span>' in html
    assert "<title>Medication checklist before treatment 7K2-M9X-4PD</title>" in html
    assert not re.search("[\ufdd0\ufdd1]", html + text)
    assert "Stilltoask" in text
    gaps = next(section for section in sheet["sections"] if section["id"] == "gaps")
    assert gaps["title_language"] == "en"
    assert replace(words, untranslated=frozenset()).marked().texts == words.texts
