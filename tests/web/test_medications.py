"""The medication list over HTTP."""

from typing import Any

import pytest

from tests.web.conftest import ClinicOfTests
from tests.web.lists import posted


@pytest.fixture
def address(clinic: ClinicOfTests) -> str:
    """A patient's list with one prescription item."""
    receipt = clinic.ehr.post("/v1/intake", posted("Water")).get_json()
    return f"/v1/patients/{receipt['patient_id']}/medication-list"


def whole(*names: str, **fields: Any) -> dict[str, Any]:
    body = posted(*names, **fields)
    del body["patient"]
    return body


def test_the_etag_of_a_list_is_its_version(clinic: ClinicOfTests, address: str) -> None:
    assert clinic.ehr.get(address).headers["ETag"] == '"1"'


def test_a_whole_list_is_put_on_the_version_it_was_made_from(clinic: ClinicOfTests, address: str) -> None:
    put = clinic.ehr.put(address, whole("Water", "Soap"), headers={"If-Match": '"1"'})

    assert put.status_code == 200
    assert put.headers["ETag"] == '"2"'
    assert [item["name"] for item in put.get_json()["items"]] == ["Water", "Soap"]


def test_a_put_with_an_old_etag_is_refused_and_changes_nothing(clinic: ClinicOfTests, address: str) -> None:
    clinic.ehr.put(address, whole("Water", "Soap"), headers={"If-Match": '"1"'})

    for stale in ('"1"', 'W/"2"', '"x"', '"1", "2"'):
        refused = clinic.ehr.put(address, whole("Sand"), headers={"If-Match": stale})
        assert refused.status_code == 412
        assert refused.headers["ETag"] == '"2"'

    assert clinic.ehr.get(address).get_json()["version"] == 2


def test_a_put_without_if_match_is_asked_for_it(clinic: ClinicOfTests, address: str) -> None:
    assert clinic.ehr.put(address, whole("Soap")).status_code == 428


def test_an_item_is_the_same_one_when_the_list_is_sent_again(clinic: ClinicOfTests, address: str) -> None:
    before = clinic.ehr.get(address).get_json()["items"][0]["id"]

    put = clinic.ehr.put(address, whole("Soap", "Water"), headers={"If-Match": '"1"'}).get_json()

    assert [item["id"] for item in put["items"]].index(before) == 1
    assert put["earlier_items"] == []


def test_none_cannot_be_answered_while_there_are_items(clinic: ClinicOfTests, address: str) -> None:
    answer = {"answer": "none_reported", "informant": {"kind": "patient"}, "collection_mode": "interview"}

    refused = clinic.nurse.put(f"{address}/categories/prescription", answer)
    kept = clinic.nurse.put(f"{address}/categories/supplement", answer)

    assert refused.status_code == 422
    assert refused.get_json()["errors"][0]["pointer"] == "/answer"
    assert kept.get_json()["categories"]["supplement"]["answer"] == "none_reported"
    assert kept.get_json()["categories"]["supplement"]["attribution"]["recorder"]["name"] == "Test Nurse"


def test_an_item_is_added_changed_and_marked_as_an_error(clinic: ClinicOfTests, address: str) -> None:
    added = clinic.nurse.post(f"{address}/items", {"name": "Soap", "category": "supplement"})
    assert added.status_code == 201
    item_id = added.get_json()["items"][1]["id"]

    changed = clinic.nurse.patch(f"{address}/items/{item_id}", {"strength": "1.50", "note": "a\nb"})
    assert changed.get_json()["items"][1]["strength"] == "1.50"
    assert changed.get_json()["items"][1]["name"] == "Soap"

    marked = clinic.nurse.delete(f"{address}/items/{item_id}", {"reason": "another patient's"})
    body = marked.get_json()
    assert [item["name"] for item in body["items"]] == ["Water"]
    assert body["entered_in_error"][0]["error_reason"] == "another patient's"
    # Its category was asked, and its only item was an error: that is a question, not "none".
    assert body["categories"]["supplement"]["answer"] == "items_reported"
    assert {"kind": "category_without_items", "category": "supplement", "items": []} in body["gaps"]


def test_a_change_that_says_nothing_leaves_who_said_it_on_record(clinic: ClinicOfTests, address: str) -> None:
    item_id = clinic.ehr.get(address).get_json()["items"][0]["id"]

    for nothing in ({}, {"informant": None}):
        kept = clinic.ehr.patch(f"{address}/items/{item_id}", nothing)
        assert (kept.status_code, kept.headers["ETag"]) == (200, '"1"')
        assert kept.get_json()["items"][0]["attribution"]["informant"]["kind"] == "patient"


def test_an_item_cannot_lose_both_name_and_description(clinic: ClinicOfTests, address: str) -> None:
    item_id = clinic.ehr.get(address).get_json()["items"][0]["id"]

    refused = clinic.ehr.patch(f"{address}/items/{item_id}", {"name": None})

    assert refused.status_code == 422
    assert refused.get_json()["errors"][0]["pointer"] == "/name"


