"""Issue a checklist: from a patient's latest list and the guidance in use of what it is for."""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import orjson

from service.actions.checklists import IssuedChecklist, known_checklist, with_state
from service.actions.clinics import known_clinic
from service.actions.guidance import retired_detail
from service.actions.medications import known_list
from service.actions.patients import known_patient
from service.actions.work import Work
from service.domain.access.permissions import Permission
from service.domain.audit.events import AuditAction
from service.domain.checklists.checklist import Checklist, SheetTreatment
from service.domain.checklists.document import checklist_document
from service.domain.checklists.guidance_today import GuidanceStatus, GuidanceToday
from service.domain.checklists.preparation import prepare
from service.domain.checklists.short_code import make_code
from service.domain.checklists.state import ChecklistState
from service.domain.errors import Fault, RefusedError
from service.domain.guidance.publications import PublishedGuidance
from service.domain.medications.medication_list import MedicationList
from service.domain.patients.patients import Paper, Patient, PrintSize
from service.domain.wording import Catalogue
from service.store import checklist_writing
from service.store import guidance as guidance_store


@dataclass(frozen=True, slots=True)
class ChecklistRequest:
    """What a checklist is asked for; language, paper and size fall back to the patient's and the clinic's.

    ``treatment_ids`` are one treatment or several, which share one sheet. ``pointers`` say where each stood
    in what was sent, where that was not in the fields of the same names.
    """

    treatment_ids: tuple[str, ...]
    planned_start: date | None = None
    language: str | None = None
    paper: Paper | None = None
    print_size: PrintSize | None = None
    pointers: tuple[str, ...] = ()

    @property
    def by_pointer(self) -> Iterator[tuple[str, str]]:
        """Each treatment with where it stood."""
        own = [f"/treatments/{place}" for place in range(len(self.treatment_ids))]
        own = own if len(own) > 1 else ["/treatment"]
        return zip(self.pointers or own, self.treatment_ids, strict=True)


def issue_checklist(work: Work, patient_id: UUID, request: ChecklistRequest) -> IssuedChecklist:
    """Issue a checklist from the patient's latest list; signatures of unchanged sections hold on it.

    Raises NotFoundError, and RefusedError for each treatment that the clinic has no guidance for.
    """
    work.require(Permission.ISSUE_CHECKLISTS)
    patient = known_patient(work, patient_id)
    issued = issue_for_list(work, patient, known_list(work, patient_id), request)
    return with_state(work, known_checklist(work, issued.id))


def issue_for_list(
    work: Work, patient: Patient, medications: MedicationList, request: ChecklistRequest
) -> IssuedChecklist:
    """Issue a checklist from the latest list at hand. The caller has asked for the permission."""
    used = _guidance_in_use(work, request)
    clinic = known_clinic(work.connection, work.clinic_id)
    words = work.words(request.language, patient.language, clinic.language)
    content = prepare(patient, medications, tuple(one.guidance for one in used), words)
    checklist = Checklist(
        id=work.new_id(),
        code=make_code(secrets.randbelow),
        patient=patient,
        treatments=tuple(SheetTreatment.of(one.guidance, one.version) for one in used),
        planned_start=request.planned_start,
        list_version=medications.version,
        language=words.language,
        paper=request.paper or clinic.paper,
        print_size=request.print_size or patient.print_size or PrintSize.STANDARD,
        time_zone=clinic.time_zone,
        issued_at=work.now,
        issued_by=work.actor.recorder,
        content=content,
    )
    return _issued(checklist, _kept(work, checklist), used, words)


def _issued(
    checklist: Checklist, text: str, used: tuple[PublishedGuidance, ...], words: Catalogue
) -> IssuedChecklist:
    """A checklist as it is at this moment: from the latest list, and from guidance that is in use."""
    in_use = tuple(
        GuidanceToday(one.guidance.treatment.id, GuidanceStatus.IN_USE, one.version, one.published_at)
        for one in used
    )
    state = ChecklistState(checklist.list_version, checklist.list_version, guidance=in_use)
    return IssuedChecklist(checklist.id, checklist.patient.id, checklist.code, text, state, words)


def _guidance_in_use(work: Work, request: ChecklistRequest) -> tuple[PublishedGuidance, ...]:
    """The guidance of each treatment that is asked for, in the order of the treatments' ids."""
    found, faults = [], []
    for pointer, treatment_id in request.by_pointer:
        published = guidance_store.load_guidance(work.connection, work.clinic_id, treatment_id)
        if published is None:
            faults.append(_no_guidance(work, treatment_id, pointer))
        else:
            found.append(published)
    if faults:
        raise RefusedError(*faults)
    return tuple(sorted(found, key=lambda one: one.guidance.treatment.id))


def _no_guidance(work: Work, treatment_id: str, pointer: str) -> Fault:
    """Why no checklist is issued for the treatment: its guidance was retired, or there never was any."""
    last = guidance_store.load_last_act(work.connection, work.clinic_id, treatment_id)
    if last is None:
        return Fault(pointer, "unknown_treatment", "The clinic has no guidance for such a treatment.")
    return Fault(pointer, "retired_treatment", retired_detail(last))


def _kept(work: Work, checklist: Checklist) -> str:
    """Keep and record what is issued, and which versions were used together; the text that is kept."""
    as_data = checklist_document(checklist)
    text = orjson.dumps(as_data).decode()
    if len(checklist.treatments) > 1:
        used = {one.id: one.guidance.version for one in checklist.treatments}
        guidance_store.insert_versions_together(
            work.connection, work.clinic_id, used, work.now, work.actor.name
        )
    checklist_writing.insert_checklist(
        work.connection, work.clinic_id, checklist, text, as_data["content_digest"]
    )
    work.record(
        AuditAction.ISSUE_CHECKLIST,
        patient_id=checklist.patient.id,
        subject=f"checklist/{checklist.id}",
        details={"version": str(checklist.list_version)},
    )
    return text
