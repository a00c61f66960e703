"""Signatures and marks over HTTP: one section and one line at a time, and bound to what they say."""

from typing import Any

import pytest
from werkzeug.test import TestResponse

from tests.web.conftest import ClinicOfTests
from tests.web.lists import asked, posted

Json = dict[str, Any]
SIGNABLE = ["prescription", "over_the_counter", "supplement", "open_question", "tell", "treatment"]
NURSE = {"role": "nurse", "name": "Test Nurse"}


def issue(clinic: ClinicOfTests, *names: str, **fields: Any) -> Json:
    receipt = clinic.ehr.post("/v1/intake", asked(*names, **fields)).get_json()
    sheet: Json = clinic.ehr.get(receipt["checklist"]["links"]["self"]).get_json()
    return sheet


def digest(sheet: Json, section: str) -> str:
    return next(part["content_digest"] for part in sheet["sections"] if part["id"] == section)  # type: ignore[no-any-return]


def sign(clinic: ClinicOfTests, sheet: Json, section: str, **fields: Any) -> TestResponse:
    body = {**NURSE, "content_digest": digest(sheet, section), **fields}
    if section in ("over_the_counter", "supplement"):
        body.setdefault("deferred_reason", "Asked by phone tomorrow.")
    return clinic.nurse.post(f"/v1/checklists/{sheet['id']}/sections/{section}/sign-offs", body)


def held(sheet: Json) -> dict[str, str]:
    return {signed["section"]: signed["status"] for signed in sheet["sign_offs"]}


def reread(clinic: ClinicOfTests, sheet: Json) -> Json:
    read: Json = clinic.nurse.get(f"/v1/checklists/{sheet['id']}").get_json()
    return read


@pytest.mark.parametrize("section", SIGNABLE)
def test_a_section_is_signed_by_itself_and_no_other_with_it(clinic: ClinicOfTests, section: str) -> None:
    sheet = issue(clinic, "Water")
    signed = sign(clinic, sheet, section)

    assert signed.status_code == 201
    assert held(signed.get_json()) == {section: "holds"}
    assert reread(clinic, sheet)["sign_offs"] == signed.get_json()["sign_offs"]
    assert signed.get_json()["sign_offs"][0]["text"].startswith("Signed by Test Nurse, nurse, ")


@pytest.mark.parametrize("section", ["gaps", "sign_off", "uncategorized", "no_such"])
def test_what_is_not_there_to_sign_is_not_found(clinic: ClinicOfTests, section: str) -> None:
    sheet = issue(clinic, "Water")
    body = {**NURSE, "content_digest": sheet["sections"][0]["content_digest"]}
    answer = clinic.nurse.post(f"/v1/checklists/{sheet['id']}/sections/{section}/sign-offs", body)

    assert (answer.status_code, answer.get_json()["code"]) == (404, "not_found")


def test_a_category_that_was_not_asked_is_signed_with_a_reason_only(clinic: ClinicOfTests) -> None:
    sheet = issue(clinic, "Water")
    refused = sign(clinic, sheet, "supplement", deferred_reason=None)

    assert refused.status_code == 422
    assert [(e["pointer"], e["code"]) for e in refused.get_json()["errors"]] == [
        ("/deferred_reason", "required")
    ]
    signed = sign(clinic, sheet, "supplement", deferred_reason="Asked by phone tomorrow.").get_json()
    assert signed["sign_offs"][0]["deferred_reason"] == "Asked by phone tomorrow."
    assert "Asked by phone tomorrow." in signed["sign_offs"][0]["deferred_text"]


def test_another_digest_than_the_sections_signs_nothing(clinic: ClinicOfTests) -> None:
    sheet = issue(clinic, "Water")
    answer = sign(clinic, sheet, "tell", content_digest=digest(sheet, "treatment"))

    assert (answer.status_code, answer.get_json()["code"]) == (409, "digest_differs")
    assert reread(clinic, sheet)["sign_offs"] == []


def test_a_change_of_the_list_undoes_only_the_signature_that_it_touches(clinic: ClinicOfTests) -> None:
    sheet = issue(clinic, "Water")
    for section in SIGNABLE:
        sign(clinic, sheet, section)

    address = f"/v1/patients/{sheet['patient']['id']}/medication-list/items"
    clinic.nurse.post(address, {"category": "supplement", "name": "Tea", "strength": "1 g"})

    expected = dict.fromkeys(SIGNABLE, "holds") | {"supplement": "void"}
    old = reread(clinic, sheet)
    assert held(old) == expected
    touched = next(signed for signed in old["sign_offs"] if signed["section"] == "supplement")
    assert touched["name"] == "Test Nurse"
    assert touched["status_text"] == "Out of date: the section has changed since it was signed."

    wanted = {"treatment": sheet["treatment"]["id"]}
    new = clinic.nurse.post(f"/v1/patients/{sheet['patient']['id']}/checklists", wanted).get_json()
    assert held(new) == expected


def test_an_old_sheet_is_not_signed_where_the_list_has_moved_on(clinic: ClinicOfTests) -> None:
    sheet = issue(clinic, "Water")
    clinic.ehr.post("/v1/intake", posted("Water", "Soap"))

    assert sign(clinic, sheet, "prescription").status_code == 409
    assert sign(clinic, sheet, "tell").status_code == 201


