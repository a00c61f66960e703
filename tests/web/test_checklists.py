"""Checklists over HTTP: JSON, page and PDF of one checklist, its code and its end."""

from typing import Any

from service.domain.checklists.short_code import ALPHABET
from tests.web.conftest import ClinicOfTests
from tests.web.lists import TREATMENT_ASKED, asked, posted


def issue(clinic: ClinicOfTests, *names: str) -> dict[str, Any]:
    receipt: dict[str, Any] = clinic.ehr.post("/v1/intake", asked(*names)).get_json()
    return receipt


def test_one_checklist_comes_as_json_page_and_pdf_by_accept_and_by_suffix(clinic: ClinicOfTests) -> None:
    links = issue(clinic, "Water")["checklist"]["links"]

    page = clinic.ehr.get(links["self"], headers={"Accept": "text/html"})
    pdf = clinic.ehr.get(links["self"], headers={"Accept": "application/pdf"})

    assert page.content_type == "text/html; charset=utf-8"
    assert "Water" in page.get_data(as_text=True)
    assert page.data == clinic.ehr.get(links["html"]).data
    assert pdf.data.startswith(b"%PDF-")
    assert pdf.data == clinic.ehr.get(links["pdf"]).data
    assert clinic.ehr.get(links["self"], headers={"Accept": "image/png"}).status_code == 406


def test_a_nurse_issues_a_checklist_for_a_patient_on_file(clinic: ClinicOfTests) -> None:
    patient_id = clinic.intake.post("/v1/intake", posted("Water")).get_json()["patient_id"]
    wanted = {
        "treatment": TREATMENT_ASKED["id"],
        "planned_start": "2026-12-01",
        "paper": "letter",
        "print_size": "large",
    }

    issued = clinic.nurse.post(f"/v1/patients/{patient_id}/checklists", wanted)

    assert issued.status_code == 201
    body = issued.get_json()
    assert (body["paper"], body["print_size"], body["planned_start"]) == ("letter", "large", "2026-12-01")
    assert body["issued_by"]["name"] == "Test Nurse"
    listed = clinic.nurse.get(f"/v1/patients/{patient_id}/checklists").get_json()["items"]
    assert [entry["id"] for entry in listed] == [body["id"]]


def test_a_change_of_the_list_makes_the_printed_sheet_say_so_by_its_code(clinic: ClinicOfTests) -> None:
    receipt = issue(clinic, "Water")
    address = receipt["checklist"]["links"]["self"]
    as_issued = clinic.ehr.get(address).get_json()

    clinic.ehr.post("/v1/intake", posted("Water", "Soap"))

    found = clinic.nurse.get(f"/v1/checklists/by-code/{receipt['checklist']['code']}").get_json()
    assert found["status"] == "superseded"
    assert [(change["kind"], change["text"]) for change in found["changes"]["items"]] == [("added", "Soap")]
    state = {"status", "latest_version", "changes", "withdrawn"}
    assert {k: v for k, v in found.items() if k not in state} == {
        k: v for k, v in as_issued.items() if k not in state
    }
    assert "Out of date" in clinic.ehr.get(address + ".html").get_data(as_text=True)


def test_a_code_is_read_however_it_was_typed_and_a_wrong_sign_is_noticed(clinic: ClinicOfTests) -> None:
    code = issue(clinic, "Water")["checklist"]["code"]

    assert clinic.nurse.get(f"/v1/checklists/by-code/{code.lower().replace('-', ' ')}").status_code == 200

    wrong = ALPHABET[(ALPHABET.index(code[0]) + 1) % len(ALPHABET)] + code[1:]
    mistyped = clinic.nurse.get(f"/v1/checklists/by-code/{wrong}")
    assert (mistyped.status_code, mistyped.get_json()["code"]) == (404, "mistyped_code")


def test_a_sheet_is_taken_back_once_with_a_reason_by_a_person(clinic: ClinicOfTests) -> None:
    address = issue(clinic, "Water")["checklist"]["links"]["self"]
    reason = {"reason": "printed for the wrong visit"}

    assert clinic.ehr.post(f"{address}/withdrawal", reason).status_code == 403
    taken_back = clinic.nurse.post(f"{address}/withdrawal", reason)
    again = clinic.nurse.post(f"{address}/withdrawal", reason)

    assert taken_back.status_code == 200
    assert taken_back.get_json()["status"] == "withdrawn"
    assert taken_back.get_json()["withdrawn"]["reason"] == reason["reason"]
    assert again.status_code == 409
    assert "Withdrawn" in clinic.ehr.get(address + ".html").get_data(as_text=True)


def test_a_name_that_no_font_has_makes_the_pdf_a_clear_error_and_the_page_still_prints(
    clinic: ClinicOfTests,
) -> None:
    unwritable = "Tea \U000f1234"  # A private sign, which no font of any machine has.
    links = issue(clinic, unwritable)["checklist"]["links"]

    pdf = clinic.ehr.get(links["pdf"])
    page = clinic.ehr.get(links["html"])

    assert pdf.status_code == 409
    assert pdf.get_json()["code"] == "unprintable"
    assert unwritable in page.get_data(as_text=True)


def test_there_is_no_checklist_for_a_treatment_without_guidance(clinic: ClinicOfTests) -> None:
    patient_id = clinic.intake.post("/v1/intake", posted("Water")).get_json()["patient_id"]

    refused = clinic.ehr.post(f"/v1/patients/{patient_id}/checklists", {"treatment": "unheard-of"})

    assert refused.status_code == 422
    assert refused.get_json()["errors"][0]["pointer"] == "/treatment"
