"""The audit trail: what was done, by whom, to whose data; together with the change or not at all."""

from typing import Any

from tests.web.conftest import ClinicOfTests
from tests.web.lists import asked, posted


def events(clinic: ClinicOfTests, query: str = "") -> list[dict[str, Any]]:
    """The trail, newest first, without what the tests themselves set up."""
    found = clinic.administrator.get(f"/v1/audit-events?limit=100{query}").get_json()["items"]
    return [event for event in found if event["request_id"] != "set-up"]


def test_what_was_done_to_a_patients_data_is_on_record_with_who_did_it(clinic: ClinicOfTests) -> None:
    receipt = clinic.intake.post("/v1/intake", asked("Water"), headers={"X-Request-Id": "form-1"}).get_json()
    clinic.nurse.get(receipt["checklist"]["links"]["pdf"])

    found = events(clinic, f"&patient_id={receipt['patient_id']}")

    assert [(event["action"], event["actor"]["role"]) for event in found] == [
        ("print_checklist", "nurse"),
        ("submit_intake", "intake"),
        ("issue_checklist", "intake"),
        ("create_patient", "intake"),
    ]
    assert found[1]["request_id"] == "form-1"
    assert found[2]["subject"] == f"checklist/{receipt['checklist']['id']}"


def test_no_event_holds_a_medicine_or_a_patients_name(clinic: ClinicOfTests) -> None:
    clinic.intake.post("/v1/intake", asked("Canary medicine"))

    trail = clinic.administrator.get("/v1/audit-events").get_data(as_text=True)

    assert "Canary" not in trail
    assert "Test Patient" not in trail


def test_a_refused_change_leaves_no_event_of_having_been_done(clinic: ClinicOfTests) -> None:
    clinic.intake.post("/v1/intake", posted("Water", treatment={"id": "unheard-of"}))

    assert [event["action"] for event in events(clinic)] == []


def test_being_refused_for_want_of_permission_is_on_record(clinic: ClinicOfTests) -> None:
    clinic.intake.get("/v1/patients")

    assert [(e["action"], e["outcome"], e["actor"]["role"]) for e in events(clinic)] == [
        ("access", "refused", "intake")
    ]


def test_the_record_of_a_refusal_names_what_was_wanted_and_whose_data(clinic: ClinicOfTests) -> None:
    receipt = clinic.intake.post("/v1/intake", posted("Water")).get_json()
    clinic.intake.get(f"/v1/patients/{receipt['patient_id']}/medication-list")

    refused = events(clinic, f"&patient_id={receipt['patient_id']}")[0]
    assert (refused["action"], refused["outcome"]) == ("access", "refused")
    assert refused["details"] == {"operation": "GET /v1/patients/<uuid:patient_id>/medication-list"}


def test_a_clinic_sees_its_own_trail_only(clinic: ClinicOfTests, other_clinic: ClinicOfTests) -> None:
    clinic.intake.post("/v1/intake", posted("Water"))

    assert events(other_clinic) == []


def test_every_patient_on_a_page_of_patients_has_an_event_of_its_own(clinic: ClinicOfTests) -> None:
    for number in ("1", "2", "3"):
        clinic.intake.post("/v1/intake", posted("Water", mrn=number))

    clinic.ehr.get("/v1/patients?limit=2")

    assert [event["action"] for event in events(clinic)].count("list_patients") == 2
