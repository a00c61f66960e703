"""Promise 4 through the EHR's door: an import of nothing changes nothing, and "none" is what was said.

Planted faults that the checks catch: a category without entries taken for "none"; a "none" that nobody said;
a "none" from a List of something else; an answer that goes with an import that does not repeat it; a "none"
put down to the system that sent it.
"""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from typing import Any

import pytest

from service.actions.imports import import_reading
from service.actions.medications import get_list
from service.actions.patients import find_patients
from service.domain.attribution import CollectionMode, Informant, InformantKind
from service.domain.imports.merge import merge
from service.domain.imports.sent import SentAnswer, SentItem
from service.domain.medications.categories import NOT_ASKED, Answer, Category, CategoryAnswer
from service.domain.medications.items import ItemFacts
from service.domain.medications.medication_list import MedicationList
from service.domain.patients.patients import Identifier
from service.formats.fhir.reading import read
from service.formats.findings import Reading
from tests.domain.made_up import NOW, PATIENT_SAID, SYSTEM, item, listing, new_ids
from tests.promises.conftest import ClinicOfPromises
from tests.web.fhir.sent import MRN, answered, bundle, categorized, patient, statement

Json = dict[str, Any]
Take = Callable[[MedicationList, Json], MedicationList]
ABSENT = "http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips"
CODES = {
    Category.PRESCRIPTION: "prescription",
    Category.OVER_THE_COUNTER: "over-the-counter",
    Category.SUPPLEMENT: "supplement",
}
NURSE_TOLD = Informant(InformantKind.PRACTITIONER, "Test Nurse")


def coded(code: str) -> Json:
    sent = statement("-")
    return {**sent, "medicationCodeableConcept": {"coding": [{"system": ABSENT, "code": code}]}}


def without(sent: Json, *names: str) -> Json:
    return {name: part for name, part in sent.items() if name not in names}


NOTHING = {
    "an empty transaction": bundle("transaction"),
    "an empty batch": bundle("batch"),
    "an empty collection": bundle("collection"),
    "a search that found nothing": {**bundle("searchset"), "total": 0},
    "a patient and nothing else": bundle("batch", patient()),
    "no information on medicines": coded("no-medication-info"),
    "no known medicines, of no category": coded("no-known-medications"),
    "a medicine that is not taken": {**statement("Tea"), "status": "not-taken"},
    "a List of other things that is empty": {
        **answered("supplement", "nilknown"),
        "code": {"text": "Allergies"},
    },
    **{
        f"{category}: {what}": sent
        for category, code in CODES.items()
        for what, sent in {
            "an empty List without a reason": without(answered(code, "nilknown"), "emptyReason"),
            "none that nobody said": answered(code, "nilknown", source=False),
            "a question that nobody asked": answered(code, "notasked"),
            "a List that is closed": answered(code, "closed"),
            "a List out of use": {**answered(code, "nilknown"), "status": "retired"},
            "a change of a List": {**answered(code, "nilknown"), "mode": "changes"},
            "not sure, that nobody said": answered(code, "unknown", source=False),
            "an entry that was deleted": {
                **without(answered(code, "nilknown"), "emptyReason"),
                "mode": "changes",
                "entry": [{"deleted": True, "item": {"display": "Tea"}}],
            },
        }.items()
    },
}
ON_FILE = listing(
    item(1, "Water", category=Category.OVER_THE_COUNTER),
    answers={Category.PRESCRIPTION: Answer.NONE_REPORTED},
)


def taken(latest: MedicationList, document: Json) -> MedicationList:
    return merged(latest, read(document, sender="test"))


def merged(latest: MedicationList, reading: Reading) -> MedicationList:
    said = [entry.said for entry in reading.entries]
    return merge(
        latest,
        [one for one in said if isinstance(one, SentItem)],
        [one for one in said if isinstance(one, SentAnswer)],
        recorder=SYSTEM,
        now=NOW,
        new_id=new_ids(5000),
    )


def assert_nothing_changes(take: Take) -> None:
    for what, document in NOTHING.items():
        for latest in (listing(), ON_FILE):
            assert take(latest, document) is latest, what


