"""The printed sheet: one layout of an issued checklist, written as a page (HTML) and as PDF.

``layout`` works out what stands where, ``html`` and ``pdf`` write it, and the files in ``templates`` say what
it looks like. ``press`` has PDFs set by processes of their own. Nothing here decides what stands on a
checklist.
"""

from service.formats.printout.fonts import PAGE_FACES, face_contents
from service.formats.printout.html import STYLESHEET, PageControls, sheet_html
from service.formats.printout.layout.cover import BatchHead
from service.formats.printout.layout.cover_rows import SheetOfBatch
from service.formats.printout.layout.sheet import Sheet, sheet_of
from service.formats.printout.pdf import is_printable, sheet_pdf, sheet_png, sheets_pdf
from service.formats.printout.press.batch import BatchPdf, batch_pdf
from service.formats.printout.press.child import PressError
from service.formats.printout.press.jobs import PrintableText, press, press_sheet
from service.formats.printout.unprintable import UnprintableError

__all__ = [
    "PAGE_FACES",
    "STYLESHEET",
    "BatchHead",
    "BatchPdf",
    "PageControls",
    "PressError",
    "PrintableText",
    "Sheet",
    "SheetOfBatch",
    "UnprintableError",
    "batch_pdf",
    "face_contents",
    "is_printable",
    "press",
    "press_sheet",
    "sheet_html",
    "sheet_of",
    "sheet_pdf",
    "sheet_png",
    "sheets_pdf",
]
