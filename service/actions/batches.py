"""Print batches: choose a day's sheets or the named ones, issue anew what is old, gather them."""

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

import orjson

from service.actions.checklists import IssuedChecklist, get_checklist, with_state
from service.actions.clinics import known_clinic
from service.actions.issuing import ChecklistRequest, issue_checklist
from service.actions.work import Work
from service.domain.access.clinics import Clinic
from service.domain.access.permissions import Permission
from service.domain.checklists.batches import (
    MOST_SHEETS,
    BatchPlan,
    BatchRequest,
    NothingPlannedError,
    in_order_of_asking,
)
from service.domain.checklists.checklist import ChecklistStatus
from service.domain.checklists.guidance_today import GuidanceStatus, guidance_to_tell, worst_of
from service.domain.checklists.state import state_document
from service.domain.errors import Fault, NotFoundError, RefusedError
from service.domain.patients.patients import Paper, PrintSize
from service.store import checklists as checklist_store
from service.store import worklist as worklist_store
from service.store.checklists import StoredChecklist


@dataclass(frozen=True, slots=True)
class Batch:
    """Everything that is printed together: the sheets in the plan's order, and what the cover says."""

    plan: BatchPlan
    clinic: Clinic
    made_by: str
    sheets: tuple[IssuedChecklist, ...]


def plan_batch(work: Work, request: BatchRequest) -> BatchPlan:
    """Choose the sheets; old ones are issued anew with the same options where that is wanted.

    Old is what is out of date, and what is open and was made from older guidance.

    Another clinic's checklist is missing like one that never was. Raises NothingPlannedError for a day
    without sheets, NotFoundError where all of the named are missing, and RefusedError for too many.
    """
    work.require(Permission.READ_CHECKLISTS)
    found, missing = _of_day(work, request.day) if request.day else _named(work, request.checklist_ids)
    renewed = {}
    if request.renews:
        renewed = {stored.id: _issued_anew(work, stored) for stored in found if _is_old(work, stored)}
    chosen: list[StoredChecklist | IssuedChecklist] = [renewed.get(stored.id, stored) for stored in found]
    if request.day:
        chosen.sort(key=lambda sheet: in_order_of_asking(orjson.loads(sheet.document_text)))
    new = frozenset(sheet.id for sheet in renewed.values())
    return BatchPlan(work.now, request.day, tuple(sheet.id for sheet in chosen), new, missing)


def _is_old(work: Work, stored: StoredChecklist) -> bool:
    """Whether a new sheet says what this one no longer does; where the guidance was retired there is none."""
    guidance = worst_of(stored.guidance)
    if stored.status is ChecklistStatus.WITHDRAWN or guidance is GuidanceStatus.RETIRED:
        return False
    if stored.status is ChecklistStatus.SUPERSEDED:
        return True
    if guidance is GuidanceStatus.IN_USE:
        return False
    issued = with_state(work, stored)
    return bool(guidance_to_tell(issued.document, state_document(issued.state, issued.words)))


def gather_batch(work: Work, plan: BatchPlan) -> Batch:
    """Every sheet of a plan as it stands today; each is recorded as printed, one event for each.

    A sheet whose patient was erased since it was planned is missing. Raises NotFoundError where all are.
    """
    work.require(Permission.READ_CHECKLISTS)
    sheets, gone = [], []
    for checklist_id in plan.checklist_ids:
        try:
            sheets.append(get_checklist(work, checklist_id, printed=True))
        except NotFoundError:
            gone.append(checklist_id)
    if not sheets:
        raise NotFoundError("There is no such checklist.")
    left = replace(plan, checklist_ids=tuple(sheet.id for sheet in sheets), missing=(*plan.missing, *gone))
    return Batch(left, known_clinic(work.connection, work.clinic_id), work.actor.name, tuple(sheets))


def _of_day(work: Work, day: date) -> tuple[tuple[StoredChecklist, ...], tuple[UUID, ...]]:
    """For each patient and treatment that is planned for the day the newest sheet that was not taken back."""
    planned = worklist_store.list_planned(work.connection, work.clinic_id, day, MOST_SHEETS + 1)
    if not planned:
        raise NothingPlannedError("No checklist is planned for that day.")
    if len(planned) > MOST_SHEETS:
        detail = f"One batch holds at most {MOST_SHEETS} sheets. Name the checklists, fewer at a time."
        raise RefusedError(Fault("/date", "too_many", detail))
    return planned, ()


def _named(work: Work, ids: tuple[UUID, ...]) -> tuple[tuple[StoredChecklist, ...], tuple[UUID, ...]]:
    """The named sheets, each once, and the ids that are none of this clinic."""
    loaded = {
        checklist_id: checklist_store.load_checklist(work.connection, work.clinic_id, checklist_id)
        for checklist_id in ids
    }
    missing = tuple(checklist_id for checklist_id, stored in loaded.items() if stored is None)
    if len(missing) == len(loaded):
        raise NotFoundError("There is no such checklist.")
    return tuple(filter(None, loaded.values())), missing


def _issued_anew(work: Work, stored: StoredChecklist) -> IssuedChecklist:
    """A new sheet from the latest list, for the same treatments and day, on the same paper."""
    before = orjson.loads(stored.document_text)
    wanted = ChecklistRequest(
        stored.treatment_ids,
        stored.planned_start,
        stored.language,
        Paper(before["paper"]),
        PrintSize(before["print_size"]),
    )
    return issue_checklist(work, stored.patient_id, wanted)
