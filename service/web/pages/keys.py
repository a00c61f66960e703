"""The keys of programs: make one and see it once, see which there are, revoke one."""

from uuid import UUID

from flask import Response, redirect, url_for
from werkzeug.wrappers import Response as AnyResponse

from service.actions import access as actions
from service.domain.access.credentials import ApiKey
from service.domain.access.permissions import Permission
from service.domain.errors import NotFoundError
from service.web.current import run
from service.web.pages.blueprint import Pages, page_needs
from service.web.pages.once import run_shown_once
from service.web.pages.rendering import render, say
from service.web.pages.typed import Typed, load, typed_now
from service.web.schemas.access import NewKeySchema

pages = Pages("keys", __name__, url_prefix="/administration/keys")


@pages.get("")
@page_needs(Permission.MANAGE_CLINIC)
def get_keys() -> Response:
    """Every key without its secret, and the form to make one more."""
    return _keys(Typed())


@pages.post("")
@page_needs(Permission.MANAGE_CLINIC)
def post_key() -> AnyResponse:
    """Make a key and show it, once."""
    sent, typed = load(NewKeySchema, typed_now())
    if sent is None:
        return _keys(typed, 422)
    return run_shown_once(
        lambda work: actions.make_key(work, **sent),
        lambda secret: render("administration_key", secret=secret, name=sent["name"], languages=[]),
        url_for("pages_keys.get_keys"),
        again="keys_page.shown",
    )


@pages.get("/<uuid:key_id>/revoke")
@page_needs(Permission.MANAGE_CLINIC)
def get_revoke(key_id: UUID) -> Response:
    """Ask before a key is revoked."""
    return render("administration_key_revoke", key=_valid_key(key_id))


@pages.post("/<uuid:key_id>/revoke")
@page_needs(Permission.MANAGE_CLINIC)
def post_revoke(key_id: UUID) -> AnyResponse:
    """Revoke a key."""
    run(lambda work: actions.revoke_key(work, key_id))
    say("keys_page.ended")
    return redirect(url_for("pages_keys.get_keys"), 303)


def _keys(typed: Typed, status: int = 200) -> Response:
    return render("administration_keys", status, typed=typed, keys=run(actions.list_keys))


def _valid_key(key_id: UUID) -> ApiKey:
    keys = run(actions.list_keys)
    found = next((key for key in keys if key.id == key_id and key.revoked_at is None), None)
    if found is None:
        raise NotFoundError("There is no such valid key.")
    return found
