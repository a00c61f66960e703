"""Make a link to the intake form, see it once, and hand the device over."""

from typing import Any
from uuid import UUID

from flask import Response, redirect, request, session, url_for
from werkzeug.wrappers import Response as AnyResponse

from service.actions.intake_links import MadeLink, make_link, newest_link
from service.actions.patients import get_patient
from service.actions.sessions import log_out
from service.domain.access.permissions import Permission
from service.domain.attribution import CollectionMode
from service.formats.qr_pictures import link_picture
from service.web.current import house, run
from service.web.pages import cookies
from service.web.pages.blueprint import Pages, page_needs
from service.web.pages.once import run_shown_once
from service.web.pages.rendering import render
from service.web.pages.typed import Typed, load, typed_now
from service.web.schemas.intake_forms import IntakeLinkSchema

pages = Pages("intake_links", __name__, url_prefix="/patients/<uuid:patient_id>/intake-links")


@pages.get("")
@page_needs(Permission.MAKE_INTAKE_LINKS)
def get_link(patient_id: UUID) -> Response:
    """Choose whose device the form is filled in on."""
    return _choose(patient_id, Typed())


@pages.post("")
@page_needs(Permission.MAKE_INTAKE_LINKS)
def post_link(patient_id: UUID) -> AnyResponse:
    """Make a link and show it, once."""
    mode, typed = load(IntakeLinkSchema, typed_now())
    if mode is None:
        return _choose(patient_id, typed, 422)
    return run_shown_once(
        lambda work: make_link(work, patient_id, mode),
        lambda made: _shown(patient_id, made),
        url_for("pages_intake_links.get_link", patient_id=patient_id),
        again="link_page.shown",
    )


@pages.post("/hand-over")
@page_needs(Permission.MAKE_INTAKE_LINKS)
def post_hand_over(patient_id: UUID) -> AnyResponse:  # noqa: ARG001 -- part of the address
    """Log out, so that whoever is handed the device sees nothing on record, and lead to the link's form.

    The browser also forgets the forms that were opened on it before, which another person filled in.
    """
    secret = cookies.read(cookies.STAFF_SESSION)
    if secret:
        log_out(house().database, secret)
    session.clear()
    made = redirect(
        url_for("pages_intake_by_link.get_start", secret=request.form.get("secret", "")), 303, Response
    )
    assert isinstance(made, Response)  # noqa: S101 -- the class that it was asked for
    cookies.drop(made, cookies.STAFF_SESSION)
    cookies.drop(made, cookies.FORM_SESSION)
    return made


def _choose(patient_id: UUID, typed: Typed, status: int = 200) -> Response:
    patient, given = run(lambda work: (get_patient(work, patient_id), newest_link(work, patient_id)))
    return render(
        "intake_link",
        status,
        typed=typed,
        patient=patient,
        given=given,
        state_key=f"link_state.{given.state_at(house().clock())}" if given else None,
    )


def _shown(patient_id: UUID, made: MadeLink) -> Response:
    link = url_for("pages_intake_by_link.get_start", secret=made.secret, _external=True)
    return render(
        "intake_link_made",
        patient=_patient(patient_id),
        link=link,
        languages=[],
        secret=made.secret,
        until=made.link.expires_at,
        picture=link_picture(link),
        handed_over=made.link.collection_mode is CollectionMode.HANDED_DEVICE,
    )


def _patient(patient_id: UUID) -> Any:
    return run(lambda work: get_patient(work, patient_id))
