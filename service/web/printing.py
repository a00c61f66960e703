"""Sheets and gathered batches to the press; and how their PDF is offered to download."""

from service.actions.batches import Batch
from service.actions.checklists import IssuedChecklist
from service.domain.checklists.state import state_document
from service.domain.wording import Catalogues, catalogue_for
from service.formats.printout import BatchHead, BatchPdf, PrintableText, press, press_sheet

PDF = "application/pdf"


def print_sheet(issued: IssuedChecklist) -> bytes:
    """One sheet as a PDF. Raises PressError and UnprintableError."""
    return press_sheet(
        PrintableText(issued.document_text, state_document(issued.state, issued.words), issued.words)
    )


def print_batch(batch: Batch, catalogues: Catalogues) -> BatchPdf:
    """The batch as one PDF, its cover in the clinic's language. Raises PressError."""
    plan, clinic = batch.plan, batch.clinic
    head = BatchHead(
        clinic=clinic.name,
        paper=clinic.paper.value,
        time_zone=clinic.time_zone,
        made_at=plan.made_at.isoformat(),
        made_by=batch.made_by,
        day=plan.day.isoformat() if plan.day else None,
        missing=tuple(map(str, plan.missing)),
    )
    sheets = [
        PrintableText(
            sheet.document_text,
            state_document(sheet.state, sheet.words),
            sheet.words,
            sheet.id in plan.renewed,
        )
        for sheet in batch.sheets
    ]
    return press(head, catalogue_for(catalogues, clinic.language), sheets)


def file_name(batch: Batch) -> str:
    """A name for the file that says nothing of a patient: the day, or when it was made."""
    day = batch.plan.day or batch.plan.made_at.date()
    return f"checklists-{day.isoformat()}.pdf"
