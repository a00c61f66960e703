"""Fields of what comes in: strict about types, tolerant of what is missing, and never changing what was said.

An error message is ``code|sentence``; ``errors`` takes the two apart.
"""

from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from marshmallow import ValidationError, fields

from service.domain.text import PartialDate, clean, fault_in

MESSAGES: dict[str, str | list[Any] | dict[Any, Any]] = {
    "required": "required|This is needed.",
    "null": "null|This cannot be null.",
    "invalid": "type|Not of the right type.",
}


class Text(fields.String):
    """Text as it was said. Blank text is no text: None where the field may be left out, else a fault."""

    default_error_messages = MESSAGES

    def __init__(self, *, most: int, lines: bool = False, required: bool = False, **kwargs: Any) -> None:
        self.most = most
        self.lines = lines
        metadata = {"maxLength": most, **({"minLength": 1} if required else {}), **kwargs.pop("metadata", {})}
        super().__init__(required=required, allow_none=not required, metadata=metadata, **kwargs)

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> Any:
        if not isinstance(value, str):
            raise self.make_error("invalid")
        text = value.replace("\r\n", "\n") if self.lines else value
        fault = fault_in(text, most=self.most, lines=self.lines)
        if fault is not None:
            raise ValidationError(f"{fault.code}|{fault.detail}")
        cleaned = clean(text)
        if not cleaned and self.required:
            raise ValidationError("required|This is needed.")
        return cleaned or None


class Choice(fields.String):
    """One word of a closed list, as the enumeration's member."""

    default_error_messages = MESSAGES

    def __init__(self, words: type[StrEnum], *, also: Mapping[str, Any] | None = None, **kwargs: Any) -> None:
        self.members: dict[str, Any] = {word.value: word for word in words} | dict(also or {})
        choices: list[str | None] = list(self.members)
        if kwargs.get("allow_none"):
            choices.append(None)
        super().__init__(metadata={"enum": choices, **kwargs.pop("metadata", {})}, **kwargs)

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> Any:
        if not isinstance(value, str):
            raise self.make_error("invalid")
        if value not in self.members:
            raise ValidationError(f"choice|One of: {', '.join(self.members)}.")
        return self.members[value]


class Flag(fields.Boolean):
    """true or false and nothing that is only like them."""

    default_error_messages = MESSAGES

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> Any:
        if not isinstance(value, bool):
            raise self.make_error("invalid")
        return value


class _Parsed(fields.String):
    """Text that is read by a function which raises ValueError."""

    default_error_messages = MESSAGES
    parse: Callable[[str], Any]
    fault = ""

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> Any:
        if not isinstance(value, str):
            raise self.make_error("invalid")
        try:
            return type(self).parse(value)
        except ValueError as error:
            raise ValidationError(self.fault) from error


def _day(text: str) -> date:
    partial = PartialDate.parse(text)
    if partial.month is None or partial.day is None:
        raise ValueError("not a whole date")
    return date(partial.year, partial.month, partial.day)


def _uuid(text: str) -> UUID:
    found = UUID(text)
    if text.lower() != str(found):
        raise ValueError("not in the usual form")
    return found


class Day(_Parsed):
    """A whole day, ``YYYY-MM-DD``."""

    parse = staticmethod(_day)
    fault = "date|A date such as 2026-12-01."


class PartialDay(_Parsed):
    """A year, a month or a day: ``YYYY``, ``YYYY-MM``, ``YYYY-MM-DD``."""

    parse = staticmethod(PartialDate.parse)
    fault = "date|A date such as 1961, 1961-04 or 1961-04-02."


class Id(_Parsed):
    """A UUID in its usual form."""

    parse = staticmethod(_uuid)
    fault = "id|Not an id of this service."


class ListOf(fields.List[Any]):
    """A list of at most ``most`` things of one kind."""

    default_error_messages = MESSAGES

    def __init__(self, inner: Any, *, most: int, **kwargs: Any) -> None:
        self.most = most
        super().__init__(inner, metadata={"maxItems": most, **kwargs.pop("metadata", {})}, **kwargs)

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> list[Any]:
        if isinstance(value, list) and len(value) > self.most:
            raise ValidationError(f"too_many|More than {self.most}.")
        return super()._deserialize(value, attr, data, **kwargs) or []


class Part(fields.Nested):
    """An object inside the object."""

    default_error_messages = MESSAGES | {"type": "type|Not of the right type."}

    def _deserialize(
        self,
        value: Any,
        attr: str | None,
        data: Mapping[str, Any] | None,
        partial: Any = None,
        *,
        at_once: bool = False,
        **kwargs: Any,
    ) -> Any:
        schema: Any = self.schema
        return schema.load_at_once(value) if at_once else schema.load(value, partial=partial)
