"""Reads printed sheets back: the texts of a page and of a PDF."""

import ctypes
import re
import unicodedata
from collections import Counter
from html.parser import HTMLParser

import pypdfium2
import pypdfium2.raw as pdfium

_LAYOUT_ONLY = re.compile(r"[\s\u200b\u2066-\u2069\ufffe]")
_VOID = frozenset({"br", "link", "meta"})


def pdf_pages(pdf: bytes) -> list[str]:
    """The text of each page."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        pages = []
        for page in document:
            text = page.get_textpage()
            pages.append(text.get_text_range())
            text.close()
            page.close()
        return pages
    finally:
        document.close()


def page_sizes(pdf: bytes) -> set[tuple[int, int]]:
    """The sizes of the pages in whole points."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return {
            (round(width), round(height))
            for width, height in map(document.get_page_size, range(len(document)))
        }
    finally:
        document.close()


def letter_sizes(pdf: bytes, *, after_page: int = 0) -> Counter[int]:
    """How many letters are set in each size (in whole points) on the pages after a page."""
    document = pypdfium2.PdfDocument(pdf)
    sizes: Counter[int] = Counter()
    try:
        for page in list(document)[after_page:]:
            text = page.get_textpage()
            for place in range(text.count_chars()):
                sizes[round(pdfium.FPDFText_GetFontSize(text.raw, place))] += 1
            text.close()
            page.close()
    finally:
        document.close()
    return sizes


def printed_lines(pdf: bytes) -> list[tuple[str, list[float]]]:
    """The letters of each line from left to right as they stand on paper, with their left edges in points."""
    document = pypdfium2.PdfDocument(pdf)
    lines: list[tuple[str, list[float]]] = []
    try:
        for page in document:
            text = page.get_textpage()
            rows: dict[int, list[tuple[float, str]]] = {}
            for place in range(text.count_chars()):
                letter = chr(pdfium.FPDFText_GetUnicode(text.raw, place))
                x, y = ctypes.c_double(), ctypes.c_double()
                pdfium.FPDFText_GetCharOrigin(text.raw, place, x, y)
                if letter.isprintable() and not letter.isspace():
                    rows.setdefault(round(y.value), []).append((x.value, letter))
            in_order = map(sorted, rows.values())
            lines += [("".join(letter for _, letter in row), [left for left, _ in row]) for row in in_order]
            text.close()
            page.close()
    finally:
        document.close()
    return lines


def places_of(word: str, pdf: bytes) -> list[float]:
    """The left edge of every occurrence of a word on the first page, in points."""
    document = pypdfium2.PdfDocument(pdf)
    page = document[0]
    text = page.get_textpage()
    try:
        starts = [found.start() for found in re.finditer(word, text.get_text_range())]
        return [text.get_charbox(start)[0] for start in starts]
    finally:
        text.close()
        page.close()
        document.close()


def outside(pdf: bytes, margin: float) -> list[tuple[int, str]]:
    """Every letter nearer to the edge of its page than ``margin`` points, with the page's number."""
    document = pypdfium2.PdfDocument(pdf)
    found = []
    try:
        for number, page in enumerate(document, start=1):
            text = page.get_textpage()
            width, height = page.get_size()
            for place, letter in enumerate(text.get_text_range()):
                left, bottom, right, top = text.get_charbox(place) if letter.strip() else (margin,) * 4
                if min(left, bottom, width - right, height - top) < margin:
                    found.append((number, letter))
            text.close()
            page.close()
    finally:
        document.close()
    return found


def run_on(text: str) -> str:
    """The text without what only lays it out: blanks, line ends, direction marks; ligatures taken apart."""
    return _LAYOUT_ONLY.sub("", unicodedata.normalize("NFKC", text))


def letters(text: str) -> Counter[str]:
    """How often each letter stands in the text, in whatever order a reader gives right-to-left letters."""
    return Counter(unicodedata.normalize("NFKD", run_on(text)))


class HtmlTexts(HTMLParser):
    """Collects text nodes, ids, headings and the attributes that are read aloud."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.nodes: list[str] = []
        self.spoken: list[str] = []
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self._open: list[str] = []
        self.feed(html)
        self.close()
        assert self._open == [], "every element is closed"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]
        self.spoken += [value for name, value in attrs if name == "aria-label" and value]
        if tag not in _VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.nodes.append(data)

    @property
    def text(self) -> str:
        return "".join(self.nodes)

    def values(self, attribute: str) -> list[str]:
        return [value for name, value in self.attributes if name == attribute]
