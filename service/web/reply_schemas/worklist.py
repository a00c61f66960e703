"""The worklist as it goes out."""

from marshmallow import Schema, fields

from service.domain.checklists.checklist import ChecklistStatus
from service.domain.checklists.sign_offs import SIGNED_SECTIONS
from service.domain.checklists.worklist import WorklistStatus
from service.domain.medications.categories import Answer
from service.web.reply_schemas.guidance import GuidanceTodayReply, TreatmentNameReply
from service.web.reply_schemas.medications import GapReply, PatientReply
from service.web.reply_schemas.shared import instant, one_of, text, whole


class CategoryStateReply(Schema):
    """A category: what was answered, and how many items there are; null says nothing of that."""

    answer = one_of(*Answer)
    items = fields.Integer(required=True, allow_none=True)


class CategoryStatesReply(Schema):
    """Every category."""

    prescription = fields.Nested(CategoryStateReply, required=True)
    over_the_counter = fields.Nested(CategoryStateReply, required=True)
    supplement = fields.Nested(CategoryStateReply, required=True)


class ListStateReply(Schema):
    """How a patient's list stands."""

    version = whole()
    categories = fields.Nested(CategoryStatesReply, required=True)
    uncategorized = whole()
    earlier_items = whole()
    gaps = fields.List(fields.Nested(GapReply), required=True)


class NewestSheetReply(Schema):
    """The newest checklist that was not withdrawn, and what is signed of it."""

    id = fields.UUID(required=True)
    code = text()
    treatment = fields.Nested(TreatmentNameReply, required=True)
    planned_start = fields.Date(required=True)
    status = one_of(*ChecklistStatus)
    guidance_today = fields.List(fields.Nested(GuidanceTodayReply), required=True)
    list_version = whole()
    issued_at = instant()
    signed = fields.List(one_of(*SIGNED_SECTIONS), required=True)
    to_sign = fields.List(one_of(*SIGNED_SECTIONS), required=True)


class WorklistRowReply(Schema):
    """One patient and one treatment."""

    status = one_of(*WorklistStatus)
    patient = fields.Nested(PatientReply, required=True)
    medication_list = fields.Nested(ListStateReply, required=True)
    checklist = fields.Nested(NewestSheetReply, required=True)


class WorklistReply(Schema):
    """A day."""

    date = fields.Date(required=True)
    items = fields.List(fields.Nested(WorklistRowReply), required=True)
    more = fields.Boolean(required=True)
