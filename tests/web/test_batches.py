"""Print batches: a day's sheets or the named ones in one PDF, each patient's own way, behind a cover."""

from typing import Any
from uuid import UUID

import pytest
from werkzeug.test import TestResponse

from tests.formats.printout.reading import page_sizes, pdf_pages, run_on
from tests.web.conftest import Caller, ClinicOfTests
from tests.web.lists import TREATMENT_ASKED, asked

DAY = TREATMENT_ASKED["planned_start"]
NOBODYS = "00000000-0000-7000-8000-000000000000"


def patient(number: int, *names: str, caller: Caller, **changes: Any) -> dict[str, Any]:
    """A patient's intake for the day of the tests."""
    sent = asked(*names, mrn=f"{number:06d}")
    sent["patient"] |= {"name": f"Test Patient {number:02d}", **changes}
    receipt = caller.post("/v1/intake", sent)
    assert receipt.status_code == 201, receipt.data
    found: dict[str, Any] = receipt.get_json()
    return found


def printed(clinic: ClinicOfTests, body: dict[str, Any], **headers: str) -> TestResponse:
    return clinic.nurse.post("/v1/print-batches", body, headers=headers)


def cover_of(response: TestResponse) -> str:
    assert response.status_code == 200, response.data
    return " ".join(pdf_pages(response.data)[0].split())


def test_a_day_is_one_pdf_with_a_cover_that_names_everybody_who_is_planned(clinic: ClinicOfTests) -> None:
    for number in (1, 2):
        patient(number, "Water", caller=clinic.ehr)

    response = printed(clinic, {"date": DAY})

    assert response.content_type == "application/pdf"
    assert response.headers["Content-Disposition"] == f'attachment; filename="checklists-{DAY}.pdf"'
    cover = cover_of(response)
    assert "Cover of the sheets for 1 December 2026" in cover
    assert "First clinic" in cover
    assert "Made by Test Nurse" in cover
    assert "Not checked for interactions." in cover
    assert "Never give it to a patient." in cover
    assert "Sheets printed 2" in cover
    for number in (1, 2):
        assert f"Test Patient {number:02d}" in cover
        assert f"{number:06d}" in cover


def test_another_clinics_sheet_is_named_on_the_cover_like_one_that_never_was(
    clinic: ClinicOfTests, other_clinic: ClinicOfTests
) -> None:
    theirs = patient(7, "Water", caller=other_clinic.ehr)["checklist"]["id"]
    ours = patient(1, "Water", caller=clinic.ehr)["checklist"]["id"]

    texts = []
    for sent in (theirs, NOBODYS):
        cover = pdf_pages(printed(clinic, {"checklists": [sent, ours]}).data)[0]
        assert "Not a sheet of this clinic" in cover
        assert "There is no such sheet in this clinic." in cover
        lines = [line for line in cover.splitlines() if "Made " not in line]
        # A hyphen at the end of a line is read back as none.
        texts.append(run_on("".join(lines)).replace("-", "").replace(sent.replace("-", ""), "…"))

    assert texts[0] == texts[1]
    assert "…" in texts[0]


def test_sheets_of_which_none_is_of_the_clinic_are_not_found(clinic: ClinicOfTests) -> None:
    refused = printed(clinic, {"checklists": [NOBODYS]})

    assert (refused.status_code, refused.get_json()["code"]) == (404, "not_found")


@pytest.mark.parametrize("body", [{}, {"checklists": []}, {"date": DAY, "checklists": [NOBODYS]}])
def test_a_batch_is_of_a_day_or_of_named_sheets(clinic: ClinicOfTests, body: dict[str, Any]) -> None:
    refused = printed(clinic, body)

    assert refused.status_code == 422
    assert [fault["code"] for fault in refused.get_json()["errors"]] == ["date_or_checklists"]


def test_a_day_that_nobody_is_planned_for_says_so(clinic: ClinicOfTests) -> None:
    refused = printed(clinic, {"date": DAY})

    assert (refused.status_code, refused.get_json()["code"]) == (404, "nothing_planned")


def test_each_patient_has_the_paper_and_the_size_of_their_sheet_in_one_pdf(clinic: ClinicOfTests) -> None:
    first = patient(1, "Water", caller=clinic.ehr)["patient_id"]
    wanted = {"treatment": TREATMENT_ASKED["id"], "paper": "letter", "print_size": "large"}
    letter = clinic.ehr.post(f"/v1/patients/{first}/checklists", wanted).get_json()["id"]
    a4 = patient(2, "Soap", caller=clinic.ehr)["checklist"]["id"]

    response = printed(clinic, {"checklists": [letter, a4]})

    assert page_sizes(response.data) == {(595, 842), (612, 792)}


def test_a_sheet_out_of_date_is_issued_anew_for_a_day_and_left_for_a_list(clinic: ClinicOfTests) -> None:
    receipt = patient(1, "Water", caller=clinic.ehr)
    patient(1, "Water", "Soap", caller=clinic.ehr)
    old = receipt["checklist"]["id"]

    as_it_is = cover_of(printed(clinic, {"checklists": [old]}))
    renewed = cover_of(printed(clinic, {"checklists": [old], "renew": True}))

    assert "Out of date" in as_it_is
    assert "Issued anew" not in as_it_is
    assert "Out of date" not in renewed
    assert "Issued anew" in renewed


def test_the_same_key_issues_nothing_again_and_prints_the_same_sheets(clinic: ClinicOfTests) -> None:
    receipt = patient(1, "Water", caller=clinic.ehr)
    clinic.ehr.put(
        f"/v1/patients/{receipt['patient_id']}/medication-list",
        {"items": [{"name": "Soap"}]},
        headers={"If-Match": "*"},
    )
    key = {"Idempotency-Key": "evening-1"}

    first, second = (printed(clinic, {"date": DAY}, **key) for _ in range(2))

    assert cover_of(first) == cover_of(second)
    address = f"/v1/patients/{receipt['patient_id']}/checklists"
    assert len(clinic.ehr.get(address).get_json()["items"]) == 2


def test_each_patient_has_an_audit_event_of_the_print(clinic: ClinicOfTests) -> None:
    receipts = [patient(number, "Water", caller=clinic.ehr) for number in (1, 2)]

    printed(clinic, {"date": DAY})

    events = clinic.administrator.get("/v1/audit-events?limit=20").get_json()["items"]
    found = {UUID(e["patient_id"]) for e in events if e["action"] == "print_checklist"}
    assert found == {UUID(receipt["patient_id"]) for receipt in receipts}
