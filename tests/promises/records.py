"""What leaves the service beside a single sheet: the page that a patient keeps, and a batch's cover."""

from uuid import UUID

from service.domain.access.clinics import Clinic
from service.domain.medications.medication_list import MedicationList
from service.domain.wording import Catalogue
from service.formats.patient_file.page import PatientPage, page_chunks
from service.formats.printout import BatchHead, SheetOfBatch, batch_pdf
from tests.domain.made_up import NOW, PATIENT
from tests.formats.printout.reading import pdf_pages
from tests.promises.sheets import CURRENT, Json


def page_to_keep(medications: MedicationList, words: Catalogue) -> str:
    """What the patient reads of their own record."""
    page = PatientPage(
        clinic=Clinic(UUID(int=2), "The clinic"),
        patient=PATIENT,
        made_at=NOW,
        created_at=NOW,
        now=medications,
        history=(),
        sheets=(),
        sign_offs=(),
        marks=(),
        links=(),
        forms=(),
        feedback=(),
        events=(),
    )
    return b"".join(page_chunks(page, words)).decode()


def cover_pages_of(document: Json, words: Catalogue, copies: int = 1) -> list[str]:
    """The pages of the cover before so many copies of a sheet, without those of the sheets."""
    head = BatchHead("The clinic", "a4", "UTC", NOW.isoformat(), "Test Nurse", None)
    sheets = [SheetOfBatch(document, CURRENT, words)] * copies
    pages = pdf_pages(batch_pdf(head, words, sheets, system_fonts=False).pdf)
    several = words.texts["batch.names_several"]
    return [page for page in pages if several in " ".join(page.split())]
