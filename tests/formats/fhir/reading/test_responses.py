"""A filled-in form is read as a whole list with who answered, or refused by its place."""

from typing import Any

import pytest

from service.domain.attribution import CollectionMode, Informant, InformantKind
from service.domain.medications.categories import Answer, Category
from service.domain.medications.items import Status
from service.domain.medications.whole_list import WholeList
from service.domain.patients.patients import Identifier
from service.domain.text import PartialDate
from service.formats.fhir.reading.responses import (
    read_response,
    read_response_id,
)
from tests.formats.fhir.reading.answered import (
    BASE,
    PATIENT,
    ROOT,
    TEA,
    WHO,
    YES,
    chosen,
    group,
    question,
    read,
    refusals,
    response,
    taken,
)


def test_a_filled_in_form_is_a_whole_list_with_who_answered() -> None:
    mode = chosen("collection-mode", "collection-mode", "phone")
    name = question("patient-name", valueString="Test Patient 01")
    who = group("who", *WHO["item"], mode, name)
    none = group("prescription", chosen("prescription.answer", "answer", "none_reported"))
    sent = taken(response(who, none, group("supplement", YES, TEA)))
    assert sent.informant == Informant(InformantKind.CAREGIVER, "Ann")
    assert (sent.collection_mode, sent.patient_name) == (CollectionMode.PHONE, "Test Patient 01")
    assert sent.whose.patient_id == PATIENT
    assert dict(sent.whole.answers) == {
        Category.PRESCRIPTION: Answer.NONE_REPORTED,
        Category.SUPPLEMENT: Answer.ITEMS_REPORTED,
    }
    (tea,) = (listed.facts for listed in sent.whole.items)
    assert (tea.name, tea.strength, tea.note) == ("Tea", "1.50", "one\ntwo")
    assert (tea.as_needed, tea.status, tea.started_on) == (False, Status.ON_HOLD, PartialDate(2024, 3))


def test_a_question_without_an_answer_was_not_asked() -> None:
    sent = taken(response())
    assert sent.whole == WholeList()
    assert (sent.informant, sent.collection_mode, sent.patient_name) == (None, None, None)
    assert sent.whole.silent


def test_a_row_that_nobody_filled_in_is_no_item() -> None:
    rows = [{"linkId": "supplement.item"}, {"linkId": "supplement.item", "item": []}, TEA]
    reading = read_response(response(group("supplement", YES, *rows)), base=BASE)
    assert reading.sent is not None
    assert [listed.facts.name for listed in reading.sent.whole.items] == ["Tea"]


def test_a_question_that_is_there_without_an_answer_is_not_answered() -> None:
    bare = group("supplement", {"linkId": "supplement.answer", "text": "Do you?"})
    assert taken(response(bare)).whole.silent


def test_an_item_that_nobody_sorted_is_uncategorized_and_may_have_a_description_alone() -> None:
    row = group("uncategorized.item", question("uncategorized.item.description", valueString="white ones"))
    (listed,) = taken(response(group("uncategorized", row))).whole.items
    assert (listed.facts.category, listed.facts.name, listed.facts.called) == (None, None, "white ones")


@pytest.mark.parametrize(("stopped", "status"), [(None, Status.ACTIVE), ("2025", Status.UNKNOWN)])
def test_without_a_status_an_item_is_taken_unless_it_has_a_stop_date(
    stopped: str | None, status: Status
) -> None:
    dated = [question("uncategorized.item.stopped-on", valueDate=stopped)] if stopped else []
    row = group("uncategorized.item", question("uncategorized.item.name", valueString="Tea"), *dated)
    assert taken(response(group("uncategorized", row))).whole.items[0].facts.status is status


@pytest.mark.parametrize(
    ("source", "informant"),
    [
        ({"reference": f"Patient/{PATIENT}"}, Informant(InformantKind.PATIENT)),
        ({"type": "RelatedPerson", "display": "Ann"}, Informant(InformantKind.RELATED_PERSON, "Ann")),
        ({"reference": "Device/1"}, None),
    ],
)
def test_the_source_says_who_answers_where_the_answers_do_not(
    source: dict[str, Any], informant: Informant | None
) -> None:
    assert taken(response(source=source)).informant == informant
    assert taken(response(WHO, source=source)).informant == Informant(InformantKind.CAREGIVER, "Ann")


def test_a_name_in_the_answers_is_that_of_the_source() -> None:
    named = group("who", question("informant-name", valueString="Ann"))
    sent = taken(response(named, source={"type": "RelatedPerson"}))
    assert sent.informant == Informant(InformantKind.RELATED_PERSON, "Ann")
    assert refusals(response(named)) == [("required", "QuestionnaireResponse.item[0].item")]


def test_a_patient_may_be_named_by_an_identifier() -> None:
    identifier = {"system": "urn:clinic:mrn", "value": "000123"}
    sent = taken(response(subject={"identifier": identifier}))
    assert sent.whose.identifier == Identifier("urn:clinic:mrn", "000123")


