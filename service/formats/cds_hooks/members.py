"""Looking into JSON that may have any shape: what is not of the expected type counts as not there."""

from collections.abc import Iterator, Mapping
from typing import Any

Json = Mapping[str, Any]


def an_object(value: object) -> Json:
    """The value where it is an object, else an empty one."""
    return value if isinstance(value, dict) else {}


def objects(value: object) -> list[Json]:
    """The objects in a list."""
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def text_of(value: object) -> str | None:
    """The value where it is text with anything in it."""
    return value if isinstance(value, str) and value.strip() else None


def texts(*values: object) -> Iterator[str]:
    """Those of the values that are text."""
    return (text for value in values if (text := text_of(value)))


def resources(bundle: object) -> list[Json]:
    """The resources of a Bundle's entries."""
    return [an_object(entry.get("resource")) for entry in objects(an_object(bundle).get("entry"))]
