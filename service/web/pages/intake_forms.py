"""The intake form at the desk, behind the clinic's own log-in, with the items on file to go through.

A device that is handed over holds no log-in any more, only what opens its one form.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from flask import Response, g, url_for
from werkzeug.wrappers import Response as AnyResponse

from service.actions.intake_forms import get_form_at_desk, go_on_from_newest, open_form_at_desk
from service.actions.sessions import hand_over, handed_actor
from service.domain.access.permissions import Actor, Permission
from service.web.current import house, run
from service.web.pages import cookies
from service.web.pages.blueprint import LogInNeededError, Pages, logged_in, page_needs
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


def _at_desk(form_id: UUID, **_places: Any) -> Actor | None:
    """Who is logged in, or who handed the device over for this form."""
    secret = cookies.read(cookies.HANDED_OVER)
    found = logged_in()
    if found is None and secret:
        found = handed_actor(house().database, secret, form_id, house().clock())
        g.nobody_logged_in = True
    return found


def of_desk(view: Callable[..., AnyResponse]) -> Callable[..., AnyResponse]:
    """Let staff, and whoever they handed the device to, reach a step of a form of the desk."""

    @wraps(view)
    def guarded(form_id: UUID, **values: Any) -> AnyResponse:
        found = run(lambda work: get_form_at_desk(work, form_id))
        form = FormHere(found.form, form_id, found.patient, found.on_file)
        return _handed_over_where_said(enter(form, view, **values), form_id)

    return page_needs(Permission.WRITE_LISTS, _at_desk)(guarded)


def _handed_over_where_said(made: AnyResponse, form_id: UUID) -> AnyResponse:
    """Put the log-in of this browser aside once the form is said to be filled in on a device handed over.

    The browser also forgets the forms that were opened on it before, which another person filled in.
    """
    secret = cookies.read(cookies.STAFF_SESSION)
    if not secret or not g.get("hands_over"):
        return made
    bound = hand_over(house().database, secret, form_id, house().clock())
    if bound is None:
        raise LogInNeededError
    assert isinstance(made, Response)  # noqa: S101 -- what a step makes
    cookies.drop(made, cookies.STAFF_SESSION)
    cookies.drop(made, cookies.FORM_SESSION)
    cookies.put(made, cookies.HANDED_OVER, bound)
    return made


@pages.post("/intake-forms/<uuid:form_id>/newest")
@of_desk
def post_newest() -> AnyResponse:
    """Go on from the newest list, after it moved on since the form was opened."""
    run(lambda work: go_on_from_newest(work, here().form.id))
    return lead("get_look")


register_steps(pages, "/intake-forms/<uuid:form_id>", of_desk)
