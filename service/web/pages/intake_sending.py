"""The end of the intake form: look at all answers, send them, and what happens next."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import marshmallow as ma
from flask import Response
from werkzeug.wrappers import Response as AnyResponse

from service.actions.intake import Intake
from service.actions.intake_forms import send_form
from service.domain.errors import Fault, RefusedError, StaleVersionError
from service.domain.intake.draft import Draft, answer_of, items_of, posted, still_of
from service.domain.medications.still_taking import Spoken, StillTaking
from service.web.current import run
from service.web.faults import faults_in
from service.web.pages.intake_here import FormHere, here, lead, show
from service.web.pages.intake_items import FIELDS
from service.web.pages.typed import Typed
from service.web.schemas.intake import IntakeSchema
from service.web.schemas.medications import NamedItemSchema


def get_look() -> AnyResponse:
    """All answers, each with the way to change it."""
    return _show(())


def post_send() -> AnyResponse:
    """Send the form; sent twice it makes one version of the list."""
    form = here()
    try:
        intake, spoken = _intake(form), _spoken(form.draft)
        run(lambda work: send_form(work, form.form.id, intake, spoken))
    except ma.ValidationError as error:
        return _show(tuple(faults_in(error.messages)), 422)
    except RefusedError as error:
        return _show(error.faults, 422)
    except StaleVersionError:
        return show("intake_moved_on", 412)
    return lead("get_receipt")


def get_receipt() -> AnyResponse:
    """What happens next; a form that was not sent yet has none."""
    if here().form.sent_at is None:
        return lead("get_look")
    return show("intake_receipt")


def _intake(form: FormHere) -> Intake:
    """The form's document, read as the API reads it. Raises ValidationError."""
    document = posted(form.draft)
    # Whose form it is the action knows; nobody types an identifier and no page behind a link has one.
    identifier = {"system": "urn:uuid", "value": str(form.form.id)}
    document["patient"] = {**document.get("patient", {}), "identifier": identifier}
    intake: Intake = IntakeSchema().load(document)
    return intake


def _spoken(draft: Draft) -> dict[UUID, Spoken]:
    """What was said of the items on file. Raises ValidationError."""
    return {UUID(item_id): _said(said) for item_id, said in draft.get("still", {}).items()}


def _said(said: Mapping[str, Any]) -> Spoken:
    if "fields" not in said:
        return Spoken(StillTaking(said["answer"]))
    loaded = NamedItemSchema().load(said["fields"])
    # A field that was shown and left blank is no longer known.
    blank = dict.fromkeys(FIELDS)
    return Spoken(StillTaking(said["answer"]), {**blank, **loaded})


def _show(faults: tuple[Fault, ...], status: int = 200) -> Response:
    form = here()
    return show(
        "intake_look",
        status,
        typed=Typed().with_faults(faults),
        rows=[
            (category, answer_of(form.draft, category), _items(form, category))
            for category in form.categories
        ],
        places={key: place for place, key in enumerate(form.draft.get("items", {}))},
        still={
            str(item.id): still_of(form.draft, str(item.id))
            for c in form.categories
            for item in form.items_on_file(c)
        },
    )


def _items(form: FormHere, category: str) -> dict[str, Any]:
    return {"on_file": form.items_on_file(category), "typed": items_of(form.draft, category)}
