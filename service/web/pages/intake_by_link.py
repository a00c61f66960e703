"""The intake form behind a link: its first page, opening it once, and the browser that holds it."""

import secrets
from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from flask import Response, g, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from service.actions.clinics import clinic_of
from service.actions.intake_forms import get_form
from service.actions.intake_links import form_of_browser, open_link, see_link
from service.domain.access.permissions import Permission
from service.domain.attribution import CollectionMode
from service.domain.intake.forms import FORM_LIFE
from service.web.auth import is_open
from service.web.current import house, request_id, run
from service.web.limits import count_call, count_failure
from service.web.pages import cookies
from service.web.pages.blueprint import Pages
from service.web.pages.intake_here import FormHere, best_language, enter, offered_languages
from service.web.pages.intake_steps import register_steps
from service.web.pages.rendering import render

pages = Pages("intake_by_link", __name__)


@pages.get("/intake/<secret>")
@is_open
def get_start(secret: str) -> AnyResponse:
    """Whose clinic it is and a button: looking at a link, as previews do, opens nothing."""
    browser = cookies.read(cookies.FORM_SESSION)
    seen = see_link(house().database, secret, browser, house().clock())
    if seen is None:
        return _no_such_link()
    if seen.opened_here is not None:
        return redirect(url_for("pages_intake_by_link.get_who", link_id=seen.opened_here), 303)
    asked = (tag for tag, _ in request.accept_languages)
    chosen = (request.args.get("language"), cookies.read(cookies.LANGUAGE), *asked)
    g.clinic, g.page_language = seen.clinic, best_language(seen.clinic, *chosen)
    made = render(
        "intake_start",
        secret=secret,
        languages=[],
        offered=offered_languages(seen.clinic),
        language=g.page_language,
    )
    # Given before the link is opened, so that a start that is sent twice is of one browser.
    _hold(made, browser or secrets.token_urlsafe(32))
    return made


@pages.post("/intake/<secret>")
@is_open
def post_start(secret: str) -> AnyResponse:
    """Open the link for this browser, once."""
    here = house()
    browser = cookies.read(cookies.FORM_SESSION) or secrets.token_urlsafe(32)
    seen = see_link(here.database, secret, browser, here.clock())
    wanted = best_language(seen.clinic, request.form.get("language")) if seen else "en"
    link = open_link(here.database, here.audit_keys, here.clock, request_id(), secret, browser, wanted)
    if link is None:
        return _no_such_link()
    made = redirect(url_for("pages_intake_by_link.get_who", link_id=link.id), 303, Response)
    assert isinstance(made, Response)  # noqa: S101 -- the class that it was asked for
    _hold(made, browser, until_closed=link.collection_mode is CollectionMode.HANDED_DEVICE)
    return made


def of_browser(view: Callable[..., AnyResponse]) -> Callable[..., AnyResponse]:
    """Let only the browser that opened a link reach a step of its form; all others find nothing there."""

    @wraps(view)
    def guarded(link_id: UUID, **values: Any) -> AnyResponse:
        browser = cookies.read(cookies.FORM_SESSION)
        found = form_of_browser(house().database, link_id, browser) if browser else None
        if found is None:
            return _cannot_open()
        actor, form = found
        count_call(actor)
        g.clinic = clinic_of(house().database, actor)
        form = run(lambda work: get_form(work, form.id))
        return enter(FormHere(form, link_id), view, **values)

    guarded.permission = Permission.SUBMIT_INTAKE  # type: ignore[attr-defined]
    return guarded


def _no_such_link() -> Response:
    """Nothing is behind it, and looking for what is ends somewhere. Raises LimitReachedError."""
    too_many = count_failure()
    if too_many:
        raise too_many
    return _cannot_open()


def _cannot_open() -> Response:
    """The same for an unknown link, a used one, one whose time has ended and another browser's."""
    return render("intake_cannot_open", 404, languages=[], alone=True)


def _hold(response: Response, browser: str, *, until_closed: bool = False) -> None:
    seconds = None if until_closed else int(FORM_LIFE.total_seconds())
    cookies.put(response, cookies.FORM_SESSION, browser, seconds=seconds)


register_steps(pages, "/form/<uuid:link_id>", of_browser)
