"""Which reader takes which resource. Another type that is to be read gets a line in the table."""

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

from service.formats.fhir.intake_questions import is_questionnaire
from service.formats.fhir.reading.document import Entry
from service.formats.fhir.reading.items import read_request, read_statement
from service.formats.fhir.reading.list_entries import LIST
from service.formats.fhir.reading.lists import read_list
from service.formats.fhir.reading.patients import read_patient
from service.formats.fhir.reading.provenances import PROVENANCE, read_provenance
from service.formats.fhir.reading.references import PATIENT
from service.formats.fhir.reading.releases import RESOURCES, refuse_unreadable
from service.formats.fhir.reading.understood import NOTHING, Understood
from service.formats.findings import EntryReading, Issue

Reader = Callable[[Entry], Understood]
Issues = tuple[Issue, ...]
ANY_RESOURCE = "Resource"
"""What a resource is called that does not say what it is."""

READERS: Mapping[str, Reader] = MappingProxyType(
    {
        PATIENT: read_patient,
        "MedicationStatement": read_statement,
        "MedicationRequest": read_request,
        LIST: read_list,
    }
)
"""What is read wherever it stands."""

_TYPE = re.compile(r"[A-Z][A-Za-z]{1,63}")
_BUNDLE = "Bundle"
_RESPONSE = "QuestionnaireResponse"
"""Read by itself, as a whole list, and never beside others; see ``responses``."""


def called(resource_type: str) -> str:
    """The type for people; what is no such name is not repeated."""
    return resource_type if _TYPE.fullmatch(resource_type) else ANY_RESOURCE


def read_alone(entry: Entry) -> EntryReading:
    """A resource that came without a Bundle; of another type than those that are read it is refused."""
    return _reading(entry, entry.sent.place, READERS.get(entry.sent.resource_type, _not_alone))


def read_beside(entry: Entry, place: str, method: str | None, said_of_entry: Issues) -> EntryReading:
    """A resource of a Bundle; one of another type is not kept, and only a medicine's is a reason to warn."""
    reader = READERS.get(entry.sent.resource_type) or _BESIDE.get(entry.sent.resource_type, _not_kept)
    return _reading(entry, place, reader, method, said_of_entry)


def _reading(
    entry: Entry, place: str, reader: Reader, method: str | None = None, said_of_entry: Issues = ()
) -> EntryReading:
    understood = NOTHING if entry.notes.refused or _refused(entry) else reader(entry)
    if entry.notes.refused:
        understood = NOTHING
    kind = called(entry.sent.resource_type)
    issues = (*said_of_entry, *entry.notes.issues)
    return EntryReading(place, kind, understood.said, understood.whose, issues, method)


def _refused(entry: Entry) -> bool:
    """Refuse what says not what it is, what is of another release, and what is to be read by other rules."""
    kind = entry.sent.resource_type
    if not kind:
        entry.notes.refuse(entry.root.at("resourceType"), "required", "A resource says what it is.")
        return True
    if kind in RESOURCES:
        detail = f"This is {RESOURCES[kind]} {kind}. Send it as R4 (4.0.1)."
        entry.notes.refuse(entry.root.place, "not-supported", detail)
        return True
    return (kind in READERS or kind == PROVENANCE) and refuse_unreadable(entry.root, kind)


def _not_alone(entry: Entry) -> Understood:
    detail = f"{called(entry.sent.resource_type)} is not taken here by itself."
    entry.notes.refuse(entry.root.place, "not-supported", detail)
    return NOTHING


def _not_kept(entry: Entry) -> Understood:
    kind = entry.sent.resource_type
    if (kind.startswith("Medication") and kind != "MedicationKnowledge") or kind == _RESPONSE:
        detail = f"A medicine may be missing: {called(kind)} is not read."
        entry.notes.warn(entry.root.place, "incomplete", detail)
    else:
        entry.notes.tell(entry.root.place, f"Not kept: {called(kind)}.", "not-supported")
    return NOTHING


def _medication(entry: Entry) -> Understood:
    if entry.number not in entry.document.used_medicines:
        entry.notes.tell(entry.root.place, "Not kept: no item names this Medication.", "not-supported")
    return NOTHING


def _outcome(entry: Entry) -> Understood:
    severities = [one.code("severity") for one in entry.root.parts("issue")]
    if {"fatal", "error", "warning"} & set(severities):
        detail = "The sender says here that something is missing or went wrong."
        entry.notes.warn(entry.root.place, "incomplete", detail)
    else:
        entry.notes.tell(entry.root.place, "Not kept: OperationOutcome.", "not-supported")
    return NOTHING


def _response(entry: Entry) -> Understood:
    """Answers to our own form hold medicines; they are a whole list and are taken by themselves only."""
    if not is_questionnaire(str(entry.root.content.get("questionnaire"))):
        return _not_kept(entry)
    detail = "A medicine may be missing: post the answers to the intake form by themselves."
    entry.notes.warn(entry.root.place, "incomplete", detail)
    return NOTHING


def _bundle(entry: Entry) -> Understood:
    entry.notes.refuse(entry.root.place, "not-supported", "A Bundle inside a Bundle is not read.")
    return NOTHING


_BESIDE: Mapping[str, Reader] = MappingProxyType(
    {
        "Medication": _medication,
        PROVENANCE: read_provenance,
        "OperationOutcome": _outcome,
        "QuestionnaireResponse": _response,
        _BUNDLE: _bundle,
    }
)
