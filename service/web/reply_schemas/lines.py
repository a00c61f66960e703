"""Sections and lines of a checklist as they go out."""

from marshmallow import Schema, fields

from service.domain.checklists.checklist import SectionId
from service.domain.guidance.statements import StatementSection
from service.domain.medications.categories import Answer, Category
from service.web.reply_schemas.guidance import (
    CitationReply,
)
from service.web.reply_schemas.medications import (
    AttributionReply,
    FactsReply,
)
from service.web.reply_schemas.shared import (
    one_of,
    text,
    whole,
)


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
