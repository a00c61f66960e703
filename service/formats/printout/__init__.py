"""The printed sheet: one layout of an issued checklist, written as a page (HTML) and as PDF.

``sheet`` lays the data out, ``html`` and ``pdf`` write it; ``sheet.html.jinja``, ``sheet.css`` and
``sheet.typ`` say what it looks like. Nothing here decides what stands on a checklist.
"""

from service.formats.printout.html import STYLESHEET, sheet_html
from service.formats.printout.pdf import sheet_pdf, sheet_png, sheets_pdf
from service.formats.printout.unprintable import UnprintableError

__all__ = ["STYLESHEET", "UnprintableError", "sheet_html", "sheet_pdf", "sheet_png", "sheets_pdf"]
