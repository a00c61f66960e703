"""What was signed and marked stands on every output of a sheet: the same, at its place, and told apart."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from service.domain.checklists.checklist import SectionId
from service.domain.checklists.marks import MarkWord
from service.domain.checklists.sign_offs import digests_of
from service.domain.checklists.signed_and_marked import signed_and_marked_document
from service.domain.medications.categories import Category
from service.domain.patients.patients import PrintSize
from service.domain.wording import ENGLISH, ENGLISH_CATALOGUE
from service.formats.printout import sheet_html, sheet_pdf
from service.formats.proof import Flaw, Issued
from tests.formats.printout.reading import HtmlTexts, letters, pdf_pages, run_on
from tests.formats.printout.samples import CURRENT, Json, document, item, many_items, medication_list
from tests.formats.printout.signed_samples import line_mark, sign_off, sign_offs_and_marks, signing
from tests.formats.proof.proven import CURRENT as CURRENT_STATE
from tests.formats.proof.proven import faults, full, issued, planted

VOID = ENGLISH["signed.void"]
HOSTILE = ["<b>Nurse</b> {name} #panic(1)", "שלום (5)", "W" * 119, "Test – Nurse, nurse, 1 May: x"]


def signed(medications: Any, *texts: str, **changed: Any) -> Issued:
    """A checklist with signatures and marks, by whoever and with whatever note."""
    plain = issued(medications, **changed)
    sign_offs, marks = sign_offs_and_marks(plain.document, *texts)
    said = signed_and_marked_document(
        plain.document, digests_of(plain.document), sign_offs, marks, ENGLISH_CATALOGUE
    )
    return replace(
        plain, state=replace(CURRENT_STATE, signed_and_marked=said), sign_offs=sign_offs, marks=marks
    )


def sheet_and_state(**options: Any) -> tuple[Json, Json]:
    sheet = document(medication_list(many_items(6)), **options)
    return sheet, {**CURRENT, **signing(sheet)}


def html_of(sheet: Json, state: Json) -> str:
    return sheet_html(sheet, state, ENGLISH_CATALOGUE, stylesheet_url="/static/sheet.css")


def pdf_of(sheet: Json, state: Json) -> str:
    return "".join(pdf_pages(sheet_pdf(sheet, state, ENGLISH_CATALOGUE, system_fonts=False)))


@pytest.mark.parametrize("print_size", PrintSize)
@pytest.mark.parametrize("medications", [medication_list, full], ids=["nothing", "everything"])
def test_every_text_of_a_signed_and_marked_sheet_rests_on_something_and_none_is_missing(
    medications: Callable[[], Any], print_size: PrintSize
) -> None:
    assert faults(signed(medications(), print_size=print_size)) == set()


@pytest.mark.parametrize("text", HOSTILE, ids=range(4))
def test_a_hostile_name_reason_and_note_stand_there_letter_for_letter(text: str) -> None:
    assert faults(signed(medication_list(many_items(3)), text, text, f"{text}\nsecond")) == set()
    sheet = document(medication_list(many_items(3)))
    state = {**CURRENT, **signing(sheet, sign_offs_and_marks(sheet, text, text, text))}
    plain = {**CURRENT, **signing(sheet, sign_offs_and_marks(sheet, "Q", "Q", "Q"))}
    assert HtmlTexts(html_of(sheet, state)).tags == HtmlTexts(html_of(sheet, plain)).tags
    assert not letters(text) - letters(pdf_of(sheet, state))


@pytest.mark.parametrize("name", ["html", "pdf", "json"])
@pytest.mark.parametrize("what", ["sign_offs", "marks"])
def test_a_signature_or_a_mark_that_is_dropped_is_missing(name: str, what: str) -> None:
    found = faults(signed(medication_list(many_items(3))), planted(name, lambda _, state: state[what].pop(0)))
    assert Flaw.MISSING in {flaw for _, flaw, _ in found}


@pytest.mark.parametrize("name", ["html", "pdf", "json"])
def test_a_void_signature_that_does_not_say_so_is_found(name: str) -> None:
    def plant(_document: Any, state: Any) -> None:
        for one in state["sign_offs"]:
            one.update(status="holds", status_text=None)

    found = faults(signed(medication_list(many_items(3))), planted(name, plant))
    assert (name, Flaw.MISSING, VOID) in found


def test_a_signature_that_nobody_made_rests_on_nothing() -> None:
    whole = signed(medication_list(many_items(3)))
    forged = replace(whole, sign_offs=whole.sign_offs[1:], marks=whole.marks[1:])
    unproven = [text for name, flaw, text in faults(forged) if (name, flaw) == ("document", Flaw.UNPROVEN)]
    assert any(text.startswith("Signed by Test Nurse 01, nurse, ") for text in unproven)
    assert any(" – Nurse Example, " in text for text in unproven)


def test_a_signature_stands_in_its_section_and_a_mark_at_its_line() -> None:
    sheet, state = sheet_and_state()
    sections = re.split(r"<section class=\"section section-", html_of(sheet, state))[1:]
    by_id = {part.split('"')[0].split(" ")[0]: part for part in sections}
    for name, part in by_id.items():
        texts = [one["text"] for one in state["sign_offs"] if one["section"] == name]
        assert part.count('<div class="signed ') == len(texts)
        assert all(text in words_of(part) for text in texts)
    for mark in state["marks"]:
        rest = html_of(sheet, state).split(f'id="{mark["line"]}"')[1]
        assert words_of(rest).index(mark["text"]) < 1500


def words_of(part: str) -> str:
    return re.sub(r"<[^>]+>", "", part)


def test_a_void_signature_says_so_first_and_has_another_frame_than_one_that_holds() -> None:
    sheet, state = sheet_and_state()
    html = html_of(sheet, state)
    void = html.split('<div class="signed void">')[1].split("</div>")[0]
    assert void.index(VOID) < void.index("Signed by")
    assert html.count('<div class="signed holds">') == 2
    assert html.count('<div class="signed withdrawn">') == 1
    text = " ".join(pdf_of(sheet, state).split())
    assert text.index(VOID) < text.index("Signed by Test Nurse 01, nurse,")


def test_names_reasons_and_notes_keep_their_own_direction() -> None:
    sheet = document(medication_list((item(1, category=Category.SUPPLEMENT),)))
    line = sheet["sections"][3]["lines"][0]
    made = (
        (sign_off(1, SectionId.TELL, "sha256:x", name="נועה לוי", deferred_reason="כאב 3"),),
        (line_mark(1, line, MarkWord.CHANGED, "בוקר 5"),),
    )
    html = html_of(sheet, {**CURRENT, **signing(sheet, made)})
    assert "Signed by <bdi>נועה לוי</bdi>, nurse, 22 November 2026, 15:30 (CET)" in html
    assert "Reason: <bdi>כאב 3</bdi>" in html
    assert "(CET): <bdi>בוקר 5</bdi>" in html


def test_nothing_is_ticked_for_a_person() -> None:
    sheet, state = sheet_and_state()
    without = HtmlTexts(html_of(sheet, CURRENT)).spoken
    assert HtmlTexts(html_of(sheet, state)).spoken == without


def test_a_signed_sheet_prints_the_same_each_time() -> None:
    sheet, state = sheet_and_state()
    first = sheet_pdf(sheet, state, ENGLISH_CATALOGUE, system_fonts=False)
    assert sheet_pdf(sheet, state, ENGLISH_CATALOGUE, system_fonts=False) == first
    assert run_on("Told provider – Nurse Example") in run_on(pdf_of(sheet, state))
