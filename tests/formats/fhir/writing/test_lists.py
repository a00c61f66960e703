"""A category as a List: its current items in order, or why there are none and who said so."""

from dataclasses import replace
from typing import Any

import pytest

from service.domain.access.clinics import ItemExport, NoneExport
from service.domain.attribution import Informant, InformantKind
from service.domain.medications.categories import NOT_ASKED, Answer, Category, CategoryAnswer
from service.domain.medications.items import Status
from service.domain.medications.medication_list import MedicationList
from service.formats.fhir.writing.lists import categories_of, write_list
from service.formats.fhir.writing.provenances import of_list, write_provenances
from tests.domain.made_up import NOBODY_SAID, NOW, PATIENT, PATIENT_SAID, item, listing
from tests.formats.fhir.writing.r4 import check

OWN = "urn:medication-checklist"
REASONS = "http://terminology.hl7.org/CodeSystem/list-empty-reason"
ABSENT = "http://hl7.org/fhir/StructureDefinition/data-absent-reason"
STATEMENT, BY_REASON, BY_ENTRY = (
    ItemExport.MEDICATION_STATEMENT,
    NoneExport.EMPTY_REASON,
    NoneExport.NEGATION_ENTRY,
)


def written(
    medications: MedicationList,
    category: Category | None = Category.SUPPLEMENT,
    none_style: NoneExport = BY_REASON,
    style: ItemExport = STATEMENT,
) -> dict[str, Any]:
    resource = write_list(medications, category, style, none_style)
    check(resource)
    return resource


def answering(answer: CategoryAnswer) -> MedicationList:
    empty = listing()
    return replace(empty, answers=dict(empty.answers) | {Category.SUPPLEMENT: answer})


def test_a_list_holds_the_current_items_of_its_category_in_the_lists_order() -> None:
    sup, rx = Category.SUPPLEMENT, Category.PRESCRIPTION
    medications = listing(
        item(3, category=sup),
        item(1, category=rx),
        item(2, category=sup, status=Status.UNKNOWN),
        item(4, category=sup, status=Status.STOPPED),
        item(5, category=sup, status=Status.ENTERED_IN_ERROR),
        item(6, category=sup, left_out_since=1),
        version=7,
    )
    resource = written(medications)

    ids = [f"00000000-0000-0000-0000-00000000000{number}" for number in (3, 2)]
    assert resource["entry"] == [{"item": {"reference": f"MedicationStatement/{one}"}} for one in ids]
    assert (resource["id"], resource["meta"]["versionId"]) == (f"{PATIENT.id}.supplement", "7")
    assert (resource["status"], resource["mode"]) == ("current", "snapshot")
    assert resource["title"] == "Vitamins, minerals, herbals and other supplements"
    assert resource["code"] == {
        "coding": [{"system": f"{OWN}:category", "code": "supplement"}],
        "text": resource["title"],
    }
    assert resource["subject"] == resource["source"] == {"reference": f"Patient/{PATIENT.id}"}
    assert "emptyReason" not in resource
    requests = written(medications, style=ItemExport.MEDICATION_REQUEST)
    assert requests["entry"][0]["item"]["reference"] == f"MedicationRequest/{ids[0]}"


def test_what_nobody_has_sorted_has_a_list_of_its_own_where_there_is_any() -> None:
    unsorted = listing(item(1))

    assert categories_of(unsorted) == (*Category, None)
    assert categories_of(listing(item(1, status=Status.STOPPED))) == tuple(Category)
    resource = written(unsorted, None)
    assert (resource["id"], len(resource["entry"])) == (f"{PATIENT.id}.uncategorized", 1)
    assert "source" not in resource
    assert of_list(unsorted, None) is None


