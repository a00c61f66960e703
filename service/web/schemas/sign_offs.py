"""Signatures and marks as they come in."""

from typing import Any

from marshmallow import post_load

from service.domain.checklists.marks import MarkWord
from service.domain.checklists.sign_offs import Signature, SignerRole
from service.web.fields import Choice, Text
from service.web.schemas.strict import NAME, NOTE, SHORT, TEXT, StrictSchema


class SignOffSchema(StrictSchema):
    """A signature under one section."""

    role = Choice(SignerRole, required=True)
    name = Text(most=NAME, required=True)
    content_digest = Text(most=SHORT, required=True)
    deferred_reason = Text(most=TEXT)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> Signature:
        """Build what the action takes."""
        return Signature(**data)


class MarkSchema(StrictSchema):
    """A mark of one line; null takes the mark back."""

    mark = Choice(MarkWord, required=True, allow_none=True)
    note = Text(most=NOTE, lines=True)
