"""Treatments, checklists and receipts as they go out."""

from marshmallow import Schema, fields

from service.domain.checklists.checklist import ChecklistStatus, SectionId
from service.domain.checklists.guidance_today import GuidanceStatus
from service.domain.checklists.marks import MarkWord
from service.domain.checklists.sign_offs import SIGNED_SECTIONS, SignerRole, SignOffStatus
from service.domain.guidance.statements import StatementSection
from service.domain.medications.categories import Answer, Category
from service.domain.patients.patients import Paper, PrintSize
from service.web.reply_schemas.medications import (
    AttributionReply,
    DifferenceReply,
    FactsReply,
    GapReply,
    ListReceiptReply,
    PatientReply,
    RecorderReply,
)
from service.web.reply_schemas.shared import (
    instant,
    instant_or_null,
    one_of,
    or_null,
    text,
    text_or_null,
    whole,
)
from service.web.schemas.medications import CodingSchema


class TreatmentNameReply(Schema):
    """A treatment."""

    id = text()
    name = text()


class CitationReply(Schema):
    """A numbered sentence of a source document."""

    document = text()
    paragraph = whole()
    sentence = whole()


class StatementReply(Schema):
    """A statement of the guidance and what it rests on."""

    id = text()
    section = one_of(*StatementSection)
    text = text()
    citations = fields.List(fields.Nested(CitationReply), required=True)
    reviewed_by = text_or_null()
    reviewed_on = text_or_null()


class GuidanceReply(TreatmentNameReply):
    """A treatment with a version of its guidance."""

    codings = fields.List(fields.Nested(CodingSchema), required=True)
    document_id = text()
    document_title = text()
    document_sha256 = text()
    version = text()
    statements = fields.List(fields.Nested(StatementReply), required=True)


class TreatmentReply(GuidanceReply):
    """A treatment with its guidance in use."""

    published_at = instant()
    published_by = text()


class TimeInUseReply(Schema):
    """From when a version was in use, and until when; ``ended`` says how, null while it is."""

    published_at = instant()
    published_by = text()
    ended = or_null("replaced", "retired")
    ended_at = instant_or_null()
    ended_by = text_or_null()


class GuidanceVersionReply(Schema):
    """A version of a treatment's guidance, without its statements; its last time in use comes first."""

    version = text()
    document_title = text()
    in_use = fields.Boolean(required=True)
    times = fields.List(fields.Nested(TimeInUseReply), required=True)


class WholeVersionReply(GuidanceReply):
    """A version of a treatment's guidance, with its statements."""

    in_use = fields.Boolean(required=True)
    times = fields.List(fields.Nested(TimeInUseReply), required=True)


class GuidanceReferenceReply(Schema):
    """The guidance that a checklist was made from."""

    document_id = text()
    document_title = text()
    document_sha256 = text()
    version = text()


class SheetTreatmentReply(TreatmentNameReply):
    """A treatment that a checklist is for, and the guidance that was used of it."""

    guidance = fields.Nested(GuidanceReferenceReply, required=True)


class WordingReply(Schema):
    """The service's own fixed words; ``language`` where it is another than the checklist's."""

    kind = one_of("wording")
    id = text()
    key = text()
    text = text()
    language = fields.String()
    items = fields.List(fields.Integer(), required=True)


class DetailReply(Schema):
    """One fact of an item as it is printed."""

    key = text()
    label = text()
    label_language = fields.String()
    value = text()


class ChecklistItemReply(FactsReply):
    """An item as the checklist took it from the list."""

    id = fields.UUID(required=True)


class LineReply(Schema):
    """A line; what stands beside its text depends on its kind."""

    kind = one_of("guidance", "record", "wording")
    id = text()
    text = text()
    key = fields.String()
    items = fields.List(fields.Integer())
    language = fields.String()
    treatment = fields.String()
    statement = fields.String()
    statement_section = fields.String(metadata={"enum": [str(section) for section in StatementSection]})
    citations = fields.List(fields.Nested(CitationReply))
    number = fields.Integer()
    item = fields.Nested(ChecklistItemReply)
    on_earlier_list = fields.Boolean()
    details = fields.List(fields.Nested(DetailReply))
    asks = fields.List(fields.Nested(WordingReply))
    category = fields.String(metadata={"enum": [str(category) for category in Category]})
    answer = fields.String(metadata={"enum": [str(answer) for answer in Answer]})
    attribution = fields.Nested(AttributionReply)
    said = fields.Nested(WordingReply)


class SectionReply(Schema):
    """A section of a checklist."""

    id = one_of(*SectionId)
    title = text()
    title_language = fields.String()
    lines = fields.List(fields.Nested(LineReply), required=True)
    blank_rows = whole()
    content_digest = text()


class LinksReply(Schema):
    """Where a checklist is to be had."""

    self = text()
    html = text()
    pdf = text()


class GuidanceTodayReply(Schema):
    """What has become of the guidance that a checklist was made from.

    ``version`` is the one in use, null where there is none; ``since`` is when that came to be.
    """

    treatment = text()
    status = one_of(*GuidanceStatus)
    version = text_or_null()
    since = instant()


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
