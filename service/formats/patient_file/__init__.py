"""The file that a patient who asks for their data is given: one ZIP, to read and for programs.

``archive`` packs it, ``record`` writes what is kept as JSON, ``page`` as a page to read and to print, and
``readme`` says what is in it. What is kept of a patient is gathered by ``actions.patient_data``.
"""

from service.formats.patient_file.archive import (
    LIST_IN_FHIR,
    README,
    RECORD_JSON,
    RECORD_PAGE,
    SHEETS,
    STYLE,
    Archive,
    SheetFile,
)
from service.formats.patient_file.page import PatientPage, SheetOnPage, page_chunks
from service.formats.patient_file.readme import readme_text
from service.formats.patient_file.record import FORMAT, record_chunks

__all__ = [
    "FORMAT",
    "LIST_IN_FHIR",
    "README",
    "RECORD_JSON",
    "RECORD_PAGE",
    "SHEETS",
    "STYLE",
    "Archive",
    "PatientPage",
    "SheetFile",
    "SheetOnPage",
    "page_chunks",
    "readme_text",
    "record_chunks",
]
