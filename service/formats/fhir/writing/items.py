"""An item as a MedicationStatement or as a MedicationRequest: two views of one thing that the patient takes.

The MedicationRequest is US Core's way of saying what a patient takes: a plan that was reported, never an
order. Both have the same id, and the same texts in them.
"""

from collections.abc import Mapping
from types import MappingProxyType
from uuid import UUID

from service.domain.access.clinics import ItemExport
from service.domain.attribution import Informant
from service.domain.medications.items import Item, ItemFacts, Origin, Status
from service.domain.medications.medication_list import MedicationList
from service.domain.patients.patients import Identifier
from service.domain.text import PartialDate
from service.domain.wording import ENGLISH_CATALOGUE
from service.formats.fhir.codes import (
    ITEM_ID,
    REQUEST_STATUS,
    STANDING,
    STATEMENT_STATUS,
    STATUS_OF_REQUEST,
    STATUS_OF_STATEMENT,
)
from service.formats.fhir.named_systems import written_coding, written_identifier
from service.formats.fhir.writing.elements import (
    Element,
    category_concept,
    concept,
    extension,
    informant_reference,
    instant,
    made,
    meta,
    patient_reference,
    present,
)
from service.formats.fhir.writing.item_narratives import item_narrative

RESOURCE_TYPES: Mapping[ItemExport, str] = MappingProxyType(
    {
        ItemExport.MEDICATION_STATEMENT: "MedicationStatement",
        ItemExport.MEDICATION_REQUEST: "MedicationRequest",
    }
)
# A plan that was reported and is completed is read like a statement: the patient takes it no longer.
_STATUS_OF_PLAN = MappingProxyType({**STATUS_OF_REQUEST, "completed": Status.STOPPED})


def write_item(item: Item, medication_list: MedicationList, style: ItemExport) -> Element:
    """The item as the clinic's EHR wants it."""
    if style is ItemExport.MEDICATION_REQUEST:
        return _write_request(item, medication_list)
    return _write_statement(item, medication_list)


def _write_statement(item: Item, medication_list: MedicationList) -> Element:
    facts, patient_id = item.facts, medication_list.patient_id
    status = _status(item, STATEMENT_STATUS, STATUS_OF_STATEMENT)
    period, beyond = _period(facts)
    return made(
        resourceType=RESOURCE_TYPES[ItemExport.MEDICATION_STATEMENT],
        **_head(item, medication_list),
        extension=_extensions(item, status, *beyond),
        identifier=_identifiers(item),
        status=status,
        statusReason=present(_status_reason(item)),
        category=category_concept(facts.category) if facts.category else None,
        medicationCodeableConcept=_medicine(facts),
        subject=patient_reference(patient_id),
        effectivePeriod=period,
        dateAsserted=_asserted_at(item),
        informationSource=informant_reference(item.attribution.informant, patient_id),
        reasonCode=present(made(text=facts.reason)),
        note=present(made(text=facts.note)),
        dosage=present(_dosage(facts)),
    )


def _write_request(item: Item, medication_list: MedicationList) -> Element:
    facts, patient_id = item.facts, medication_list.patient_id
    status = _status(item, REQUEST_STATUS, _STATUS_OF_PLAN)
    dates = (_date("started-on", facts.started_on), _date("stopped-on", facts.stopped_on))
    return made(
        resourceType=RESOURCE_TYPES[ItemExport.MEDICATION_REQUEST],
        **_head(item, medication_list),
        extension=_extensions(item, status, *dates),
        identifier=_identifiers(item),
        status=status,
        statusReason=_status_reason(item),
        intent="plan",
        category=present(category_concept(facts.category) if facts.category else None),
        **_reported(item.attribution.informant, patient_id),
        medicationCodeableConcept=_medicine(facts),
        subject=patient_reference(patient_id),
        authoredOn=_asserted_at(item),
        reasonCode=present(made(text=facts.reason)),
        note=present(made(text=facts.note)),
        dosageInstruction=present(_dosage(facts)),
    )


def _head(item: Item, medication_list: MedicationList) -> Element:
    at = medication_list.attribution.recorded_at
    version = meta(str(medication_list.version), at)
    return {"id": str(item.id), "meta": version, "text": item_narrative(item)}


def _identifiers(item: Item) -> list[dict[str, str]]:
    known = item.origin.identifiers if item.origin else ()
    return [written_identifier(one) for one in (Identifier(ITEM_ID, str(item.id)), *known)]


def _status(item: Item, words: Mapping[Status, str], read: Mapping[str, Status]) -> str:
    """The sender's own word where it still says what the item's status is, else ours."""
    sent = item.origin.status if item.origin else None
    if sent is not None and read.get(sent) is item.facts.status:
        return sent
    return words[item.facts.status]


def _status_reason(item: Item) -> Element | None:
    """Why it is in error, or that the latest list came without it."""
    if item.left_out_since is None:
        return made(text=item.error_reason)
    return concept(
        STANDING, "on_earlier_list", item.error_reason or ENGLISH_CATALOGUE.text("section.earlier_list")
    )


def _medicine(facts: ItemFacts) -> Element:
    return made(coding=[written_coding(coding) for coding in facts.codings], text=facts.called)


def _asserted_at(item: Item) -> str:
    sent = item.origin.asserted_at if item.origin else None
    return sent or instant(item.attribution.recorded_at)


def _reported(informant: Informant | None, patient_id: UUID) -> Element:
    said_by = informant_reference(informant, patient_id)
    return {"reportedReference": said_by} if said_by else {"reportedBoolean": True}


def _dosage(facts: ItemFacts) -> Element:
    return made(
        text=facts.dosage_text,
        timing=made(code=made(text=facts.frequency)),
        asNeededBoolean=facts.as_needed,
        route=made(text=facts.route),
    )


def _period(facts: ItemFacts) -> tuple[Element, list[Element | None]]:
    """The period, and what does not fit into it.

    R4 forbids a period that ends before it starts, and what it cannot compare ("2026" with "2026-03") may be
    taken for one; the end is then an extension.
    """
    start, stop = facts.started_on, facts.stopped_on
    if start is None or stop is None or _surely_in_order(start, stop):
        return made(start=_text(start), end=_text(stop)), []
    return made(start=_text(start)), [_date("stopped-on", stop)]


def _surely_in_order(start: PartialDate, stop: PartialDate) -> bool:
    first, second = str(start), str(stop)
    shorter = min(len(first), len(second))
    return first <= second if len(first) == len(second) else first[:shorter] < second[:shorter]


def _text(day: PartialDate | None) -> str | None:
    return str(day) if day else None


def _date(name: str, day: PartialDate | None) -> Element | None:
    return extension(name, valueDate=_text(day))


def _extensions(item: Item, status: str, *further: Element | None) -> list[Element]:
    """What R4 has no element for; and what another system said that our own words do not say."""
    facts, origin = item.facts, item.origin or Origin()
    return present(
        extension("description", valueString=facts.description),
        _name_beside(facts),
        extension("strength", valueString=facts.strength),
        extension("form", valueString=facts.form),
        extension("last-taken", valueString=facts.last_taken),
        extension("prescriber", valueString=facts.prescriber),
        *further,
        extension("left-out-since", valuePositiveInt=item.left_out_since),
        extension("status", valueCode=origin.status if origin.status != status else None),
        extension("intent", valueCode=origin.intent),
        extension("recorder", valueString=origin.recorder),
    )


def _name_beside(facts: ItemFacts) -> Element | None:
    """A text that is the description alone means that there is no name; this one says that there is."""
    if facts.name is None or facts.name != facts.description:
        return None
    return extension("name", valueString=facts.name)
