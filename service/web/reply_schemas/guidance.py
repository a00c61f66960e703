"""Treatments, their guidance and its versions as they go out."""

from marshmallow import Schema, fields

from service.domain.checklists.guidance_today import GuidanceStatus
from service.domain.guidance.statements import StatementSection
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


class GuidanceTodayReply(Schema):
    """What has become of the guidance that a checklist was made from.

    ``version`` is the one in use, null where there is none; ``since`` is when that came to be.
    """

    treatment = text()
    status = one_of(*GuidanceStatus)
    version = text_or_null()
    since = instant()
