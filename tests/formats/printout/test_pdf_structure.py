"""The PDF can be read aloud: titled, in a language, tagged with headings, lists and tables."""

import re
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from itertools import pairwise
from typing import Any

import pikepdf

from service.domain.wording import ENGLISH_CATALOGUE
from service.formats.printout import sheet_pdf
from tests.formats.printout.samples import CURRENT, document, many_items, medication_list
from tests.formats.printout.signed_samples import signing


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


def elements(node: Any) -> Iterator[Any]:
    """Every element of the structure tree, the outer before the inner."""
    if isinstance(node, pikepdf.Array):
        for inner in node:
            yield from elements(inner)
    elif isinstance(node, pikepdf.Dictionary):
        if "/S" in node:
            yield node
        if "/K" in node:
            yield from elements(node.K)


def signed() -> pikepdf.Pdf:
    sheet = document(medication_list(many_items(9)))
    state = {**CURRENT, **signing(sheet)}
    return pikepdf.open(BytesIO(sheet_pdf(sheet, state, ENGLISH_CATALOGUE)))


def test_signatures_and_marks_are_paragraphs_of_their_own_and_add_no_heading() -> None:
    with opened() as plain, signed() as having:
        before, after = tags(plain.Root.StructTreeRoot.K), tags(having.Root.StructTreeRoot.K)
    # Four signatures name their section and say who signed; three say more. Marks stand at five lines.
    assert after["/P"] - before["/P"] >= 4 * 2 + 3
    for same in ("/H1", "/H2", "/Table", "/TR", "/TH", "/Figure"):
        assert after[same] == before[same]


def test_headings_nest_headers_say_what_they_head_and_pictures_are_described() -> None:
    with signed() as pdf:
        found = list(elements(pdf.Root.StructTreeRoot.K))
        headings = [int(str(one.S)[2:]) for one in found if re.fullmatch(r"/H\d", str(one.S))]
        assert headings[0] == 1
        assert all(after <= before + 1 for before, after in pairwise(headings))
        for one in found:
            if str(one.S) == "/TH":
                attributes = one.A if isinstance(one.A, pikepdf.Array) else [one.A]
                assert any(str(entry.get("/Scope")) in ("/Row", "/Column") for entry in attributes)
            if str(one.S) == "/Figure":
                assert str(one.Alt)


def test_every_page_goes_through_its_fields_in_the_order_of_reading() -> None:
    with signed() as pdf:
        assert all(str(page.get("/Tabs", "/S")) == "/S" for page in pdf.pages)
