"""What an EHR sent along: who the patient is, and how much of its record came."""

from collections.abc import Callable, Mapping
from contextlib import suppress

from service.domain.cards.asked import SentPart, SentRecord, SentStatus
from service.domain.imports.sent import SentPatient
from service.domain.patients.patients import Identifier
from service.domain.text import SHORT_LENGTH, PartialDate, clean, fault_in
from service.formats.cds_hooks.discovery import ORDERS, PATIENT, STATEMENTS
from service.formats.cds_hooks.members import Json, an_object, objects, resources, text_of
from service.formats.cds_hooks.orders import is_order

_NOT_TAKEN = frozenset({"completed", "entered-in-error", "not-taken", "stopped"})
_MOST_IDENTIFIERS = 20


def read_patient(prefetch: Json) -> SentPatient | None:
    """The Patient that came; None where none did, or something else in its place."""
    patient = an_object(prefetch.get(PATIENT))
    if patient.get("resourceType") != "Patient":
        return None
    birth_date = None
    with suppress(ValueError):
        birth_date = PartialDate.parse(text_of(patient.get("birthDate")) or "")
    identifiers = (_identifier(one) for one in objects(patient.get("identifier")))
    known = tuple(dict.fromkeys(identifier for identifier in identifiers if identifier))
    return SentPatient(known[:_MOST_IDENTIFIERS], birth_date=birth_date)


def _identifier(sent: Json) -> Identifier | None:
    system, value = (clean(text_of(sent.get(name)) or "") for name in ("system", "value"))
    could_be_on_file = system and value and not any(fault_in(t, most=SHORT_LENGTH) for t in (system, value))
    return Identifier(system, value) if could_be_on_file else None


def read_record(prefetch: Json) -> Mapping[SentRecord, SentPart]:
    """How many medicines came, and whether that is all of them, for each part of the record."""
    return {
        SentRecord.ORDERS: _part(prefetch.get(ORDERS), "MedicationRequest", is_order),
        SentRecord.REPORTED: _part(prefetch.get(STATEMENTS), "MedicationStatement", _is_taken),
    }


def _is_taken(statement: Json) -> bool:
    is_statement = statement.get("resourceType") == "MedicationStatement"
    return is_statement and text_of(statement.get("status")) not in _NOT_TAKEN


def _part(bundle: object, resource_type: str, counts: Callable[[Json], bool]) -> SentPart:
    if bundle is None:
        return SentPart(SentStatus.NOT_SENT)
    sent = an_object(bundle)
    if sent.get("resourceType") != "Bundle" or not isinstance(sent.get("entry", []), list):
        return SentPart(SentStatus.NOT_READABLE)
    number = sum(1 for resource in resources(sent) if counts(resource))
    whole = not (_has_more(sent, resource_type) or _has_faults(sent))
    return SentPart(SentStatus.WHOLE if whole else SentStatus.PARTIAL, number)


def _has_more(bundle: Json, resource_type: str) -> bool:
    """Whether there is a further page, or more matches than came."""
    came = sum(1 for resource in resources(bundle) if resource.get("resourceType") == resource_type)
    total = bundle.get("total")
    follows = any(link.get("relation") == "next" for link in objects(bundle.get("link")))
    return follows or (isinstance(total, int) and total > came)


def _has_faults(bundle: Json) -> bool:
    """Whether the search says of itself that something is missing, or an entry cannot be read."""
    entries = bundle.get("entry", [])
    found = resources(bundle)
    outcomes = [resource for resource in found if resource.get("resourceType") == "OperationOutcome"]
    said = [issue.get("severity") for outcome in outcomes for issue in objects(outcome.get("issue"))]
    return len(found) != len(entries) or not all(found) or any(word != "information" for word in said)