def assert_none_is_kept_as_it_was_said(take: Take) -> None:
    for category, code in CODES.items():
        for latest in (listing(), listing(item(1, "Water", category=None))):
            found = take(latest, answered(code, "nilknown")).answers
            assert found[category].answer is Answer.NONE_REPORTED
            assert found[category].attribution is not None
            assert found[category].attribution.informant == NURSE_TOLD
            assert found[category].attribution.collection_mode is CollectionMode.IMPORT
            assert {found[other] for other in Category if other is not category} == {NOT_ASKED}


def assert_what_was_answered_stays(take: Take) -> None:
    following = take(ON_FILE, categorized(statement("Tea"), "supplement"))
    for category in (Category.PRESCRIPTION, Category.OVER_THE_COUNTER):
        assert following.answers[category] == ON_FILE.answers[category]
    assert following.answers[Category.SUPPLEMENT].answer is Answer.ITEMS_REPORTED


CHECKS = (assert_nothing_changes, assert_none_is_kept_as_it_was_said, assert_what_was_answered_stays)


@pytest.mark.parametrize("check", CHECKS)
def test_an_import_answers_only_what_somebody_said(check: Callable[[Take], None]) -> None:
    check(taken)


@pytest.mark.parametrize("what", NOTHING)
def test_an_import_of_nothing_leaves_every_category_as_it_was(clinic: ClinicOfPromises, what: str) -> None:
    def sends(document: Json) -> None:
        clinic.does(lambda work: import_reading(work, read(document, sender="test")))

    def on_file() -> MedicationList:
        found = clinic.does(lambda work: find_patients(work, Identifier(MRN, "000123"))).items
        return clinic.does(lambda work: get_list(work, found[0].id))[0]

    sends(bundle("batch", answered("prescription", "nilknown"), statement("Water")))
    before = on_file()
    sends(NOTHING[what])
    assert on_file() == before


def silence_as_none(latest: MedicationList, document: Json) -> MedicationList:
    following = taken(latest, document)
    answers = {
        category: CategoryAnswer(Answer.NONE_REPORTED, PATIENT_SAID) if found == NOT_ASKED else found
        for category, found in following.answers.items()
    }
    return following if answers == dict(following.answers) else replace(following, answers=answers)


def said_by_the_sender(latest: MedicationList, document: Json) -> MedicationList:
    sent = deepcopy(document)
    if sent["resourceType"] == "List":
        sent.setdefault("source", {"type": "Organization", "display": "Test EHR"})
    return taken(latest, sent)


def any_list(latest: MedicationList, document: Json) -> MedicationList:
    code = answered("supplement", "nilknown")["code"]
    return taken(latest, {**document, "code": code} if document["resourceType"] == "List" else document)


def gone_with_the_next(latest: MedicationList, document: Json) -> MedicationList:
    following = taken(latest, document)
    kept = {
        category: found for category, found in following.answers.items() if following.in_category(category)
    }
    return (
        following
        if following is latest
        else replace(following, answers={**dict.fromkeys(Category, NOT_ASKED), **kept})
    )


def put_down_to_the_patient(latest: MedicationList, document: Json) -> MedicationList:
    following = taken(latest, document)
    answers = {
        category: CategoryAnswer(found.answer, PATIENT_SAID) if found.said_by_a_person else found
        for category, found in following.answers.items()
    }
    return following if following is latest else replace(following, answers=answers)


def negation_as_item(latest: MedicationList, document: Json) -> MedicationList:
    if document["resourceType"] != "MedicationStatement":
        return taken(latest, document)
    sent = SentItem(ItemFacts("Tea", category=Category.SUPPLEMENT))
    return merge(latest, [sent], recorder=SYSTEM, now=NOW, new_id=new_ids(5000))


@pytest.mark.parametrize(
    "fault",
    [
        silence_as_none,
        said_by_the_sender,
        any_list,
        gone_with_the_next,
        put_down_to_the_patient,
        negation_as_item,
    ],
)
def test_a_planted_import_that_answers_for_a_person_is_found(fault: Take) -> None:
    found = []
    for check in CHECKS:
        try:
            check(fault)
        except AssertionError:
            found.append(check)
    assert found
