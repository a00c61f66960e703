"""What goes out, for the OpenAPI document; the views send plain data of these shapes."""

from marshmallow import Schema, fields

from service.domain.access import ActorKind, Role
from service.domain.attribution import CollectionMode, InformantKind, RecorderKind
from service.domain.audit import AuditAction, AuditOutcome
from service.domain.checklist import ChecklistStatus, SectionId
from service.domain.gaps import GapKind
from service.domain.guidance import StatementSection
from service.domain.medication_difference import ItemChangeKind
from service.domain.medications import UNCATEGORIZED, Answer, Category, Status
from service.domain.patients import Paper, PrintSize
from service.web.schemas import CodingSchema, IdentifierSchema


def _one_of(*words: object) -> fields.String:
    return fields.String(required=True, metadata={"enum": [str(word) for word in words]})


def _or_null(*words: object) -> fields.String:
    return fields.String(
        required=True, allow_none=True, metadata={"enum": [*(str(word) for word in words), None]}
    )


def _text() -> fields.String:
    return fields.String(required=True)


def _text_or_null() -> fields.String:
    return fields.String(required=True, allow_none=True)


def _whole() -> fields.Integer:
    return fields.Integer(required=True)


def _instant() -> fields.String:
    return fields.String(required=True, metadata={"format": "date-time"})


class PatientReply(Schema):
    """A patient."""

    id = fields.UUID(required=True)
    identifiers = fields.List(fields.Nested(IdentifierSchema), required=True)
    name = _text_or_null()
    birth_date = _text_or_null()
    language = _text_or_null()
    print_size = _or_null(*PrintSize)


class InformantReply(Schema):
    """Who said it."""

    kind = _one_of(*InformantKind)
    name = _text_or_null()


class RecorderReply(Schema):
    """Who keyed it, or the system that sent it."""

    kind = _one_of(*RecorderKind)
    id = _text()
    name = _text()


class AttributionReply(Schema):
    """Who said it, who recorded it, how and when."""

    informant = fields.Nested(InformantReply, required=True, allow_none=True)
    collection_mode = _or_null(*CollectionMode)
    recorder = fields.Nested(RecorderReply, required=True)
    recorded_at = _instant()


class GapReply(Schema):
    """Something still to ask."""

    kind = _one_of(*GapKind)
    category = _or_null(*Category)
    items = fields.List(fields.UUID(), required=True)


class FactsReply(Schema):
    """What was said about an item."""

    name = _text_or_null()
    description = _text_or_null()
    category = _one_of(*Category, UNCATEGORIZED)
    status = _one_of(*Status)
    strength = _text_or_null()
    form = _text_or_null()
    dosage_text = _text_or_null()
    route = _text_or_null()
    frequency = _text_or_null()
    as_needed = fields.Boolean(required=True, allow_none=True)
    reason = _text_or_null()
    last_taken = _text_or_null()
    started_on = _text_or_null()
    stopped_on = _text_or_null()
    prescriber = _text_or_null()
    note = _text_or_null()
    codings = fields.List(fields.Nested(CodingSchema), required=True)


class ItemReply(FactsReply):
    """An item of a list."""

    id = fields.UUID(required=True)
    current = fields.Boolean(required=True)
    left_out_since = fields.Integer(required=True, allow_none=True)
    error_reason = _text_or_null()
    attribution = fields.Nested(AttributionReply, required=True)


class AnswerReply(Schema):
    """What was answered for a category, and by whom."""

    answer = _one_of(*Answer)
    attribution = fields.Nested(AttributionReply, required=True, allow_none=True)


class AnswersReply(Schema):
    """The answers of every category."""

    prescription = fields.Nested(AnswerReply, required=True)
    over_the_counter = fields.Nested(AnswerReply, required=True)
    supplement = fields.Nested(AnswerReply, required=True)


class MedicationListReply(Schema):
    """One version of a medication list, whole."""

    patient_id = fields.UUID(required=True)
    version = _whole()
    reported_name = _text_or_null()
    attribution = fields.Nested(AttributionReply, required=True)
    categories = fields.Nested(AnswersReply, required=True)
    items = fields.List(fields.Nested(ItemReply), required=True)
    earlier_items = fields.List(fields.Nested(ItemReply), required=True)
    entered_in_error = fields.List(fields.Nested(ItemReply), required=True)
    gaps = fields.List(fields.Nested(GapReply), required=True)


class FieldReply(Schema):
    """A fact that differs."""

    key = _text()
    label = _text()


class ItemChangeReply(Schema):
    """What happened to an item."""

    kind = _one_of(*ItemChangeKind)
    label = _text()
    item_id = fields.UUID(required=True)
    text = _text()
    before_text = _text_or_null()
    changed_fields = fields.List(fields.Nested(FieldReply), required=True, data_key="fields")


class AnswerChangeReply(Schema):
    """Another answer for a category."""

    category = _one_of(*Category)
    before = _one_of(*Answer)
    after = _one_of(*Answer)
    text = _text()


class DifferenceReply(Schema):
    """What changed between two versions."""

    from_version = _whole()
    to_version = _whole()
    items = fields.List(fields.Nested(ItemChangeReply), required=True)
    answers = fields.List(fields.Nested(AnswerChangeReply), required=True)


class ListVersionReply(Schema):
    """A version of a list: who recorded it and when."""

    version = _whole()
    items = _whole()
    attribution = fields.Nested(AttributionReply, required=True)


