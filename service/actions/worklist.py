"""The worklist of a day: a few statements for all of its patients together, and an audit event for each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import orjson

from service.actions.work import Work
from service.domain.access.permissions import Permission
from service.domain.audit.events import AuditAction
from service.domain.checklists.document import Document
from service.domain.checklists.preparation import prepare
from service.domain.checklists.sign_offs import (
    Digests,
    SignOff,
    digests_of,
    digests_today,
    signable_sections,
    signed_sections,
)
from service.domain.checklists.worklist import (
    NewestSheet,
    WorklistRow,
    in_order,
    list_state,
    signed_and_to_sign,
)
from service.domain.medications.medication_list import MedicationList
from service.domain.patients.patients import Patient
from service.store import guidance as guidance_store
from service.store import medications as medication_store
from service.store import patients as patient_store
from service.store import sign_offs as sign_off_store
from service.store import worklist as worklist_store
from service.store.checklists import StoredChecklist
from service.store.sign_offs import Signed

MOST_ROWS = 500
"""A day is shown whole, since its order depends on every row of it; more than this nobody reads."""


@dataclass(frozen=True, slots=True)
class Worklist:
    """A day's rows in order; ``more`` says that the day has others, beyond ``MOST_ROWS``.

    ``next_day`` is the first later day with a patient, looked for where this day has none.
    """

    day: date
    rows: tuple[WorklistRow, ...]
    more: bool
    next_day: date | None


@dataclass(frozen=True, slots=True)
class _OfTheDay:
    """What was loaded for all rows of a day together."""

    patients: Mapping[UUID, Patient]
    lists: Mapping[UUID, MedicationList]
    sign_offs: Mapping[Signed, tuple[SignOff, ...]]


def get_worklist(work: Work, day: date) -> Worklist:
    """Everybody who is planned for a day, with what is still to ask and what is signed."""
    work.require(Permission.READ_WORKLIST)
    planned = worklist_store.list_planned(work.connection, work.clinic_id, day, MOST_ROWS + 1)
    shown, loaded = planned[:MOST_ROWS], _load(work, planned[:MOST_ROWS])
    rows = in_order(_row(work, sheet, loaded) for sheet in shown)
    for patient_id in dict.fromkeys(row.patient.id for row in rows):
        work.record(AuditAction.READ_WORKLIST, patient_id=patient_id)
    next_day = None if rows else worklist_store.next_planned_day(work.connection, work.clinic_id, day)
    return Worklist(day, rows, more=len(planned) > MOST_ROWS, next_day=next_day)


def _load(work: Work, planned: Sequence[StoredChecklist]) -> _OfTheDay:
    ids = list(dict.fromkeys(sheet.patient_id for sheet in planned))
    signed = list(dict.fromkeys((sheet.patient_id, sheet.treatment_id) for sheet in planned))
    return _OfTheDay(
        patient_store.load_patients(work.connection, work.clinic_id, ids),
        medication_store.load_latest_lists(work.connection, work.clinic_id, ids),
        sign_off_store.list_sign_offs_of_many(work.connection, work.clinic_id, signed),
    )


def _row(work: Work, sheet: StoredChecklist, loaded: _OfTheDay) -> WorklistRow:
    patient, medications = loaded.patients[sheet.patient_id], loaded.lists[sheet.patient_id]
    document = orjson.loads(sheet.document_text)
    sign_offs = loaded.sign_offs.get((sheet.patient_id, sheet.treatment_id), ())
    today: Digests = {}
    if sign_offs and medications.version == sheet.list_version:
        today = digests_of(document)
    elif sign_offs:
        used = guidance_store.guidance_used(
            work.connection, work.clinic_id, sheet.treatment_id, sheet.guidance_version
        )
        today = digests_today(prepare(patient, medications, used, work.words(sheet.language)))
    return WorklistRow(patient, list_state(patient, medications), _newest(sheet, document, sign_offs, today))


def _newest(
    sheet: StoredChecklist, document: Document, sign_offs: Sequence[SignOff], today: Digests
) -> NewestSheet:
    assert sheet.planned_start is not None  # noqa: S101 -- it was found by its day
    holding = signed_sections(sign_offs, today)
    signed, to_sign = signed_and_to_sign(signable_sections(document), holding)
    return NewestSheet(
        id=sheet.id,
        code=sheet.code,
        treatment_id=sheet.treatment_id,
        treatment_name=document["treatment"]["name"],
        planned_start=sheet.planned_start,
        list_version=sheet.list_version,
        issued_at=sheet.issued_at,
        status=sheet.status,
        guidance=sheet.guidance,
        signed=signed,
        to_sign=to_sign,
    )
