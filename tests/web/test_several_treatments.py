"""One checklist for several treatments over HTTP: asked for, shown, signed, renewed and in an EHR's terms."""

from datetime import UTC, datetime
from typing import Any

import pytest

from service.store.database import Database, Reach
from tests.guidance_of_tests import OTHER_TREATMENT, TREATMENT, other_guidance_of_tests
from tests.store.records import publish
from tests.web.conftest import ClinicOfTests
from tests.web.lists import posted

Json = dict[str, Any]
BOTH = [OTHER_TREATMENT, TREATMENT]
DAY = "2026-12-01"
WHERE = {"informant": {"kind": "patient"}, "collection_mode": "interview"}


@pytest.fixture
def treating(clinic: ClinicOfTests, database: Database) -> ClinicOfTests:
    """The clinic, which has guidance for another treatment too."""
    with database.transaction(Reach.ALL) as connection:
        publish(connection, clinic.id, other_guidance_of_tests(), "v1", datetime.now(UTC))
    return clinic


def issue(clinic: ClinicOfTests, treatment: Json, *names: str) -> Json:
    """The checklist that an intake asked for."""
    receipt = clinic.ehr.post("/v1/intake", posted(*(names or ("Water",)), treatment=treatment))
    assert receipt.status_code == 201, receipt.get_json()
    found: Json = clinic.ehr.get(receipt.get_json()["checklist"]["links"]["self"]).get_json()
    return found


def faults(clinic: ClinicOfTests, body: Json) -> list[tuple[str, str]]:
    patient = issue(clinic, {"id": TREATMENT})["patient"]["id"]
    answer = clinic.ehr.post(f"/v1/patients/{patient}/checklists", body)
    assert answer.status_code == 422
    return [(fault["pointer"], fault["code"]) for fault in answer.get_json()["errors"]]


def test_the_list_stands_once_and_each_document_is_named_with_what_it_says(treating: ClinicOfTests) -> None:
    sheet = issue(treating, {"ids": BOTH, "planned_start": DAY}, "Water", "Soap")
    assert sheet["treatment"] == {"id": "examplinib+sampletin", "name": "Examplinib + Sampletin"}
    assert [one["id"] for one in sheet["treatments"]] == [TREATMENT, OTHER_TREATMENT]
    assert [one["guidance"]["document_id"] for one in sheet["treatments"]] == [
        "example-leaflet",
        "sample-leaflet",
    ]
    assert sheet["guidance"] is None
    lines = [line for section in sheet["sections"] for line in section["lines"]]
    assert [line["text"] for line in lines if "item" in line] == ["Water", "Soap"]
    cited = {
        (line["treatment"], citation["document"])
        for line in lines
        if line["kind"] == "guidance"
        for citation in line["citations"]
    }
    assert cited == {(TREATMENT, "example-leaflet"), (OTHER_TREATMENT, "sample-leaflet")}
    assert [one["treatment"] for one in sheet["guidance_today"]] == [TREATMENT, OTHER_TREATMENT]
    for form, kind in (("html", "text/html; charset=utf-8"), ("pdf", "application/pdf")):
        assert treating.ehr.get(sheet["links"][form]).content_type == kind


def test_a_sheet_for_one_of_a_list_is_a_sheet_for_one(treating: ClinicOfTests) -> None:
    one, listed = (issue(treating, asked) for asked in ({"id": TREATMENT}, {"ids": [TREATMENT]}))
    assert one["content_digest"] == listed["content_digest"]
    assert one["treatment"] == listed["treatment"] == {"id": TREATMENT, "name": "Examplinib"}


@pytest.mark.parametrize(
    ("body", "named"),
    [
        ({}, [("/treatment", "required")]),
        ({"treatments": []}, [("/treatment", "required")]),
        ({"treatment": TREATMENT, "treatments": BOTH}, [("/treatments", "one_or_several")]),
        ({"treatments": [TREATMENT, TREATMENT]}, [("/treatments/1", "repeated")]),
        ({"treatments": list("abcdef")}, [("/treatments", "too_many")]),
        ({"treatments": [TREATMENT, 1]}, [("/treatments/1", "type")]),
        (
            {"treatments": ["no-such", TREATMENT, "nor-such"]},
            [("/treatments/0", "unknown_treatment"), ("/treatments/2", "unknown_treatment")],
        ),
        ({"treatments": ["no-such"]}, [("/treatments/0", "unknown_treatment")]),
        ({"treatment": "examplinib+sampletin"}, [("/treatment", "unknown_treatment")]),
    ],
)
def test_each_fault_of_the_treatments_is_named_where_it_is(
    treating: ClinicOfTests, body: Json, named: list[tuple[str, str]]
) -> None:
    issue(treating, {"ids": BOTH})
    assert faults(treating, body) == named


def test_a_change_of_the_list_voids_only_the_signatures_of_what_it_touches(treating: ClinicOfTests) -> None:
    sheet = issue(treating, {"ids": BOTH, "planned_start": DAY})
    for section in ("prescription", "tell"):
        digest = next(one["content_digest"] for one in sheet["sections"] if one["id"] == section)
        body = {"role": "nurse", "name": "Test Nurse", "content_digest": digest}
        signed = treating.nurse.post(f"/v1/checklists/{sheet['id']}/sections/{section}/sign-offs", body)
        assert signed.status_code == 201, signed.get_json()
    more = {"name": "Soap", "category": "prescription", **WHERE}
    address = f"/v1/patients/{sheet['patient']['id']}/medication-list/items"
    assert treating.ehr.post(address, more).status_code == 201
    again = treating.ehr.get(sheet["links"]["self"]).get_json()
    assert {one["section"]: one["status"] for one in again["sign_offs"]} == {
        "prescription": "void",
        "tell": "holds",
    }
    assert again["status"] == "superseded"


def test_a_days_print_renews_it_for_the_same_treatments_and_the_worklist_shows_it_once(
    treating: ClinicOfTests,
) -> None:
    single = issue(treating, {"id": TREATMENT, "planned_start": DAY})
    together = issue(treating, {"ids": BOTH, "planned_start": DAY}, "Water", "Soap")
    (row,) = treating.nurse.get(f"/v1/worklist?date={DAY}").get_json()["items"]
    assert row["checklist"]["id"] == together["id"]
    assert row["checklist"]["treatment"]["name"] == "Examplinib + Sampletin"
    reference = treating.ehr.get(f"/fhir/DocumentReference/{together['id']}").get_json()
    assert [one["target"]["reference"] for one in reference["relatesTo"]] == [
        f"DocumentReference/{single['id']}"
    ]
    composition = treating.ehr.get(f"/fhir/Composition/{together['id']}").get_json()
    assert composition["event"][0]["code"] == [{"text": "Examplinib"}, {"text": "Sampletin"}]
    more = {"name": "Tea", "category": "prescription", **WHERE}
    treating.ehr.post(f"/v1/patients/{together['patient']['id']}/medication-list/items", more)
    assert treating.nurse.post("/v1/print-batches", {"date": DAY}).status_code in (200, 201)
    (renewed,) = treating.nurse.get(f"/v1/worklist?date={DAY}").get_json()["items"]
    assert renewed["checklist"]["id"] != together["id"]
    assert renewed["checklist"]["treatment"] == together["treatment"]
