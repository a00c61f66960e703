"""Checklists as they go out."""

from marshmallow import Schema, fields

from service.domain.checklists.checklist import ChecklistStatus
from service.domain.patients.patients import Paper, PrintSize
from service.web.reply_schemas.guidance import (
    GuidanceReferenceReply,
    GuidanceTodayReply,
    SheetTreatmentReply,
    TreatmentNameReply,
)
from service.web.reply_schemas.lines import (
    SectionReply,
    WordingReply,
)
from service.web.reply_schemas.medications import (
    DifferenceReply,
    GapReply,
    PatientReply,
    RecorderReply,
)
from service.web.reply_schemas.shared import (
    instant,
    one_of,
    text,
    text_or_null,
    whole,
)
from service.web.reply_schemas.sign_offs import MarkReply, SignOffReply, WithdrawnReply


class LinksReply(Schema):
    """Where a checklist is to be had."""

    self = text()
    html = text()
    pdf = text()


class ChecklistReply(Schema):
    """An issued checklist as it was written, with what became of it."""

    id = fields.UUID(required=True)
    code = text()
    patient = fields.Nested(PatientReply, required=True)
    treatment = fields.Nested(TreatmentNameReply, required=True)
    treatments = fields.List(fields.Nested(SheetTreatmentReply))
    planned_start = text_or_null()
    list_version = whole()
    guidance = fields.Nested(GuidanceReferenceReply, required=True, allow_none=True)
    language = text()
    paper = one_of(*Paper)
    print_size = one_of(*PrintSize)
    time_zone = text()
    issued_at = instant()
    issued_by = fields.Nested(RecorderReply, required=True)
    notices = fields.List(fields.Nested(WordingReply), required=True)
    gaps = fields.List(fields.Nested(GapReply), required=True)
    sections = fields.List(fields.Nested(SectionReply), required=True)
    content_digest = text()
    status = one_of(*ChecklistStatus)
    latest_version = whole()
    withdrawn = fields.Nested(WithdrawnReply, required=True, allow_none=True)
    changes = fields.Nested(DifferenceReply, required=True, allow_none=True)
    guidance_today = fields.List(fields.Nested(GuidanceTodayReply), required=True)
    sign_offs = fields.List(fields.Nested(SignOffReply), required=True)
    marks = fields.List(fields.Nested(MarkReply), required=True)
    links = fields.Nested(LinksReply, required=True)


class ChecklistSummaryReply(Schema):
    """A checklist in a list of them."""

    id = fields.UUID(required=True)
    code = text()
    status = one_of(*ChecklistStatus)
    list_version = whole()
    issued_at = instant()
    guidance_today = fields.List(fields.Nested(GuidanceTodayReply), required=True)
    links = fields.Nested(LinksReply, required=True)
