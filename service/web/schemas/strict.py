"""What all schemas share: unknown fields are refused, and the domain's faults are told with the others."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from marshmallow import RAISE, Schema, ValidationError, missing
from marshmallow.decorators import POST_LOAD, PRE_LOAD, VALIDATES, VALIDATES_SCHEMA
from marshmallow.fields import Field

from service.domain.errors import Fault
from service.domain.text import LANGUAGE_LENGTH, NAME_LENGTH, NOTE_LENGTH, SHORT_LENGTH, TEXT_LENGTH
from service.web.fields import Text

NAME = NAME_LENGTH
SHORT = SHORT_LENGTH
TEXT = TEXT_LENGTH
NOTE = NOTE_LENGTH

_ONE_OBJECT: dict[str, Any] = {"many": False, "partial": None, "unknown": RAISE}
"""What marshmallow tells the methods of a schema of how it loads."""


class StrictSchema(Schema):
    """Refuses unknown fields and anything that is not an object.

    An object without a fault is loaded at once; any other by marshmallow, which tells of all its faults.
    """

    class Meta:
        """Marshmallow's options."""

        unknown = RAISE

    error_messages = {  # noqa: RUF012 -- marshmallow's own way of naming messages
        "unknown": "unknown_field|There is no such field.",
        "type": "type|Not of the right type.",
    }

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._places = [
            (field.attribute or name, field.data_key or name, field, _reader(field), _counts_left_out(field))
            for name, field in self.load_fields.items()
        ]
        self._checks, self._makers = self._hooks_at(VALIDATES_SCHEMA), self._hooks_at(POST_LOAD)
        self._has_more = bool(self.many or self.partial or self._hooks[PRE_LOAD] or self._hooks[VALIDATES])

    def _hooks_at(self, tag: str) -> list[tuple[Callable[..., Any], bool]]:
        return [
            (getattr(self, name), bool(options.get("pass_original"))) for name, _, options in self._hooks[tag]
        ]

    def load(self, data: Any, *, many: Any = None, partial: Any = None, unknown: Any = None) -> Any:
        """What the object says, as the schema makes it. Raises ValidationError with every fault."""
        if not (many or partial or unknown):
            with suppress(ValidationError):
                return self.load_at_once(data)
        return super().load(data, many=many, partial=partial, unknown=unknown)

    def load_at_once(self, data: Any) -> Any:
        """The same. Raises ValidationError where only marshmallow can tell."""
        if type(data) is not dict or self._has_more:
            raise ValidationError(self.error_messages["type"])
        loaded: Any = {}
        known = 0
        for name, key, field, read, counts_left_out in self._places:
            value = data.get(key, missing)
            if value is not missing:
                known += 1
                loaded[name] = (field.deserialize if value is None else read)(value, key, data, at_once=True)
            elif counts_left_out:
                loaded[name] = field.deserialize(value, key, data)
        if known != len(data):
            raise ValidationError(self.error_messages["unknown"])
        for check, with_original in self._checks:
            check(loaded, *((data,) if with_original else ()), **_ONE_OBJECT)
        for make, with_original in self._makers:
            loaded = make(loaded, *((data,) if with_original else ()), **_ONE_OBJECT)
        return loaded


def _reader(field: Field[Any]) -> Callable[..., Any]:
    """What reads a value that is there and is not null."""
    if field.validators or field.pre_load or field.post_load:
        return field.deserialize
    return field._deserialize  # noqa: SLF001 -- all that ``deserialize`` comes down to here


def _counts_left_out(field: Field[Any]) -> bool:
    """Whether a field that is left out is a fault, or has a value all the same."""
    return field.required or field.load_default is not missing


class DomainFaultsError(ValidationError):
    """Faults that the domain found, on their way through marshmallow to the problem document."""

    def __init__(self, faults: list[Fault]) -> None:
        messages: dict[str, Any] = {}
        for fault in faults:
            place = messages
            *path, last = fault.pointer.strip("/").split("/")
            for step in path:
                place = place.setdefault(step, {})
            place[last] = [f"{fault.code}|{fault.detail}"]
        super().__init__(messages)


class LanguageField(Text):
    """A BCP 47 language tag."""

    def __init__(self) -> None:
        super().__init__(most=LANGUAGE_LENGTH, metadata={"description": "BCP 47 tag, such as en or es-MX"})
