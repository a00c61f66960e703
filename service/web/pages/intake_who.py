"""The first step of the intake form: who is answering, in which language; at the desk, how."""

from flask import Response, g, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from service.actions.intake_forms import change_form
from service.domain.attribution import CollectionMode, InformantKind
from service.domain.intake.draft import Draft, with_part
from service.web.current import run
from service.web.pages.intake_here import address_after, here, lead, offered_languages, show
from service.web.pages.typed import Typed, load, typed_from, typed_now
from service.web.schemas.intake_forms import DESK_MODES, WhoAtDeskSchema, WhoSchema

_PARTS = ("informant", "patient", "collection_mode")


def get_who() -> AnyResponse:
    """Ask who is answering."""
    return _show(typed_from({name: here().draft[name] for name in _PARTS if name in here().draft}))


def post_who() -> AnyResponse:
    """Keep who is answering."""
    at_desk, typed = here().at_desk, typed_now()
    document = typed.document()
    schema = WhoAtDeskSchema if at_desk else WhoSchema
    # Without the part no field of it is at fault, and the fault would stand at none.
    sent, typed = load(schema, typed, informant=document.get("informant", {}))
    if sent is None:
        return _show(typed, 422)
    answered = ("informant", "collection_mode") if at_desk else ("informant", "patient")

    def keep(draft: Draft) -> Draft:
        for name in answered:
            draft = with_part(draft, name, document.get(name))
        return draft

    run(lambda work: change_form(work, here().form.id, keep))
    g.hands_over = document.get("collection_mode") == CollectionMode.HANDED_DEVICE
    return redirect(address_after(here()), 303)


def post_language() -> AnyResponse:
    """Go on in another language that the clinic offers."""
    wanted = request.form.get("language", "")
    if wanted in offered_languages(g.clinic):
        run(
            lambda work: change_form(work, here().form.id, lambda draft: with_part(draft, "language", wanted))
        )
    return lead("get_look" if request.form.get("-to") == "get_look" else "get_who")


def _show(typed: Typed, status: int = 200) -> Response:
    kinds = [kind for kind in InformantKind if kind is not InformantKind.ORGANIZATION or here().at_desk]
    return show("intake_who", status, typed=typed, kinds=kinds, modes=DESK_MODES)
