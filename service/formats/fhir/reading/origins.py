"""What the sender calls an item and says of it beyond its facts."""

import re
from dataclasses import dataclass
from uuid import UUID

from service.domain.medications.items import Origin
from service.domain.patients.patients import Identifier
from service.domain.text import NAME_LENGTH, SHORT_LENGTH
from service.formats.fhir.codes import ADHERENCE, ITEM_ID, SENDER, URI
from service.formats.fhir.reading.dates import moment
from service.formats.fhir.reading.document import Entry
from service.formats.fhir.reading.elements import Element
from service.formats.fhir.reading.extensions import Extensions
from service.formats.fhir.reading.identifiers import own_uuid, read_identifier
from service.formats.fhir.reading.people import name_in
from service.formats.fhir.reading.statuses import Standing

_ID = re.compile(r"[A-Za-z0-9.-]{1,64}")
_ADDRESS = re.compile(rf"https?://[!-~]{{1,{SHORT_LENGTH - len('https://')}}}")


@dataclass(frozen=True, slots=True)
class Names:
    """What an item is known by: our own id where the sender gives it back, and the sender's identifiers."""

    item_id: UUID | None
    identifiers: tuple[Identifier, ...]


def read_names(entry: Entry) -> Names:
    """The identifiers of a resource, its id at this sender, and its address."""
    item_id: UUID | None = None
    known: list[Identifier] = []
    for element in entry.root.parts("identifier"):
        identifier = read_identifier(element)
        if identifier is not None and identifier.system == ITEM_ID:
            item_id = item_id or own_uuid(element, identifier)
        elif identifier is not None:
            known.append(identifier)
    return Names(item_id, tuple(dict.fromkeys([*known, *_by_sender(entry)])))


def _by_sender(entry: Entry) -> list[Identifier]:
    """The id that this sender gave the resource, and its address; our own address names nothing of theirs."""
    root, document, known = entry.root, entry.document, []
    own_id = root.code("id")
    if own_id and not _ID.fullmatch(own_id):
        root.notes.tell(root.at("id"), "Not kept: this is not how R4 writes an id.", "value")
    elif own_id and document.sender:
        known.append(Identifier(f"{SENDER}:{document.sender}", f"{entry.sent.resource_type}/{own_id}"))
    address = entry.sent.full_url or ""
    ours = document.base is not None and address.startswith(f"{document.base}/")
    if _ADDRESS.fullmatch(address) and not ours:
        known.append(Identifier(URI, address))
    return known


def read_origin(entry: Entry, standing: Standing, names: Names, own: Extensions) -> Origin:
    """The sender's words, date and recorder; our own extensions give back what came from further off."""
    told = entry.document.testimonies.get(entry.number)
    recorder = entry.root.part("recorder")
    keyed_by = name_in(recorder, entry) if recorder else None
    if recorder is not None and keyed_by:
        recorder.take_all()
    return Origin(
        identifiers=names.identifiers,
        status=own.code("status") or standing.sent_status,
        intent=own.code("intent") or standing.sent_intent,
        asserted_at=_asserted_at(entry.root, own),
        recorder=own.text("recorder", NAME_LENGTH) or keyed_by or (told.recorder if told else None),
    )


def _asserted_at(root: Element, extensions: Extensions) -> str | None:
    dated = moment(root, "dateAsserted") or moment(root, "authoredOn")
    for extension in extensions.named(ADHERENCE):
        for inner in extension.parts("extension"):
            if inner.content.get("url") == "dateAsserted":
                inner.take("url")
                dated = dated or moment(inner, "valueDateTime")
    return dated