def test_the_place_of_what_a_list_refuses_is_known() -> None:
    places = taken(response(group("supplement", YES))).places
    assert places["/categories/supplement/answer"] == "QuestionnaireResponse.item[0].item[0]"
    assert places["/categories/prescription/answer"] == "QuestionnaireResponse.item"
    assert places["/informant"] == "QuestionnaireResponse.source"


@pytest.mark.parametrize(
    ("sent", "code", "place"),
    [
        (response(status="in-progress"), "business-rule", f"{ROOT}.status"),
        (response(status="stopped"), "business-rule", f"{ROOT}.status"),
        (response(status="entered-in-error"), "business-rule", f"{ROOT}.status"),
        (response(status="done"), "value", f"{ROOT}.status"),
        (response(status=None), "required", f"{ROOT}.status"),
        (response(questionnaire="urn:another"), "not-supported", f"{ROOT}.questionnaire"),
        (response(subject={"reference": "Group/1"}), "value", f"{ROOT}.subject"),
        (response(subject=None), "required", f"{ROOT}.subject"),
        (response(implicitRules="urn:x"), "not-supported", f"{ROOT}.implicitRules"),
        (response(modifierExtension=[{"url": "urn:x"}]), "extension", f"{ROOT}.modifierExtension"),
        (response(group("allergies", YES)), "not-supported", f"{ROOT}.item[0].linkId"),
        (response(YES), "not-supported", f"{ROOT}.item[0].linkId"),
        (response(group("prescription", YES)), "not-supported", f"{ROOT}.item[0].item[0].linkId"),
        (response({"item": [YES]}), "required", f"{ROOT}.item[0].linkId"),
        (response(group("who"), group("who")), "duplicate", f"{ROOT}.item[1].linkId"),
        (response(group("supplement", YES, YES)), "duplicate", f"{ROOT}.item[0].item[1].linkId"),
        (response({**WHO, "answer": [{"valueString": "x"}]}), "structure", f"{ROOT}.item[0].answer"),
        (
            response(group("supplement", {**YES, "answer": YES["answer"] * 2})),
            "structure",
            f"{ROOT}.item[0].item[0].answer",
        ),
        (
            response(group("supplement", {**YES, "item": [TEA]})),
            "structure",
            f"{ROOT}.item[0].item[0].item",
        ),
        (
            response(group("supplement", {**YES, "answer": [{**YES["answer"][0], "item": [TEA]}]})),
            "not-supported",
            f"{ROOT}.item[0].item[0].answer[0].item",
        ),
        (
            response(group("supplement", question("supplement.answer", valueString="yes"))),
            "value",
            f"{ROOT}.item[0].item[0].answer[0]",
        ),
        (
            response(group("supplement", chosen("supplement.answer", "answer", "not_asked"))),
            "code-invalid",
            f"{ROOT}.item[0].item[0].answer[0].valueCoding",
        ),
        (
            response(group("supplement", chosen("supplement.answer", "other", "unknown"))),
            "code-invalid",
            f"{ROOT}.item[0].item[0].answer[0].valueCoding",
        ),
        (
            response(group("supplement", group("supplement.item", *TEA["item"][1:]))),
            "required",
            f"{ROOT}.item[0].item[0].item",
        ),
        (
            response(
                group(
                    "supplement",
                    group("supplement.item", question("supplement.item.name", valueString="\x01")),
                )
            ),
            "value",
            f"{ROOT}.item[0].item[0].item[0].answer[0].valueString",
        ),
        (
            response(group("supplement", *[TEA] * 1001)),
            "too-long",
            f"{ROOT}.item",
        ),
    ],
)
def test_what_cannot_be_taken_is_refused_by_its_place(sent: dict[str, Any], code: str, place: str) -> None:
    assert (code, place) in refusals(sent)


def test_another_resource_is_not_taken_for_answers() -> None:
    assert refusals({"resourceType": "Patient"}) == [("not-supported", "Patient")]
    assert refusals({"resourceType": 5}) == [("not-supported", "Resource")]


def test_what_the_service_does_not_keep_is_named() -> None:
    reading = read(response(authored="2026-11-25", encounter={"reference": "Encounter/1"}))
    assert [issue.detail for issue in reading.issues] == ["Not kept: encounter."]


def test_a_code_without_its_system_is_one_of_the_choices() -> None:
    plain = question("supplement.answer", valueCoding={"code": "unknown"})
    assert taken(response(group("supplement", plain))).whole.answers == {Category.SUPPLEMENT: Answer.UNKNOWN}


@pytest.mark.parametrize(
    "text",
    [
        f"{PATIENT}",
        f"{PATIENT}.",
        f"{PATIENT}.0",
        f"{PATIENT}.01",
        f"{PATIENT}.x",
        "a.1",
        f"{PATIENT}.1234567890",
        f"{PATIENT}.²",
    ],
)
def test_what_is_no_id_of_a_response_names_none(text: str) -> None:
    assert read_response_id(text) is None


def test_an_id_names_a_patient_and_a_version() -> None:
    assert read_response_id(f"{PATIENT}.12") == (PATIENT, 12)
