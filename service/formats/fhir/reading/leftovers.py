"""What stood in an entry and was not kept, named in one issue."""

import re
from collections.abc import Iterator

from service.formats.fhir.reading.elements import Element
from service.formats.fhir.reading.notes import Notes

MOST_NAMED = 20
_NAME = re.compile(r"_?[A-Za-z][A-Za-z0-9]{0,63}")
# What says how the rest is stored or written, and nothing of what it says.
_QUIET = frozenset({"resourceType", "id", "meta", "use", "userSelected", "version", "sequence"})
# Narratives made from the elements and, by the second, from extensions too, which are named by themselves.
_FROM_THE_REST = ("generated", "extensions")
_TOLD_ELSEWHERE = ("text", "contained")
_FOREIGN = "elements that R4 does not have"


def tell_leftovers(root: Element) -> None:
    """Name what was never asked for. Names that are none of R4's are only counted as such."""
    names = list(dict.fromkeys(_named(name, key) for name, key in dict.fromkeys(_leftovers(root))))
    if not names:
        return
    named = names[:MOST_NAMED] + (["and others"] if len(names) > MOST_NAMED else [])
    root.notes.tell(root.place, f"Not kept: {', '.join(named)}.", "not-supported")


def _leftovers(root: Element) -> Iterator[tuple[str, str]]:
    """The name of each element with what was not kept in it; with nothing where none of it was asked for."""
    for element in root.notes.visited:
        name, taken = element.name, element.taken
        if not taken and name:
            yield name, ""
            continue
        for key, value in element.content.items():
            if key in taken or key in _QUIET or value is None:
                continue
            if key not in _TOLD_ELSEWHERE or not _told_elsewhere(root.notes, value, key):
                yield name, key


def _named(name: str, key: str) -> str:
    """How it is named; of a code that is not kept no part is named by itself."""
    if not key or name.endswith("coding"):
        return name
    if not _NAME.fullmatch(key):
        return _FOREIGN
    return f"{name}.{key}" if name else key


def _told_elsewhere(notes: Notes, content: object, key: str) -> bool:
    """Whether nothing is lost: a narrative made from the rest, or contained resources that were read."""
    if key == "text":
        return isinstance(content, dict) and content.get("status") in _FROM_THE_REST
    if key == "contained" and isinstance(content, list):
        read = {other.place for other in notes.visited if other.name == "contained"}
        return len(read) >= len(content)
    return False


def tell_if_cut(root: Element) -> None:
    """Say that the sender gave only part of a resource, as a search for some of its elements does."""
    meta = root.content.get("meta")
    tags = meta.get("tag") if isinstance(meta, dict) else None
    for position, tag in enumerate(tags if isinstance(tags, list) else ()):
        if isinstance(tag, dict) and tag.get("code") == "SUBSETTED":
            detail = "The sender left out part of this resource."
            root.notes.warn(f"{root.place}.meta.tag[{position}]", "incomplete", detail)
