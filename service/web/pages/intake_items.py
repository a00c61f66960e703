"""One item of the intake form: written down, changed, taken off; or one on file that has changed."""

from typing import Any
from uuid import UUID

from flask import Response, request
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as AnyResponse

from service.actions.intake_forms import change_form
from service.domain.intake.draft import items_of, still_of, with_item, with_still, without_item
from service.domain.medications.categories import UNCATEGORIZED
from service.domain.medications.items import Item, Status, facts_document
from service.domain.medications.still_taking import StillTaking
from service.web.current import run
from service.web.pages.intake_categories import after_category, known_category
from service.web.pages.intake_here import FormHere, address, here, lead, show
from service.web.pages.once import run_form_once
from service.web.pages.rendering import say
from service.web.pages.typed import Typed, load, typed_from, typed_now
from service.web.schemas.medications import ListedItemSchema, NamedItemSchema

FIELDS = (
    "name",
    "description",
    "reason",
    "strength",
    "dosage_text",
    "frequency",
    "last_taken",
    "prescriber",
    "note",
)
STATUSES = (Status.ACTIVE, Status.ON_HOLD, Status.INTENDED, Status.UNKNOWN)


def get_new_item(category: str) -> AnyResponse:
    """Ask for one item."""
    known_category(category)
    return _show(Typed(), address("post_new_item", category=category), category)


def post_new_item(category: str) -> AnyResponse:
    """Write an item down; sent twice, once."""
    form = known_category(category)
    typed = typed_now()
    item = _typed_item(typed, category)
    sent, typed = load(ListedItemSchema, _fields(typed), category=category)
    if sent is None:
        return _show(typed, address("post_new_item", category=category), category, 422)
    following = address("get_items", category=category)

    def act(work: Any) -> str:
        change_form(work, form.form.id, lambda draft: with_item(draft, None, item))
        return following

    return run_form_once(act)


def get_item(category: str, key: int) -> AnyResponse:
    """Show an item to be changed."""
    item = _known_item(category, key)
    return _show(typed_from(item), address("post_item", category=category, key=key), category, removable=True)


def post_item(category: str, key: int) -> AnyResponse:
    """Keep an item's fields, or take it off."""
    _known_item(category, key)
    form_id, typed = here().form.id, typed_now()
    if typed.value("-do") == "remove":
        run(lambda work: change_form(work, form_id, lambda draft: without_item(draft, str(key))))
        say("form.taken_off")
        return lead("get_items", category=category)
    item = _typed_item(typed, category)
    sent, typed = load(ListedItemSchema, _fields(typed), category=category)
    if sent is None:
        action = address("post_item", category=category, key=key)
        return _show(typed, action, category, 422, removable=True)
    run(lambda work: change_form(work, form_id, lambda draft: with_item(draft, str(key), item)))
    return lead("get_items", category=category)


def get_item_on_file(item_id: UUID) -> AnyResponse:
    """Show an item on file of which something has changed."""
    item = _known_on_file(item_id)
    said = still_of(here().draft, str(item_id)).get("fields", facts_document(item.facts))
    return _show_on_file(item, typed_from(said))


def post_item_on_file(item_id: UUID) -> AnyResponse:
    """Keep what has changed of an item on file."""
    item, typed = _known_on_file(item_id), typed_now()
    shown = Typed({name: typed.value(name) for name in (*FIELDS, "status", "category")})
    sent, typed = load(NamedItemSchema, shown)
    if sent is None:
        return _show_on_file(item, typed, 422)
    said = {"answer": StillTaking.CHANGED.value, "fields": shown.document()}
    form = here()
    changed = run(
        lambda work: change_form(work, form.form.id, lambda draft: with_still(draft, str(item_id), said))
    )
    category = item.facts.category or UNCATEGORIZED
    return after_category(FormHere(changed, form.address_id, form.patient, form.on_file), category)


def _known_item(category: str, key: int) -> dict[str, Any]:
    item: dict[str, Any] | None = items_of(known_category(category).draft, category).get(str(key))
    if item is None:
        raise NotFound
    return item


def _known_on_file(item_id: UUID) -> Item:
    item = here().item_on_file(item_id)
    if item is None:
        raise NotFound
    return item


def _fields(typed: Typed) -> Typed:
    return Typed({name: value for name, value in typed.values.items() if name in FIELDS or name == "-once"})


def _typed_item(typed: Typed, category: str) -> dict[str, Any]:
    return {**_fields(typed).document(), "category": category}


def _show(
    typed: Typed, action: str, category: str, status: int = 200, *, removable: bool = False
) -> Response:
    return show(
        "intake_item",
        status,
        typed=typed,
        action=action,
        category=category,
        removable=removable,
        written=bool(items_of(here().draft, category)),
    )


def _show_on_file(item: Item, typed: Typed, status: int = 200) -> Response:
    unsorted = item.facts.category is None
    return show(
        "intake_on_file",
        status,
        typed=typed,
        item=item,
        action=request.path,
        unsorted=unsorted,
        statuses=STATUSES,
    )
