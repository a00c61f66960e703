"""Items of a patient's list, by forms: one is added, or its facts are changed."""

from uuid import UUID

from flask import Response, request
from werkzeug.wrappers import Response as AnyResponse

from service.actions import medications as actions
from service.actions.work import Work
from service.domain.access.permissions import Permission
from service.domain.errors import NotFoundError
from service.domain.medications.categories import UNCATEGORIZED, Category
from service.domain.medications.items import CURRENT_STATUSES, Item, ItemFacts, Status, facts_document
from service.web.current import run
from service.web.pages.blueprint import Pages, page_needs
from service.web.pages.changing import MADE_FROM, Refusal, change_list, made_from, sent_version, who_said
from service.web.pages.charts import Chart, read_chart, render_of_patient
from service.web.pages.item_changes import SHOWN, change_item, chart_with
from service.web.pages.rendering import page_words
from service.web.pages.typed import Typed, load, typed_from, typed_now
from service.web.schemas.medications import (
    ItemChangesSchema,
    NewItemSchema,
    facts_from,
)
from service.web.sent_items import attribution_of, facts_of

pages = Pages("items", __name__, url_prefix="/patients/<uuid:patient_id>/items")
FIELDS = tuple(name for name in facts_document(ItemFacts("-")) if name != "codings")
"""The facts that a person can write down; codes come from programs and stay as they are."""
_STATUSES = (*sorted(CURRENT_STATUSES, key=list(Status).index), Status.STOPPED)


@pages.get("/new")
@page_needs(Permission.WRITE_LISTS)
def get_new_item(patient_id: UUID) -> AnyResponse:
    """The form for one item more; of a category, where a person came from there."""
    chart = run(lambda work: read_chart(work, patient_id))
    category = request.args.get("category", "")
    chosen = {"category": category} if category in set(Category) else {}
    return _item_form(chart, made_from(chart.medications, **chosen), SHOWN)


@pages.post("/new")
@page_needs(Permission.WRITE_LISTS)
def post_item(patient_id: UUID) -> AnyResponse:
    """Put one item more on the list."""

    def again(typed: Typed, refusal: Refusal) -> AnyResponse:
        return _item_form(run(lambda work: read_chart(work, patient_id)), typed, refusal)

    sent, typed = load(NewItemSchema, typed_now(), "as_needed")
    if sent is None:
        return again(typed, Refusal(422))

    def act(work: Work, version: int) -> actions.ListAndGaps:
        facts = facts_from(facts_of(sent))
        return actions.add_item(work, patient_id, facts, attribution_of(work, sent), made_from=version)

    return change_list(patient_id, typed, act, again, "item_form.added")


@pages.get("/<uuid:item_id>/change")
@page_needs(Permission.WRITE_LISTS)
def get_change(patient_id: UUID, item_id: UUID) -> AnyResponse:
    """The form with the facts of an item as they stand."""
    chart, item = chart_with(patient_id, item_id)
    return _item_form(chart, made_from(chart.medications, **_as_typed(item)), SHOWN, item)


@pages.post("/<uuid:item_id>/change")
@page_needs(Permission.WRITE_LISTS)
def post_change(patient_id: UUID, item_id: UUID) -> AnyResponse:
    """Change facts of an item. A field that was emptied takes its fact away."""

    def again(typed: Typed, refusal: Refusal) -> AnyResponse:
        chart, item = chart_with(patient_id, item_id)
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
        lambda work, version: change_item(work, patient_id, item_id, sent, version),
        again,
        "item_form.changed",
    )


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
