"""The printed sheet: one layout of an issued checklist, written as a page (HTML) and as PDF.

``sheet`` lays the data out, ``html`` and ``pdf`` write it; ``sheet.html.jinja``, ``sheet.css`` and
``sheet.typ`` say what it looks like. Nothing here decides what stands on a checklist.
"""

from service.formats.printout.batch import BatchPdf, batch_pdf
from service.formats.printout.child import PressError
from service.formats.printout.cover import BatchHead, SheetOfBatch
from service.formats.printout.fonts import PAGE_FACES, face_contents
from service.formats.printout.html import STYLESHEET, PageControls, sheet_html
from service.formats.printout.pdf import is_printable, sheet_pdf, sheet_png, sheets_pdf
from service.formats.printout.press import PrintableText, press, press_sheet
from service.formats.printout.sheet import Sheet, sheet_of
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