class TreatmentNameReply(Schema):
    """A treatment."""

    id = _text()
    name = _text()


class CitationReply(Schema):
    """A numbered sentence of a source document."""

    document = _text()
    paragraph = _whole()
    sentence = _whole()


class StatementReply(Schema):
    """A statement of the guidance and what it rests on."""

    id = _text()
    section = _one_of(*StatementSection)
    text = _text()
    citations = fields.List(fields.Nested(CitationReply), required=True)
    reviewed_by = _text_or_null()
    reviewed_on = _text_or_null()


class TreatmentReply(TreatmentNameReply):
    """A treatment with its guidance."""

    codings = fields.List(fields.Nested(CodingSchema), required=True)
    document_id = _text()
    document_title = _text()
    document_sha256 = _text()
    version = _text()
    published_at = _instant()
    published_by = _text()
    statements = fields.List(fields.Nested(StatementReply), required=True)


class GuidanceReferenceReply(Schema):
    """The guidance that a checklist was made from."""

    document_id = _text()
    document_title = _text()
    document_sha256 = _text()
    version = _text()


class WordingReply(Schema):
    """The service's own fixed words."""

    kind = _one_of("wording")
    id = _text()
    key = _text()
    text = _text()
    items = fields.List(fields.Integer(), required=True)


class DetailReply(Schema):
    """One fact of an item as it is printed."""

    key = _text()
    label = _text()
    value = _text()


class ChecklistItemReply(FactsReply):
    """An item as the checklist took it from the list."""

    id = fields.UUID(required=True)


class LineReply(Schema):
    """A line; what stands beside its text depends on its kind."""

    kind = _one_of("guidance", "record", "wording")
    id = _text()
    text = _text()
    key = fields.String()
    items = fields.List(fields.Integer())
    language = fields.String()
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

    id = _one_of(*SectionId)
    title = _text()
    lines = fields.List(fields.Nested(LineReply), required=True)
    blank_rows = _whole()
    content_digest = _text()


class LinksReply(Schema):
    """Where a checklist is to be had."""

    self = _text()
    html = _text()
    pdf = _text()


class WithdrawnReply(Schema):
    """Who took a sheet back, when and why."""

    by = fields.Nested(RecorderReply, required=True)
    at = _instant()
    reason = _text()


class ChecklistReply(Schema):
    """An issued checklist as it was written, with what became of it."""

    id = fields.UUID(required=True)
    code = _text()
    patient = fields.Nested(PatientReply, required=True)
    treatment = fields.Nested(TreatmentNameReply, required=True)
    planned_start = _text_or_null()
    list_version = _whole()
    guidance = fields.Nested(GuidanceReferenceReply, required=True)
    language = _text()
    paper = _one_of(*Paper)
    print_size = _one_of(*PrintSize)
    time_zone = _text()
    issued_at = _instant()
    issued_by = fields.Nested(RecorderReply, required=True)
    notices = fields.List(fields.Nested(WordingReply), required=True)
    gaps = fields.List(fields.Nested(GapReply), required=True)
    sections = fields.List(fields.Nested(SectionReply), required=True)
    content_digest = _text()
    status = _one_of(*ChecklistStatus)
    latest_version = _whole()
    withdrawn = fields.Nested(WithdrawnReply, required=True, allow_none=True)
    changes = fields.Nested(DifferenceReply, required=True, allow_none=True)
    links = fields.Nested(LinksReply, required=True)


class ChecklistSummaryReply(Schema):
    """A checklist in a list of them."""

    id = fields.UUID(required=True)
    code = _text()
    status = _one_of(*ChecklistStatus)
    list_version = _whole()
    issued_at = _instant()
    links = fields.Nested(LinksReply, required=True)


class ListReceiptReply(Schema):
    """Which version of the list a post made; ``changed`` is false where it said nothing."""

    version = _whole()
    changed = fields.Boolean(required=True)


class IssuedReply(Schema):
    """The checklist that an intake asked for."""

    id = fields.UUID(required=True)
    code = _text()
    status = _one_of(*ChecklistStatus)
    links = fields.Nested(LinksReply, required=True)


class IntakeReply(Schema):
    """What was kept of an intake."""

    patient_id = fields.UUID(required=True)
    medication_list = fields.Nested(ListReceiptReply, required=True)
    gaps = fields.List(fields.Nested(GapReply), required=True)
    checklist = fields.Nested(IssuedReply, required=True, allow_none=True)


class SessionReply(Schema):
    """A session's token, shown once."""

    token = _text()
    ends_at = _instant()
    name = _text()
    role = _text()


class ActorReply(Schema):
    """Who acted."""

    kind = _one_of(*ActorKind)
    id = fields.UUID(required=True)
    name = _text()
    role = _one_of(*Role)


class AuditEventReply(Schema):
    """One thing that was done or refused."""

    id = fields.UUID(required=True)
    at = _instant()
    actor = fields.Nested(ActorReply, required=True)
    action = _one_of(*AuditAction)
    outcome = _one_of(*AuditOutcome)
    request_id = _text()
    patient_id = fields.UUID(required=True, allow_none=True)
    subject = _text_or_null()
    details = fields.Dict(keys=fields.String(), values=fields.String(), required=True)


def page_of(item: type[Schema]) -> type[Schema]:
    """The shape of a page of these."""
    name = f"{item.__name__.removesuffix('Reply')}Page"
    return Schema.from_dict(
        {"items": fields.List(fields.Nested(item), required=True), "next": _text_or_null()}, name=name
    )
