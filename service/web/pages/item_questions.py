"""Questions about one item, by forms: if it is still taken, which kind it is, why it was an error."""

from uuid import UUID

from flask import Response
from werkzeug.wrappers import Response as AnyResponse

from service.actions import medications as actions
from service.domain.access.permissions import Permission
from service.domain.errors import Fault
from service.domain.medications.categories import Category
from service.domain.medications.items import Item, Status
from service.web.pages.blueprint import Pages, page_needs
from service.web.pages.changing import MADE_FROM, Refusal, change_list, made_from, who_said
from service.web.pages.charts import Chart, render_of_patient
from service.web.pages.item_changes import SHOWN, change_item, chart_with
from service.web.pages.rendering import page_words
from service.web.pages.typed import Typed, load, typed_now
from service.web.schemas.medications import (
    EnteredInErrorSchema,
    ItemChangesSchema,
)

pages = Pages("item_questions", __name__, url_prefix="/patients/<uuid:patient_id>/items")


@pages.get("/<uuid:item_id>/<any(status, category):fact>")
@page_needs(Permission.WRITE_LISTS)
def get_question(patient_id: UUID, item_id: UUID, fact: str) -> AnyResponse:
    """One question about one item: if it is still taken, or which kind it is."""
    chart, item = chart_with(patient_id, item_id)
    return _question(chart, item, fact, made_from(chart.medications), SHOWN)


@pages.post("/<uuid:item_id>/<any(status, category):fact>")
@page_needs(Permission.WRITE_LISTS)
def post_question(patient_id: UUID, item_id: UUID, fact: str) -> AnyResponse:
    """Record the answer. An item of an earlier list is back on the latest, or is stopped."""

    def again(typed: Typed, refusal: Refusal) -> AnyResponse:
        return _question(*chart_with(patient_id, item_id), fact, typed, refusal)

    sent, typed = load(ItemChangesSchema, typed_now())
    if sent is not None and fact not in sent:
        sent, typed = None, typed.with_faults([Fault(f"/{fact}", "choice", "")])
    if sent is None:
        return again(typed, Refusal(422))
    return change_list(
        patient_id,
        typed,
        lambda work, version: change_item(work, patient_id, item_id, sent, version),
        again,
        "item_form.changed",
    )


@pages.get("/<uuid:item_id>/entered-in-error")
@page_needs(Permission.WRITE_LISTS)
def get_error(patient_id: UUID, item_id: UUID) -> AnyResponse:
    """Ask for the reason before an item is marked."""
    chart, item = chart_with(patient_id, item_id)
    return _error_form(chart, item, made_from(chart.medications), SHOWN)


@pages.post("/<uuid:item_id>/entered-in-error")
@page_needs(Permission.WRITE_LISTS)
def post_error(patient_id: UUID, item_id: UUID) -> AnyResponse:
    """Mark an item as entered in error; it stays on record."""

    def again(typed: Typed, refusal: Refusal) -> AnyResponse:
        return _error_form(*chart_with(patient_id, item_id), typed, refusal)

    sent, typed = load(EnteredInErrorSchema, typed_now())
    if sent is None:
        return again(typed, Refusal(422))
    return change_list(
        patient_id,
        typed,
        lambda work, version: actions.mark_entered_in_error(
            work, patient_id, item_id, sent["reason"], made_from=version
        ),
        again,
        "item_form.marked",
    )


def _question(chart: Chart, item: Item, fact: str, typed: Typed, refusal: Refusal) -> Response:
    words = page_words()
    choices = {
        "category": [(c.value, words.text(f"section.{c}")) for c in Category],
        "status": [
            (s.value, words.text(f"status_word.{s}"))
            for s in (Status.ACTIVE, Status.STOPPED, Status.ON_HOLD, Status.UNKNOWN)
        ],
    }
    return render_of_patient(
        "patient_item_question",
        refusal.status,
        chart.patient,
        typed=typed,
        refusal=refusal,
        item=item,
        fact=fact,
        choices=choices[fact],
        made_from=MADE_FROM,
        **who_said(),
    )


def _error_form(chart: Chart, item: Item, typed: Typed, refusal: Refusal) -> Response:
    return render_of_patient(
        "patient_item_error",
        refusal.status,
        chart.patient,
        typed=typed,
        refusal=refusal,
        item=item,
        made_from=MADE_FROM,
    )
