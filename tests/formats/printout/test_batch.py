"""Many patients' sheets in one PDF: each in its own way, behind a cover that tells of each of them once."""

import re
from dataclasses import replace
from io import BytesIO
from uuid import UUID

import pikepdf
import pytest

from service.domain.medications.categories import Answer
from service.domain.patients.patients import Identifier, Paper, Patient, PrintSize
from service.domain.wording import ENGLISH, ENGLISH_CATALOGUE, Catalogue
from service.formats.printout import BatchHead, BatchPdf, SheetOfBatch, batch_pdf
from tests.formats.printout.reading import page_sizes, pdf_pages, run_on
from tests.formats.printout.samples import (
    CURRENT,
    PATIENT,
    document,
    item,
    many_items,
    medication_list,
    withdrawn,
)
from tests.formats.printout.test_hostile_names import LONG, MARKUP
from tests.formats.printout.test_pdf_structure import tags

HEAD = BatchHead(
    "A clinic", "a4", "Europe/Berlin", "2026-11-30T15:00:00+00:00", "Test Nurse 01", "2026-12-01"
)
OTHER_WORDS = Catalogue("es", {**ENGLISH, "sheet.page": "Hoja {page} de {pages}"})


def person(number: int, name: str | None = None) -> Patient:
    return replace(
        PATIENT,
        id=UUID(int=number),
        name=name or f"Test Patient {number:03d}",
        identifiers=(Identifier("urn:clinic:mrn", f"{number:06d}"),),
    )


def sheet(number: int, name: str | None = None, items: int = 3, **options: object) -> SheetOfBatch:
    listed = medication_list(many_items(items), supplement=Answer.DECLINED)
    return SheetOfBatch(document(listed, person(number, name), **options), CURRENT, ENGLISH_CATALOGUE)  # type: ignore[arg-type]


def made(*sheets: SheetOfBatch, head: BatchHead = HEAD) -> BatchPdf:
    return batch_pdf(head, ENGLISH_CATALOGUE, sheets, system_fonts=False)


def cover_of(batch: BatchPdf) -> str:
    pages = pdf_pages(batch.pdf)
    return " ".join(" ".join(page for page in pages if "names several patients" in page).split())


def test_each_patient_has_their_own_paper_size_and_language_and_pages_counted_for_themselves() -> None:
    spanish = SheetOfBatch(
        document(medication_list(many_items(30)), person(2), paper=Paper.LETTER, words=OTHER_WORDS),
        CURRENT,
        OTHER_WORDS,
    )

    batch = made(sheet(1, print_size=PrintSize.LARGE), spanish, sheet(3, items=0))

    assert page_sizes(batch.pdf) == {(595, 842), (612, 792)}
    numbers = [
        re.findall(r"(Page|Hoja) (\d+) (?:of|de) (\d+)", page) for page in pdf_pages(batch.pdf) if page
    ][1:]
    counted = [(word, int(page), int(pages)) for ((word, page, pages),) in numbers]
    assert [page for _, page, _ in counted] == [
        page for _, first, pages in counted if first == 1 for page in range(1, pages + 1)
    ]
    assert [word for word, first, _ in counted if first == 1] == ["Page", "Hoja", "Page"]


@pytest.mark.parametrize("number", [1, 60])
def test_each_patient_stands_once_on_the_cover_with_the_pages_of_their_sheet(number: int) -> None:
    batch = made(*(sheet(patient, items=patient % 3) for patient in range(number)))

    pages, cover = pdf_pages(batch.pdf), cover_of(batch)
    rows = re.findall(r"(\d+)–?(\d*)\s+Code [0-9A-Z-￾\s]{9,12}\s+(Test Patient \d{3})", cover)
    assert [name for _, _, name in rows] == [f"Test Patient {patient:03d}" for patient in range(number)]
    ends = [(int(first), int(last or first)) for first, last, _ in rows]
    for (first, last), (_, _, name) in zip(ends, rows, strict=True):
        for page in pages[first - 1 : last]:
            assert set(re.findall(r"Test Patient \d{3}", page)) == {name}
    assert [first for first, _ in ends[1:]] == [last + 1 for _, last in ends[:-1]]
    assert ends[-1][1] == len(pages)
    assert batch.failed == 0


