"""What comes in: each schema loads into a domain or action object and reports every fault at once.

Rules across fields are the domain's; the schemas call them with what could be read.
"""

from collections.abc import Mapping
from typing import Any

from marshmallow import RAISE, Schema, ValidationError, post_load, validates_schema

from service.actions.checklists import ChecklistRequest
from service.actions.intake import Intake
from service.actions.patients import PostedPatient
from service.domain.attribution import CollectionMode, Informant, InformantKind
from service.domain.errors import Fault
from service.domain.guidance import Coding
from service.domain.medication_changes import ListedItem, WholeList, answer_faults, name_or_description_fault
from service.domain.medications import (
    CURRENT_STATUSES,
    UNCATEGORIZED,
    Answer,
    Category,
    ItemFacts,
    Status,
)
from service.domain.patients import Identifier, Paper, PrintSize
from service.web.fields import Choice, Day, Flag, Id, ListOf, Part, PartialDay, Text

MOST_ITEMS = 1000
_NAME = 1000
_SHORT = 200
_TEXT = 1000
_NOTE = 4000
_LANGUAGE = {"pattern": r"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$"}
_SENT_STATUSES = [status for status in Status if status is not Status.ENTERED_IN_ERROR]


class StrictSchema(Schema):
    """Refuses unknown fields and anything that is not an object."""

    class Meta:
        """Marshmallow's options."""

        unknown = RAISE

    error_messages = {  # noqa: RUF012 -- marshmallow's own way of naming messages
        "unknown": "unknown_field|There is no such field.",
        "type": "type|Not of the right type.",
    }


class DomainFaultsError(ValidationError):
    """Faults that the domain found, on their way through marshmallow to the problem document."""

    def __init__(self, faults: list[Fault]) -> None:
        messages: dict[str, Any] = {}
        for fault in faults:
            place = messages
            *path, last = fault.pointer.strip("/").split("/")
            for step in path:
                place = place.setdefault(step, {})
            place[last] = [f"{fault.code}|{fault.detail}"]
        super().__init__(messages)


class LanguageField(Text):
    """A BCP 47 language tag."""

    def __init__(self) -> None:
        super().__init__(most=35, metadata={"description": "BCP 47 tag, such as en or es-MX"})


class IdentifierSchema(StrictSchema):
    """A number in a named system."""

    system = Text(most=_SHORT, required=True)
    value = Text(most=_SHORT, required=True)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> Identifier:
        """Build the domain object."""
        return Identifier(**data)


class PostedPatientSchema(StrictSchema):
    """A patient as a form or an EHR names them."""

    identifier = Part(IdentifierSchema, required=True)
    name = Text(most=_NAME)
    birth_date = PartialDay(allow_none=True)
    language = LanguageField()
    print_size = Choice(PrintSize, allow_none=True)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> PostedPatient:
        """Build what the actions take."""
        return PostedPatient(**data)


class PatientChangesSchema(StrictSchema):
    """What can be changed of a patient; what is left out stays."""

    name = Text(most=_NAME)
    birth_date = PartialDay(allow_none=True)
    language = LanguageField()
    print_size = Choice(PrintSize, allow_none=True)


class InformantSchema(StrictSchema):
    """Who said it."""

    kind = Choice(InformantKind, required=True)
    name = Text(most=_NAME)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> Informant:
        """Build the domain object."""
        return Informant(**data)


class CodingSchema(StrictSchema):
    """A code in a named coding system."""

    system = Text(most=_SHORT, required=True)
    code = Text(most=_SHORT, required=True)
    display = Text(most=_TEXT)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> Coding:
        """Build the domain object."""
        return Coding(**data)


class ItemFieldsSchema(StrictSchema):
    """The facts of an item, every one optional here."""

    category = Choice(Category, also={UNCATEGORIZED: None}, allow_none=True)
    name = Text(most=_NAME)
    description = Text(most=_NAME)
    status = Choice(
        Status,
        metadata={
            "enum": [status.value for status in _SENT_STATUSES],
            "description": "Left out: active, or unknown where stopped_on is given.",
        },
    )
    strength = Text(most=_TEXT)
    form = Text(most=_TEXT)
    dosage_text = Text(most=_TEXT)
    route = Text(most=_TEXT)
    frequency = Text(most=_TEXT)
    as_needed = Flag(allow_none=True)
    reason = Text(most=_TEXT)
    last_taken = Text(most=_TEXT)
    started_on = PartialDay(allow_none=True)
    stopped_on = PartialDay(allow_none=True)
    prescriber = Text(most=_TEXT)
    note = Text(most=_NOTE, lines=True)
    codings = ListOf(Part(CodingSchema), most=20)

    @validates_schema
    def check_status(self, data: dict[str, Any], **_: Any) -> None:
        """Entered in error is not something a list can say of its own item."""
        if data.get("status") is Status.ENTERED_IN_ERROR:
            raise ValidationError(
                "choice|An item is marked as entered in error by deleting it, with a reason.", "status"
            )


def facts_from(data: dict[str, Any]) -> ItemFacts:
    """Build an item's facts. Without a status it is taken now; with a stop date that is not known."""
    if "status" not in data and data.get("stopped_on"):
        data["status"] = Status.UNKNOWN
    if "codings" in data:
        data["codings"] = tuple(data["codings"])
    return ItemFacts(**data)


