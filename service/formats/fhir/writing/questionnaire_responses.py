"""A version of a list as the answers to the intake form: what a form is filled in with to be sent again.

Items that were entered in error, or that the list came without, stand in no answer, as on a whole list.
"""

from typing import Any
from uuid import UUID

from service.domain.medications.categories import Category
from service.domain.medications.items import Item, Status
from service.domain.medications.medication_list import MedicationList
from service.domain.text import PartialDate
from service.formats.fhir import intake_questions as asked
from service.formats.fhir.codes import EXTENSION
from service.formats.fhir.named_systems import written_coding
from service.formats.fhir.writing.elements import (
    PATIENT,
    Element,
    informant_reference,
    instant,
    made,
    meta,
    patient_reference,
    present,
    recorder_reference,
)

# R4 lets the source of a response be one of these.
_SOURCES = (PATIENT, "Practitioner", "PractitionerRole", "RelatedPerson")


def response_id(patient_id: UUID, version: int) -> str:
    """The id of a version of a list as answers."""
    return f"{patient_id}.{version}"


def write_response(medication_list: MedicationList, base: str) -> Element:
    """The version as answers; a category that was not asked has none. ``base``: of the FHIR face."""
    said, patient_id = medication_list.attribution, medication_list.patient_id
    groups = (_who(medication_list), *(_group(medication_list, category) for category in asked.SORTED_IN))
    return made(
        resourceType="QuestionnaireResponse",
        id=response_id(patient_id, medication_list.version),
        meta=meta(str(medication_list.version), said.recorded_at),
        questionnaire=asked.questionnaire_url(base),
        status="completed",
        subject=patient_reference(patient_id),
        authored=instant(said.recorded_at),
        author=recorder_reference(said.recorder),
        source=informant_reference(said.informant, patient_id, *_SOURCES),
        item=present(*groups),
    )


def _who(medication_list: MedicationList) -> Element | None:
    informant, mode = medication_list.attribution.informant, medication_list.attribution.collection_mode
    return _item(
        asked.WHO,
        _chosen(asked.INFORMANT_KIND, asked.INFORMANTS, informant.kind if informant else None),
        _answered(asked.INFORMANT_NAME, "valueString", informant.name if informant else None),
        _chosen(asked.MODE, asked.MODES, mode),
        _answered(asked.PATIENT_NAME, "valueString", medication_list.reported_name),
    )


def _group(medication_list: MedicationList, category: Category | None) -> Element | None:
    listed = [
        item
        for item in medication_list.items
        if item.left_out_since is None
        and item.facts.status is not Status.ENTERED_IN_ERROR
        and item.facts.category is category
    ]
    question = _answer(medication_list, category) if category else None
    return _item(asked.group_link(category), question, *(_listed(item, category) for item in listed))


def _answer(medication_list: MedicationList, category: Category) -> Element | None:
    said = medication_list.answers[category].answer
    return _chosen(asked.answer_link(category), asked.ANSWERS, said)


def _listed(item: Item, category: Category | None) -> Element:
    answers = (_fact(item, category, field) for field in asked.FIELDS)
    codings = [written_coding(coding) for coding in item.facts.codings]
    coded = {"url": f"{EXTENSION}:{asked.CODINGS}", "valueCodeableConcept": {"coding": codings}}
    return made(
        linkId=asked.items_link(category), extension=[coded] if codings else [], item=present(*answers)
    )


def _fact(item: Item, category: Category | None, field: asked.Field) -> Element | None:
    link, value = asked.field_link(category, field), getattr(item.facts, field.name)
    if field.type == "choice":
        return _chosen(link, asked.STATUSES, value)
    if isinstance(value, PartialDate):
        return _answered(link, "valueDate", str(value))
    return _answered(link, "valueBoolean" if isinstance(value, bool) else "valueString", value)


def _chosen(link: str, choices: asked.Choices, word: str | None) -> Element | None:
    """The word as an answer; None where it is none to choose, such as "not asked"."""
    code = str(word)
    return (
        _answered(link, "valueCoding", {"system": choices.system, "code": code})
        if code in choices.keys
        else None
    )


def _answered(link: str, name: str, value: Any) -> Element | None:
    return None if value is None else {"linkId": link, "answer": [{name: value}]}


def _item(link: str, *inside: Element | None) -> Element | None:
    kept = present(*inside)
    return {"linkId": link, "item": kept} if kept else None
