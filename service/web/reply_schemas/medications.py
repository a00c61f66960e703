"""Patients and medication lists as they go out."""

from marshmallow import Schema, fields

from service.domain.attribution import CollectionMode, InformantKind, RecorderKind
from service.domain.checklists.gaps import GapKind
from service.domain.medications.categories import UNCATEGORIZED, Answer, Category
from service.domain.medications.difference import ItemChangeKind
from service.domain.medications.items import Status
from service.domain.patients.patients import PrintSize
from service.web.reply_schemas.shared import instant, one_of, or_null, text, text_or_null, whole
from service.web.schemas.medications import CodingSchema
from service.web.schemas.patients import IdentifierSchema


class PatientReply(Schema):
    """A patient."""

    id = fields.UUID(required=True)
    identifiers = fields.List(fields.Nested(IdentifierSchema), required=True)
    name = text_or_null()
    birth_date = text_or_null()
    language = text_or_null()
    print_size = or_null(*PrintSize)


class InformantReply(Schema):
    """Who said it."""

    kind = one_of(*InformantKind)
    name = text_or_null()


class RecorderReply(Schema):
    """Who keyed it, or the system that sent it."""

    kind = one_of(*RecorderKind)
    id = text()
    name = text()


class AttributionReply(Schema):
    """Who said it, who recorded it, how and when."""

    informant = fields.Nested(InformantReply, required=True, allow_none=True)
    collection_mode = or_null(*CollectionMode)
    recorder = fields.Nested(RecorderReply, required=True)
    recorded_at = instant()


class GapReply(Schema):
    """Something still to ask."""

    kind = one_of(*GapKind)
    category = or_null(*Category)
    items = fields.List(fields.UUID(), required=True)


class FactsReply(Schema):
    """What was said about an item."""

    name = text_or_null()
    description = text_or_null()
    category = one_of(*Category, UNCATEGORIZED)
    status = one_of(*Status)
    strength = text_or_null()
    form = text_or_null()
    dosage_text = text_or_null()
    route = text_or_null()
    frequency = text_or_null()
    as_needed = fields.Boolean(required=True, allow_none=True)
    reason = text_or_null()
    last_taken = text_or_null()
    started_on = text_or_null()
    stopped_on = text_or_null()
    prescriber = text_or_null()
    note = text_or_null()
    codings = fields.List(fields.Nested(CodingSchema), required=True)


class ItemReply(FactsReply):
    """An item of a list."""

    id = fields.UUID(required=True)
    current = fields.Boolean(required=True)
    left_out_since = fields.Integer(required=True, allow_none=True)
    error_reason = text_or_null()
    attribution = fields.Nested(AttributionReply, required=True)


class AnswerReply(Schema):
    """What was answered for a category, and by whom."""

    answer = one_of(*Answer)
    attribution = fields.Nested(AttributionReply, required=True, allow_none=True)


class AnswersReply(Schema):
    """The answers of every category."""

    prescription = fields.Nested(AnswerReply, required=True)
    over_the_counter = fields.Nested(AnswerReply, required=True)
    supplement = fields.Nested(AnswerReply, required=True)


class MedicationListReply(Schema):
    """One version of a medication list, whole."""

    patient_id = fields.UUID(required=True)
    version = whole()
    reported_name = text_or_null()
    attribution = fields.Nested(AttributionReply, required=True)
    categories = fields.Nested(AnswersReply, required=True)
    items = fields.List(fields.Nested(ItemReply), required=True)
    earlier_items = fields.List(fields.Nested(ItemReply), required=True)
    entered_in_error = fields.List(fields.Nested(ItemReply), required=True)
    gaps = fields.List(fields.Nested(GapReply), required=True)


class FieldReply(Schema):
    """A fact that differs, in words: as it was and as it is."""

    key = text()
    label = text()
    label_language = fields.String()
    before = text_or_null()
    after = text_or_null()


class ItemChangeReply(Schema):
    """What happened to an item."""

    kind = one_of(*ItemChangeKind)
    label = text()
    label_language = fields.String()
    item_id = fields.UUID(required=True)
    text = text()
    before_text = text_or_null()
    changed_fields = fields.List(fields.Nested(FieldReply), required=True, data_key="fields")


class AnswerChangeReply(Schema):
    """Another answer for a category."""

    category = one_of(*Category)
    before = one_of(*Answer)
    after = one_of(*Answer)
    text = text()
    language = fields.String()


class DifferenceReply(Schema):
    """What changed between two versions."""

    from_version = whole()
    to_version = whole()
    items = fields.List(fields.Nested(ItemChangeReply), required=True)
    answers = fields.List(fields.Nested(AnswerChangeReply), required=True)


class ListVersionReply(Schema):
    """A version of a list: who recorded it and when."""

    version = whole()
    items = whole()
    attribution = fields.Nested(AttributionReply, required=True)


class ListReceiptReply(Schema):
    """Which version of the list a post made; ``changed`` is false where it said nothing."""

    version = whole()
    changed = fields.Boolean(required=True)
