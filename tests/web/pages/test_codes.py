"""The look-up of a paper's code: the answer in one word, then whose sheet it is, then the difference."""

from typing import Any

import pytest

from tests.web.conftest import ClinicOfTests
from tests.web.lists import asked
from tests.web.pages.conftest import Browser, text_of

Json = dict[str, Any]


def issue(clinic: ClinicOfTests, *names: str, **fields: Any) -> Json:
    receipt = clinic.ehr.post("/v1/intake", asked(*names, **fields)).get_json()
    return {**receipt["checklist"], "patient_id": receipt["patient_id"]}


def look_up(nurse: Browser, code: str) -> str:
    page = nurse.get("/code", query_string={"code": code})
    assert page.status_code == 200
    return text_of(page).partition("Log out Español")[2]


def test_the_field_is_focused_and_enter_sends_what_a_scanner_types(nurse: Browser) -> None:
    page = nurse.get("/code").get_data(as_text=True)

    assert 'id="f-code"' in page
    assert "autofocus" in page.partition('id="f-code"')[2].partition(">")[0]
    assert "Look up" in page


def test_a_current_sheet_says_so_first_and_then_whose_it_is(nurse: Browser, clinic: ClinicOfTests) -> None:
    sheet = issue(clinic, "Water")
    for typed in (sheet["code"], sheet["code"].lower().replace("-", ""), f" {sheet['code']} "):
        said = look_up(nurse, typed)
        assert said.startswith(" Current")
        assert "Test Patient 01" in said
        assert "2 April 1961" in said
        assert "000123" in said
    page = nurse.get("/code", query_string={"code": sheet["code"]}).get_data(as_text=True)
    assert f"/checklists/{sheet['id']}" in page
    assert f"/patients/{sheet['patient_id']}" in page


def test_a_sheet_that_is_out_of_date_says_what_each_fact_was_and_is(
    nurse: Browser, clinic: ClinicOfTests
) -> None:
    sheet = issue(clinic, "Water", "Soap")
    listed = f"/v1/patients/{sheet['patient_id']}/medication-list"
    item = clinic.ehr.get(listed).get_json()["items"][0]["id"]
    clinic.ehr.patch(f"{listed}/items/{item}", {"dosage_text": "two cups"})
    clinic.ehr.post(f"{listed}/items", {"category": "supplement", "name": "Tea"})
    said = look_up(nurse, sheet["code"])

    assert said.startswith(" Out of date")
    assert "Changed Water Dose nothing on record two cups" in said
    assert "New on the list Tea" in said
    assert "the answer was “not asked”, now “yes”" in said
    assert "Soap" not in said


def test_a_withdrawn_sheet_says_who_took_it_back_and_why(nurse: Browser, clinic: ClinicOfTests) -> None:
    sheet = issue(clinic, "Water")
    clinic.nurse.post(f"/v1/checklists/{sheet['id']}/withdrawal", {"reason": "Wrong day."})
    said = look_up(nurse, sheet["code"])

    assert said.startswith(" Withdrawn")
    assert "Wrong day." in said
    assert "Test Nurse" in said


@pytest.mark.parametrize(
    ("code", "status", "said"),
    [
        ("", 422, "Code on the paper: This is needed."),
        ("000-000-001", 422, "a sign is wrong or missing"),
        ("12", 422, "a sign is wrong or missing"),
        ("000-000-000", 404, "No sheet of this clinic has this code."),
    ],
)
def test_a_mistyped_code_is_told_apart_from_an_unknown_one_and_both_are_kept_to_be_mended(
    nurse: Browser, code: str, status: int, said: str
) -> None:
    page = nurse.get("/code", query_string={"code": code})

    assert page.status_code == status
    assert said in text_of(page)
    assert f'value="{code}"' in page.get_data(as_text=True)


def test_another_clinics_code_answers_like_one_that_there_is_not(
    nurse: Browser, clinic: ClinicOfTests, other_clinic: ClinicOfTests
) -> None:
    theirs = issue(other_clinic, "Water")["code"]
    found = nurse.get("/code", query_string={"code": theirs})
    missing = nurse.get("/code", query_string={"code": "000-000-000"})

    assert found.status_code == missing.status_code == 404
    assert text_of(found) == text_of(missing)
