"""The sheet as a page whose own print gives the same sheet. What it looks like stands in ``templates``."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil
from pathlib import Path
from typing import Any

from markupsafe import Markup

from service.domain.wording import Catalogue
from service.formats.english_marks import marked_html
from service.formats.html_templates import templates_in
from service.formats.printout.layout.sheet import Sheet, sheet_of
from service.formats.qr_pictures import code_picture

_FOLDER = Path(__file__).parent / "templates"
STYLESHEET = _FOLDER / "sheet.css"
"""Served by whoever serves the page; the page carries no style of its own."""

_REPEATED_MM = 60
"""Chromium repeats a head of up to a quarter of the page: 63 mm on Letter."""
_HEAD_SIZES = {"full": 1.0, "less": 0.8, "least": 0.6}
_WIDE, _BREAK_AFTER = re.compile(r"(\S{40})"), "\\1\u200b"

_TEMPLATES = templates_in(_FOLDER)


@dataclass(frozen=True, slots=True)
class PageControls:
    """A button to print and a way back, for whoever reads the page on a screen; neither is printed."""

    language: str
    print_label: str
    back_label: str
    back_url: str
    script_url: str


def sheet_html(
    document: Mapping[str, Any],
    state: Mapping[str, Any],
    words: Catalogue,
    *,
    stylesheet_url: str,
    controls: PageControls | None = None,
) -> str:
    """The whole page. It shows every text, also in scripts that the PDF has no font for."""
    html = _TEMPLATES.get_template("sheet.html.jinja").render(
        sheet=(sheet := sheet_of(document, state, words)),
        head_size=_head_size(sheet),
        head_line=_head_line(sheet),
        code_picture=Markup(code_picture(document["code"])),  # noqa: S704 -- made here, of our own code
        stylesheet_url=stylesheet_url,
        controls=controls,
    )
    return marked_html(html)


def _head_size(sheet: Sheet) -> str:
    """How large the head is set, so that browsers repeat it: ``full``, ``less``, ``least``.

    ``margin`` when none is small enough: then it stands on the first page, and its words in every margin.
    """
    return next(
        (name for name, size in _HEAD_SIZES.items() if _head_mm(sheet, size) < _REPEATED_MM), "margin"
    )


def _head_mm(sheet: Sheet, size: float) -> float:
    """The head's height on paper, estimated rather too high."""
    large = sheet.print_size == "large"
    letters, line, banner = (30, 6, 26) if large else (52, 4.3, 17)
    facts = [f"{fact.label} {fact.value} {fact.system}" for fact in sheet.head.person]
    lines: float = sum(ceil(len(fact) * size / letters) for fact in facts)
    lines += 1.5 * ceil(len(sheet.head.name) * 1.45 * size / letters)
    if sheet.banner:
        # It is as wide as the page, and ``banner`` is its height with two lines of text.
        texts = sum(ceil(len(str(text)) * size / (1.9 * letters)) for text in sheet.banner.texts)
        lines += banner / line + max(0, texts - 2)
    return size * (lines * line + line * 1.4) + 6


def _head_line(sheet: Sheet) -> str:
    """The head as running text for the margin, each of its words keeping its own direction."""
    banner = [sheet.banner.title] if sheet.banner else []
    facts = (*sheet.head.person, sheet.head.code, *sheet.head.sheet)
    texts = [sheet.head.name, *(f"{fact.label} {fact.value}" for fact in facts), *banner, sheet.not_checked]
    return " \u00a0 ".join(f"\u2068{_WIDE.sub(_BREAK_AFTER, text)}\u2069" for text in texts)
