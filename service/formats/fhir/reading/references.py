"""What a reference points to: of which kind it is, and which patient."""

import re
from urllib.parse import parse_qs
from uuid import UUID

from service.domain.patients.patients import Identifier
from service.formats.fhir.codes import PATIENT_ID
from service.formats.fhir.ids import read_uuid
from service.formats.fhir.reading.document import Entry, tail
from service.formats.fhir.reading.elements import Element
from service.formats.fhir.reading.identifiers import own_uuid, read_identifier
from service.formats.findings import Whose

PATIENT = "Patient"
_TYPE = re.compile(r"[A-Z][A-Za-z]{1,63}")
_CONDITIONAL = "Patient?"


def type_of(reference: Element, entry: Entry) -> str | None:
    """The type of what a reference points to, as far as it can be known."""
    said = reference.code("type")
    if said and _TYPE.fullmatch(said):
        return said
    target = reference.code("reference")
    if target is None:
        return None
    found = entry.find(target)
    if found is not None:
        return found.resource_type
    known = tail(target.partition("?")[0]) or target
    kind = re.split(r"[/?]", known, maxsplit=1)[0]
    return kind if _TYPE.fullmatch(kind) else None


def whose_of(entry: Entry) -> Whose | None:
    """The patient that an entry is about; None where it names nobody, which is an error of the entry."""
    subject = entry.root.part("subject")
    if subject is None:
        if entry.root.content.get("subject") is None:
            place = entry.root.at("subject")
            entry.notes.refuse(place, "required", "Of which patient this is must be said.")
        return None
    if type_of(subject, entry) not in (None, PATIENT):
        entry.notes.refuse(subject.place, "value", "The subject is not a patient.")
        return None
    target = subject.code("reference")
    sent, own_id = _patient_sent(target, entry), _own_patient(target, entry.document.base)
    patient_id, identifier = _known_by(target, subject, entry)
    subject.take_all()
    if own_id and patient_id and own_id != patient_id:
        entry.notes.refuse(subject.place, "invariant", "The subject names two patients.")
    whose = Whose(sent, None if sent is not None else own_id or patient_id, identifier, target)
    if whose == Whose() and not entry.notes.refused:
        entry.notes.refuse(subject.place, "required", "The subject names no patient.")
    return whose


def _known_by(target: str | None, subject: Element, entry: Entry) -> tuple[UUID | None, Identifier | None]:
    """The identifier beside the reference, in it, or of the patient inside the resource."""
    element = subject.part("identifier")
    if element is not None:
        return patient_identifier(element)
    found = _identifier_in(target, subject) or _contained_patient(target, entry)
    if found is not None and found.system == PATIENT_ID:
        return read_uuid(found.value), None
    return None, found


def patient_identifier(element: Element) -> tuple[UUID | None, Identifier | None]:
    """An identifier of a patient: an id of ours, or one that a clinic knows the patient by."""
    identifier = read_identifier(element)
    if identifier is not None and identifier.system == PATIENT_ID:
        return own_uuid(element, identifier), None
    return None, identifier


def _patient_sent(target: str | None, entry: Entry) -> int | None:
    if target is None or target.startswith("#"):
        return None
    return entry.document.find(target, entry.sent.full_url)


def _own_patient(target: str | None, base: str | None) -> UUID | None:
    """Our own id in ``Patient/…``, also behind our own address."""
    own = f"{base}/" if base else ""
    kind, _, own_id = (target or "").removeprefix(own).partition("/")
    return read_uuid(own_id) if kind == PATIENT else None


def _identifier_in(target: str | None, subject: Element) -> Identifier | None:
    """The identifier in a conditional reference, ``Patient?identifier=system|value``."""
    if target is None or not target.startswith(_CONDITIONAL):
        return None
    sought = parse_qs(target.removeprefix(_CONDITIONAL)).get("identifier", [""])[0]
    system, _, value = sought.partition("|")
    kept = subject.checked("reference", system), subject.checked("reference", value)
    return Identifier(kept[0], kept[1]) if kept[0] and kept[1] else None


def _contained_patient(target: str | None, entry: Entry) -> Identifier | None:
    """The first identifier of a patient inside the resource."""
    found = entry.find(target) if target and target.startswith("#") else None
    if found is None:
        return None
    contained = Element(found.content, found.place, entry.notes, "contained")
    known = [identifier for one in contained.parts("identifier") if (identifier := read_identifier(one))]
    return known[0] if known else None
