"""The PDF can be read aloud: titled, in a language, tagged with headings, lists and tables."""

from collections import Counter
from io import BytesIO
from typing import Any

import pikepdf

from service.domain.wording import ENGLISH_CATALOGUE
from service.formats.printout import sheet_pdf
from tests.formats.printout.samples import CURRENT, document, many_items, medication_list


def opened() -> pikepdf.Pdf:
    sheet = document(medication_list(many_items(9)))
    return pikepdf.open(BytesIO(sheet_pdf(sheet, CURRENT, ENGLISH_CATALOGUE)))


def tags(node: Any) -> Counter[str]:
    found: Counter[str] = Counter()
    if isinstance(node, pikepdf.Array):
        for inner in node:
            found += tags(inner)
    elif isinstance(node, pikepdf.Dictionary):
        if "/S" in node and node.get("/Type") != "/OBJR":
            found[str(node.S)] += 1
        if "/K" in node:
            found += tags(node.K)
    return found


def test_the_pdf_is_marked_titled_and_in_a_language() -> None:
    with opened() as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == "en"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        with pdf.open_metadata() as metadata:
            assert metadata["dc:title"] == "Medication checklist before treatment 7K2-M9X-4PD"
            assert metadata["pdfuaid:part"] == "1"


def test_the_pdf_has_headings_tables_lists_and_a_described_picture() -> None:
    with opened() as pdf:
        found = tags(pdf.Root.StructTreeRoot.K)
    assert found["/H1"] == 1
    assert found["/H2"] == 9
    assert found["/Table"] == 7
    assert found["/TH"] > found["/Table"]
    assert found["/TR"] >= 9
    assert found["/L"] == 2
    assert found["/Figure"] == 1
