"""Signatures and marks as they go out."""

from marshmallow import Schema, fields

from service.domain.checklists.marks import MarkWord
from service.domain.checklists.sign_offs import SIGNED_SECTIONS, SignerRole, SignOffStatus
from service.web.reply_schemas.medications import (
    RecorderReply,
)
from service.web.reply_schemas.shared import (
    instant,
    one_of,
    text,
    text_or_null,
)


class WithdrawnReply(Schema):
    """Who took a sheet back, when and why."""

    by = fields.Nested(RecorderReply, required=True)
    at = instant()
    reason = text()


class SignOffReply(Schema):
    """A signature under one section, and what has become of it."""

    id = fields.UUID(required=True)
    section = one_of(*SIGNED_SECTIONS)
    role = one_of(*SignerRole)
    name = text()
    at = instant()
    status = one_of(*SignOffStatus)
    deferred_reason = text_or_null()
    recorded_by = fields.Nested(RecorderReply, required=True)
    checklist_id = fields.UUID(required=True)
    withdrawn = fields.Nested(WithdrawnReply, required=True, allow_none=True)
    status_text = text_or_null()
    deferred_text = text_or_null()
    text = text()


class MarkReply(Schema):
    """What was noted of one line."""

    line = text()
    mark = one_of(*MarkWord)
    label = text()
    note = text_or_null()
    by = fields.Nested(RecorderReply, required=True)
    at = instant()
    text = text()
