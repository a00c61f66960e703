"""Provenances: how an item or an answer was collected, who said it and who keyed it."""

from dataclasses import replace

from service.domain.attribution import CollectionMode
from service.domain.text import NAME_LENGTH
from service.formats.fhir.codes import COLLECTION_MODE, PROVENANCE_PARTICIPANT
from service.formats.fhir.reading.document import Document, Entry, Testimony
from service.formats.fhir.reading.elements import Element
from service.formats.fhir.reading.identifiers import codes_in
from service.formats.fhir.reading.people import informant_in
from service.formats.fhir.reading.releases import refuse_unreadable
from service.formats.fhir.reading.understood import NOTHING, Understood

_MODES = {mode.value: mode for mode in CollectionMode}
PROVENANCE = "Provenance"


def testimonies_in(document: Document) -> dict[int, Testimony]:
    """What the Provenances of a document say of its entries, by entry; the first that says anything holds."""
    told: dict[int, Testimony] = {}
    for entry in document.of_type(PROVENANCE):
        testimony = _testimony(entry)
        unreadable = refuse_unreadable(entry.root, PROVENANCE) or entry.notes.refused
        for number in () if unreadable else _targets(entry):
            told.setdefault(number, testimony)
    return told


def read_provenance(entry: Entry) -> Understood:
    """Nothing by itself; what it says is read with its targets."""
    if not _targets(entry):
        entry.notes.tell(entry.root.at("target"), "Not kept: nothing that was sent along is its target.")
    elif _testimony(entry) == Testimony():
        entry.notes.tell(entry.root.place, "Not kept: it says neither who said it nor how.")
    return NOTHING


def _targets(entry: Entry) -> list[int]:
    references = [target.code("reference") for target in entry.root.parts("target")]
    found = (entry.document.find(one, entry.sent.full_url) for one in references if one)
    return [number for number in found if number is not None]


def _testimony(entry: Entry) -> Testimony:
    testimony = Testimony()
    modes = codes_in(entry.root.part("activity"), COLLECTION_MODE)
    if modes:
        testimony = replace(testimony, collection_mode=_mode(entry.root, modes[0]))
    for agent in entry.root.parts("agent"):
        who, roles = agent.part("who"), codes_in(agent.part("type"), PROVENANCE_PARTICIPANT)
        if who is not None and "informant" in roles:
            testimony = replace(testimony, informant=informant_in(who, entry))
        elif who is not None and "enterer" in roles:
            testimony = replace(testimony, recorder=who.text("display", NAME_LENGTH))
    return testimony


def _mode(root: Element, code: str) -> CollectionMode | None:
    if code not in _MODES:
        root.notes.refuse(root.at("activity"), "code-invalid", "Not one of our ways of collecting.")
    return _MODES.get(code)