@pytest.mark.parametrize(
    ("answer", "reason", "absent"),
    [
        (Answer.NONE_REPORTED, "nilknown", None),
        (Answer.UNKNOWN, "unavailable", "asked-unknown"),
        (Answer.DECLINED, "withheld", "asked-declined"),
        (Answer.NOT_ASKED, "notasked", None),
        (Answer.ITEMS_REPORTED, None, None),
    ],
)
@pytest.mark.parametrize("none_style", [BY_REASON, BY_ENTRY])
def test_an_empty_list_says_why_and_always_in_our_own_word_too(
    answer: Answer, reason: str | None, absent: str | None, none_style: NoneExport
) -> None:
    if (answer, none_style) == (Answer.NONE_REPORTED, BY_ENTRY):
        return
    resource = written(
        answering(NOT_ASKED if answer is Answer.NOT_ASKED else CategoryAnswer(answer, PATIENT_SAID)),
        none_style=none_style,
    )

    said = resource["emptyReason"]
    r4 = [{"system": REASONS, "code": reason}] if reason else []
    assert said["coding"] == [*r4, {"system": f"{OWN}:answer", "code": answer.value}]
    assert said.get("extension") == ([{"url": ABSENT, "valueCode": absent}] if absent else None)
    assert said["text"]
    assert "entry" not in resource
    assert ("source" in resource) is (answer is not Answer.NOT_ASKED)
    assert resource["date"] == NOW.isoformat()


def test_none_can_be_said_by_an_entry_for_an_ehr_that_does_not_read_reasons() -> None:
    resource = written(answering(CategoryAnswer(Answer.NONE_REPORTED, PATIENT_SAID)), none_style=BY_ENTRY)

    (negation,) = resource["contained"]
    assert resource["entry"] == [{"item": {"reference": f"#{negation['id']}"}}]
    assert negation["status"] == "not-taken"
    assert negation["medicationCodeableConcept"] == {
        "coding": [{"system": f"{OWN}:answer", "code": "none_reported"}],
        "text": "The answer was “none”.",
    }
    assert negation["informationSource"] == negation["subject"] == {"reference": f"Patient/{PATIENT.id}"}
    assert "meta" not in negation
    assert "emptyReason" not in resource


def test_a_source_that_r4_does_not_let_a_list_have_is_named_without_its_type() -> None:
    for kind, typed in ((InformantKind.CAREGIVER, False), (InformantKind.PRACTITIONER, True)):
        said = replace(PATIENT_SAID, informant=Informant(kind))
        source = written(answering(CategoryAnswer(Answer.DECLINED, said)))["source"]

        assert source["identifier"] == {"system": f"{OWN}:informant", "value": kind.value}
        assert ("type" in source) is typed


def test_each_answer_and_each_item_has_a_provenance_with_who_said_it_and_who_keyed_it() -> None:
    unattributed = item(2, category=Category.PRESCRIPTION, attribution=NOBODY_SAID)
    medications = listing(item(1, category=Category.PRESCRIPTION), unattributed)
    of_prescription, first, second = write_provenances(medications, STATEMENT)
    for resource in (of_prescription, first, second):
        check(resource)

    target = f"List/{PATIENT.id}.prescription"
    assert (of_prescription["id"], of_prescription["target"]) == (
        f"list.{PATIENT.id}.prescription",
        [{"reference": target}],
    )
    assert first["target"] == [{"reference": f"MedicationStatement/{medications.items[0].id}"}]
    assert first["activity"]["coding"] == [{"system": f"{OWN}:collection-mode", "code": "interview"}]
    enterer, informant = first["agent"]
    assert enterer["type"]["coding"][0]["code"] == "enterer"
    assert enterer["who"] == {
        "type": "Practitioner",
        "identifier": {"system": f"{OWN}:recorder:staff", "value": "nurse-1"},
        "display": "Test Nurse",
    }
    assert informant["type"]["coding"][0]["code"] == "informant"
    assert informant["who"] == {"reference": f"Patient/{PATIENT.id}"}
    assert ("activity" in second, len(second["agent"])) == (False, 1)
    assert second["agent"][0]["who"]["type"] == "Device"
