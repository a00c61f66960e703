"""The facts of an item, each from where R4 or one of our own extensions keeps it."""

from typing import Any

from service.domain.medications.categories import Category
from service.domain.medications.items import ItemFacts, Status
from service.domain.text import NAME_LENGTH, NOTE_LENGTH, TEXT_LENGTH
from service.formats.fhir.codes import CATEGORY, CATEGORY_OF_CODE, UNCATEGORIZED_CODE
from service.formats.fhir.reading.dates import day
from service.formats.fhir.reading.document import Entry
from service.formats.fhir.reading.dosages import read_dosages
from service.formats.fhir.reading.elements import Element
from service.formats.fhir.reading.extensions import Extensions
from service.formats.fhir.reading.identifiers import codes_in, words_of
from service.formats.fhir.reading.medicines import Medicine
from service.formats.fhir.reading.people import name_in
from service.formats.fhir.reading.references import PATIENT, type_of

_NO_PRESCRIBERS = (PATIENT, "RelatedPerson", "Device")
Facts = dict[str, Any]
"""Facts of an item by their fields."""


def read_facts(
    entry: Entry, status: Status, medicine: Medicine, own: Extensions, dosages: str
) -> ItemFacts | None:
    """The facts; None where something in the entry is refused. ``dosages`` names the list of dosages."""
    root = entry.root
    known = {
        **_names(medicine, own),
        **_days(root, own),
        **_as_taken(root, dosages),
        "category": read_category(root),
        "status": status,
        "strength": own.text("strength") or medicine.strength,
        "form": own.text("form") or medicine.form,
        "reason": _reason(root),
        "last_taken": own.text("last-taken"),
        "prescriber": own.text("prescriber") or _prescriber(entry),
        "note": _note(root),
        "codings": medicine.codings,
    }
    return None if entry.notes.refused else ItemFacts(**known)


def _names(medicine: Medicine, own: Extensions) -> Facts:
    """Name and description; where the description alone names it, nobody knows a name."""
    description = own.text("description", NAME_LENGTH)
    name = None if medicine.name == description else medicine.name
    return {"name": own.text("name", NAME_LENGTH) or name, "description": description}


def read_category(root: Element) -> Category | None:
    """The category in our own code; no other system's words say how it was come by."""
    many = isinstance(root.content.get("category"), list)
    concepts = root.parts("category") if many else filter(None, [root.part("category")])
    found = [(code, concept) for concept in concepts for code in codes_in(concept, CATEGORY)]
    for code, concept in found:
        concept.take("text")
        if code not in CATEGORY_OF_CODE and code != UNCATEGORIZED_CODE:
            root.notes.refuse(root.at("category"), "code-invalid", "Not one of our categories.")
    if len({code for code, _ in found}) > 1:
        root.notes.refuse(root.at("category"), "invariant", "An item has one category.")
    return CATEGORY_OF_CODE.get(found[0][0]) if found else None


def _days(root: Element, own: Extensions) -> Facts:
    """When it was started and stopped, as far as they are known."""
    period = root.part("effectivePeriod")
    start = day(period, "start") if period else None
    end = day(period, "end") if period else None
    started, stopped = own.own("started-on"), own.own("stopped-on")
    return {
        "started_on": (day(started, "valueDate") if started else None) or start,
        "stopped_on": (day(stopped, "valueDate") if stopped else None) or end,
    }


def _as_taken(root: Element, dosages: str) -> Facts:
    """How it is taken."""
    said = read_dosages(root, dosages)
    return {
        "dosage_text": said.dosage_text,
        "route": said.route,
        "frequency": said.frequency,
        "as_needed": said.as_needed,
    }


def _reason(root: Element) -> str | None:
    """What it is for, in words; what only another resource says is not kept."""
    reasons = [words_of(one) for one in root.parts("reasonCode")]
    reasons += [one.text("display") for one in root.parts("reasonReference")]
    return root.checked("reasonCode", "; ".join(reason for reason in reasons if reason), TEXT_LENGTH)


def _note(root: Element) -> str | None:
    notes = [one.text("text", NOTE_LENGTH, lines=True) for one in root.parts("note")]
    whole = "\n".join(note for note in notes if note)
    if len(whole) > NOTE_LENGTH:
        root.notes.refuse(root.at("note"), "too-long", f"Longer than {NOTE_LENGTH} characters.")
    return whole or None


def _prescriber(entry: Entry) -> str | None:
    """Who ordered it; a patient who asked for it is no prescriber."""
    requester = entry.root.part("requester")
    if requester is None or type_of(requester, entry) in _NO_PRESCRIBERS:
        return None
    name = name_in(requester, entry)
    if name:
        requester.take_all()
    return entry.root.checked("requester", name or "", TEXT_LENGTH)
