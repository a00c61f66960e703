"""The receipt of a posted list."""

from marshmallow import Schema, fields

from service.domain.checklists.checklist import ChecklistStatus
from service.web.reply_schemas.checklists import LinksReply
from service.web.reply_schemas.medications import (
    GapReply,
    ListReceiptReply,
)
from service.web.reply_schemas.shared import (
    one_of,
    text,
)


class IssuedReply(Schema):
    """The checklist that an intake asked for."""

    id = fields.UUID(required=True)
    code = text()
    status = one_of(*ChecklistStatus)
    links = fields.Nested(LinksReply, required=True)


class IntakeReply(Schema):
    """What was kept of an intake."""

    patient_id = fields.UUID(required=True)
    medication_list = fields.Nested(ListReceiptReply, required=True)
    gaps = fields.List(fields.Nested(GapReply), required=True)
    checklist = fields.Nested(IssuedReply, required=True, allow_none=True)
