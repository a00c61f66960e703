"""Items of a patient's list, by forms: add, change, sort, say if still taken, mark as entered in error."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import Response, request
from werkzeug.wrappers import Response as AnyResponse

from service.actions import medications as actions
from service.actions.work import Work
from service.domain.access.permissions import Permission
from service.domain.attribution import Attribution
from service.domain.errors import Fault, NotFoundError
from service.domain.medications.categories import UNCATEGORIZED, Category
from service.domain.medications.items import CURRENT_STATUSES, Item, ItemFacts, Status, facts_document
from service.web.current import run
from service.web.pages.blueprint import Pages, page_needs
from service.web.pages.changing import MADE_FROM, Refusal, change_list, made_from, sent_version, who_said
from service.web.pages.charts import Chart, read_chart, render_of_patient
from service.web.pages.rendering import page_words
from service.web.pages.typed import Typed, load, typed_from, typed_now
from service.web.schemas.medications import (
    EnteredInErrorSchema,
    ItemChangesSchema,
    NewItemSchema,
    facts_from,
)

pages = Pages("items", __name__, url_prefix="/patients/<uuid:patient_id>/items")
FIELDS = tuple(name for name in facts_document(ItemFacts("-")) if name != "codings")
"""The facts that a person can write down; codes come from programs and stay as they are."""
_STATUSES = (*sorted(CURRENT_STATUSES, key=list(Status).index), Status.STOPPED)
_SHOWN = Refusal(200)


@pages.get("/new")
@page_needs(Permission.WRITE_LISTS)
def get_new_item(patient_id: UUID) -> AnyResponse:
    """The form for one item more; of a category, where a person came from there."""
    chart = run(lambda work: read_chart(work, patient_id))
    category = request.args.get("category", "")
    chosen = {"category": category} if category in set(Category) else {}
    return _item_form(chart, made_from(chart.medications, **chosen), _SHOWN)


@pages.post("/new")
@page_needs(Permission.WRITE_LISTS)
def post_item(patient_id: UUID) -> AnyResponse:
    """Put one item more on the list."""

    def again(typed: Typed, refusal: Refusal) -> AnyResponse:
        return _item_form(run(lambda work: read_chart(work, patient_id)), typed, refusal)

    sent, typed = load(NewItemSchema, typed_now(), "as_needed")
    if sent is None:
        return again(typed, Refusal(422))

    def act(work: Work, version: int) -> object:
        facts = facts_from(_facts(sent))
        return actions.add_item(work, patient_id, facts, _attribution(work, sent), made_from=version)

    return change_list(patient_id, typed, act, again, "item_form.added")


@pages.get("/<uuid:item_id>/change")
@page_needs(Permission.WRITE_LISTS)
def get_change(patient_id: UUID, item_id: UUID) -> AnyResponse:
    """The form with the facts of an item as they stand."""
    chart, item = _chart_with(patient_id, item_id)
    return _item_form(chart, made_from(chart.medications, **_as_typed(item)), _SHOWN, item)


@pages.post("/<uuid:item_id>/change")
@page_needs(Permission.WRITE_LISTS)
def post_change(patient_id: UUID, item_id: UUID) -> AnyResponse:
    """Change facts of an item. A field that was emptied takes its fact away."""

    def again(typed: Typed, refusal: Refusal) -> AnyResponse:
        chart, item = _chart_with(patient_id, item_id)
        if refusal.stale:
            typed = _with_newest(typed, _item_of(patient_id, item_id, sent_version(typed_now())), item)
        return _item_form(chart, typed, refusal, item)

    typed = typed_now()
    emptied = {name: None for name in FIELDS if name in typed.values and not typed.value(name).strip()}
    sent, typed = load(ItemChangesSchema, typed, "as_needed", **emptied)
    if sent is None:
        return again(typed, Refusal(422))
    return change_list(
        patient_id,
        typed,
        lambda work, version: _change(work, patient_id, item_id, sent, version),
        again,
        "item_form.changed",
    )


@pages.get("/<uuid:item_id>/<any(status, category):fact>")
@page_needs(Permission.WRITE_LISTS)
def get_question(patient_id: UUID, item_id: UUID, fact: str) -> AnyResponse:
    """One question about one item: if it is still taken, or which kind it is."""
    chart, item = _chart_with(patient_id, item_id)
    return _question(chart, item, fact, made_from(chart.medications), _SHOWN)


@pages.post("/<uuid:item_id>/<any(status, category):fact>")
@page_needs(Permission.WRITE_LISTS)
def post_question(patient_id: UUID, item_id: UUID, fact: str) -> AnyResponse:
    """Record the answer. An item of an earlier list is back on the latest, or is stopped."""

    def again(typed: Typed, refusal: Refusal) -> AnyResponse:
        return _question(*_chart_with(patient_id, item_id), fact, typed, refusal)

    sent, typed = load(ItemChangesSchema, typed_now())
    if sent is not None and fact not in sent:
        sent, typed = None, typed.with_faults([Fault(f"/{fact}", "required", "")])
    if sent is None:
        return again(typed, Refusal(422))
    return change_list(
        patient_id,
        typed,
        lambda work, version: _change(work, patient_id, item_id, sent, version),
        again,
        "item_form.changed",
    )


@pages.get("/<uuid:item_id>/entered-in-error")
@page_needs(Permission.WRITE_LISTS)
def get_error(patient_id: UUID, item_id: UUID) -> AnyResponse:
    """Ask for the reason before an item is marked."""
    chart, item = _chart_with(patient_id, item_id)
    return _error_form(chart, item, made_from(chart.medications), _SHOWN)


@pages.post("/<uuid:item_id>/entered-in-error")
@page_needs(Permission.WRITE_LISTS)
def post_error(patient_id: UUID, item_id: UUID) -> AnyResponse:
    """Mark an item as entered in error; it stays on record."""

    def again(typed: Typed, refusal: Refusal) -> AnyResponse:
        return _error_form(*_chart_with(patient_id, item_id), typed, refusal)

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


def _change(work: Work, patient_id: UUID, item_id: UUID, sent: Mapping[str, Any], version: int) -> object:
    item = actions.known_list(work, patient_id).item(item_id)
    facts, attribution = _facts(sent), _attribution(work, sent)
    same = item is not None and all(getattr(item.facts, name) == value for name, value in facts.items())
    if same and not attribution.informant and not attribution.collection_mode and item and item.current:
        # Nobody said anything: who said it before stays on record.
        facts = {}
    return actions.change_item(work, patient_id, item_id, facts, attribution, made_from=version)


def _chart_with(patient_id: UUID, item_id: UUID) -> tuple[Chart, Item]:
    chart = run(lambda work: read_chart(work, patient_id))
    item = chart.medications.item(item_id)
    if item is None or item.facts.status is Status.ENTERED_IN_ERROR:
        raise NotFoundError("There is no such item.")
    return chart, item


def _item_of(patient_id: UUID, item_id: UUID, version: int) -> Item | None:
    """The item as it was on the version that a form was made from."""
    try:
        medications, _ = run(lambda work: actions.get_list(work, patient_id, version))
    except NotFoundError:
        return None
    return medications.item(item_id)


def _with_newest(typed: Typed, before: Item | None, now: Item) -> Typed:
    """What was typed, and in the fields that nobody touched what stands there today."""
    if before is None:
        return typed
    old, new = _as_typed(before), _as_typed(now)
    values = {
        name: new.get(name, "") if value.replace("\r\n", "\n") == old.get(name, "") else value
        for name, value in typed.values.items()
        if name in FIELDS
    }
    return Typed({**typed.values, **values}, typed.faults)


def _as_typed(item: Item) -> dict[str, str]:
    """The fields of the form as an item's facts fill them."""
    facts = {name: value for name, value in facts_document(item.facts).items() if name in FIELDS}
    return dict(typed_from(facts).values)


def _item_form(chart: Chart, typed: Typed, refusal: Refusal, item: Item | None = None) -> Response:
    words = page_words()
    return render_of_patient(
        "patient_item_form",
        refusal.status,
        chart.patient,
        typed=typed,
        refusal=refusal,
        item=item,
        kinds=[(c, words.text(f"section.{c}")) for c in (*Category, UNCATEGORIZED)],
        statuses=[(s.value, words.text(f"status_word.{s}")) for s in _STATUSES],
        made_from=MADE_FROM,
        **who_said(),
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


def _attribution(work: Work, sent: Mapping[str, Any]) -> Attribution:
    return work.attribution(sent.get("informant"), sent.get("collection_mode"))


def _facts(sent: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in sent.items() if name not in ("informant", "collection_mode")}
