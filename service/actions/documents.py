"""Issued checklists as documents of an EHR: one by one, and searched for."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import orjson

from service.actions.checklists import IssuedChecklist, known_checklist, record_on, with_state
from service.actions.paging import Page, page_of
from service.actions.work import Work
from service.domain.access.permissions import Permission
from service.domain.audit.events import AuditAction
from service.domain.wording import Catalogue
from service.formats.fhir.searching import MOST_RESULTS
from service.formats.fhir.sheets_sought import SheetsSought
from service.store import checklists as checklist_store
from service.store import replacements
from service.store.checklists import StoredChecklist


@dataclass(frozen=True, slots=True)
class FiledSheet:
    """An issued sheet with where it stands: ``replaces`` are those whose place it took."""

    sheet: StoredChecklist
    words: Catalogue
    replaces: tuple[UUID, ...]

    @property
    def document(self) -> dict[str, Any]:
        """The issued document, parsed anew."""
        parsed: dict[str, Any] = orjson.loads(self.sheet.document_text)
        return parsed


def get_filed_sheet(work: Work, checklist_id: UUID) -> FiledSheet:
    """Where an issued sheet stands. Raises NotFoundError."""
    work.require(Permission.READ_CHECKLISTS)
    stored = known_checklist(work, checklist_id)
    record_on(work, stored, AuditAction.READ_CHECKLIST)
    return _filed(work, [stored])[0]


def find_filed_sheets(work: Work, sought: SheetsSought, limit: int) -> Page[FiledSheet]:
    """A page of where the sheets stand that are sought, newest first."""
    page = _find(work, sought, limit)
    return Page(_filed(work, page.items), page.more)


def find_sheets(work: Work, sought: SheetsSought, limit: int) -> Page[IssuedChecklist]:
    """A page of the sheets that are sought, newest first, each with its state today."""
    page = _find(work, sought, limit)
    return Page(tuple(with_state(work, stored) for stored in page.items), page.more)


def _find(work: Work, sought: SheetsSought, limit: int) -> Page[StoredChecklist]:
    """Another clinic's patients and sheets are not there, and that says no more."""
    work.require(Permission.READ_CHECKLISTS)
    fitting = [one for one in _candidates(work, sought) if sought.fits(one.id, one.patient_id, one.status)]
    page = page_of(tuple(fitting[: limit + 1]), limit)
    for stored in page.items:
        record_on(work, stored, AuditAction.READ_CHECKLIST)
    return page


def _candidates(work: Work, sought: SheetsSought) -> tuple[StoredChecklist, ...]:
    connection, clinic_id = work.connection, work.clinic_id
    if sought.patient_id is not None:
        return checklist_store.list_checklists(
            connection, clinic_id, sought.patient_id, sought.before, MOST_RESULTS
        )
    before = sought.before
    ids = sorted((one for one in sought.ids or () if before is None or one < before), reverse=True)
    found = (checklist_store.load_checklist(connection, clinic_id, one) for one in ids)
    return tuple(one for one in found if one)


def _filed(work: Work, sheets: Sequence[StoredChecklist]) -> tuple[FiledSheet, ...]:
    ids = [stored.id for stored in sheets]
    replaced = replacements.sheets_before(work.connection, work.clinic_id, ids)
    return tuple(FiledSheet(one, work.words(one.language), replaced.get(one.id, ())) for one in sheets)
