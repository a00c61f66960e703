"""What is typed into an intake form so far, as plain data; every step replaces its own part and no other.

``informant``, ``patient``, ``collection_mode`` and ``categories`` are those of a posted intake. ``items`` are
its items under keys of their own, so that taking one off renames no other; ``still`` holds what was said of
each item on file, and ``language`` the language that the form is filled in.
"""

from collections.abc import Mapping
from typing import Any

Draft = Mapping[str, Any]
_OF_THE_POST = ("informant", "patient", "collection_mode", "categories")


def with_part(draft: Draft, name: str, part: Any) -> Draft:
    """The draft with another ``part`` under this name; nothing (None, {}) takes it away."""
    others = {key: value for key, value in draft.items() if key != name}
    return {**others, name: part} if part else others


def answer_of(draft: Draft, category: str) -> str:
    """What was answered for a category; nothing where nothing was."""
    return str(draft.get("categories", {}).get(category, {}).get("answer", ""))


def with_answer(draft: Draft, category: str, answer: str) -> Draft:
    """The draft with another answer for one category."""
    return with_part(draft, "categories", {**draft.get("categories", {}), category: {"answer": answer}})


def items_of(draft: Draft, category: str) -> dict[str, Any]:
    """The items typed for one category by their keys, in the order in which they were added."""
    return {key: item for key, item in draft.get("items", {}).items() if item.get("category") == category}


def with_item(draft: Draft, key: str | None, item: Mapping[str, Any]) -> Draft:
    """The draft with an item in the place of the one under ``key``, or (None) with one item more."""
    items = dict(draft.get("items", {}))
    if key is None:
        number = int(draft.get("items_made", 0)) + 1
        return {**draft, "items": {**items, str(number): dict(item)}, "items_made": number}
    return {**draft, "items": {**items, key: dict(item)}} if key in items else draft


def without_item(draft: Draft, key: str) -> Draft:
    """The draft without one item."""
    items = {other: item for other, item in draft.get("items", {}).items() if other != key}
    return with_part(draft, "items", items)


def still_of(draft: Draft, item_id: str) -> Mapping[str, Any]:
    """What was said of an item on file: ``answer`` and, once its fields were gone through, ``fields``."""
    return draft.get("still", {}).get(item_id, {})  # type: ignore[no-any-return]


def with_still(draft: Draft, item_id: str, said: Mapping[str, Any]) -> Draft:
    """The draft with what was said of one item on file."""
    return with_part(draft, "still", {**draft.get("still", {}), item_id: dict(said)})


def kept_for(draft: Draft, item_ids: frozenset[str]) -> Draft:
    """The draft with what was said of these items on file and of no others."""
    still = {item_id: said for item_id, said in draft.get("still", {}).items() if item_id in item_ids}
    return with_part(draft, "still", still)


def after_sending(draft: Draft) -> Draft:
    """What stays of a form that was sent: nothing that was answered, only how its receipt is shown."""
    return {name: draft[name] for name in ("language", "collection_mode") if name in draft}


def posted(draft: Draft) -> dict[str, Any]:
    """The draft as the document that an intake form posts, without the patient's identifier."""
    document = {name: draft[name] for name in _OF_THE_POST if name in draft}
    return {**document, "items": list(draft.get("items", {}).values())}
