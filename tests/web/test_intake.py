"""The main job over HTTP."""

from typing import Any

import pytest

from tests.web.conftest import ClinicOfTests
from tests.web.lists import asked, posted


def test_a_posted_list_is_answered_with_a_checklist_in_one_call(clinic: ClinicOfTests) -> None:
    answer = clinic.intake.post("/v1/intake", asked("Water", "Soap"))

    assert answer.status_code == 201
    receipt = answer.get_json()
    assert receipt["medication_list"] == {"version": 1, "changed": True}
    assert receipt["checklist"]["status"] == "current"
    sheet = clinic.ehr.get(receipt["checklist"]["links"]["self"]).get_json()
    assert [line["text"] for line in lines(sheet, "prescription")] == ["Water", "Soap"]
    assert sheet["patient"]["id"] == receipt["patient_id"]


def test_a_category_left_out_was_not_asked_and_is_printed_as_a_question(clinic: ClinicOfTests) -> None:
    answers = {"over_the_counter": {"answer": "none_reported"}}

    receipt = clinic.intake.post("/v1/intake", asked("Water", categories=answers)).get_json()

    gaps = [(gap["kind"], gap["category"]) for gap in receipt["gaps"]]
    assert ("category_not_asked", "supplement") in gaps
    assert ("category_not_asked", "over_the_counter") not in gaps
    sheet = clinic.ehr.get(receipt["checklist"]["links"]["self"]).get_json()
    keys = [line["key"] for line in lines(sheet, "supplement")]
    assert keys == ["answer.not_asked", "ask.supplement"]


def test_a_list_without_a_treatment_is_kept_and_no_checklist_is_issued(clinic: ClinicOfTests) -> None:
    receipt = clinic.intake.post("/v1/intake", posted("Water")).get_json()

    assert receipt["checklist"] is None
    assert names(clinic, receipt["patient_id"]) == ["Water"]


def test_missing_details_are_gaps_and_never_a_reason_to_refuse(clinic: ClinicOfTests) -> None:
    least = {
        "patient": {"identifier": {"system": "urn:clinic:mrn", "value": "9"}},
        "items": [{"name": "Water"}],
    }

    answer = clinic.intake.post("/v1/intake", least)

    assert answer.status_code == 201
    assert {gap["kind"] for gap in answer.get_json()["gaps"]} == {
        "category_not_asked",
        "item_uncategorized",
        "item_without_dose",
        "informant_not_recorded",
        "patient_name_missing",
        "birth_date_missing",
    }


@pytest.mark.parametrize("answer", ["none_reported", "unknown", "declined", "not_asked"])
def test_an_answer_that_contradicts_the_items_of_its_category_is_refused(
    clinic: ClinicOfTests, answer: str
) -> None:
    body = posted("Water", categories={"prescription": {"answer": answer}})

    refused = clinic.intake.post("/v1/intake", body)

    assert refused.status_code == 422
    assert pointers(refused.get_json()) == ["/categories/prescription/answer"]
    assert clinic.ehr.get("/v1/patients").get_json()["items"] == []


def test_none_needs_somebody_who_said_so(clinic: ClinicOfTests) -> None:
    body = posted(categories={"supplement": {"answer": "none_reported"}})
    del body["informant"], body["collection_mode"]

    refused = clinic.intake.post("/v1/intake", body)

    assert refused.status_code == 422
    assert pointers(refused.get_json()) == ["/informant", "/collection_mode"]


def test_all_faults_are_told_at_once_with_their_pointers(clinic: ClinicOfTests) -> None:
    body: dict[str, Any] = posted("Water", "a\nb", categories={"prescription": {"answer": "none_reported"}})
    body["items"].append({"category": "prescription", "strength": 500})
    body["items"].append({"name": "Soap", "as_needed": "yes", "color": "blue"})
    body["patient"]["birth_date"] = "1961-13-01"

    refused = clinic.intake.post("/v1/intake", body)

    assert refused.status_code == 422
    assert refused.content_type == "application/problem+json"
    assert set(pointers(refused.get_json())) == {
        "/items/1/name",
        "/items/2/name",
        "/items/2/strength",
        "/items/3/as_needed",
        "/items/3/color",
        "/patient/birth_date",
        "/categories/prescription/answer",
    }
    codes = {error["pointer"]: error["code"] for error in refused.get_json()["errors"]}
    assert codes["/items/1/name"] == "line_break"
    assert codes["/items/3/color"] == "unknown_field"


def test_a_second_shorter_list_asks_about_what_it_left_out(clinic: ClinicOfTests) -> None:
    clinic.intake.post("/v1/intake", posted("Water", "Soap"))

    receipt = clinic.ehr.post("/v1/intake", asked("Water")).get_json()

    assert receipt["medication_list"]["version"] == 2
    assert "item_on_earlier_list" in {gap["kind"] for gap in receipt["gaps"]}
    sheet = clinic.ehr.get(receipt["checklist"]["links"]["self"]).get_json()
    assert [line["text"] for line in lines(sheet, "prescription")] == ["Water"]
    assert [line["text"] for line in lines(sheet, "earlier_list")] == ["Soap"]


def test_an_intake_key_is_not_told_what_was_on_file_before(clinic: ClinicOfTests) -> None:
    clinic.ehr.post("/v1/intake", posted("Water", "Soap"))

    receipt = clinic.intake.post("/v1/intake", posted("Water")).get_json()

    assert "item_on_earlier_list" not in {gap["kind"] for gap in receipt["gaps"]}


