"""Patients and treatments over HTTP."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from flask import Flask

from tests.web.conftest import Caller, ClinicOfTests
from tests.web.lists import posted

POSTED = {
    "identifier": {"system": "urn:clinic:mrn", "value": "a|b"},
    "name": "Test Patient 01",
    "birth_date": "1961",
    "language": "es",
}


def test_a_patient_is_created_with_a_list_on_which_nothing_was_asked(clinic: ClinicOfTests) -> None:
    created = clinic.ehr.post("/v1/patients", POSTED)

    assert created.status_code == 201
    address = created.headers["Location"]
    assert clinic.ehr.get(address).get_json() == created.get_json()
    listed = clinic.ehr.get(f"{address}/medication-list").get_json()
    assert {answer["answer"] for answer in listed["categories"].values()} == {"not_asked"}
    assert listed["version"] == 1


def test_an_identifier_belongs_to_one_patient_of_a_clinic(
    clinic: ClinicOfTests, other_clinic: ClinicOfTests
) -> None:
    clinic.ehr.post("/v1/patients", POSTED)

    assert clinic.ehr.post("/v1/patients", POSTED).status_code == 409
    assert other_clinic.ehr.post("/v1/patients", POSTED).status_code == 201


def test_a_patient_is_found_by_identifier(clinic: ClinicOfTests) -> None:
    body = {"identifier": {"system": "urn:clinic:mrn", "value": "17"}}
    created = clinic.ehr.post("/v1/patients", body).get_json()

    found = clinic.ehr.get("/v1/patients?identifier=urn:clinic:mrn|17").get_json()

    assert found == {"items": [created], "next": None}
    assert clinic.ehr.get("/v1/patients?identifier=urn:clinic:mrn|18").get_json()["items"] == []
    assert clinic.ehr.get("/v1/patients?identifier=17").status_code == 422
    assert clinic.ehr.get("/v1/patients?identifier=").status_code == 422


def test_patients_come_in_pages_each_once(clinic: ClinicOfTests) -> None:
    for number in range(5):
        clinic.ehr.post("/v1/patients", {"identifier": {"system": "urn:s", "value": str(number)}})

    seen: list[str] = []
    address: str | None = "/v1/patients?limit=2"
    while address:
        answer = clinic.ehr.get(address)
        seen += [patient["identifiers"][0]["value"] for patient in answer.get_json()["items"]]
        link = answer.headers.get("Link")
        address = link.split(">")[0][1:] if link else None

    assert sorted(seen) == ["0", "1", "2", "3", "4"]


def test_what_a_change_leaves_out_stays_and_null_takes_away(clinic: ClinicOfTests) -> None:
    address = clinic.ehr.post("/v1/patients", POSTED).headers["Location"]

    changed = clinic.nurse.patch(address, {"print_size": "large", "language": None}).get_json()

    assert changed["name"] == "Test Patient 01"
    assert (changed["print_size"], changed["language"]) == ("large", None)


def test_a_change_that_was_made_from_an_older_record_is_refused_and_changes_nothing(
    clinic: ClinicOfTests,
) -> None:
    created = clinic.ehr.post("/v1/patients", POSTED)
    address, first = created.headers["Location"], created.headers["ETag"]
    assert clinic.ehr.get(address).headers["ETag"] == first

    second = clinic.ehr.patch(address, {"name": "Test Patient 02"}, headers={"If-Match": first})
    late = clinic.nurse.patch(address, {"name": "Test Patient 03"}, headers={"If-Match": first})

    assert second.status_code == 200
    assert second.headers["ETag"] != first
    assert (late.status_code, late.get_json()["code"]) == (412, "stale_version")
    assert late.headers["ETag"] == second.headers["ETag"]
    assert clinic.ehr.get(address).get_json()["name"] == "Test Patient 02"


@pytest.mark.parametrize(
    ("tag", "status"), [("*", 200), ("nonsense", 412), ('W/"1"', 412), ('"1", "2"', 412)]
)
def test_a_tag_of_nobody_is_stale_and_a_star_says_nothing(
    clinic: ClinicOfTests, tag: str, status: int
) -> None:
    address = clinic.ehr.post("/v1/patients", POSTED).headers["Location"]
    assert clinic.ehr.patch(address, {"name": "A"}, headers={"If-Match": tag}).status_code == status


def test_nobody_is_born_after_today(clinic: ClinicOfTests) -> None:
    ahead = str(datetime.now(UTC).year + 1)
    address = clinic.ehr.post("/v1/patients", POSTED).headers["Location"]
    body = posted("Water", mrn="7")
    body["patient"]["birth_date"] = ahead

    refused = [
        (clinic.ehr.post("/v1/patients", {**POSTED, "birth_date": ahead}), "/birth_date"),
        (clinic.ehr.patch(address, {"birth_date": ahead}), "/birth_date"),
        (clinic.intake.post("/v1/intake", body), "/patient/birth_date"),
    ]

    for answer, pointer in refused:
        assert answer.status_code == 422
        faults = [(fault["pointer"], fault["code"]) for fault in answer.get_json()["errors"]]
        assert faults == [(pointer, "birth_date_ahead")]
    assert clinic.ehr.get(address).get_json()["birth_date"] == "1961"


def test_two_who_change_different_things_of_a_patient_at_once_both_keep_their_change(
    app: Flask, clinic: ClinicOfTests
) -> None:
    address = clinic.ehr.post("/v1/patients", POSTED).headers["Location"]

    def change(changes: dict[str, str]) -> int:
        return Caller(app.test_client(), clinic.ehr.secret).patch(address, changes).status_code

    with ThreadPoolExecutor(8) as threads:
        for turn in range(6):
            ours = {"name": f"Test Patient {turn}"}
            theirs = {"language": f"x-{turn}"}
            assert list(threads.map(change, [ours, theirs])) == [200, 200]
            found = clinic.ehr.get(address).get_json()
            assert (found["name"], found["language"]) == (ours["name"], theirs["language"])


def test_a_treatments_guidance_has_its_citations_and_reviews(clinic: ClinicOfTests) -> None:
    listed = clinic.intake.get("/v1/treatments").get_json()["items"]
    one = clinic.intake.get(f"/v1/treatments/{listed[0]['id']}").get_json()

    assert one == listed[0]
    assert all(statement["citations"] for statement in one["statements"])
    assert {statement["reviewed_by"] for statement in one["statements"]} == {"The tests"}
    assert clinic.intake.get("/v1/treatments/unheard-of").status_code == 404