def test_a_sheet_that_no_font_can_print_is_named_first_and_the_others_are_printed() -> None:
    bad = replace(sheet(2), document=document(medication_list((item(1, name="人参"),)), person(2)))

    batch = made(sheet(1), bad, sheet(3, "王小明"), sheet(4))

    cover = cover_of(batch)
    assert batch.failed == 2
    assert "Sheets printed 2 Sheets not printed 2" in cover
    assert "Item 1 has the letter U+4EBA (CJK), which no font here has. Install fonts-noto-cjk" in cover
    assert "(cannot be printed here) Date of birth 2 April 1961 Identifier 000003" in cover
    assert cover.index("Not printed") < cover.index("Test Patient 002") < cover.index("Test Patient 001")
    sheets = "".join(page for page in pdf_pages(batch.pdf) if "names several patients" not in page)
    assert {"Test Patient 001", "Test Patient 004"} == set(re.findall(r"Test Patient \d{3}", sheets))


def test_a_batch_without_any_sheet_is_a_cover_that_names_what_is_missing() -> None:
    batch = made(head=replace(HEAD, day=None, missing=("0192-of-nobody",)))

    assert len(pdf_pages(batch.pdf)) == batch.failed == 1
    assert "Number that was sent 0192-of-nobody" in cover_of(batch).replace("￾", "-")


def test_a_record_that_cannot_be_laid_out_at_all_stops_no_other() -> None:
    damaged = sheet(2)
    assert isinstance(damaged.document, dict)
    damaged.document["notices"] = []

    batch = made(sheet(1), damaged)

    assert batch.failed == 1
    assert "It could not be made into a PDF." in cover_of(batch)
    assert "Sheets printed 1" in cover_of(batch)


@pytest.mark.parametrize("head", [replace(HEAD, clinic="診療所"), replace(HEAD, made_by="看護師")])
def test_a_clinic_or_a_nurse_whose_name_no_font_has_still_prints(head: BatchHead) -> None:
    batch = made(sheet(1), head=head)

    assert batch.failed == 0
    assert "(cannot be printed here)" in cover_of(batch)


@pytest.mark.parametrize("name", [*MARKUP, *LONG], ids=range(len(MARKUP + LONG)))
def test_a_name_is_data_on_the_cover_and_is_read_back_whole(name: str) -> None:
    assert run_on(cover_of(made(sheet(1, name)))).count(run_on(name)) == 1


def test_a_sheet_taken_back_or_issued_anew_says_so_on_the_cover() -> None:
    taken_back = replace(sheet(1), state=withdrawn())
    anew = replace(sheet(2), renewed=True)

    cover = cover_of(made(taken_back, anew))

    assert "Test Patient 001 Date of birth 2 April 1961 Identifier 000001 (urn:clinic:mrn) Withdrawn" in cover
    assert "Issued anew, the list had changed" in cover[cover.index("Test Patient 002") :]


def test_whoever_was_not_asked_is_told_by_category_also_where_the_sheet_failed() -> None:
    unasked = document(medication_list(supplement=Answer.NONE_REPORTED), person(2))
    failing = document(medication_list((item(1, name="人"),)), person(3))

    cover = cover_of(
        made(sheet(1), *(SheetOfBatch(one, CURRENT, ENGLISH_CATALOGUE) for one in (unasked, failing)))
    )

    assert "Patients with a category not asked 2" in cover
    assert cover.count("Not asked: Prescription, Without prescription") == 2
    for category in ("Prescription", "Without prescription"):
        assert cover.count(f"{category}: not asked") == 1, "of the failed sheet there is no strip"
        assert f"{category}: none" not in cover
    assert "Supplements: none" in cover
    assert "Supplements: 1 listed" in cover


def test_the_batch_is_one_tagged_pdf_with_the_covers_title() -> None:
    with pikepdf.open(BytesIO(made(sheet(1), sheet(2)).pdf)) as pdf:
        found = tags(pdf.Root.StructTreeRoot.K)
        with pdf.open_metadata() as metadata:
            assert metadata["dc:title"] == "Cover of the sheets for 1 December 2026"
            assert metadata["pdfuaid:part"] == "1"
    assert found["/H1"] == 3
    assert found["/Figure"] == 2
