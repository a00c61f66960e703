"""CDS Hooks 2.0 over HTTP: which services there are, their cards, and what became of a card.

Any browser's page may ask (CORS), and shows a token as every EHR does: no cookie is ever read here.
"""

from collections.abc import Callable
from functools import wraps

from flask import Blueprint, Response, request, url_for

from service.actions import cards as actions
from service.actions.client_tokens import hook_actor
from service.actions.work import Work
from service.domain.access.permissions import Actor, Permission
from service.domain.cards.cards import Card
from service.domain.errors import NotFoundError
from service.formats.cds_hooks.card import Addresses, card_document
from service.formats.cds_hooks.discovery import SERVICES, HookService, discovery_document
from service.formats.cds_hooks.feedback import read_feedback
from service.formats.cds_hooks.request import read_request
from service.store.idempotency import Reply
from service.web.auth import UnauthenticatedError, bearer_secret, is_open, require_on_record
from service.web.current import door, house, run_once
from service.web.json_body import read_json
from service.web.limits import count_call
from service.web.replies import response

BASE = "/cds-services"
blueprint = Blueprint("cds_hooks", __name__, url_prefix=BASE)
_ANY_ORIGIN = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": "GET, POST, OPTIONS",
    "Access-Control-Allow-Headers": "Authorization, Content-Type, Idempotency-Key, X-Request-Id",
    "Access-Control-Expose-Headers": "Retry-After, X-Request-Id",
    "Access-Control-Max-Age": "600",
    "Cross-Origin-Resource-Policy": "cross-origin",
}

View = Callable[[HookService], Response]


@blueprint.after_app_request
def _let_any_origin_read(answer: Response) -> Response:
    """On every answer, errors too: what does not say so a browser hides from its page."""
    if request.path == BASE or request.path.startswith(f"{BASE}/"):
        answer.headers.update(_ANY_ORIGIN)
    return answer


def hook_needs(permission: Permission) -> Callable[[View], Callable[[str], Response]]:
    """Let only EHRs with a token for this very address reach a view, or anybody where a demo is open."""

    def guard(view: View) -> Callable[[str], Response]:
        @wraps(view)
        def guarded(service_id: str) -> Response:
            service = SERVICES.get(service_id)
            if service is None:
                raise NotFoundError("There is no such service.")
            caller = _caller()
            count_call(caller)
            require_on_record(caller, permission)
            return view(service)

        guarded.permission = permission  # type: ignore[attr-defined]
        return guarded

    return guard


def _caller() -> Actor:
    here = house()
    if "Authorization" in request.headers:
        audience = here.settings.public_url + request.path
        return hook_actor(here.database, bearer_secret(), audience, here.clock())
    name = here.settings.open_hooks_clinic
    found = actions.open_actor(here.database, name) if name else None
    if found is None:
        raise UnauthenticatedError
    return found


@blueprint.get("")
@is_open
def get_services() -> Response:
    """The services that there are."""
    return response(discovery_document())


@blueprint.post("/<service_id>")
@hook_needs(Permission.READ_LISTS)
def post_call(service: HookService) -> Response:
    """Answer a hook with cards, or with none."""
    asked = read_request(service, read_json(request), sandbox="Authorization" not in request.headers)
    shown = actions.show_cards(door(), asked)
    return response({"cards": [card_document(card, _addresses(card)) for card in shown]})


@blueprint.post("/<service_id>/feedback")
@hook_needs(Permission.READ_LISTS)
def post_feedback(service: HookService) -> Response:
    """Keep what became of cards."""
    told = read_feedback(read_json(request))

    def keep(work: Work) -> Reply:
        actions.keep_feedback(work, service.id, told)
        return Reply(200, (), b"")

    answer = run_once(keep)
    del answer.headers["Content-Type"]
    return answer


def _addresses(card: Card) -> Addresses:
    base, shown = house().settings.public_url, card.shown
    return Addresses(
        guidance=base + url_for("pages_guidance.get_guidance"),
        find=base + url_for("pages_worklist.get_worklist"),
        add=base + url_for("pages_patients.get_new_patient"),
        intake_link=base + url_for("pages_intake_links.get_link", patient_id=shown.patient_id)
        if shown
        else None,
        sheet=base + url_for("pages_checklists.get_checklist", checklist_id=shown.sheet)
        if shown and shown.sheet
        else None,
    )
