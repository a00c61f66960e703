"""Erase a patient for good: what goes and what stays is said first, and the identifier is typed again."""

from uuid import UUID

from flask import Response, redirect, url_for
from werkzeug.wrappers import Response as AnyResponse

from service.actions import erasing as actions
from service.domain.access.permissions import Permission
from service.domain.errors import RefusedError
from service.domain.patients.erasure import ErasureReason
from service.web.current import house, run
from service.web.pages.blueprint import Pages, page_needs
from service.web.pages.charts import render_of_patient
from service.web.pages.rendering import say
from service.web.pages.typed import Typed, load, typed_now
from service.web.schemas.erasing import ErasureSchema

pages = Pages("erasing", __name__, url_prefix="/patients")


@pages.get("/<uuid:patient_id>/erase")
@page_needs(Permission.ERASE_PATIENTS)
def get_erase(patient_id: UUID) -> Response:
    """Say what goes and what stays."""
    return _erase(patient_id, Typed(), 200)


@pages.post("/<uuid:patient_id>/erase")
@page_needs(Permission.ERASE_PATIENTS)
def post_erase(patient_id: UUID) -> AnyResponse:
    """Erase the patient, and lead to the worklist."""
    sent, typed = load(ErasureSchema, typed_now())
    if sent is None:
        return _erase(patient_id, typed, 422)
    try:
        run(lambda work: actions.erase_patient(work, patient_id, sent["reason"], sent["confirm"]))
    except RefusedError as error:
        return _erase(patient_id, typed.with_faults(error.faults), 422)
    house().database.empty_log()
    say("erase_page.erased")
    return redirect(url_for("pages_worklist.get_worklist"), 303)


def _erase(patient_id: UUID, typed: Typed, status: int) -> Response:
    what = run(lambda work: actions.see_what_goes(work, patient_id))
    reasons = [(reason.value, f"erasure_reason.{reason.value}") for reason in ErasureReason]
    return render_of_patient(
        "patient_erase", status, what.patient, typed=typed, counts=what.counts, reasons=reasons
    )
