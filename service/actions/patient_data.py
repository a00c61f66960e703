"""Everything that the clinic keeps of one patient, to be given to the patient who asks for it.

Making the file takes longer than a transaction may, so that it is on record first that it is made. Then what
is kept is read, row by row, in transactions that save and record nothing.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson

from service.actions.checklists import IssuedChecklist, known_checklist, with_state
from service.actions.clinics import known_clinic
from service.actions.medications import known_list
from service.actions.patients import known_patient
from service.actions.work import Work
from service.domain.access.clinics import Clinic
from service.domain.access.permissions import Permission
from service.domain.audit.events import AuditAction
from service.domain.checklists.short_code import printed
from service.domain.checklists.state import state_document
from service.domain.medications.difference import VersionChange, version_changes
from service.domain.medications.medication_list import MedicationList
from service.domain.patients.patients import Patient
from service.store import medications as medication_store
from service.store import patient_rows as row_store
from service.store import tables

Row = Mapping[str, Any]
_VERSIONS_AT_ONCE = 20


def begin_export(work: Work, patient_id: UUID) -> datetime:
    """Record that the file is made, and when that is. Raises NotFoundError."""
    work.require(Permission.EXPORT_PATIENT_DATA)
    known_patient(work, patient_id)
    work.record(AuditAction.EXPORT_PATIENT, patient_id=patient_id)
    return work.now


def issued_sheets(work: Work, patient_id: UUID) -> tuple[UUID, ...]:
    """The ids of every sheet that was issued for the patient, oldest first."""
    work.require(Permission.EXPORT_PATIENT_DATA)
    rows = row_store.read_rows(work.connection, work.clinic_id, patient_id, tables.checklists)
    return tuple(row["id"] for row in rows)


def read_sheet(work: Work, checklist_id: UUID) -> IssuedChecklist:
    """One sheet with its state today. Raises NotFoundError."""
    work.require(Permission.EXPORT_PATIENT_DATA)
    return with_state(work, known_checklist(work, checklist_id))


def told_of(issued: IssuedChecklist) -> Row:
    """What is told of a sheet beside what is kept of it."""
    return {
        "treatment_name": issued.document["treatment"]["name"],
        "today": state_document(issued.state, issued.words),
    }


class PatientData:
    """What is kept of a patient; read when it is asked for, within the unit of work that made it.

    Rows bear the names of the tables' columns. ``told`` is what ``told_of`` says of each sheet that the file
    holds, by its id: one that is issued while the file is made is not in it. Raises NotFoundError.
    """

    def __init__(self, work: Work, patient_id: UUID, told: Mapping[UUID, Row]) -> None:
        work.require(Permission.EXPORT_PATIENT_DATA)
        self._work = work
        self._id = patient_id
        self._told = told
        self.patient: Patient = known_patient(work, patient_id)
        self.clinic: Clinic = known_clinic(work.connection, work.clinic_id)
        self.now: MedicationList = known_list(work, patient_id)
        (self.row,) = self._rows(tables.patients)
        self._codes = {row["id"]: printed(row["code"]) for row in self._rows(tables.checklists)}
        self._documents: dict[UUID, Mapping[str, str]] = {}

    def parts(self) -> Iterator[tuple[str, Iterable[Row]]]:
        """Every kind of row with its rows, oldest first, each kind read when its turn comes."""
        yield "identifiers", self._rows(tables.patient_identifiers)
        yield "list_versions", self._list_versions()
        yield "checklists", self.sheets()
        yield "sign_offs", self.sign_offs()
        yield "marks", self.marks()
        yield "intake_links", self.links()
        yield "intake_forms", self.forms()
        yield "card_feedback", self.feedback()
        yield "audit_events", self.events()

    def history(self) -> Iterator[VersionChange]:
        """Every version of the list, oldest first; the first is compared with a list that says nothing."""
        return version_changes(self._versions())

    def _versions(self) -> Iterator[MedicationList]:
        for start in range(1, self.now.version + 1, _VERSIONS_AT_ONCE):
            numbers = range(start, min(start + _VERSIONS_AT_ONCE, self.now.version + 1))
            loaded = medication_store.load_lists(
                self._work.connection, self._work.clinic_id, self._id, numbers
            )
            yield from (loaded[number] for number in numbers)

    def sheets(self) -> Iterator[Row]:
        """Every sheet with ``document`` as it was issued, byte for byte, and its state ``today``."""
        withdrawn = {row["checklist_id"]: row for row in self._rows(tables.checklist_withdrawals)}
        treatments: dict[UUID, list[Row]] = {}
        for row in self._rows(tables.checklist_treatments):
            treatments.setdefault(row["checklist_id"], []).append(row)
        for row in self._rows(tables.checklists):
            if row["id"] in self._told:
                yield {
                    **{name: value for name, value in row.items() if name != "document_text"},
                    "treatments": treatments.get(row["id"], []),
                    "withdrawn": withdrawn.get(row["id"]),
                    **self._told[row["id"]],
                    "document": orjson.Fragment(row["document_text"]),
                }

    def sign_offs(self) -> Iterator[Row]:
        """Every signature, with the code of its sheet and how it was taken back, where it was."""
        withdrawn = {row["sign_off_id"]: row for row in self._rows(tables.sign_off_withdrawals)}
        for row in self._rows(tables.sign_offs):
            code = self._codes[row["checklist_id"]]
            yield {**row, "code": code, "withdrawn": withdrawn.get(row["id"])}

    def marks(self) -> Iterator[Row]:
        """Every mark, with the code of its sheet and the text of its line."""
        for row in self._rows(tables.line_marks):
            code = self._codes[row["checklist_id"]]
            text = self._lines_of(row["checklist_id"]).get(row["line_id"])
            yield {**row, "code": code, "line_text": text}

    def links(self) -> Iterator[Row]:
        """Every link to the form, without its secret."""
        return self._rows(tables.intake_links)

    def forms(self) -> Iterator[Row]:
        """Every form, with what was typed into one that was not sent."""
        return self._rows(tables.intake_forms)

    def feedback(self) -> Iterator[Row]:
        """What EHRs told of cards that were shown of this patient."""
        shown = (row for row in self.events() if row["action"] == AuditAction.SHOW_CARD)
        cards = [UUID(card) for row in shown for card in row["details"].get("cards", "").split()]
        return row_store.read_feedback(self._work.connection, self._work.clinic_id, cards)

    def events(self) -> Iterator[Row]:
        """Who read or changed anything of the patient, when, and with what outcome."""
        return self._rows(tables.audit_events)

    def _list_versions(self) -> Iterator[Row]:
        """Every version with its items; of the items, which come in the same order, none is read twice."""
        items = self._rows(tables.list_items)
        item = next(items, None)
        for row in self._rows(tables.list_versions):
            listed = []
            while item is not None and item["version"] == row["version"]:
                listed.append({name: value for name, value in item.items() if name != "version"})
                item = next(items, None)
            yield {**row, "items": listed}

    def _lines_of(self, checklist_id: UUID) -> Mapping[str, str]:
        """The texts of a sheet's lines by their ids."""
        if checklist_id not in self._documents:
            document = orjson.loads(known_checklist(self._work, checklist_id).document_text)
            lines = (line for section in document["sections"] for line in section["lines"])
            self._documents[checklist_id] = {line["id"]: line["text"] for line in lines}
        return self._documents[checklist_id]

    def _rows(self, table: Any) -> Iterator[Row]:
        return row_store.read_rows(self._work.connection, self._work.clinic_id, self._id, table)
