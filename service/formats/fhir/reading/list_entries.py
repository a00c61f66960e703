"""The entries of Lists: which are deleted, which are items, and which one says that there is nothing."""

from collections.abc import Iterator
from dataclasses import dataclass

from service.domain.medications.categories import Answer
from service.formats.fhir.codes import ANSWER
from service.formats.fhir.reading.document import Document, Entry, Sent
from service.formats.fhir.reading.elements import Element
from service.formats.fhir.reading.identifiers import codes_in
from service.formats.fhir.reading.references import type_of
from service.formats.fhir.reading.releases import refuse_unreadable

LIST = "List"
_CURRENT = "current"


@dataclass(frozen=True, slots=True)
class ListEntries:
    """How many entries are items, and how many say that nothing is taken."""

    items: int
    negations: int


def deleted_in(document: Document) -> frozenset[int]:
    """The entries of a document that a List in use says are deleted from it."""
    return frozenset(number for entry in document.of_type(LIST) for number in _deleted(entry))


def _deleted(entry: Entry) -> Iterator[int]:
    in_use = entry.root.code("status") in (_CURRENT, None)
    if not in_use or refuse_unreadable(entry.root, LIST):
        return
    for one in entry.root.parts("entry"):
        item = one.part("item")
        target = item.code("reference") if item and one.flag("deleted") else None
        number = entry.document.find(target, entry.sent.full_url) if target else None
        if number is not None:
            yield number


def read_entries(entry: Entry) -> ListEntries:
    """Count them, and tell of those from which no item can come."""
    items = negations = 0
    for one in entry.root.parts("entry"):
        item = one.part("item")
        if one.flag("deleted"):
            entry.notes.tell(one.at("deleted"), "A deleted entry is no item; nothing changes.")
        elif item is None:
            entry.notes.refuse(one.at("item"), "required", "An entry of a List has an item.")
        elif (found := _target(item, entry)) is not None and _is_not_taken(found):
            negations += _says_none(found, entry)
        else:
            items += 1
            _tell_of_missing(item, found, entry)
    return ListEntries(items, negations)


def _target(item: Element, entry: Entry) -> Sent | None:
    reference = item.code("reference")
    return entry.find(reference) if reference else None


def _is_not_taken(found: Sent) -> bool:
    return found.resource_type == "MedicationStatement" and found.content.get("status") == "not-taken"


def _says_none(found: Sent, entry: Entry) -> bool:
    """Whether a statement of what is not taken is our own way of saying "none" by an entry."""
    statement = Element(found.content, found.place, entry.notes, "contained")
    concept = statement.part("medicationCodeableConcept")
    says_none = Answer.NONE_REPORTED.value in codes_in(concept, ANSWER)
    statement.take_all()
    if concept:
        concept.take_all()
    return says_none


def _tell_of_missing(item: Element, found: Sent | None, entry: Entry) -> None:
    """Say where an entry names something that no item is made of."""
    kind = type_of(item, entry) or "Medication"
    if not kind.startswith("Medication"):
        return
    if found is None:
        detail = "A medicine may be missing: the List names it, and it was not sent along."
        entry.notes.warn(item.place, "incomplete", detail)
    elif (item.code("reference") or "").startswith("#"):
        detail = "A medicine may be missing: an item inside a List is not read. Send it beside the List."
        entry.notes.warn(item.place, "incomplete", detail)
