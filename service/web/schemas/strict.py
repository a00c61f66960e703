"""What all schemas share: unknown fields are refused, and the domain's faults are told with the others."""

from typing import Any

from marshmallow import RAISE, Schema, ValidationError

from service.domain.errors import Fault
from service.domain.text import NAME_LENGTH, NOTE_LENGTH, SHORT_LENGTH, TEXT_LENGTH
from service.web.fields import Text

NAME = NAME_LENGTH
SHORT = SHORT_LENGTH
TEXT = TEXT_LENGTH
NOTE = NOTE_LENGTH


class StrictSchema(Schema):
    """Refuses unknown fields and anything that is not an object."""

    class Meta:
        """Marshmallow's options."""

        unknown = RAISE

    error_messages = {  # noqa: RUF012 -- marshmallow's own way of naming messages
        "unknown": "unknown_field|There is no such field.",
        "type": "type|Not of the right type.",
    }


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
        super().__init__(most=35, metadata={"description": "BCP 47 tag, such as en or es-MX"})
