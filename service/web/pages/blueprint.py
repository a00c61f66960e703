"""The blueprint of every part of the pages, and who may enter a page."""

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from flask import Blueprint, g, request
from flask_wtf.csrf import CSRFProtect

from service.actions.clinics import clinic_of
from service.actions.credentials import authenticate
from service.domain.access.permissions import Actor, ActorKind, Permission
from service.formats.json_text import BodyRefusedError
from service.web.auth import require_on_record
from service.web.current import house
from service.web.limits import count_call
from service.web.pages import cookies

P = ParamSpec("P")
R = TypeVar("R")
csrf = CSRFProtect()


FIELD_TWICE = "field_twice"
"""The code of a form that nobody can read in one way: no field of a page's form is there twice."""


class LogInNeededError(Exception):
    """Nobody is logged in, or the session has ended."""


class Pages(Blueprint):
    """A part of the pages. Every post needs the token of a form that this service gave to this browser."""

    def __init__(self, name: str, import_name: str, **kwargs: Any) -> None:
        super().__init__(f"pages_{name}", import_name, **kwargs)
        self.before_request(_guard)


def _guard() -> None:
    if request.method == "POST":
        if any(len(values) > 1 for _, values in request.form.lists()):
            raise BodyRefusedError(400, FIELD_TWICE, "A field of the form was sent twice.")
        csrf.protect()


def logged_in(**_places: Any) -> Actor | None:
    """Who is logged in in this browser."""
    here = house()
    secret = cookies.read(cookies.STAFF_SESSION)
    found = authenticate(here.database, secret, here.clock()) if secret else None
    # A key or a client's token in the cookie is nobody's log-in.
    return found if found is not None and found.kind is ActorKind.STAFF else None


def page_needs(
    permission: Permission, who: Callable[..., Actor | None] = logged_in
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Let only staff who are logged in and hold this permission reach a page; others to the log-in.

    ``who`` finds them, and is given the places of the address. The actor is in ``g.actor`` and the clinic in
    ``g.clinic``. The action asks for the permission again.
    """

    def guard(view: Callable[P, R]) -> Callable[P, R]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
            found = who(**kwargs)
            if found is None:
                raise LogInNeededError
            count_call(found)
            g.clinic = clinic_of(house().database, found)
            require_on_record(found, permission)
            return view(*args, **kwargs)

        guarded.permission = permission  # type: ignore[attr-defined]
        return guarded

    return guard
