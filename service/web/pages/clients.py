"""Other systems that come in by their keys: register one, give it other keys, revoke it."""

from collections.abc import Callable
from uuid import UUID

from flask import Response, redirect, url_for
from werkzeug.wrappers import Response as AnyResponse

from service.actions import clients as actions
from service.actions.work import Work
from service.domain.access.client_keys import SigningAlgorithm
from service.domain.access.clients import EhrClient, Registration
from service.domain.access.permissions import Permission
from service.domain.errors import DomainError, NotFoundError
from service.web.current import house, run
from service.web.faults import faults_of
from service.web.pages.blueprint import Pages, page_needs
from service.web.pages.once import run_form_once
from service.web.pages.rendering import render, say
from service.web.pages.typed import Typed, load, typed_now
from service.web.schemas.clients import KeySetSchema, NewClientSchema

pages = Pages("clients", __name__, url_prefix="/administration/clients")


@pages.get("")
@page_needs(Permission.MANAGE_CLINIC)
def get_clients() -> Response:
    """Every client with its id, scopes and keys, and the form to register one more."""
    return _clients(Typed())


@pages.post("")
@page_needs(Permission.MANAGE_CLINIC)
def post_client() -> AnyResponse:
    """Register a client."""
    sent, typed = load(NewClientSchema, typed_now())
    if sent is None:
        return _clients(typed, 422)
    address = url_for("pages_clients.get_clients")

    def add(work: Work) -> str:
        actions.add_client(work, Registration(**sent))
        return address

    def add_and_say() -> AnyResponse:
        answer = run_form_once(add)
        say("clients_page.added")
        return answer

    return _or_faults(add_and_say, typed, _clients)


@pages.get("/<uuid:client_id>/keys")
@page_needs(Permission.MANAGE_CLINIC)
def get_keys(client_id: UUID) -> Response:
    """The form for other keys."""
    return _keys(client_id, Typed())


@pages.post("/<uuid:client_id>/keys")
@page_needs(Permission.MANAGE_CLINIC)
def post_keys(client_id: UUID) -> AnyResponse:
    """Replace a client's keys."""
    sent, typed = load(KeySetSchema, typed_now())
    if sent is None:
        return _keys(client_id, typed, 422)

    def replace() -> AnyResponse:
        run(lambda work: actions.replace_keys(work, client_id, sent["jwks"]))
        say("clients_page.keys_replaced")
        return redirect(url_for("pages_clients.get_clients"), 303)

    return _or_faults(replace, typed, lambda typed, status: _keys(client_id, typed, status))


@pages.get("/<uuid:client_id>/revoke")
@page_needs(Permission.MANAGE_CLINIC)
def get_revoke(client_id: UUID) -> Response:
    """Ask before a client is revoked."""
    return render("administration_client_revoke", client=_valid_client(client_id))


@pages.post("/<uuid:client_id>/revoke")
@page_needs(Permission.MANAGE_CLINIC)
def post_revoke(client_id: UUID) -> AnyResponse:
    """Revoke a client."""
    run(lambda work: actions.revoke_client(work, client_id))
    say("clients_page.ended")
    return redirect(url_for("pages_clients.get_clients"), 303)


def _or_faults(
    act: Callable[[], AnyResponse], typed: Typed, form: Callable[[Typed, int], Response]
) -> AnyResponse:
    """What the act answers, or the form again with what the domain refuses at its fields."""
    try:
        return act()
    except DomainError as error:
        if not faults_of(error):
            raise
        return form(typed.with_faults(faults_of(error)), 422)


def _clients(typed: Typed, status: int = 200) -> Response:
    return render(
        "administration_clients",
        status,
        typed=typed,
        clients=run(actions.list_clients),
        public_url=house().settings.public_url,
        algorithms=", ".join(SigningAlgorithm),
    )


def _keys(client_id: UUID, typed: Typed, status: int = 200) -> Response:
    return render("administration_client_keys", status, typed=typed, client=_valid_client(client_id))


def _valid_client(client_id: UUID) -> EhrClient:
    clients = run(actions.list_clients)
    found = next((c for c in clients if c.id == client_id and c.revoked_at is None), None)
    if found is None:
        raise NotFoundError("There is no such valid client.")
    return found
