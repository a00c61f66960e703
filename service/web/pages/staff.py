"""Who may log in: the administrator's pages about staff, and everybody's own password."""

from collections.abc import Callable
from uuid import UUID

from flask import Response, g, redirect, session, url_for
from werkzeug.wrappers import Response as AnyResponse

from service.actions import access as actions
from service.actions.access import Admission
from service.actions.work import Work
from service.domain.access.credentials import SHORTEST_PASSWORD, StaffMember
from service.domain.access.permissions import Permission
from service.domain.errors import DomainError, NotFoundError
from service.web.current import run
from service.web.faults import faults_of
from service.web.pages import cookies
from service.web.pages.blueprint import Pages, page_needs
from service.web.pages.once import run_shown_once
from service.web.pages.rendering import render, say
from service.web.pages.typed import Typed, load, typed_now
from service.web.schemas.access import NewMemberSchema, OwnPasswordSchema

pages = Pages("staff", __name__)


@pages.get("/administration/staff")
@page_needs(Permission.MANAGE_CLINIC)
def get_staff() -> Response:
    """Everybody of the clinic, and the form to add one more."""
    return _staff(Typed())


@pages.post("/administration/staff")
@page_needs(Permission.MANAGE_CLINIC)
def post_member() -> AnyResponse:
    """Add a person and show the password that was made, once."""
    sent, typed = load(NewMemberSchema, typed_now())
    if sent is None:
        return _staff(typed, 422)
    try:
        return _shown(lambda work: actions.add_member(work, **sent))
    except DomainError as error:
        if not faults_of(error):
            raise
        return _staff(typed.with_faults(faults_of(error)), 409)


@pages.post("/administration/staff/<uuid:staff_id>/password")
@page_needs(Permission.MANAGE_CLINIC)
def post_new_password(staff_id: UUID) -> AnyResponse:
    """Make another password for a person."""
    return _shown(lambda work: actions.give_new_password(work, staff_id))


@pages.post("/administration/staff/<uuid:staff_id>/return")
@page_needs(Permission.MANAGE_CLINIC)
def post_return(staff_id: UUID) -> AnyResponse:
    """Let a person who had left log in again."""
    return _shown(lambda work: actions.renew_access(work, staff_id))


@pages.get("/administration/staff/<uuid:staff_id>/leave")
@page_needs(Permission.MANAGE_CLINIC)
def get_leave(staff_id: UUID) -> Response:
    """Ask before somebody's access ends."""
    return render("administration_staff_leave", member=_member(staff_id))


@pages.post("/administration/staff/<uuid:staff_id>/leave")
@page_needs(Permission.MANAGE_CLINIC)
def post_leave(staff_id: UUID) -> AnyResponse:
    """End somebody's access."""
    run(lambda work: actions.end_access(work, staff_id))
    say("staff_page.ended")
    return redirect(url_for("pages_staff.get_staff"), 303)


@pages.get("/password")
@page_needs(Permission.READ_TREATMENTS)
def get_own_password() -> Response:
    """The form for one's own password."""
    return _own_password(Typed())


@pages.post("/password")
@page_needs(Permission.READ_TREATMENTS)
def post_own_password() -> AnyResponse:
    """Change one's own password; every session ends with it, this one too."""
    sent, typed = load(OwnPasswordSchema, typed_now())
    if sent is None:
        return _own_password(Typed(faults=typed.faults), 422)
    try:
        run(lambda work: actions.change_own_password(work, sent["now"], sent["new"]))
    except DomainError as error:
        if not faults_of(error):
            raise
        return _own_password(Typed(faults=faults_of(error)), 422)
    session.clear()
    say("password_page.changed")
    made = redirect(url_for("pages_log_in.get_log_in"), 303, Response)
    assert isinstance(made, Response)  # noqa: S101 -- the class that it was asked for
    cookies.drop(made, cookies.STAFF_SESSION)
    return made


def _staff(typed: Typed, status: int = 200) -> Response:
    return render(
        "administration_staff", status, typed=typed, staff=run(actions.list_staff), own_id=g.actor.id
    )


def _own_password(typed: Typed, status: int = 200) -> Response:
    return render("own_password", status, typed=typed, shortest=SHORTEST_PASSWORD)


def _shown(act: Callable[[Work], Admission]) -> Response:
    return run_shown_once(
        act,
        lambda admission: render("administration_password", admission=admission, languages=[]),
        url_for("pages_staff.get_staff"),
        again="staff_page.shown",
    )


def _member(staff_id: UUID) -> StaffMember:
    found = next((member for member in run(actions.list_staff) if member.id == staff_id), None)
    if found is None:
        raise NotFoundError("There is no such member of staff.")
    return found
