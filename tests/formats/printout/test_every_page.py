"""Each page says whose it is, which sheet, which page of how many, and what it is not."""

from dataclasses import replace

import pytest

from service.domain.medications.categories import Category
from service.domain.patients.patients import Identifier, Paper, PrintSize
from service.domain.wording import ENGLISH, ENGLISH_CATALOGUE, Catalogue
from service.formats.printout import sheet_html, sheet_pdf, sheet_png, sheets_pdf
from tests.formats.printout.reading import page_sizes, pdf_pages, places_of, run_on
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


def pages(sheet: Json, state: Json = CURRENT, words: Catalogue = ENGLISH_CATALOGUE) -> list[str]:
    return [" ".join(page.split()) for page in pdf_pages(sheet_pdf(sheet, state, words, system_fonts=False))]


@pytest.mark.parametrize("paper", Paper)
@pytest.mark.parametrize("print_size", PrintSize)
def test_every_page_names_the_patient_and_the_sheet(paper: Paper, print_size: PrintSize) -> None:
    patient = replace(PATIENT, identifiers=(*PATIENT.identifiers, Identifier("urn:other", "X-77")))
    printed = pages(document(medication_list(many_items(40)), patient, paper=paper, print_size=print_size))
    assert len(printed) > 2
    for number, page in enumerate(printed, start=1):
        for text in ("Test Patient 01", "2 April 1961", "000123", "X-77", "7K2-M9X-4PD", "List version 1"):
            assert text in page
        assert "22 November 2026, 14:05 (CET)" in page
        assert "Not checked for interactions." in page
        assert f"Page {number} of {len(printed)}" in page


def test_a_name_of_hundreds_of_letters_stands_whole_on_every_page_and_leaves_room_for_the_list() -> None:
    identifiers = tuple(Identifier(f"https://example.org/system/{n}", f"{n}" * 60) for n in range(6))
    patient = replace(PATIENT, name="W" * 300, identifiers=identifiers)
    listed = medication_list(many_items(8))
    printed = pages(document(listed, patient, print_size=PrintSize.LARGE), withdrawn())
    assert len(printed) < 12
    for page in map(run_on, printed):
        assert page.count("W") >= 300
        assert all(identifier.value in page for identifier in identifiers)
        assert run_on("Withdrawn This sheet was taken back on") in page


def test_a_patient_without_name_and_date_of_birth_is_still_told_apart() -> None:
    sheet = document(medication_list(), replace(PATIENT, name=None, birth_date=None)) | {
        "planned_start": None
    }
    for page in pages(sheet):
        assert "Name not on record" in page
        assert "Date of birth Not on record" in page
        assert "000123" in page
    assert "Planned start Not on record" in pages(sheet)[0]


def test_a_time_zone_that_the_machine_does_not_know_leaves_the_time_as_recorded() -> None:
    assert "22 November 2026, 13:05 (UTC)" in pages(document(medication_list(), time_zone="Nowhere/Land"))[0]


@pytest.mark.parametrize(
    ("paper", "print_size", "size"),
    [
        (Paper.A4, PrintSize.STANDARD, (595, 842)),
        (Paper.A4, PrintSize.LARGE, (595, 842)),
        (Paper.LETTER, PrintSize.STANDARD, (612, 792)),
        (Paper.LETTER, PrintSize.LARGE, (612, 792)),
    ],
)
def test_the_paper_is_the_one_asked_for(paper: Paper, print_size: PrintSize, size: tuple[int, int]) -> None:
    sheet = document(medication_list(many_items(3)), paper=paper, print_size=print_size)
    assert page_sizes(sheet_pdf(sheet, CURRENT, ENGLISH_CATALOGUE)) == {size}


def test_large_print_takes_more_room() -> None:
    large = document(medication_list(many_items(20)), print_size=PrintSize.LARGE)
    assert len(pages(large)) > len(pages(document(medication_list(many_items(20)))))


def test_a_sheet_that_is_out_of_date_says_so_on_every_page_and_what_changed() -> None:
    before = medication_list(many_items(20))
    changed = list(many_items(21))
    changed[2] = replace(changed[2], facts=replace(changed[2].facts, dosage_text="3 drops"))
    changed[3] = replace(changed[3], facts=replace(changed[3].facts, name="Otherwise"))
    state = superseded(before, medication_list(tuple(changed)))
    printed = pages(document(before), state)
    for page in printed:
        assert "Out of date" in page
        assert "the latest is version 2. Print a new sheet." in page
    first = " ".join(printed[0].split())
    assert "Changed: Examplin 003x – Dose: 3 drops (Before: not on record)" in first
    assert "Changed: Otherwise (Before: Examplin 004x) –" in first
    assert "New on the list: Examplin 021x" in printed[0]
    html = sheet_html(document(before), state, ENGLISH_CATALOGUE, stylesheet_url="x")
    assert '<p class="banner"><strong>Out of date</strong>' in html


def test_a_newer_list_that_says_the_same_is_said_to_say_the_same() -> None:
    unchanged = medication_list(many_items(2))
    assert (
        "The newer list has the same items and answers as this sheet. Compare"
        in pages(document(unchanged), superseded(unchanged, unchanged))[0]
    )


