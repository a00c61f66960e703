"""Takes outputs apart into stretches of text: all that a page or a PDF shows, prints or has read aloud."""

import ctypes
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from itertools import groupby
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from service.formats.coverage.matching import Stretch

_INLINE = frozenset({"bdi", "br", "small", "span", "strong", "sup"})
_TECHNICAL = frozenset(
    {
        *(
            "aria-labelledby",
            "charset",
            "class",
            "colspan",
            "dir",
            "href",
            "id",
            "lang",
            "rel",
            "role",
            "scope",
            "start",
        ),
        *("d", "stroke", "transform", "viewbox", "xml:lang", "xmlns"),
    }
)
"""Attributes that name, place or draw something. Every other attribute is a text."""
_MADE_BY = frozenset({"Creator", "Producer", "CreationDate", "ModDate"})
"""What a PDF says of the program that wrote it; every other fact about the file is a text."""
_TURNING = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")
_HYPHEN_AT_END = "\x02"
"""How pdfium writes a hyphen that ends a line."""
_VIEWPORT = {"name": "viewport", "content": "width=device-width, initial-scale=1"}


def html_stretches(html: str) -> list[Stretch]:
    """The text of each block of a page, of each attribute that is no technical one, and of each comment."""
    reader = _HtmlReader()
    reader.feed(html)
    reader.close()
    reader.end_block()
    return reader.stretches


class _HtmlReader(HTMLParser):
    """Collects text block by block, with the numbers that a browser gives to the lines of a list."""

    def __init__(self) -> None:
        super().__init__()
        self.stretches: list[Stretch] = []
        self._parts: list[str] = []
        self._number: int | None = None

    def end_block(self) -> None:
        self._add(*self._parts)
        self._parts = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _INLINE:
            self.end_block()
        if tag in ("ol", "ul"):
            self._number = int(dict(attrs).get("start") or 1) - 1 if tag == "ol" else None
        if tag == "li" and self._number is not None:
            self._number += 1
            self._parts.append(f"{self._number} ")
        if dict(attrs) != _VIEWPORT:
            for name, value in attrs:
                if name not in _TECHNICAL:
                    self._add(value or "")

    def handle_endtag(self, tag: str) -> None:
        if tag not in _INLINE:
            self.end_block()

    def handle_data(self, data: str) -> None:
        self._parts.append(data)

    def handle_comment(self, data: str) -> None:
        self._add(data)

    def _add(self, *parts: str) -> None:
        if "".join(parts).strip():
            self.stretches.append(Stretch(parts))


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


def pdf_stretches(pdf: bytes) -> tuple[list[Stretch], int]:
    """The body of all pages in one stretch, each page's furniture, what is read aloud, and the page count.

    Runs of letters are taken in the order in which the PDF holds them, which is the order of reading.
    Furniture is what the PDF marks as no part of its content: heads, feet and titles on a later page again.
    """
    document = pypdfium2.PdfDocument(pdf)
    try:
        body: list[tuple[str, bool]] = []
        others: list[Stretch] = []
        for page in document:
            runs = _runs(page)
            turning = [run for run in runs if _TURNING.search(run.text)]
            for is_body, together in groupby(runs, key=lambda run: run.is_body):
                texts = [(run.text, any(map(run.beside, turning))) for run in together]
                if is_body:
                    body += texts
                else:
                    others.append(_stretch(texts))
            others += _read_aloud(page)
            page.close()
        titles = [bookmark.get_title() for bookmark in document.get_toc()]
        titles += [fact for name, fact in document.get_metadata_dict().items() if name not in _MADE_BY]
        return [_stretch(body), *others, *(Stretch((title,)) for title in titles)], len(document)
    finally:
        document.close()


def _stretch(runs: list[tuple[str, bool]]) -> Stretch:
    turned = frozenset(number for number, (_, is_turned) in enumerate(runs) if is_turned)
    return Stretch(tuple(text for text, _ in runs), turned)


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