def test_a_withdrawn_sheet_is_neither_signed_nor_marked(clinic: ClinicOfTests) -> None:
    sheet = issue(clinic, "Water")
    line = sheet["sections"][1]["lines"][0]["id"]
    clinic.nurse.post(f"/v1/checklists/{sheet['id']}/withdrawal", {"reason": "Wrong day."})

    marked = clinic.nurse.put(f"/v1/checklists/{sheet['id']}/lines/{line}/mark", {"mark": "discussed"})
    for answer in (sign(clinic, sheet, "tell"), marked):
        assert (answer.status_code, answer.get_json()["code"]) == (409, "withdrawn")


def test_no_key_signs_or_marks_for_a_person(clinic: ClinicOfTests) -> None:
    sheet = issue(clinic, "Water")
    body = {**NURSE, "content_digest": digest(sheet, "tell")}
    for key in (clinic.administrator, clinic.ehr):
        signed = key.post(f"/v1/checklists/{sheet['id']}/sections/tell/sign-offs", body)
        marked = key.put(f"/v1/checklists/{sheet['id']}/lines/statement-x/mark", {"mark": "discussed"})
        assert (signed.status_code, marked.status_code) == (403, 403)


def test_several_people_sign_one_section(clinic: ClinicOfTests) -> None:
    sheet = issue(clinic, "Water")
    for role, name in (
        ("nurse", "Test Nurse"),
        ("patient", "Test Patient 01"),
        ("provider", "Test Doctor 01"),
    ):
        assert sign(clinic, sheet, "tell", role=role, name=name).status_code == 201

    assert [signed["role"] for signed in reread(clinic, sheet)["sign_offs"]] == [
        "provider",
        "patient",
        "nurse",
    ]


def test_a_signature_is_taken_back_once_with_a_reason(clinic: ClinicOfTests) -> None:
    sheet = issue(clinic, "Water")
    made = sign(clinic, sheet, "tell").get_json()["sign_offs"][0]
    address = f"/v1/checklists/{sheet['id']}/sections/tell/sign-offs/{made['id']}/withdrawal"
    back = clinic.nurse.post(address, {"reason": "Wrong person."})

    assert back.status_code == 200
    signed = back.get_json()["sign_offs"][0]
    assert (signed["status"], signed["withdrawn"]["reason"]) == ("withdrawn", "Wrong person.")
    again = clinic.nurse.post(address, {"reason": "Wrong person."})
    assert (again.status_code, again.get_json()["code"]) == (409, "already_withdrawn")
    elsewhere = address.replace("/tell/", "/treatment/")
    assert clinic.nurse.post(elsewhere, {"reason": "x"}).status_code == 404


def test_the_same_signature_posted_twice_under_one_key_is_one(clinic: ClinicOfTests) -> None:
    sheet = issue(clinic, "Water")
    body = {**NURSE, "content_digest": digest(sheet, "tell")}
    address = f"/v1/checklists/{sheet['id']}/sections/tell/sign-offs"
    answers = [clinic.nurse.post(address, body, headers={"Idempotency-Key": "one"}) for _ in range(2)]

    assert answers[0].data == answers[1].data
    assert len(reread(clinic, sheet)["sign_offs"]) == 1


def test_the_latest_mark_of_a_line_counts_and_can_be_taken_back(clinic: ClinicOfTests) -> None:
    sheet = issue(clinic, "Water", "Soap")
    line = sheet["sections"][1]["lines"][1]["id"]
    address = f"/v1/checklists/{sheet['id']}/lines/{line}/mark"

    clinic.nurse.put(address, {"mark": "discussed"})
    marks = clinic.nurse.put(address, {"mark": "not_taking", "note": "Since May."}).get_json()["marks"]
    assert [(m["line"], m["mark"], m["note"]) for m in marks] == [(line, "not_taking", "Since May.")]
    assert marks[0]["text"].startswith("Not taken – Test Nurse, ")

    unchanged = clinic.nurse.get(f"/v1/patients/{sheet['patient']['id']}/medication-list").get_json()
    assert unchanged["version"] == 1
    assert clinic.nurse.put(address, {"mark": None}).get_json()["marks"] == []


def test_a_mark_stays_on_a_new_sheet_while_its_line_says_the_same(clinic: ClinicOfTests) -> None:
    sheet = issue(clinic, "Water", "Soap")
    lines = [line["id"] for line in sheet["sections"][1]["lines"]]
    for line in lines:
        clinic.nurse.put(f"/v1/checklists/{sheet['id']}/lines/{line}/mark", {"mark": "told_provider"})

    patient = sheet["patient"]["id"]
    item = sheet["sections"][1]["lines"][0]["item"]["id"]
    clinic.nurse.patch(f"/v1/patients/{patient}/medication-list/items/{item}", {"strength": "5 mg"})
    new = clinic.nurse.post(
        f"/v1/patients/{patient}/checklists", {"treatment": sheet["treatment"]["id"]}
    ).get_json()

    assert [mark["line"] for mark in new["marks"]] == lines[1:]


@pytest.mark.parametrize("line", ["no-such-line", "sign-nurse"])
def test_a_line_that_is_not_there_or_is_for_a_pen_is_not_marked(clinic: ClinicOfTests, line: str) -> None:
    sheet = issue(clinic, "Water")
    answer = clinic.nurse.put(f"/v1/checklists/{sheet['id']}/lines/{line}/mark", {"mark": "discussed"})

    assert answer.status_code == 404


def test_signatures_for_another_treatment_or_patient_do_not_show(clinic: ClinicOfTests) -> None:
    sheet = issue(clinic, "Water")
    sign(clinic, sheet, "tell")

    assert issue(clinic, "Water", mrn="000999")["sign_offs"] == []