def test_a_post_that_says_nothing_changes_nothing(clinic: ClinicOfTests) -> None:
    answers = {"supplement": {"answer": "none_reported"}}
    first = clinic.intake.post("/v1/intake", posted("Water", categories=answers)).get_json()

    second = clinic.intake.post("/v1/intake", posted()).get_json()

    assert second["medication_list"] == {"version": 1, "changed": False}
    kept = clinic.ehr.get(f"/v1/patients/{first['patient_id']}/medication-list").get_json()
    assert kept["categories"]["supplement"]["answer"] == "none_reported"
    assert [item["name"] for item in kept["items"]] == ["Water"]


def test_a_list_for_a_known_identifier_with_another_birth_date_is_refused(clinic: ClinicOfTests) -> None:
    patient_id = clinic.intake.post("/v1/intake", posted("Water")).get_json()["patient_id"]
    body = posted("Soap")
    body["patient"]["birth_date"] = "1990-01-01"

    refused = clinic.intake.post("/v1/intake", body)

    assert refused.status_code == 409
    assert pointers(refused.get_json()) == ["/patient/birth_date"]
    assert "1961" not in refused.get_data(as_text=True)
    assert names(clinic, patient_id) == ["Water"]


def test_a_list_under_another_name_is_kept_and_the_nurse_is_told(clinic: ClinicOfTests) -> None:
    clinic.intake.post("/v1/intake", posted("Water"))
    body = asked("Water")
    body["patient"]["name"] = "Test Patient 99"

    receipt = clinic.ehr.post("/v1/intake", body).get_json()

    sheet = clinic.ehr.get(receipt["checklist"]["links"]["self"]).get_json()
    assert sheet["patient"]["name"] == "Test Patient 01"
    told = [line["text"] for line in lines(sheet, "gaps") if line["key"] == "gap.reported_name_differs"]
    assert len(told) == 1
    assert "Test Patient 99" in told[0]


def test_another_name_without_a_list_is_refused_and_no_sheet_is_issued(clinic: ClinicOfTests) -> None:
    patient_id = clinic.intake.post("/v1/intake", posted("Water")).get_json()["patient_id"]
    body = asked()
    body["patient"]["name"] = "Test Patient 99"

    refused = clinic.intake.post("/v1/intake", body)

    assert (refused.status_code, refused.get_json()["code"]) == (409, "name_differs")
    assert pointers(refused.get_json()) == ["/patient/name"]
    assert clinic.ehr.get(f"/v1/patients/{patient_id}/checklists").get_json()["items"] == []


def test_a_name_in_other_capitals_is_the_same_name(clinic: ClinicOfTests) -> None:
    clinic.intake.post("/v1/intake", posted("Water"))
    body = posted("Water")
    body["patient"]["name"] = "TEST  patient 01"

    receipt = clinic.ehr.post("/v1/intake", body).get_json()

    assert "reported_name_differs" not in {gap["kind"] for gap in receipt["gaps"]}


def test_what_was_missing_on_file_is_filled_in_and_nothing_there_is_overwritten(
    clinic: ClinicOfTests,
) -> None:
    body = posted("Water")
    del body["patient"]["birth_date"]
    patient_id = clinic.intake.post("/v1/intake", body).get_json()["patient_id"]

    clinic.intake.post("/v1/intake", posted("Water"))

    on_file = clinic.ehr.get(f"/v1/patients/{patient_id}").get_json()
    assert on_file["birth_date"] == "1961-04-02"
    assert on_file["name"] == "Test Patient 01"


def test_an_unknown_treatment_is_refused_and_the_list_is_not_half_kept(clinic: ClinicOfTests) -> None:
    refused = clinic.intake.post("/v1/intake", posted("Water", treatment={"id": "unheard-of"}))

    assert refused.status_code == 422
    assert pointers(refused.get_json()) == ["/treatment/id"]
    assert clinic.ehr.get("/v1/patients").get_json()["items"] == []


def test_an_item_that_may_have_been_stopped_is_on_the_sheet_and_asked_about(clinic: ClinicOfTests) -> None:
    body = asked()
    body["items"] = [
        {"category": "prescription", "name": "Water", "status": "unknown"},
        {"category": "prescription", "name": "Soap", "stopped_on": "2026-10"},
        {"category": "prescription", "name": "Sand", "status": "stopped"},
    ]

    receipt = clinic.ehr.post("/v1/intake", body).get_json()

    sheet = clinic.ehr.get(receipt["checklist"]["links"]["self"]).get_json()
    found = lines(sheet, "prescription")
    assert [line["text"] for line in found] == ["Water", "Soap"]
    assert all("ask.status" in [ask["key"] for ask in line["asks"]] for line in found)


@pytest.mark.parametrize("count", [0, 1, 2, 60, 500])
def test_a_list_of_any_length_comes_back_whole_and_once(clinic: ClinicOfTests, count: int) -> None:
    sent = [f"Medicine {number}" for number in range(count)]

    receipt = clinic.ehr.post("/v1/intake", asked(*sent)).get_json()

    assert names(clinic, receipt["patient_id"]) == sent
    sheet = clinic.ehr.get(receipt["checklist"]["links"]["self"]).get_json()
    assert [line["text"] for line in lines(sheet, "prescription") if "item" in line] == sent


def lines(sheet: dict[str, Any], section_id: str) -> list[dict[str, Any]]:
    return [line for section in sheet["sections"] if section["id"] == section_id for line in section["lines"]]


def names(clinic: ClinicOfTests, patient_id: str) -> list[str]:
    found = clinic.ehr.get(f"/v1/patients/{patient_id}/medication-list").get_json()
    return [item["name"] for item in found["items"]]


def pointers(problem: dict[str, Any]) -> list[str]:
    return [error["pointer"] for error in problem["errors"]]
