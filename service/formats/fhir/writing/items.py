"""An item as a MedicationStatement or as a MedicationRequest: two views of one thing that the patient takes.

The MedicationRequest is US Core's way of saying what a patient takes: a plan that was reported, never an
order. Both have the same id, and the same texts in them.
"""

from collections.abc import Mapping
from types import MappingProxyType
from uuid import UUID

from service.domain.access.clinics import ItemExport
from service.domain.attribution import Informant
from service.domain.medications.items import Item, Status
from service.domain.medications.medication_list import MedicationList
from service.formats.fhir.codes import (
    REQUEST_STATUS,
    STATEMENT_STATUS,
    STATUS_OF_REQUEST,
    STATUS_OF_STATEMENT,
)
from service.formats.fhir.writing.elements import (
    Element,
    category_concept,
    informant_reference,
    made,
    patient_reference,
    present,
)
from service.formats.fhir.writing.item_parts import (
    asserted_at,
    date_extension,
    dosage_of,
    extensions_of,
    head_of,
    identifiers_of,
    medicine_of,
    period_of,
    status_of,
    status_reason_of,
)
from service.formats.findings import Issue, Severity

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


def told_of_view(given: ItemExport, asked: ItemExport) -> list[Issue]:
    """Where a clinic gives its items in the other view, an empty answer must not be read as "none"."""
    if given is asked:
        return []
    detail = (
        f"This clinic gives what patients take as {RESOURCE_TYPES[given]}: search for that. That nothing is "
        f"found as {RESOURCE_TYPES[asked]} does not say that nothing is taken."
    )
    return [Issue(Severity.INFORMATION, "informational", detail)]


def _write_statement(item: Item, medication_list: MedicationList) -> Element:
    facts, patient_id = item.facts, medication_list.patient_id
    status = status_of(item, STATEMENT_STATUS, STATUS_OF_STATEMENT)
    period, beyond = period_of(facts)
    return made(
        resourceType=RESOURCE_TYPES[ItemExport.MEDICATION_STATEMENT],
        **head_of(item, medication_list),
        extension=extensions_of(item, status, *beyond),
        identifier=identifiers_of(item),
        status=status,
        statusReason=present(status_reason_of(item)),
        category=category_concept(facts.category) if facts.category else None,
        medicationCodeableConcept=medicine_of(facts),
        subject=patient_reference(patient_id),
        effectivePeriod=period,
        dateAsserted=asserted_at(item),
        informationSource=informant_reference(item.attribution.informant, patient_id),
        reasonCode=present(made(text=facts.reason)),
        note=present(made(text=facts.note)),
        dosage=present(dosage_of(facts)),
    )


def _write_request(item: Item, medication_list: MedicationList) -> Element:
    facts, patient_id = item.facts, medication_list.patient_id
    status = status_of(item, REQUEST_STATUS, _STATUS_OF_PLAN)
    dates = (date_extension("started-on", facts.started_on), date_extension("stopped-on", facts.stopped_on))
    return made(
        resourceType=RESOURCE_TYPES[ItemExport.MEDICATION_REQUEST],
        **head_of(item, medication_list),
        extension=extensions_of(item, status, *dates),
        identifier=identifiers_of(item),
        status=status,
        statusReason=status_reason_of(item),
        intent="plan",
        category=present(category_concept(facts.category) if facts.category else None),
        **_reported(item.attribution.informant, patient_id),
        medicationCodeableConcept=medicine_of(facts),
        subject=patient_reference(patient_id),
        authoredOn=asserted_at(item),
        reasonCode=present(made(text=facts.reason)),
        note=present(made(text=facts.note)),
        dosageInstruction=present(dosage_of(facts)),
    )


def _reported(informant: Informant | None, patient_id: UUID) -> Element:
    said_by = informant_reference(informant, patient_id)
    return {"reportedReference": said_by} if said_by else {"reportedBoolean": True}
