"""Takes a PDF apart into stretches of text: all that its pages print and have read aloud."""

import ctypes
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from service.domain.wording import is_turning
from service.formats.proof.matching import Stretch

_MADE_BY = frozenset({"Creator", "Producer", "CreationDate", "ModDate"})
"""What a PDF says of the program that wrote it; every other fact about the file is a text."""
_HYPHEN_AT_END = "\x02"
"""How pdfium writes a hyphen that ends a line."""


@dataclass(frozen=True, slots=True)
class _Run:
    """A run of letters on a page, between its lowest and its highest point."""

    text: str
    is_body: bool
    low: float
    high: float

    def beside(self, other: "_Run") -> bool:
        """Whether both stand on one line."""
        return self.low < other.high and other.low < self.high


_Turned = tuple[_Run, bool]
"""A run, and whether it stands on a line with a right-to-left letter."""


def pdf_stretches(pdf: bytes) -> tuple[list[Stretch], int]:
    """The body of all pages in one stretch, each page's furniture, what is read aloud, and the page count.

    Runs of letters are taken in the order in which the PDF holds them, which is the order of reading.
    Furniture is what the PDF marks as no part of its content: heads, feet and titles on a later page again.
    """
    document = pypdfium2.PdfDocument(pdf)
    try:
        body: list[_Turned] = []
        others: list[Stretch] = []
        for page in document:
            for is_body, runs in groupby(_turned_runs(page), key=lambda run: run[0].is_body):
                if is_body:
                    body += runs
                else:
                    others.append(_stretch(runs))
            others += _read_aloud(page)
            page.close()
        return [_stretch(body), *others, *_about_file(document)], len(document)
    finally:
        document.close()


def _about_file(document: pypdfium2.PdfDocument) -> Iterator[Stretch]:
    """The titles in the table of contents, and what the file says of itself."""
    titles = [bookmark.get_title() for bookmark in document.get_toc()]
    facts = [fact for name, fact in document.get_metadata_dict().items() if name not in _MADE_BY]
    return (Stretch((text,)) for text in (*titles, *facts))


def _turned_runs(page: pypdfium2.PdfPage) -> list[_Turned]:
    """The runs of a page, each with whether a right-to-left letter stands on its line."""
    runs = _runs(page)
    turning = [run for run in runs if is_turning(run.text)]
    return [(run, any(map(run.beside, turning))) for run in runs]


def _stretch(turned_runs: Iterable[_Turned]) -> Stretch:
    runs = list(turned_runs)
    turned = frozenset(number for number, (_, is_turned) in enumerate(runs) if is_turned)
    return Stretch(tuple(run.text for run, _ in runs), turned)


def _runs(page: pypdfium2.PdfPage) -> list[_Run]:
    letters = page.get_textpage()
    runs = []
    for run in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT]):
        text = _text(pdfium.FPDFTextObj_GetText, run.raw, letters.raw)
        is_body = pdfium.FPDFPageObj_GetMarkedContentID(run.raw) >= 0
        _, low, _, high = run.get_bounds()
        runs.append(_Run(text.replace(_HYPHEN_AT_END, "-"), is_body, low, high))
    letters.close()
    return runs


def _text(read: Any, *of: Any) -> str:
    """A text that pdfium writes as UTF-16 into a buffer of the length it asks for, with an end mark."""
    in_bytes = read is not pdfium.FPDFTextObj_GetText
    length = read(*of, None, 0)
    buffer = ctypes.create_string_buffer(length)
    read(*of, buffer if in_bytes else ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), length)
    return buffer.raw[:-2].decode("utf-16-le", "replace")


def _read_aloud(page: pypdfium2.PdfPage) -> Iterator[Stretch]:
    """What the page's structure says in place of pictures and of letters."""
    tree = pdfium.FPDF_StructTree_GetForPage(page.raw)
    waiting = [
        pdfium.FPDF_StructTree_GetChildAtIndex(tree, number)
        for number in range(pdfium.FPDF_StructTree_CountChildren(tree))
    ]
    while waiting:
        element = waiting.pop()
        for read in (
            pdfium.FPDF_StructElement_GetAltText,
            pdfium.FPDF_StructElement_GetActualText,
            pdfium.FPDF_StructElement_GetTitle,
        ):
            if text := _text(read, element):
                yield Stretch((text,))
        children = range(pdfium.FPDF_StructElement_CountChildren(element))
        found = (pdfium.FPDF_StructElement_GetChildAtIndex(element, number) for number in children)
        waiting += [child for child in found if child]
    pdfium.FPDF_StructTree_Close(tree)


def number_of_pages(pdf: bytes) -> int:
    """How many pages a PDF has."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return len(document)
    finally:
        document.close()
