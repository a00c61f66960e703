"""The intake form at the desk, behind the clinic's own log-in, with the items on file to go through."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from flask import url_for
from werkzeug.wrappers import Response as AnyResponse

from service.actions.intake_forms import get_form_at_desk, go_on_from_newest, open_form_at_desk
from service.domain.access import Permission
from service.web.current import run
from service.web.pages.blueprint import Pages, page_needs
from service.web.pages.intake_here import FormHere, enter, here, lead
from service.web.pages.intake_steps import register_steps
from service.web.pages.once import run_form_once

pages = Pages("intake_forms", __name__)


@pages.post("/patients/<uuid:patient_id>/intake-forms")
@page_needs(Permission.WRITE_LISTS)
def post_form_at_desk(patient_id: UUID) -> AnyResponse:
    """Open a form for a patient, or go on with the one that was begun."""
    return run_form_once(
        lambda work: url_for("pages_intake_forms.get_who", form_id=open_form_at_desk(work, patient_id).id)
    )


def of_desk(view: Callable[..., AnyResponse]) -> Callable[..., AnyResponse]:
    """Let staff reach a step of a form of the desk."""

    @wraps(view)
    def guarded(form_id: UUID, **values: Any) -> AnyResponse:
        found = run(lambda work: get_form_at_desk(work, form_id))
        return enter(FormHere(found.form, form_id, found.patient, found.on_file), view, **values)

    return page_needs(Permission.WRITE_LISTS)(guarded)


@pages.post("/intake-forms/<uuid:form_id>/newest")
@of_desk
def post_newest() -> AnyResponse:
    """Go on from the newest list, after it moved on since the form was opened."""
    run(lambda work: go_on_from_newest(work, here().form.id))
    return lead("get_look")


register_steps(pages, "/intake-forms/<uuid:form_id>", of_desk)
