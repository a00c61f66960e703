"""The items that a form's answers list, each in its own repeating group."""

from collections.abc import Iterator
from typing import Any

from service.domain.codings import Coding
from service.domain.medications.categories import Category
from service.domain.medications.items import ItemFacts, Status, unsaid_status
from service.domain.medications.whole_list import ListedItem
from service.domain.text import TEXT_LENGTH
from service.formats.fhir.codes import EXTENSION
from service.formats.fhir.intake_questions import CODINGS, FIELDS, STATUSES, Field, field_link, items_link
from service.formats.fhir.reading.answers import Answers
from service.formats.fhir.reading.extensions import extensions_of
from service.formats.fhir.reading.identifiers import read_codings


def read_listed(category: Category | None, group: Answers) -> Iterator[ListedItem]:
    """The items of a category's group; a row of the form that nobody filled in is none."""
    links = [field_link(category, field) for field in FIELDS]
    for row in group.groups(items_link(category), links):
        codings = _codings(row)
        said = {field.name: _value(row, field_link(category, field), field) for field in FIELDS}
        known = {name: value for name, value in said.items() if value is not None}
        if row.holder.notes.refused or not (known or codings):
            continue
        if "name" not in known and "description" not in known:
            place = row.place_of(field_link(category, FIELDS[0]))
            row.holder.notes.refuse(place, "required", "An item needs a name or a description.")
            continue
        yield ListedItem(_facts(category, known, codings))


def _facts(category: Category | None, known: dict[str, Any], codings: tuple[Coding, ...]) -> ItemFacts:
    status = Status(known.pop("status", unsaid_status(known.get("stopped_on"))))
    return ItemFacts(**known, category=category, status=status, codings=codings)


def _value(row: Answers, link: str, field: Field) -> Any:
    if field.type == "choice":
        return row.chosen(link, STATUSES)
    if field.type == "boolean":
        return row.flag(link)
    if field.type == "date":
        return row.day(link)
    return row.text(link, field.most or TEXT_LENGTH, lines=field.type == "text")


def _codings(row: Answers) -> tuple[Coding, ...]:
    """The codes that a list was sent with, as the response gave them back."""
    found = extensions_of(row.holder).named(f"{EXTENSION}:{CODINGS}")
    concepts = [concept for one in found if (concept := one.part("valueCodeableConcept"))]
    return tuple(coding for concept in concepts for coding in read_codings(concept))
