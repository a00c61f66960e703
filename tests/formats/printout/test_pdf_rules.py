"""The PDF keeps the rules of PDF/UA-1, held by a checker that knows nothing of the program that wrote it."""

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO

import page
import pikepdf
import pytest

from service.domain.patients.patients import Paper, PrintSize
from service.domain.wording import ENGLISH_CATALOGUE
from service.formats.printout import sheet_pdf, sheets_pdf
from tests.formats.printout.samples import (
    CURRENT,
    PATIENT,
    Json,
    document,
    many_items,
    medication_list,
    superseded,
    withdrawn,
)
from tests.formats.printout.signed_samples import signing

HEBREW = "נועה לוי"
BEFORE, AFTER = medication_list(many_items(9)), medication_list(many_items(11)[1:])


def sheet(count: int, **options: object) -> Json:
    return document(medication_list(many_items(count)), **options)  # type: ignore[arg-type]


def signed(made: Json, state: Json = CURRENT) -> tuple[Json, Json]:
    return made, {**state, **signing(made)}


SHEETS: dict[str, Callable[[], tuple[Json, Json]]] = {
    "nothing was asked": lambda: (sheet(0), CURRENT),
    "one item": lambda: (sheet(1, paper=Paper.LETTER), CURRENT),
    "many items in large print": lambda: (sheet(60, print_size=PrintSize.LARGE), CURRENT),
    "signed and marked": lambda: signed(sheet(25)),
    "signed and marked in large print": lambda: signed(sheet(6, print_size=PrintSize.LARGE)),
    "out of date": lambda: signed(document(BEFORE), superseded(BEFORE, AFTER)),
    "withdrawn": lambda: signed(sheet(3), withdrawn()),
    "a name from right to left": lambda: (
        document(BEFORE, replace(PATIENT, name=f"{HEBREW} (b)")),
        withdrawn(f"{HEBREW} 5"),
    ),
}


def broken_rules(pdf: bytes) -> list[str]:
    report = page.validate_pdf_bytes(pdf, profile=page.ValidationProfile.PDF_UA_1)
    return [f"{failure.rule_id}: {failure.message}" for failure in report.failures]


@pytest.mark.parametrize("name", SHEETS)
def test_no_rule_is_broken(name: str) -> None:
    assert broken_rules(sheet_pdf(*SHEETS[name](), ENGLISH_CATALOGUE, system_fonts=False)) == []


def test_no_rule_is_broken_by_many_sheets_in_one() -> None:
    printables = [(*made(), ENGLISH_CATALOGUE) for made in SHEETS.values()]
    assert broken_rules(sheets_pdf(printables, system_fonts=False)) == []


def without_language(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.Lang


def unmarked(pdf: pikepdf.Pdf) -> None:
    pdf.Root.MarkInfo.Marked = False


def without_title(pdf: pikepdf.Pdf) -> None:
    pdf.Root.ViewerPreferences.DisplayDocTitle = False


def without_order(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.StructTreeRoot


def with_untagged_text(pdf: pikepdf.Pdf) -> None:
    content = pikepdf.Stream(pdf, b"BT (untagged) Tj ET")
    first = pdf.pages[0]
    first.Contents = pikepdf.Array([first.Contents, pdf.make_indirect(content)])


@pytest.mark.parametrize(
    "spoil", [without_language, unmarked, without_title, without_order, with_untagged_text]
)
def test_a_rule_that_is_broken_is_found(spoil: Callable[[pikepdf.Pdf], None]) -> None:
    made = sheet_pdf(*SHEETS["signed and marked"](), ENGLISH_CATALOGUE, system_fonts=False)
    spoiled = BytesIO()
    with pikepdf.open(BytesIO(made)) as pdf:
        spoil(pdf)
        pdf.save(spoiled)
    assert broken_rules(spoiled.getvalue())
