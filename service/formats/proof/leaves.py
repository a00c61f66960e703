"""The texts of a checklist's document and of its state, each with its place in them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from service.formats.proof.issued import Json

_NO_TEXT = frozenset({"id", "key", "kind", "content_digest"})
"""What names a line for programs. A line's key and kind are held to the catalogue and the three kinds."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """A text in JSON-ready data: its place and, with its key, the object that holds it."""

    place: str
    text: str
    key: str
    holder: Mapping[str, Any]


def leaves(
    value: object, place: str = "", key: str = "", holder: Mapping[str, Any] = MappingProxyType({})
) -> Iterator[Leaf]:
    """Every text in JSON-ready data, at any depth; what has an id stands under it, not under its number."""
    if isinstance(value, str):
        if key not in _NO_TEXT:
            yield Leaf(place, value, key, holder)
    elif isinstance(value, Mapping):
        for name, inner in value.items():
            yield from leaves(inner, f"{place}/{name}", name, value)
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            step = inner.get("id") if isinstance(inner, Mapping) else None
            yield from leaves(inner, f"{place}/{step or number}", key, holder)


def whole(document: Json, state: Json) -> Json:
    """The document with its state, as it is sent."""
    return {**document, **state}
