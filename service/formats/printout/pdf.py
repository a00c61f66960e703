"""The sheet as PDF (PDF/UA-1) and as a picture, by typst. What it looks like stands in ``templates``."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson
import typst

from service.domain.wording import ENGLISH_BEGINS, ENGLISH_ENDS, Catalogue
from service.formats.english_marks import once_marked
from service.formats.isolated_text import IsolatedText
from service.formats.printout.fonts import FAMILIES, font_set
from service.formats.printout.layout.cover import Cover
from service.formats.printout.layout.sheet import sheet_of
from service.formats.printout.unprintable import refused_text, unprintable
from service.formats.qr_pictures import code_picture

_FOLDER = Path(__file__).parent / "templates"
_TEMPLATE = (_FOLDER / "print.typ").read_bytes()
_PROBE = b"""#set document(title: "-")
#set text(font: json(bytes(sys.inputs.fonts)))
#sys.inputs.text"""

Printable = tuple[Mapping[str, Any], Mapping[str, Any], Catalogue]
"""A checklist document, what its state says of it today, and the fixed words."""


def sheet_pdf(
    document: Mapping[str, Any], state: Mapping[str, Any], words: Catalogue, *, system_fonts: bool = True
) -> bytes:
    """One sheet as a tagged PDF; the same input gives the same bytes. Raises UnprintableError."""
    return sheets_pdf([(document, state, words)], system_fonts=system_fonts)


def sheets_pdf(sheets: Sequence[Printable], *, system_fonts: bool = True) -> bytes:
    """Several patients' sheets in one PDF, each on its own paper with its own page numbers.

    Typst keeps memory for what it has set: many sheets belong in a child process. Raises UnprintableError.
    """
    latest = max(datetime.fromisoformat(document["issued_at"]) for document, _, _ in sheets)
    return covered_pdf(None, sheets, latest, system_fonts=system_fonts)


def covered_pdf(
    cover: Cover | None, sheets: Sequence[Printable], made_at: datetime, *, system_fonts: bool
) -> bytes:
    """Several sheets behind the cover that tells of them in the same order. Raises UnprintableError."""
    try:
        pdf = _compiler(sheets, cover, system_fonts=system_fonts).compile(
            format="pdf", pdf_standards=["ua-1"], timestamp=made_at.astimezone(UTC).replace(microsecond=0)
        )
    except typst.TypstError as error:
        raise _explained(error, sheets) from error
    assert isinstance(pdf, bytes)  # noqa: S101 -- a PDF is one file, whatever its number of pages
    return pdf


def is_printable(text: str, *, system_fonts: bool) -> bool:
    """Whether the fonts at hand have every letter of a text."""
    if text.isascii():
        return True
    inputs = {"text": text, "fonts": orjson.dumps(FAMILIES).decode()}
    fonts = font_set(system_fonts=system_fonts)
    try:
        typst.Compiler(_PROBE, root=str(_FOLDER), font_paths=fonts, sys_inputs=inputs).compile(
            format="pdf", pdf_standards=["ua-1"]
        )
    except typst.TypstError:
        return False
    return True


def sheet_png(
    document: Mapping[str, Any], state: Mapping[str, Any], words: Catalogue, page: int, *, ppi: int = 144
) -> bytes:
    """One page of the sheet (counted from 1) as a picture. Raises UnprintableError."""
    sheet_pdf(document, state, words)
    pages: Any = _compiler([(document, state, words)], system_fonts=True).compile(format="png", ppi=ppi)
    picture: bytes = pages[page - 1] if isinstance(pages, list) else pages
    return picture


def _compiler(
    sheets: Sequence[Printable], cover: Cover | None = None, *, system_fonts: bool
) -> typst.Compiler:
    """Texts reach typst as JSON data and are never read as markup."""
    inputs = {
        "cover": _written(cover, right_to_left=cover is not None and cover.direction == "rtl"),
        "sheets": "[" + ",".join(_data(*sheet) for sheet in sheets) + "]",
        "fonts": orjson.dumps(FAMILIES).decode(),
    }
    return typst.Compiler(
        _TEMPLATE, root=str(_FOLDER), font_paths=font_set(system_fonts=system_fonts), sys_inputs=inputs
    )


def _data(document: Mapping[str, Any], state: Mapping[str, Any], words: Catalogue) -> str:
    sheet = sheet_of(document, state, words)
    data = {"sheet": sheet, "code_picture": code_picture(document["code"])}
    return _written(data, right_to_left=sheet.direction == "rtl")


def _written(data: object, *, right_to_left: bool) -> str:
    def written(value: object) -> object:
        if isinstance(value, IsolatedText):
            return value.marked(right_to_left=right_to_left)
        return {field: getattr(value, field) for field in value.__slots__}  # type: ignore[attr-defined]

    text = orjson.dumps(data, default=written, option=orjson.OPT_PASSTHROUGH_DATACLASS).decode()
    apart = ("\u2066", "\u2069") if right_to_left else ("", "")
    return once_marked(text, ENGLISH_BEGINS + apart[0], apart[1] + ENGLISH_ENDS)


def _explained(error: typst.TypstError, sheets: Sequence[Printable]) -> Exception:
    refused = refused_text(error.message)
    if refused is None:
        return error
    return unprintable(refused, [(document, state) for document, state, _ in sheets])
