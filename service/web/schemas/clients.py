"""Other systems as an administrator registers them."""

import json
from collections.abc import Mapping
from typing import Any

from marshmallow import ValidationError, fields

from service.web.fields import MESSAGES, Text
from service.web.schemas.strict import NAME, TEXT, StrictSchema

MOST_KEY_SET = 64 * 1024


class KeySetField(fields.String):
    """A JSON Web Key Set, pasted as text. What is in it is for the domain to judge."""

    default_error_messages = MESSAGES

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> Any:
        text = super()._deserialize(value, attr, data, **kwargs)
        try:
            if len(text) > MOST_KEY_SET:
                raise ValidationError(f"too_long|At most {MOST_KEY_SET} signs.")
            return json.loads(text)
        except (ValueError, RecursionError) as error:
            raise ValidationError("key_set|Not JSON.") from error


class ScopesField(Text):
    """Scopes with blanks or lines between them, each named once, as a tuple."""

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> Any:
        text = super()._deserialize(value, attr, data, **kwargs) or ""
        return tuple(dict.fromkeys(text.split()))


class KeySetSchema(StrictSchema):
    """The keys that a client is to sign with from now on."""

    jwks = KeySetField(required=True)


class NewClientSchema(KeySetSchema):
    """Another system that is to come in by its keys."""

    name = Text(most=NAME, required=True)
    scopes = ScopesField(most=TEXT, lines=True, load_default=())
    issuer = Text(most=TEXT, load_default=None)
    key_set_url = Text(most=TEXT, load_default=None)
