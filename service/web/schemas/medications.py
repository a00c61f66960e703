"""Items, answers and whole lists as they come in."""

from collections.abc import Mapping
from typing import Any

from marshmallow import ValidationError, post_load, validates_schema

from service.domain.attribution import CollectionMode, Informant, InformantKind
from service.domain.codings import Coding
from service.domain.medications.categories import UNCATEGORIZED, Answer, Category, answer_faults
from service.domain.medications.items import (
    CURRENT_STATUSES,
    ItemFacts,
    Status,
    name_or_description_fault,
    unsaid_status,
)
from service.domain.medications.medication_list import MOST_ITEMS
from service.domain.medications.whole_list import ListedItem, WholeList
from service.web.fields import Choice, Flag, Id, ListOf, Part, PartialDay, Text
from service.web.schemas.strict import NAME, NOTE, SHORT, TEXT, DomainFaultsError, StrictSchema

_SENT_STATUSES = [status for status in Status if status is not Status.ENTERED_IN_ERROR]


class InformantSchema(StrictSchema):
    """Who said it."""

    kind = Choice(InformantKind, required=True)
    name = Text(most=NAME)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> Informant:
        """Build the domain object."""
        return Informant(**data)


class CodingSchema(StrictSchema):
    """A code in a named coding system."""

    system = Text(most=SHORT, required=True)
    code = Text(most=SHORT, required=True)
    display = Text(most=TEXT)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> Coding:
        """Build the domain object."""
        return Coding(**data)


class ItemFieldsSchema(StrictSchema):
    """The facts of an item, every one optional here."""

    category = Choice(Category, also={UNCATEGORIZED: None}, allow_none=True)
    name = Text(most=NAME)
    description = Text(most=NAME)
    status = Choice(
        Status,
        metadata={
            "enum": [status.value for status in _SENT_STATUSES],
            "description": "Left out: active, or unknown where stopped_on is given.",
        },
    )
    strength = Text(most=TEXT)
    form = Text(most=TEXT)
    dosage_text = Text(most=TEXT)
    route = Text(most=TEXT)
    frequency = Text(most=TEXT)
    as_needed = Flag(allow_none=True)
    reason = Text(most=TEXT)
    last_taken = Text(most=TEXT)
    started_on = PartialDay(allow_none=True)
    stopped_on = PartialDay(allow_none=True)
    prescriber = Text(most=TEXT)
    note = Text(most=NOTE, lines=True)
    codings = ListOf(Part(CodingSchema), most=20)

    @validates_schema
    def check_status(self, data: dict[str, Any], **_: Any) -> None:
        """Entered in error is not something a list can say of its own item."""
        if data.get("status") is Status.ENTERED_IN_ERROR:
            raise ValidationError(
                "choice|An item is marked as entered in error by deleting it, with a reason.", "status"
            )


def facts_from(data: dict[str, Any]) -> ItemFacts:
    """Build an item's facts."""
    data.setdefault("status", unsaid_status(data.get("stopped_on")))
    if "codings" in data:
        data["codings"] = tuple(data["codings"])
    return ItemFacts(**data)


class NamedItemSchema(ItemFieldsSchema):
    """The facts of an item that can be recognised by its name or its description."""

    @validates_schema(skip_on_field_errors=False, pass_original=True)
    def check_name(self, data: dict[str, Any], original: Mapping[str, Any], **_: Any) -> None:
        """Refuse an item that says neither; one whose name was refused has its fault already."""
        if data.get("name") or data.get("description") or not isinstance(original, Mapping):
            return
        if not any(name in original and name not in data for name in ("name", "description")):
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


class NewItemSchema(NamedItemSchema, AttributedSchema):
    """One item more, with who said so."""


class ItemChangesSchema(ItemFieldsSchema, AttributedSchema):
    """What changes of an item; what is left out stays, null takes it away."""


class EnteredInErrorSchema(StrictSchema):
    """Why an item should not have been on the list."""

    reason = Text(most=TEXT, required=True)


class CategoryAnswerSchema(AttributedSchema):
    """An answer for one category with who gave it."""

    answer = Choice(Answer, required=True)
