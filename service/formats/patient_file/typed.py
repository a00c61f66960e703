"""What is typed into a form that was not sent, one value after the other, with what each is called."""

from collections.abc import Iterator, Mapping
from typing import Any

from service.domain.wording import Catalogue

_NOT_SAID = frozenset({"card", "items_made", "language"})
_CODES = {
    "answer": "answer_word",
    "category": "section",
    "collection_mode": "mode",
    "kind": "informant",
    "status": "status_word",
}
"""The values that are codes of the form, and where their words stand."""


def typed_texts(draft: Mapping[str, Any], words: Catalogue) -> Iterator[tuple[str | None, str]]:
    """Each value as it was typed or, for what was chosen, in words; and its label, where it has one."""
    for path, value in _leaves(draft, ()):
        family = _CODES.get(path[-1])
        yield _label(path, words), words.texts.get(f"{family}.{value}", value) if family else value


def _leaves(value: object, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    if isinstance(value, Mapping):
        for name, inner in value.items():
            if name not in _NOT_SAID:
                yield from _leaves(inner, (*path, str(name)))
    elif isinstance(value, list):
        for inner in value:
            yield from _leaves(inner, path)
    elif value not in (None, ""):
        yield path, str(value)


def _label(path: tuple[str, ...], words: Catalogue) -> str | None:
    if path[0] == "categories":
        return words.texts.get(f"section.{path[1]}")
    if path[0] == "informant":
        return words.texts["history_page.informant"]
    if path[-1] == "birth_date":
        return words.texts["sheet.birth_date"]
    return words.texts.get(f"item.{path[-1]}")
