"""What somebody typed into a form: read with the API's schemas, and shown again with its faults.

A field is named by its JSON pointer without the first slash: ``items/0/name``. A field left blank was left
out. Names that begin with ``-`` are the form's own, such as the button that was pressed.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import marshmallow as ma
from flask import request

from service.domain.errors import Fault
from service.web.faults import faults_in
from service.web.fields import Choice
from service.web.read_first import was_read

HELD = "-held/"
"""What the names of fields begin with that carry what was typed over a log-in or to another language."""
_MOST_STEPS, _MOST_DIGITS = 8, 6
"""Of a field's name: how deep it leads, and how long a place in a list is."""
_NO_SUCH_FIELD = "unknown_field|There is no such field."
_NEVER_HELD = frozenset({"csrf_token", "password", "now", "new"})


@dataclass(frozen=True, slots=True)
class Typed:
    """The values of a form by the names of its fields, and what is wrong with them."""

    values: Mapping[str, str] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()

    def value(self, name: str) -> str:
        """What was typed into a field; nothing where nothing was."""
        return self.values.get(name, "")

    def fault(self, name: str) -> Fault | None:
        """The first thing wrong with a field."""
        return next((fault for fault in self.faults if fault.pointer == f"/{name}"), None)

    def with_faults(self, faults: Iterable[Fault]) -> "Typed":
        """The same values with what is wrong with them."""
        return Typed(self.values, tuple(faults))

    def document(self, *flags: str) -> dict[str, Any]:
        """The values as the JSON document that the API would be sent; ``flags`` are fields of yes or no.

        Raises ValidationError for names that no form has: those that contradict each other, or lead too deep.
        """
        found: dict[str, Any] = {}
        for name, value in self.values.items():
            if value.strip() and not name.startswith("-"):
                _put(found, name.split("/"), value == "yes" if name in flags else value)
        return {key: _lists(value) for key, value in found.items()}


def typed_now() -> Typed:
    """What came with the request at hand."""
    return Typed({name: value for name, value in request.form.items() if name != "csrf_token"})


def held() -> dict[str, str]:
    """What was posted, to be posted again by whoever sees it: every field but the token and passwords."""
    kept = request.form.items() if request.method == "POST" and was_read() else ()
    return {name: text for name, text in kept if name not in _NEVER_HELD}


def released(typed: Typed) -> dict[str, str]:
    """What an earlier form had held, under its own names again."""
    return {name.removeprefix(HELD): text for name, text in typed.values.items() if name.startswith(HELD)}


def typed_from(document: Mapping[str, Any]) -> Typed:
    """The fields of a form, filled from a document as the API gives it; null leaves a field empty."""
    return Typed(dict(_flat(document, "")))


def load(schema: type[ma.Schema], typed: Typed, *flags: str, **more: Any) -> tuple[Any, Typed]:
    """What the schema makes of a form, and the form with its faults; None where there are any.

    ``more`` are values that the page knows by itself and nobody types.
    """
    asked = schema()
    try:
        return asked.load({**typed.document(*flags), **more}), typed
    except ma.ValidationError as error:
        return None, typed.with_faults(_as_chosen(fault, asked) for fault in faults_in(error.messages))


def _as_chosen(fault: Fault, schema: ma.Schema) -> Fault:
    """What is left out of a list to choose from is to be chosen, and not to be written."""
    if fault.code != "required":
        return fault
    *parts, last = fault.pointer[1:].split("/")
    for name in parts:
        part = schema.fields.get(name)
        if not isinstance(part, ma.fields.Nested):
            return fault
        schema = part.schema
    chosen = isinstance(schema.fields.get(last), Choice)
    return Fault(fault.pointer, "choice", fault.detail) if chosen else fault


def _put(place: dict[str, Any], path: list[str], value: Any) -> None:
    *steps, last = path
    for step in steps:
        inner = place.setdefault(step, {})
        if not isinstance(inner, dict):
            raise ma.ValidationError({"/".join(path): [_NO_SUCH_FIELD]})
        place = inner
    if last in place or len(steps) > _MOST_STEPS:
        raise ma.ValidationError({last: [_NO_SUCH_FIELD]})
    place[last] = value


def _lists(value: Any) -> Any:
    """Objects whose keys are all numbers are lists, in the order of the numbers."""
    if not isinstance(value, dict):
        return value
    if value and all(key.isascii() and key.isdigit() and len(key) <= _MOST_DIGITS for key in value):
        return [_lists(value[key]) for key in sorted(value, key=int)]
    return {key: _lists(inner) for key, inner in value.items()}


def _flat(value: Any, name: str) -> Iterable[tuple[str, str]]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _flat(inner, f"{name}/{key}" if name else key)
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from _flat(inner, f"{name}/{place}")
    elif isinstance(value, bool):
        yield name, "yes" if value else "no"
    elif value is not None:
        yield name, str(value)
