"""One patient's page: who it is, what is still to ask, the list, the sheets; and a new patient."""

from dataclasses import replace
from uuid import UUID

import orjson
from flask import Response, url_for
from werkzeug.wrappers import Response as AnyResponse

from service.actions import checklists as checklist_actions
from service.actions import guidance as guidance_actions
from service.actions import patients as actions
from service.actions.work import Work
from service.domain.access.permissions import Permission
from service.domain.checklists.checklist import ChecklistStatus
from service.domain.checklists.document import treatments_of
from service.domain.checklists.guidance_today import GuidanceStatus, worst_of
from service.domain.checklists.record_texts import item_numbers
from service.domain.checklists.short_code import printed
from service.domain.errors import ConflictError, RefusedError
from service.domain.medications.alike import alike_items
from service.domain.patients.patients import Patient
from service.store.checklists import StoredChecklist
from service.web.current import run
from service.web.faults import faults_of
from service.web.pages.blueprint import Pages, page_needs
from service.web.pages.charts import Chart, alike_text, gap_texts, read_chart, render_of_patient
from service.web.pages.once import run_form_once
from service.web.pages.patient_records import record_choices
from service.web.pages.rendering import render, say, today
from service.web.pages.typed import Typed, load, typed_now
from service.web.schemas.patients import PostedPatientSchema

pages = Pages("patients", __name__, url_prefix="/patients")
_SHEETS = 10


@pages.get("/<uuid:patient_id>")
@page_needs(Permission.READ_LISTS)
def get_patient(patient_id: UUID) -> Response:
    """The patient with the latest list; what is still to ask stands first."""
    chart, sheets, treatments = run(lambda work: _read(work, patient_id))
    return render_of_patient(
        "patient_list",
        200,
        chart.patient,
        chart=chart,
        medications=chart.medications,
        gaps=gap_texts(chart),
        alike=[alike_text(one, chart) for one in alike_items(chart.medications)],
        numbers=item_numbers(chart.medications),
        sheets=sheets,
        to_renew=_to_renew(sheets),
        printed=printed,
        treatments=treatments,
        answer_key=lambda answer: f"answer.{answer}",
        sheet_status_key=lambda status: f"sheet_status.{status}",
        treatment_names=_treatment_names,
        guidance_key=_guidance_key,
        typed=Typed(),
    )


@pages.get("/new")
@page_needs(Permission.WRITE_PATIENTS)
def get_new_patient() -> Response:
    """The form for a new patient; the clinic's usual numbers are offered where there are any."""
    system = run(actions.usual_identifier_system)
    return _new_patient(Typed({"identifier/system": system or ""}), 200)


@pages.post("/new")
@page_needs(Permission.WRITE_PATIENTS)
def post_new_patient() -> AnyResponse:
    """Create a patient; a number that is taken leads to the patient who has it."""
    posted, typed = load(PostedPatientSchema, typed_now())
    if posted is None:
        return _new_patient(typed, 422)

    def act(work: Work) -> str:
        created = actions.create_patient(work, posted)
        return url_for("pages_patients.get_patient", patient_id=created.id)

    try:
        led = run_form_once(act)
    except RefusedError as error:
        return _new_patient(typed.with_faults(error.faults), 422)
    except ConflictError as error:
        found = run(lambda work: actions.find_patients(work, posted.identifier)).items
        taken = (replace(fault, pointer="/identifier/value") for fault in faults_of(error))
        return _new_patient(typed.with_faults(taken), 409, found[0] if found else None)
    say("patient_form.added")
    return led


def _read(work: Work, patient_id: UUID) -> tuple[Chart, tuple[StoredChecklist, ...], dict[str, str]]:
    """The chart, the newest sheets, and the names of the clinic's treatments."""
    chart = read_chart(work, patient_id)
    sheets = checklist_actions.list_checklists(work, patient_id, None, _SHEETS)
    published = (one.guidance.treatment for one in guidance_actions.list_treatments(work))
    return chart, sheets.items, {treatment.id: treatment.name for treatment in published}


def _new_patient(typed: Typed, status: int, on_record: Patient | None = None) -> Response:
    return render("patient_new", status, typed=typed, on_record=on_record, **record_choices(typed))


def _to_renew(sheets: tuple[StoredChecklist, ...]) -> list[StoredChecklist]:
    """Of sheets, newest first, the newest for each treatment that starts yet, where the list has moved on."""
    newest = {sheet.treatment_id: sheet for sheet in reversed(sheets)}.values()
    ahead = [sheet for sheet in newest if sheet.planned_start is None or sheet.planned_start >= today()]
    return [sheet for sheet in ahead if sheet.status is ChecklistStatus.SUPERSEDED]


def _treatment_names(sheet: StoredChecklist) -> list[str]:
    """The names of the sheet's treatments as they were issued, in use or not."""
    return [treatment["name"] for treatment in treatments_of(orjson.loads(sheet.document_text))]


def _guidance_key(sheet: StoredChecklist) -> str | None:
    """The words for a sheet whose guidance is no longer in use; none for one that was taken back."""
    status = worst_of(sheet.guidance)
    if sheet.withdrawal or status is GuidanceStatus.IN_USE:
        return None
    return f"guidance_status.{status}"