class NamedItemSchema(ItemFieldsSchema):
    """The facts of an item that can be recognised by its name or its description."""

    @validates_schema(skip_on_field_errors=False, pass_original=True)
    def check_name(self, data: dict[str, Any], original: Mapping[str, Any], **_: Any) -> None:
        """Refuse an item that says neither; one whose name was refused has its fault already."""
        names = ("name", "description")
        refused = not isinstance(original, Mapping) or any(
            name in original and name not in data for name in names
        )
        if not refused and not any(data.get(name) for name in names):
            fault = name_or_description_fault("")
            raise ValidationError(f"{fault.code}|{fault.detail}", "name")


class ListedItemSchema(NamedItemSchema):
    """An item of a whole list; with its id where it is known from an earlier version."""

    id = Id()

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> ListedItem:
        """Build the domain object."""
        item_id = data.pop("id", None)
        return ListedItem(facts_from(data), item_id)


class AnswerSchema(StrictSchema):
    """An answer for a category."""

    answer = Choice(Answer, required=True)


class AnswersSchema(StrictSchema):
    """Answers by category; one that is left out was not asked."""

    prescription = Part(AnswerSchema)
    over_the_counter = Part(AnswerSchema)
    supplement = Part(AnswerSchema)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> Mapping[Category, Answer]:
        """Build the domain's mapping."""
        return {Category(name): given["answer"] for name, given in data.items()}


class AttributedSchema(StrictSchema):
    """Who said it and how it was collected; both may be unknown, and are then asked."""

    informant = Part(InformantSchema, allow_none=True)
    collection_mode = Choice(CollectionMode, allow_none=True)


class WholeListSchema(AttributedSchema):
    """A whole list with its answers."""

    categories = Part(AnswersSchema)
    items = ListOf(Part(ListedItemSchema), most=MOST_ITEMS)

    @validates_schema(skip_on_field_errors=False)
    def check_answers(self, data: dict[str, Any], **_: Any) -> None:
        """Let the domain look at what could be read, so that its faults are told with the others."""
        answers = {
            Category(str(name)): given["answer"] if isinstance(given, dict) else given
            for name, given in dict(data.get("categories") or {}).items()
            if not isinstance(given, dict) or "answer" in given
        }
        reported = [
            listed.facts.category
            for listed in data.get("items") or []
            if isinstance(listed, ListedItem) and listed.facts.status in CURRENT_STATUSES
        ]
        faults = answer_faults(
            answers,
            reported,
            informant_known=data.get("informant") is not None,
            mode_known=data.get("collection_mode") is not None,
        )
        if faults:
            raise DomainFaultsError(faults)


def whole_list_from(data: Mapping[str, Any]) -> WholeList:
    """The list part of what was loaded."""
    return WholeList(tuple(data.get("items", ())), data.get("categories", {}))


class ChecklistOptionsSchema(StrictSchema):
    """How the sheet is wanted; what is left out comes from the patient and the clinic."""

    planned_start = Day(allow_none=True)
    language = LanguageField()
    paper = Choice(Paper, allow_none=True)
    print_size = Choice(PrintSize, allow_none=True)


class IntakeTreatmentSchema(ChecklistOptionsSchema):
    """The treatment that the checklist is for."""

    id = Text(most=_SHORT, required=True)


class IntakeSchema(WholeListSchema):
    """A patient, a whole list and, where a checklist is wanted, the treatment it is for."""

    patient = Part(PostedPatientSchema, required=True)
    treatment = Part(IntakeTreatmentSchema, allow_none=True)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> Intake:
        """Build what the action takes."""
        treatment = data.get("treatment")
        return Intake(
            patient=data["patient"],
            medications=whole_list_from(data),
            informant=data.get("informant"),
            collection_mode=data.get("collection_mode"),
            checklist=checklist_request(treatment, "id", "/treatment/id") if treatment else None,
        )


class NewItemSchema(NamedItemSchema, AttributedSchema):
    """One item more, with who said so."""


class ItemChangesSchema(ItemFieldsSchema, AttributedSchema):
    """What changes of an item; what is left out stays, null takes it away."""


class EnteredInErrorSchema(StrictSchema):
    """Why an item should not have been on the list."""

    reason = Text(most=_TEXT, required=True)


class CategoryAnswerSchema(AttributedSchema):
    """An answer for one category with who gave it."""

    answer = Choice(Answer, required=True)


class ChecklistRequestSchema(ChecklistOptionsSchema):
    """Which checklist is to be issued."""

    treatment = Text(most=_SHORT, required=True)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> ChecklistRequest:
        """Build what the action takes."""
        return checklist_request(data, "treatment", "/treatment")


def checklist_request(data: Mapping[str, Any], treatment_field: str, pointer: str) -> ChecklistRequest:
    """What was asked for, with the treatment under the name that the schema has for it."""
    options = {name: value for name, value in data.items() if name != treatment_field}
    return ChecklistRequest(treatment_id=data[treatment_field], treatment_pointer=pointer, **options)


class WithdrawalSchema(StrictSchema):
    """Why a sheet is taken back."""

    reason = Text(most=_TEXT, required=True)


class LogInSchema(StrictSchema):
    """A person's log-in."""

    login = Text(most=_SHORT, required=True)
    password = Text(most=_SHORT, required=True)
