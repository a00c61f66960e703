"""A letter that no font has is refused by name, and never left out or printed as a box."""

import os
from pathlib import Path

import pytest
import typst

from service.domain.patients.patients import Patient
from service.domain.wording import ENGLISH, ENGLISH_CATALOGUE, Catalogue
from service.formats.printout import UnprintableError, fonts, pdf, sheet_html, sheet_pdf
from service.formats.printout.unprintable import refused_text
from tests.formats.printout.samples import CURRENT, PATIENT, Json, document, item, medication_list, withdrawn


def refusal(sheet: Json, state: Json = CURRENT, words: Catalogue = ENGLISH_CATALOGUE) -> UnprintableError:
    with pytest.raises(UnprintableError) as caught:
        sheet_pdf(sheet, state, words, system_fonts=False)
    return caught.value


@pytest.mark.parametrize(
    ("name", "character", "script", "packages"),
    [
        ("Test 漢字", "漢", "CJK", ("fonts-noto-cjk",)),
        ("한국", "한", "HANGUL", ("fonts-noto-cjk",)),
        ("ひらがな", "ひ", "HIRAGANA", ("fonts-noto-cjk",)),
        ("Pill 💊", "💊", "EMOJI", ("fonts-noto-color-emoji",)),
        ("ᎠᎡ", "Ꭰ", "CHEROKEE", ("fonts-noto-core",)),
        ("own \ue000", "\ue000", "UNASSIGNED", ()),
    ],
)
def test_an_item_in_a_script_without_a_font_is_refused_by_number_script_and_package(
    name: str, character: str, script: str, packages: tuple[str, ...]
) -> None:
    sheet = document(medication_list((item(1), item(2, name=name))))
    error = refusal(sheet)
    assert (error.item_number, error.character, error.script) == (2, character, script)
    assert error.line_id == f"item-{item(2).id}"
    assert error.packages == packages
    assert all(package in str(error) for package in packages)
    assert name not in str(error)


def test_the_page_still_shows_what_the_pdf_cannot() -> None:
    sheet = document(medication_list((item(1, name="漢字 💊"),)))
    assert "漢字 💊" in sheet_html(sheet, CURRENT, ENGLISH_CATALOGUE, stylesheet_url="x")


def test_a_letter_outside_the_items_is_refused_with_its_place() -> None:
    patient = Patient(PATIENT.id, PATIENT.identifiers, "漢")
    assert refusal(document(medication_list(), patient)).line_id == "patient"
    assert refusal(document(medication_list()), withdrawn("漢")).line_id == "state"
    words = Catalogue("en", {**ENGLISH, "sheet.purpose": "漢"})
    error = refusal(document(medication_list()), words=words)
    assert (error.line_id, error.item_number) == ("words", None)


def test_the_refused_letters_are_read_from_the_typesetters_message() -> None:
    assert refused_text('PDF/UA-1 error: the text `"漢"` could not be displayed') == "漢"
    assert refused_text('the text contains the disallowed codepoint `"\\u{feff}"`') == "\ufeff"
    assert refused_text('the text `"\\"\\\\"` could not') == '"\\'
    assert refused_text("file not found") is None


def test_another_failure_of_the_typesetter_stays_what_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "_TEMPLATE", b"#panic()")
    with pytest.raises(typst.TypstError):
        sheet_pdf(document(medication_list()), CURRENT, ENGLISH_CATALOGUE)


def test_the_fonts_on_disk_end_with_the_process_that_wrote_them(tmp_path: Path) -> None:
    (tmp_path / "of_another_process").mkdir()
    fonts._remove(tmp_path / "of_another_process", os.getpid() + 1)
    assert (tmp_path / "of_another_process").exists()
    fonts._remove(tmp_path / "of_another_process", os.getpid())
    assert not (tmp_path / "of_another_process").exists()
