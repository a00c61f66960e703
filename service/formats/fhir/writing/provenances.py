"""Who said an item or an answer, how, and who keyed it, as Provenances."""

from uuid import UUID

from service.domain.access.clinics import ItemExport
from service.domain.attribution import Attribution
from service.domain.medications.categories import Category
from service.domain.medications.items import Item
from service.domain.medications.medication_list import MedicationList
from service.formats.fhir.codes import COLLECTION_MODE, PROVENANCE_PARTICIPANT
from service.formats.fhir.ids import ListId, ProvenanceId
from service.formats.fhir.writing.elements import (
    Element,
    concept,
    informant_reference,
    instant,
    made,
    meta,
    recorder_reference,
)
from service.formats.fhir.writing.items import RESOURCE_TYPES
from service.formats.fhir.writing.lists import answer_for, categories_of


def write_provenances(medication_list: MedicationList, style: ItemExport) -> tuple[Element, ...]:
    """One for each List that somebody answered and one for each item, in that order."""
    of_lists = (of_list(medication_list, category) for category in categories_of(medication_list))
    of_items = (of_item(item, medication_list, style) for item in medication_list.items)
    return (*(found for found in of_lists if found), *of_items)


def of_item(item: Item, medication_list: MedicationList, style: ItemExport) -> Element:
    """Who said an item, how, and who keyed it."""
    target = f"{RESOURCE_TYPES[style]}/{item.id}"
    return _write(ProvenanceId(item.id), target, item.attribution, medication_list)


def of_list(medication_list: MedicationList, category: Category | None) -> Element | None:
    """The same of a category's answer; None where nobody was asked."""
    said = answer_for(medication_list, category).attribution
    if said is None:
        return None
    list_id = ListId(medication_list.patient_id, category)
    return _write(ProvenanceId(list_id), f"List/{list_id}", said, medication_list)


def _write(own_id: ProvenanceId, target: str, said: Attribution, medication_list: MedicationList) -> Element:
    mode = said.collection_mode
    return made(
        resourceType="Provenance",
        id=str(own_id),
        meta=meta(str(medication_list.version), medication_list.attribution.recorded_at),
        target=[{"reference": target}],
        recorded=instant(said.recorded_at),
        activity=concept(COLLECTION_MODE, mode.value) if mode else None,
        agent=_agents(said, medication_list.patient_id),
    )


def _agents(said: Attribution, patient_id: UUID) -> list[Element]:
    known = [("enterer", recorder_reference(said.recorder))]
    informant = informant_reference(said.informant, patient_id)
    if informant:
        known.append(("informant", informant))
    return [{"type": concept(PROVENANCE_PARTICIPANT, role), "who": who} for role, who in known]