def test_another_answer_is_among_the_changes() -> None:
    state = superseded(medication_list(), medication_list((item(1, category=Category.SUPPLEMENT),)))
    assert "the answer was “not asked”, now “yes”." in pages(document(medication_list()), state)[0]


def test_a_sheet_taken_back_says_so_on_every_page_with_the_reason() -> None:
    printed = pages(document(medication_list(many_items(20))), withdrawn())
    for page in printed:
        assert "Withdrawn This sheet was taken back on 23 November 2026" in page
        assert "Do not use it." in page
    assert "Reason Printed for the wrong person" in printed[0]
    assert "Taken back by Nurse Example" in printed[0]


def test_a_current_sheet_has_no_banner() -> None:
    sheet = document(medication_list())
    assert "banner" not in sheet_html(sheet, CURRENT, ENGLISH_CATALOGUE, stylesheet_url="x")


def test_no_row_is_split_and_no_title_is_left_behind() -> None:
    """Every note stands on its item's page, and every section's title on the page of its first item."""
    items = tuple(
        item(
            n,
            category=list(Category)[n % 3],
            note=f"start{n:03d}x " + "word " * (n * 7 % 60) + f"end{n:03d}x",
        )
        for n in range(60)
    )
    sheet = document(medication_list(items))
    printed = [run_on(page) for page in pages(sheet)]
    for n in range(60):
        assert any(
            f"Examplin{n:03d}x" in page and f"start{n:03d}x" in page and f"end{n:03d}x" in page
            for page in printed
        )
    for section in sheet["sections"][1:4]:
        first = run_on(section["lines"][0]["text"])
        assert any(run_on(section["title"]) in page and first in page for page in printed)


def test_an_item_longer_than_a_page_goes_on_over_the_page() -> None:
    words = [f"word{n:04d}" for n in range(900)]
    printed = run_on("".join(pages(document(medication_list((item(1, note=" ".join(words)),))))))
    assert all(word in printed for word in words)


def test_several_patients_in_one_pdf_count_their_own_pages() -> None:
    first = document(medication_list(many_items(1)), paper=Paper.LETTER)
    second = document(medication_list(many_items(30)), replace(PATIENT, name="Test Patient 02"))
    whole = sheets_pdf([(first, CURRENT, ENGLISH_CATALOGUE), (second, CURRENT, ENGLISH_CATALOGUE)])
    printed = [" ".join(page.split()) for page in pdf_pages(whole)]
    own = [page for page in printed if "Test Patient 02" in page]
    assert page_sizes(whole) == {(612, 792), (595, 842)}
    assert all(("Test Patient 01" in page) != ("Test Patient 02" in page) for page in printed)
    assert [f"Page {n} of {len(own)}" in page for n, page in enumerate(own, start=1)] == [True] * len(own)


def test_the_same_sheet_gives_the_same_bytes() -> None:
    sheet = document(medication_list(many_items(5)))
    assert sheet_pdf(sheet, CURRENT, ENGLISH_CATALOGUE) == sheet_pdf(sheet, CURRENT, ENGLISH_CATALOGUE)


def test_a_page_can_be_had_as_a_picture() -> None:
    sheet = document(medication_list(many_items(25)))
    first, second = (sheet_png(sheet, CURRENT, ENGLISH_CATALOGUE, page, ppi=36) for page in (1, 2))
    assert first.startswith(b"\x89PNG")
    assert first != second


def test_a_sheet_in_a_right_to_left_language_is_laid_out_from_the_right() -> None:
    """Made-up text: it is the layout that is tried."""
    words = Catalogue("ar-EG", {**ENGLISH, "section.gaps": "نص تجريبي", "sheet.told_box": "نص"})
    listed = medication_list(many_items(3))
    sheet = document(listed, words=words)
    html = sheet_html(sheet, CURRENT, words, stylesheet_url="x")
    assert '<html lang="ar-EG" dir="rtl"' in html
    pdf = sheet_pdf(sheet, CURRENT, words, system_fonts=False)
    assert places_of("Examplin", pdf)
    assert all(left > 595 / 2 for left in places_of("Examplin", pdf))
    assert all(
        left < 595 / 2
        for left in places_of("Examplin", sheet_pdf(document(listed), CURRENT, ENGLISH_CATALOGUE))
    )


@pytest.mark.parametrize("print_size", PrintSize)
@pytest.mark.parametrize("paper", Paper)
@pytest.mark.parametrize("count", [0, 1, 3, 6, 25])
def test_the_signatures_are_never_alone_on_a_page(count: int, paper: Paper, print_size: PrintSize) -> None:
    sheet = document(medication_list(many_items(count)), paper=paper, print_size=print_size)
    for state in (CURRENT, withdrawn(), {**CURRENT, **signing(sheet)}):
        last = " ".join(pages(sheet, state)[-1].split())
        assert "Paragraph 4, sentence 1" in last
        assert last.index("Paragraph 4, sentence 1") < last.index(ENGLISH["sign.statement"])
        assert ENGLISH["sign.provider"] in last
