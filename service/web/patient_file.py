"""The file for a patient who asks for their data: what is kept, gathered and packed, to whichever door."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import IO, Any
from uuid import UUID

import orjson
import structlog

from service.actions import patient_data as actions
from service.actions.checklists import IssuedChecklist
from service.actions.door import Door
from service.actions.patient_data import PatientData
from service.actions.performing import perform
from service.actions.work import Work
from service.domain.checklists.short_code import printed
from service.domain.checklists.state import changes_document, state_document
from service.domain.wording import Catalogue
from service.formats.fhir.writing.bundles import collection, write_everything
from service.formats.fhir.writing.patients import write_patient
from service.formats.patient_file import (
    LIST_IN_FHIR,
    README,
    RECORD_JSON,
    RECORD_PAGE,
    SHEETS,
    STYLE,
    Archive,
    PatientPage,
    SheetFile,
    SheetOnPage,
    page_chunks,
    readme_text,
    record_chunks,
)
from service.formats.printout import STYLESHEET, PressError, UnprintableError, sheet_html
from service.web.printing import print_sheet

ZIP = "application/zip"
_log = structlog.get_logger()


def write_patient_file(door: Door, patient_id: UUID, fhir_base: str, file: IO[bytes]) -> datetime:
    """Write the whole file into ``file`` and return when it was made. Raises NotFoundError.

    That it is made is on record before anything is read. No sheet is set while a transaction is open, and one
    that cannot be set is given as a page.
    """
    made_at = perform(door, lambda work: actions.begin_export(work, patient_id))
    ids = perform(door, lambda work: actions.issued_sheets(work, patient_id), reads_only=True)
    with Archive(file, made_at) as archive:
        sheets = [_add_sheet(door, one, archive) for one in ids]
        if not all(sheet.file.printed for sheet in sheets):
            archive.add(f"{SHEETS}/{STYLE}", [STYLESHEET.read_bytes()])
        perform(
            door,
            lambda work: _add_record(work, patient_id, _Made(made_at, fhir_base, sheets), archive),
            reads_only=True,
        )
    return made_at


def file_name(made_at: datetime) -> str:
    """A name for the file that says nothing of a patient."""
    return f"patient-data-{made_at.date().isoformat()}.zip"


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A sheet that stands in the file, and what is told of it."""

    id: UUID
    file: SheetFile
    told: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Made:
    """When the file is made, for systems that know the FHIR face by ``fhir_base``, with which sheets."""

    at: datetime
    fhir_base: str
    sheets: Sequence[_Sheet]


def _add_sheet(door: Door, checklist_id: UUID, archive: Archive) -> _Sheet:
    issued = perform(door, lambda work: actions.read_sheet(work, checklist_id), reads_only=True)
    try:
        content, is_printed = print_sheet(issued), True
    except (PressError, UnprintableError) as error:
        _log.warning("sheet_not_set", checklist_id=str(checklist_id), reason=type(error).__name__)
        content, is_printed = _sheet_as_page(issued).encode(), False
    file = SheetFile.of(printed(issued.code), printed=is_printed)
    archive.add(file.name, [content])
    return _Sheet(checklist_id, file, actions.told_of(issued))


def _sheet_as_page(issued: IssuedChecklist) -> str:
    state = state_document(issued.state, issued.words)
    return sheet_html(issued.document, state, issued.words, stylesheet_url=STYLE)


def _add_record(work: Work, patient_id: UUID, made: _Made, archive: Archive) -> None:
    data = PatientData(work, patient_id, {sheet.id: sheet.told for sheet in made.sheets})
    words = work.words(data.patient.language, data.clinic.language)
    resources = write_everything(data.clinic, write_patient(data.patient, data.row["updated_at"]), data.now)
    bundle = collection(resources, made.fhir_base)
    archive.add(LIST_IN_FHIR, [orjson.dumps(bundle, option=orjson.OPT_INDENT_2)])
    archive.add(RECORD_JSON, record_chunks(_head(data, made.at), data.parts()))
    archive.add(RECORD_PAGE, page_chunks(_page(data, made, words), words))
    archive.add(README, [readme_text(words, [sheet.file for sheet in made.sheets]).encode()])


def _head(data: PatientData, made_at: datetime) -> dict[str, Any]:
    clinic = data.clinic
    return {
        "made_at": made_at,
        "clinic": {"id": clinic.id, "name": clinic.name, "time_zone": clinic.time_zone},
        "patient": data.row,
    }


def _page(data: PatientData, made: _Made, words: Catalogue) -> PatientPage:
    marked, files = words.marked(), {sheet.id: sheet.file for sheet in made.sheets}
    return PatientPage(
        clinic=data.clinic,
        patient=data.patient,
        made_at=made.at,
        created_at=data.row["created_at"],
        now=data.now,
        history=(
            (one.version, one.attribution, changes_document(one.changes, marked)) for one in data.history()
        ),
        sheets=(SheetOnPage(row, files[row["id"]]) for row in data.sheets()),
        sign_offs=data.sign_offs(),
        marks=data.marks(),
        links=data.links(),
        forms=data.forms(),
        feedback=data.feedback(),
        events=data.events(),
    )
