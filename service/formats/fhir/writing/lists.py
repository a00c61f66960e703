"""One category of a medication list as a List, with its answer: silence is never written as "none"."""

from service.domain.access.clinics import ItemExport, NoneExport
from service.domain.checklists.record_texts import answer_key
from service.domain.medications.categories import NOT_ASKED, Answer, Category, CategoryAnswer
from service.domain.medications.medication_list import MedicationList
from service.domain.wording import ENGLISH_CATALOGUE
from service.formats.fhir.codes import ANSWER, DATA_ABSENT_REASON, EMPTY_REASON, EMPTY_REASONS
from service.formats.fhir.ids import ListId
from service.formats.fhir.writing.elements import (
    PATIENT,
    Element,
    category_concept,
    category_title,
    concept,
    informant_reference,
    instant,
    made,
    meta,
    patient_reference,
)
from service.formats.fhir.writing.items import RESOURCE_TYPES

_NEGATION = "none"
# R4 lets the source of a List be one of these.
_SOURCES = (PATIENT, "Practitioner", "PractitionerRole", "Device")


def categories_of(medication_list: MedicationList) -> tuple[Category | None, ...]:
    """The categories that there is a List for: all three, and what is not sorted where there is any."""
    return (*Category, None) if medication_list.in_category(None) else tuple(Category)


def answer_for(medication_list: MedicationList, category: Category | None) -> CategoryAnswer:
    """What was answered; for what is not sorted, nobody was asked."""
    return medication_list.answers[category] if category else NOT_ASKED


def write_list(
    medication_list: MedicationList, category: Category | None, style: ItemExport, none_style: NoneExport
) -> Element:
    """The current items of the category in the list's order, or why there are none."""
    said = answer_for(medication_list, category).attribution
    patient_id, recorded_at = medication_list.patient_id, medication_list.attribution.recorded_at
    return made(
        resourceType="List",
        id=str(ListId(patient_id, category)),
        meta=meta(str(medication_list.version), recorded_at),
        status="current",
        mode="snapshot",
        title=category_title(category),
        code=category_concept(category),
        subject=patient_reference(patient_id),
        date=instant(said.recorded_at if said else recorded_at),
        source=informant_reference(said.informant, patient_id, *_SOURCES) if said else None,
        **_content(medication_list, category, style, none_style),
    )


def _content(
    medication_list: MedicationList, category: Category | None, style: ItemExport, none_style: NoneExport
) -> Element:
    """The entries or, where there is none, why; never both."""
    items = medication_list.in_category(category)
    if items:
        kind = RESOURCE_TYPES[style]
        return {"entry": [{"item": {"reference": f"{kind}/{item.id}"}} for item in items]}
    answer = answer_for(medication_list, category)
    if answer.answer is Answer.NONE_REPORTED and none_style is NoneExport.NEGATION_ENTRY:
        negation = _negation(medication_list, category, answer)
        return {"contained": [negation], "entry": [{"item": {"reference": f"#{_NEGATION}"}}]}
    return {"emptyReason": empty_reason(answer.answer)}


def _negation(medication_list: MedicationList, category: Category | None, answer: CategoryAnswer) -> Element:
    """A statement that nothing of the category is taken, for an EHR that does not read empty reasons."""
    patient_id, said = medication_list.patient_id, answer.attribution
    return made(
        resourceType=RESOURCE_TYPES[ItemExport.MEDICATION_STATEMENT],
        id=_NEGATION,
        status="not-taken",
        category=category_concept(category),
        medicationCodeableConcept=_answer_concept(answer.answer),
        subject=patient_reference(patient_id),
        dateAsserted=instant(said.recorded_at) if said else None,
        informationSource=informant_reference(said.informant, patient_id) if said else None,
    )


def empty_reason(answer: Answer, text: str | None = None) -> Element:
    """R4's reason where it has one for this answer, and always our own word for it; ``text`` for ours."""
    own = _answer_concept(answer)
    own["text"] = text or own["text"]
    if answer not in EMPTY_REASONS:
        return own
    reason, absent = EMPTY_REASONS[answer]
    coding = {"system": EMPTY_REASON, "code": reason}
    why = [{"url": DATA_ABSENT_REASON, "valueCode": absent}] if absent else None
    return made(extension=why, coding=[coding, *own["coding"]], text=own["text"])


def _answer_concept(answer: Answer) -> Element:
    return concept(ANSWER, answer.value, ENGLISH_CATALOGUE.text(answer_key(answer)))
