"""Bundles: their type, their entries in order, and what is said of them as a whole."""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from service.formats.fhir.reading.document import Document, Entry, Sent
from service.formats.fhir.reading.elements import Element
from service.formats.fhir.reading.list_entries import deleted_in
from service.formats.fhir.reading.notes import Notes
from service.formats.fhir.reading.provenances import testimonies_in
from service.formats.fhir.reading.readers import read_beside
from service.formats.fhir.reading.releases import refuse_unreadable
from service.formats.fhir.reading.requests import read_method, type_asked_for
from service.formats.findings import EntryReading, Reading

BUNDLE = "Bundle"
WITH_REQUESTS = ("transaction", "batch")
_DOCUMENT, _SEARCHSET = "document", "searchset"
_READ = (*WITH_REQUESTS, _DOCUMENT, _SEARCHSET, "collection")
_REFUSED: Mapping[str, str] = MappingProxyType(
    {
        "message": "A message asks for more than to be read; it is not taken here.",
        "history": "A history has resources that are no longer so; it is not taken here.",
        "transaction-response": "This is the answer to a transaction, not a transaction.",
        "batch-response": "This is the answer to a batch, not a batch.",
    }
)


def read_bundle(content: dict[str, Any], sender: str | None, base: str | None) -> Reading:
    """Every entry of a Bundle, or why it is refused whole."""
    notes = Notes()
    root = Element(content, BUNDLE, notes)
    kind, entries = _kind(root), _entries(root)
    if not refuse_unreadable(root, BUNDLE):
        document = _document(entries, sender, base)
        _check_whole(root, kind, document)
        readings = () if notes.refused else tuple(_read(document, kind, entries))
    else:
        readings = ()
    if notes.issues:
        readings = (*readings, EntryReading(BUNDLE, BUNDLE, issues=notes.issues))
    return Reading(readings, kind)


def _kind(root: Element) -> str:
    kind = root.code("type") or ""
    if not kind:
        root.notes.refuse(root.at("type"), "required", "A Bundle says of which type it is.")
    elif kind in _REFUSED:
        root.notes.refuse(root.at("type"), "not-supported", _REFUSED[kind])
    elif kind not in _READ:
        root.notes.refuse(root.at("type"), "code-invalid", "Not one of R4's types of Bundles.")
        return ""
    return kind


def _entries(root: Element) -> Sequence[object]:
    entries = root.content.get("entry")
    if entries is not None and not isinstance(entries, list):
        root.notes.refuse(root.at("entry"), "structure", "Not a list.")
        return ()
    return entries or ()


def _document(entries: Sequence[object], sender: str | None, base: str | None) -> Document:
    document = Document([_sent(one, number) for number, one in enumerate(entries)], sender, base)
    document.used_medicines = frozenset(_used_medicines(document))
    document.deleted = deleted_in(document)
    document.testimonies = testimonies_in(document)
    return document


def _sent(entry: object, number: int) -> Sent | None:
    content = entry.get("resource") if isinstance(entry, dict) else None
    if not isinstance(entry, dict) or not isinstance(content, dict):
        return None
    full_url = entry.get("fullUrl")
    place = f"{BUNDLE}.entry[{number}].resource"
    return Sent(place, content, full_url if isinstance(full_url, str) else None)


def _used_medicines(document: Document) -> Iterator[int]:
    for one in document.sent:
        reference = one.content.get("medicationReference") if one else None
        target = reference.get("reference") if isinstance(reference, dict) else None
        found = document.find(target, one.full_url) if one and isinstance(target, str) else None
        if found is not None:
            yield found


def _check_whole(root: Element, kind: str, document: Document) -> None:
    """What concerns all of it: a document in error, one page of several, nothing at all."""
    for composition in document.of_type("Composition") if kind == _DOCUMENT else ():
        if composition.root.content.get("status") == "entered-in-error":
            place = composition.root.at("status")
            root.notes.refuse(place, "business-rule", "This document is entered in error.")
    for link in root.parts("link") if kind == _SEARCHSET else ():
        if link.code("relation") == "next":
            detail = "A medicine may be missing: this is one page, and there are more."
            root.notes.warn(link.place, "incomplete", detail)
    if not document.sent and not root.notes.refused:
        root.notes.tell(root.place, "There is nothing in this Bundle; nothing changes.")


def _read(document: Document, kind: str, entries: Sequence[object]) -> Iterator[EntryReading]:
    for number, one in enumerate(entries):
        yield _read_entry(document, kind, number, one)


def _read_entry(document: Document, kind: str, number: int, raw: object) -> EntryReading:
    place, notes = f"{BUNDLE}.entry[{number}]", Notes()
    if not isinstance(raw, dict):
        notes.refuse(place, "structure", "Not an object.")
        return EntryReading(place, "", issues=notes.issues)
    wrapper = Element(raw, place, notes)
    wrapper.refuse_modifiers()
    wrapper.code("fullUrl")
    method = read_method(wrapper) if kind in WITH_REQUESTS else None
    sent = document.sent[number]
    if sent is None and not notes.refused:
        code = "structure" if raw.get("resource") is not None else "required"
        notes.refuse(wrapper.at("resource"), code, "An entry has a resource.")
    if sent is None or notes.refused:
        asked_for = sent.resource_type if sent else type_asked_for(wrapper)
        return EntryReading(place, asked_for, issues=notes.issues, method=method)
    return read_beside(Entry(document, number, sent), place, method, notes.issues)
