"""Promises 1 and 7 in every language that is shipped: nothing is invented in it, and nothing is called safe.

Planted faults that the checks catch: a catalogue that calls the list safe, verified or in order, or that says
that no interactions were found; a page with a word more; a sheet that keeps silent about the check.
"""

import re
from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import given

from service.domain.checklists.checklist import Withdrawal
from service.domain.checklists.state import ChecklistState, state_document
from service.domain.medications.categories import Answer, Category
from service.domain.medications.difference import difference
from service.domain.medications.items import Status
from service.domain.medications.medication_list import MedicationList
from service.domain.wording import Catalogue
from service.formats.catalogue_files import shipped_catalogues
from service.formats.printout import sheet_html, sheet_pdf
from service.formats.proof import OUTPUTS, Issued
from tests.domain.made_up import NOBODY_SAID, NOW, NURSE, item, listing
from tests.formats.printout.reading import pdf_pages
from tests.formats.proof.proven import CURRENT, faults, issued
from tests.promises.denials import DENIALS
from tests.promises.sheets import GUIDANCE, Page, few, named_lists

TRANSLATIONS = [words for tag, words in shipped_catalogues().items() if tag != "en"]
each = pytest.mark.parametrize("words", TRANSLATIONS, ids=lambda words: words.language)

CLAIMS: Mapping[str, re.Pattern[str]] = {
    "es": re.compile(
        r"\b(?:segur[oa]s?|inofensiv\w+|inocu\w+|verific\w+|complet[oa]s?|compr[ou]e?b\w+|interacci\w+|concili\w+"
        r"|aprob\w+|compatib\w+|confirm\w+|validad\w+|contraindic\w+|revisad[oa]s?|en orden|todo bien"
        r"|list[oa] para|sin (?:problema|riesgo|peligro|interacci)\w*|no hay (?:ning[uú]n )?"
        r"(?:problema|riesgo|peligro|interacci)\w*)\b|[✓✔☑✅🟢]",
        re.IGNORECASE,
    )
}
"""Words that suggest a check, written down here by hand for each language."""


def claims_in(text: str, words: Catalogue) -> list[str]:
    said = " ".join(text.split())
    for denial in DENIALS[words.language].values():
        said = said.replace(denial, " ")
    return CLAIMS[words.language].findall(said)


def whole_list() -> MedicationList:
    known = item(1, "Water", category=Category.PRESCRIPTION, strength="5 mg", dosage_text="1")
    return listing(known, answers=dict.fromkeys(Category, Answer.NONE_REPORTED))


def sample() -> MedicationList:
    return listing(
        item(1, "Tea", category=Category.SUPPLEMENT, strength="5 mg", note="now & then", as_needed=True),
        item(2, None, description="a white pill", status=Status.UNKNOWN),
        item(3, "Soap", left_out_since=1, attribution=NOBODY_SAID),
    )


def sheets(words: Catalogue) -> dict[str, Issued]:
    after = replace(sample(), version=2, items=(*sample().items[1:], item(9, "Air")))
    old = ChecklistState(1, 2, difference(sample(), after), Withdrawal(NURSE, NOW, "Wrong visit"))
    return {
        "nothing asked": issued(listing(), CURRENT, guidance=GUIDANCE, words=words),
        "nothing missing": issued(whole_list(), CURRENT, guidance=GUIDANCE, words=words),
        "out of date and taken back": issued(sample(), old, guidance=GUIDANCE, words=words),
    }


def pages_of(sheet: Issued) -> tuple[str, list[str]]:
    state = state_document(sheet.state, sheet.words)
    html = sheet_html(sheet.document, state, sheet.words, stylesheet_url="/s")
    return html, pdf_pages(sheet_pdf(sheet.document, state, sheet.words, system_fonts=False))


def claims_of(sheet: Issued) -> list[str]:
    """Every claim on the page and on paper, and each page of either that keeps silent about the check."""
    words = sheet.words
    html, paper = pages_of(sheet)
    texts = [" ".join(Page(html).runs), *paper]
    said = DENIALS[words.language]["notice.not_checked"]
    silent = [f"silent: {text}" for text in texts if said not in " ".join(text.split())]
    return [claim for text in texts for claim in claims_in(text, words)] + silent


@each
def test_every_text_of_every_output_is_guidance_record_or_wording(words: Catalogue) -> None:
    for name, sheet in sheets(words).items():
        assert faults(sheet) == set(), name


@few
@given(named_lists())
def test_every_text_of_the_page_is_of_one_of_three_kinds_in_every_language(
    medications: MedicationList,
) -> None:
    for words in TRANSLATIONS:
        sheet = issued(medications, CURRENT, guidance=GUIDANCE, words=words)
        assert faults(sheet, {"html": OUTPUTS["html"]}) == set()


@each
def test_the_texts_that_deny_a_check_still_do(words: Catalogue) -> None:
    denials = DENIALS[words.language]
    assert {key: words.texts[key] for key in denials} == denials


@each
def test_no_text_of_the_catalogue_suggests_that_anything_was_checked(words: Catalogue) -> None:
    assert {key: text for key, text in words.texts.items() if claims_in(text, words)} == {}


@each
def test_no_sheet_claims_a_check_and_every_page_says_that_there_was_none(words: Catalogue) -> None:
    for name, sheet in sheets(words).items():
        assert claims_of(sheet) == [], name


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("gap.none", "Todo está en orden."),
        ("gap.none", "Esta lista está completa."),
        ("answer.none_reported", "Ninguno: es seguro empezar."),
        ("section.tell", "No hay interacciones"),
        ("notice.review_by", "Verificado por {reviewer} el {date}."),
        ("notice.not_checked_more", "No se encontraron problemas: sin riesgo."),
        ("notice.not_checked", "Se comprobaron las interacciones."),
        ("section.sign_off", "✓ Firmas"),
    ],
)
def test_a_planted_word_of_a_check_in_spanish_is_found(key: str, text: str) -> None:
    words = shipped_catalogues()["es"]
    planted = Catalogue("es", {**words.texts, key: text})
    sheet = issued(whole_list(), CURRENT, guidance=GUIDANCE, words=planted)
    html, paper = pages_of(sheet)
    assert claims_in(" ".join(Page(html).runs), words)
    assert claims_in(" ".join(paper), words)


def test_a_planted_sheet_that_keeps_silent_about_the_check_is_found() -> None:
    words = shipped_catalogues()["es"]
    silent = Catalogue("es", {**words.texts, "notice.not_checked": "Pregunte."})
    sheet = issued(whole_list(), CURRENT, guidance=GUIDANCE, words=silent)
    assert claims_of(replace(sheet, words=replace(silent, texts=words.texts)))


def test_a_planted_english_line_on_a_spanish_sheet_is_found() -> None:
    """English stands only where the line says that it is English, and where there is no translation."""
    words = shipped_catalogues()["es"]
    english = shipped_catalogues()["en"]
    sheet = issued(sample(), CURRENT, guidance=GUIDANCE, words=words)
    other = issued(sample(), CURRENT, guidance=GUIDANCE, words=english)
    assert faults(replace(sheet, checklist=replace(other.checklist, language="es")))