def test_an_item_of_an_earlier_list_can_be_said_to_be_stopped_or_still_taken(
    clinic: ClinicOfTests, address: str
) -> None:
    clinic.ehr.put(address, whole("Soap", "Sand"), headers={"If-Match": '"1"'})
    clinic.ehr.put(address, whole("Soap"), headers={"If-Match": '"2"'})
    water, sand = sorted(
        clinic.ehr.get(address).get_json()["earlier_items"], key=lambda item: item["name"], reverse=True
    )

    clinic.nurse.patch(f"{address}/items/{water['id']}", {"status": "stopped"})
    after = clinic.nurse.patch(f"{address}/items/{sand['id']}", {"status": "active"}).get_json()

    assert after["earlier_items"] == []
    assert {item["name"]: item["current"] for item in after["items"]} == {
        "Soap": True,
        "Sand": True,
        "Water": False,
    }


def test_every_earlier_version_is_kept_whole_with_who_and_when(clinic: ClinicOfTests, address: str) -> None:
    clinic.ehr.put(address, whole("Soap"), headers={"If-Match": '"1"'})

    first = clinic.ehr.get(f"{address}?version=1").get_json()
    versions = clinic.ehr.get(f"{address}/versions").get_json()["items"]

    assert [item["name"] for item in first["items"]] == ["Water"]
    assert [version["version"] for version in versions] == [2, 1]
    assert versions[1]["attribution"]["informant"] == {"kind": "patient", "name": None}
    assert clinic.ehr.get(f"{address}?version=3").status_code == 404


def test_versions_come_in_pages_with_a_link_to_the_next(clinic: ClinicOfTests, address: str) -> None:
    for version in range(1, 5):
        clinic.ehr.put(address, whole(f"Water {version}"), headers={"If-Match": f'"{version}"'})

    seen: list[int] = []
    next_page: str | None = f"{address}/versions?limit=2"
    while next_page:
        answer = clinic.ehr.get(next_page)
        seen += [version["version"] for version in answer.get_json()["items"]]
        link = answer.headers.get("Link")
        next_page = link.split(">")[0][1:] if link else None

    assert seen == [5, 4, 3, 2, 1]


def test_the_difference_of_two_versions_names_what_changed(clinic: ClinicOfTests, address: str) -> None:
    body = whole("Water", categories={"supplement": {"answer": "unknown"}})
    body["items"][0]["strength"] = "5"
    body["items"].append({"category": "over_the_counter", "name": "Soap"})
    clinic.ehr.put(address, body, headers={"If-Match": '"1"'})

    found = clinic.ehr.get(f"{address}/difference?from=1&to=2").get_json()

    changes = {
        change["text"]: (change["kind"], [(f["key"], f["before"], f["after"]) for f in change["fields"]])
        for change in found["items"]
    }
    assert changes == {"Water": ("changed", [("strength", None, "5")]), "Soap": ("added", [])}
    assert {(a["category"], a["before"], a["after"]) for a in found["answers"]} == {
        ("over_the_counter", "not_asked", "items_reported"),
        ("supplement", "not_asked", "unknown"),
    }


def test_a_difference_is_told_from_the_earlier_version_on(clinic: ClinicOfTests, address: str) -> None:
    clinic.ehr.put(address, whole("Soap"), headers={"If-Match": '"1"'})

    assert clinic.ehr.get(f"{address}/difference?from=2&to=1").status_code == 422
    assert clinic.ehr.get(f"{address}/difference?from=2&to=2").get_json()["items"] == []


def test_an_import_of_nothing_changes_nothing(clinic: ClinicOfTests, address: str) -> None:
    body = {"items": [], "collection_mode": "import"}

    put = clinic.ehr.put(address, body, headers={"If-Match": '"1"'})

    assert (put.status_code, put.headers["ETag"]) == (200, '"1"')
    assert [item["name"] for item in put.get_json()["items"]] == ["Water"]


def test_an_empty_list_that_a_person_sent_asks_about_everything_that_was_on_it(
    clinic: ClinicOfTests, address: str
) -> None:
    body = {"items": [], "collection_mode": "interview", "informant": {"kind": "patient"}}

    put = clinic.ehr.put(address, body, headers={"If-Match": '"1"'}).get_json()

    assert [item["name"] for item in put["earlier_items"]] == ["Water"]
    assert put["categories"]["prescription"]["answer"] == "not_asked"


@pytest.mark.parametrize("query", ["version=0", "version=x", "version=1&versoin=2", "version=99999999999"])
def test_a_query_that_cannot_be_meant_is_refused(clinic: ClinicOfTests, address: str, query: str) -> None:
    assert clinic.ehr.get(f"{address}?{query}").status_code == 422


def test_a_cursor_of_nobody_is_refused(clinic: ClinicOfTests, address: str) -> None:
    for cursor in ("x", "AAAA", "%00", "eHh4"):
        assert clinic.ehr.get(f"{address}/versions?cursor={cursor}").status_code == 422
        assert clinic.ehr.get(f"/v1/patients?cursor={cursor}").status_code == 422
