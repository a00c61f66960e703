"""The layout of a plain text: which lines of a paragraph belong together, before any stop is looked at."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from service.domain.sentences.abbreviations import NEVER_LAST, OPENING, STOPS, words_of
from service.domain.sentences.tables import is_ruling, rows

_BULLET = re.compile(r"[-*–—]\s+(?=\S)|[•‣▪►▶▸●○◦■□▫◆◇☐☑✓✔→➤†‡§¶·⁃]\s*(?=\S)")
_LABEL = re.compile(
    r"(?!(?:[ap]\.\s*m\.|p\.\s*ej|p\.\s+\d|v\.\s+p))"
    r"(?:(?:\d{1,3}|[A-Za-z]|[ivxIVX]{1,4})(?:[.)]|\.-)|\((?:\d{1,3}|[a-z]|[ivx]{1,4})\))\s+(?=\S)"
)
_BEFORE_CAPITAL = re.compile(r"\d{1,2}(?:\.\d{1,2})+\.?\s+|\[\d{1,3}\]\s*|[¹²³⁰⁴-⁹]+\s*")
"""What opens a sentence only where a capital letter follows: ``1.1 Wash``, but not ``2.5 ml``."""

_NAMED = re.compile(r"(?:[^\s:]+ ){0,2}[^\s:]+:\s+(?=\S)")
_OPENING_MARKS = "\"'“‘«¿¡—–*"
_FIRST_LABELS = frozenset("1aAiI")
_USUAL_WIDTH = 60
_LEADS_ON = words_of(
    "a an the of in on at to for from by with without and or nor but than as if when while that which who "
    "whose your our their its his her my this these those no not never only is are was were be been has have "
    "had do does may can could might must should will would between under over into about after before until "
    "during per el la los las lo un una unos unas de del al en con sin por para y e o u ni pero que si "
    "cuando como su sus mi este esta estos estas es son está están nunca solo se le les puede debe entre "
    "sobre bajo hasta desde durante según"
)
"""Words that a heading does not end with, so that the next line belongs to them."""


@dataclass(slots=True)
class Block:
    """Words that belong together. A ``row`` is one sentence; any other block ends sentences at its stops.

    ``above`` and ``below`` are ruling lines, which go with its first and its last sentence. ``mark`` is the
    bullet or label that it opens with; its words have it too.
    """

    words: list[str]
    row: bool = False
    mark: str = ""
    above: list[str] = field(default_factory=list)
    below: list[str] = field(default_factory=list)


def paragraphs(document: str) -> Iterator[list[Block]]:
    """The blocks of each paragraph. Blank lines part paragraphs."""
    found = [_Paragraph(lines) for lines in _parted(document)]
    usual = max((paragraph.width for paragraph in found), default=0) or _USUAL_WIDTH
    for paragraph in found:
        yield paragraph.blocks(paragraph.width or usual)


def _parted(document: str) -> Iterator[list[str]]:
    lines: list[str] = []
    for line in document.splitlines():
        if line.strip():
            lines.append(line.rstrip())
        elif lines:
            yield lines
            lines = []
    if lines:
        yield lines


@dataclass(frozen=True, slots=True)
class _Line:
    """``body`` is where its text begins behind a bullet or a label, 0 where it has neither."""

    text: str
    indent: int
    body: int = 0
    labelled: bool = False

    @classmethod
    def read(cls, text: str) -> "_Line":
        start = len(text) - len(text.lstrip())
        indent = len(text[:start].expandtabs())
        for form in (_BULLET, _LABEL, _BEFORE_CAPITAL):
            opening = form.match(text, start)
            if opening and (form is not _BEFORE_CAPITAL or text[opening.end() : opening.end() + 1].isupper()):
                return cls(text, indent, opening.end(), form is not _BULLET)
        return cls(text, indent)

    @property
    def first_letter(self) -> str:
        return self.text.lstrip().lstrip(_OPENING_MARKS)[:1]

    @property
    def mark(self) -> str:
        """Its bullet or label, empty where it has neither."""
        return self.text[: self.body].strip()

    @property
    def leads_on(self) -> bool:
        """Whether its last word asks for another one."""
        last = self.text.rsplit(None, 1)[-1].lstrip(OPENING).casefold()
        return last.endswith(",") or last in _LEADS_ON or last.rstrip(".") in NEVER_LAST

    @property
    def is_ended(self) -> bool:
        return self.text[-1] in STOPS

    @property
    def is_item(self) -> bool:
        return self.body > 0

    @property
    def is_later_label(self) -> bool:
        return self.labelled and self.text[: self.body].strip(" \t().-") not in _FIRST_LABELS


class _Paragraph:
    """The lines between two blank lines, and how they hang together."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._lines = [_Line.read(text) for text in texts]
        self._rows = rows(texts, [line.body for line in self._lines])
        self._text = [
            row is None and not is_ruling(line.text)
            for line, row in zip(self._lines, self._rows, strict=True)
        ]

    @property
    def width(self) -> int:
        """The length of its longest line that is surely wrapped, with a small letter below; 0 for none."""
        pairs = zip(self._lines, self._lines[1:], self._text, self._text[1:], strict=False)
        return max(
            (
                len(line.text)
                for line, below, *text in pairs
                if all(text) and not line.is_item and not below.is_item
                if below.first_letter.islower() and not line.is_ended and line.text[-1] != ":"
            ),
            default=0,
        )

    def blocks(self, width: int) -> list[Block]:
        """Its blocks, where a line of ``width`` characters is full."""
        found: list[Block] = []
        drawn: list[str] = []
        above: _Line | None = None
        item: _Line | None = None
        for line, row, is_text in zip(self._lines, self._rows, self._text, strict=True):
            if is_ruling(line.text):
                (found[-1].below if found else drawn).extend(line.text.split())
            elif row and row.goes_on and not found[-1].below:
                found[-1].words += row.words
            elif row:
                found.append(Block(row.words, row=True))
            elif above and _belongs_to(above, line, item, width):
                found[-1].words += line.text.split()
            else:
                found.append(Block(line.text.split(), mark=line.mark))
            above = line if is_text else None
            item = line if is_text and line.is_item else item
        if not found:
            return [Block(drawn, row=True)]
        found[0].above = drawn
        return found


def _belongs_to(above: _Line, line: _Line, item: _Line | None, width: int) -> bool:
    """Whether a line goes on with the line above it; ``item`` is the last item of the paragraph so far."""
    if line.is_item:
        return line.is_later_label and item is None and above.leads_on
    if not line.first_letter.isupper() or above.is_ended or above.leads_on:
        return True
    if all(_NAMED.match(each.text.lstrip()) for each in (above, line)):
        return False
    return (
        above.text.count("(") > above.text.count(")")
        or (item is not None and line.indent > item.indent)
        or (above.text.isupper() and line.text.isupper())
        or len(above.text) + 1 + len(line.text.split(None, 1)[0]) > width
    )
