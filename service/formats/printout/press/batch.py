"""A batch as one PDF: the cover and every sheet that can be printed. A sheet that fails stops no other."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from service.domain.wording import Catalogue
from service.formats.printout.layout.cover import BatchHead, Failure, cover_of
from service.formats.printout.layout.cover_people import CoverWords
from service.formats.printout.layout.cover_rows import SheetOfBatch
from service.formats.printout.pdf import covered_pdf, is_printable, sheet_pdf
from service.formats.printout.unprintable import UnprintableError


@dataclass(frozen=True, slots=True)
class BatchPdf:
    """The PDF and how many of the sheets that were asked for are not in it."""

    pdf: bytes
    failed: int


def batch_pdf(
    head: BatchHead, words: Catalogue, sheets: Sequence[SheetOfBatch], *, system_fonts: bool = True
) -> BatchPdf:
    """Set a batch in one run; only where that fails is each sheet tried alone, and the rest set again.

    Typst keeps memory for what it has set: call this in a process that ends (``press``).
    """
    made_at, missing = datetime.fromisoformat(head.made_at), len(head.missing)

    def pdf_of(said: CoverWords, printed: Sequence[SheetOfBatch], failed: Sequence[Failure]) -> bytes:
        ready = [(sheet.document, sheet.state, sheet.words) for sheet in printed]
        return covered_pdf(cover_of(head, printed, failed, said), ready, made_at, system_fonts=system_fonts)

    with suppress(Exception):  # Whatever it was, the sheets one by one tell.
        return BatchPdf(pdf_of(CoverWords(words.marked()), sheets, ()), missing)
    tried = [(sheet, *_tried(sheet, system_fonts=system_fonts)) for sheet in sheets]
    printed = [sheet for sheet, is_good, _ in tried if is_good]
    failed = [(sheet, error) for sheet, is_good, error in tried if not is_good]
    names = _names(head, sheets)
    refused = frozenset(text for text in names if not is_printable(text, system_fonts=system_fonts))
    pdf = pdf_of(CoverWords(words.marked(), refused), printed, failed)
    return BatchPdf(pdf, missing + len(failed))


def _tried(sheet: SheetOfBatch, *, system_fonts: bool) -> tuple[bool, UnprintableError | None]:
    """Whether a sheet can be printed alone, and the letter that it fails for."""
    try:
        sheet_pdf(sheet.document, sheet.state, sheet.words, system_fonts=system_fonts)
    except UnprintableError as error:
        return False, error
    except Exception:  # noqa: BLE001 -- one bad record never stops the batch, whatever is wrong with it
        return False, None
    return True, None


def _names(head: BatchHead, sheets: Sequence[SheetOfBatch]) -> set[str]:
    """Every text of the record that may stand on the cover."""
    names = {head.clinic, head.made_by}
    for sheet in sheets:
        patient = sheet.document["patient"]
        names |= {patient["name"] or ""}
        names |= {text for identifier in patient["identifiers"] for text in identifier.values()}
    return names
