"""A form that is sent twice does its work once: by double click, by the back button, from two tabs.

Every form that adds something carries a key of its own (``fields.once()``). The same form with the same
contents is led where the first was led; with other contents it is another form.
"""

import hashlib
import secrets
from collections.abc import Callable
from typing import TypeVar

from flask import Response, flash, redirect, request

from service.actions.performing import perform_once
from service.actions.work import Work
from service.store.idempotency import Claim, Reply
from service.web.current import actor, door

T = TypeVar("T")
ONCE = "-once"


def form_key() -> str:
    """A new key for a form that is about to be shown."""
    return secrets.token_urlsafe(16)


def run_form_once(act: Callable[[Work], str]) -> Response:
    """Run a form's actions and lead to the address that they name; a second time only lead there again.

    What is kept is the address, never what was typed or shown.
    """

    def act_and_lead(work: Work) -> Reply:
        return Reply(303, (("Location", act(work)),), b"")

    reply = perform_once(door(), _claim(), act_and_lead)
    return _led(dict(reply.headers)["Location"])


def run_shown_once(
    act: Callable[[Work], T], show: Callable[[T], Response], address: str, *, again: str
) -> Response:
    """Run a form's actions and show what they made; a second time lead to ``address`` and say ``again``.

    For secrets: what is shown is kept nowhere.
    """
    made: list[T] = []

    def act_and_lead(work: Work) -> Reply:
        made.append(act(work))
        return Reply(303, (("Location", address),), b"")

    perform_once(door(), _claim(), act_and_lead)
    if made:
        return show(made[0])
    flash(again)
    return _led(address)


def _led(address: str) -> Response:
    response = redirect(address, 303, Response)
    assert isinstance(response, Response)  # noqa: S101 -- the class that it was asked for
    return response


def _claim() -> Claim | None:
    key = request.form.get(ONCE, "")
    if not key.isascii() or not key.isprintable() or not key:
        return None
    typed = [(name, values) for name, values in sorted(request.form.lists()) if name != "csrf_token"]
    digest = hashlib.sha256(repr([*typed, *_files()]).encode()).hexdigest()
    return Claim(
        clinic_id=actor().clinic_id,
        client_id=actor().id,
        method=request.method,
        path=request.path,
        key=f"{key[:100]}:{digest}",
        body_sha256=digest,
    )


def _files() -> list[tuple[str, str]]:
    """Each file that came with the form, by the field's name and its SHA-256; it can be read afterwards."""
    found = []
    for name, file in request.files.items(multi=True):
        found.append((name, hashlib.sha256(file.read()).hexdigest()))
        file.seek(0)
    return found
