"""The steps of the intake form, the same by link and at the desk: where each of them is."""

from collections.abc import Callable

from werkzeug.wrappers import Response as AnyResponse

from service.web.pages.blueprint import Pages
from service.web.pages.intake_categories import get_category, get_items, post_category
from service.web.pages.intake_items import (
    get_item,
    get_item_on_file,
    get_new_item,
    post_item,
    post_item_on_file,
    post_new_item,
)
from service.web.pages.intake_sending import get_look, get_receipt, post_send
from service.web.pages.intake_who import get_who, post_language, post_who

View = Callable[..., AnyResponse]
_CATEGORY = "/<any(prescription, over_the_counter, supplement, uncategorized):category>"
STEPS: tuple[tuple[str, str, View], ...] = (
    ("GET", "/who", get_who),
    ("POST", "/who", post_who),
    ("POST", "/language", post_language),
    ("GET", _CATEGORY, get_category),
    ("POST", _CATEGORY, post_category),
    ("GET", f"{_CATEGORY}/items", get_items),
    ("GET", f"{_CATEGORY}/items/new", get_new_item),
    ("POST", f"{_CATEGORY}/items/new", post_new_item),
    ("GET", f"{_CATEGORY}/items/<int:key>", get_item),
    ("POST", f"{_CATEGORY}/items/<int:key>", post_item),
    ("GET", "/on-file/<uuid:item_id>", get_item_on_file),
    ("POST", "/on-file/<uuid:item_id>", post_item_on_file),
    ("GET", "/look", get_look),
    ("POST", "/send", post_send),
    ("GET", "/receipt", get_receipt),
)


def register_steps(pages: Pages, prefix: str, guard: Callable[[View], View]) -> None:
    """Put every step under an address, behind the guard of who may fill that form in."""
    for method, rule, view in STEPS:
        pages.add_url_rule(prefix + rule, view.__name__, guard(view), methods=[method])
