"""The floor that the service is measured against does the same work, or its figures would mean nothing."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import Client, TestResponse

from benchmarks.clinic import AUDIT_KEY, Keys, set_up_clinic
from benchmarks.floor.app import Floor
from benchmarks.forms import form
from benchmarks.sameness import DifferentError, check_digests, check_same, check_same_rows, rows_of
from service.app import create_app
from service.config import PREFIX, read_settings
from service.store.database import Database
from tests.audit_keys import SECRETS
from tests.databases import PostgresqlOfTests, SqliteOfTests

Json = dict[str, Any]


@dataclass(frozen=True)
class Side:
    """The service or the floor, on a database of its own."""

    url: str
    client: Client
    keys: Keys

    def post(self, sent: Any, key: str | None = None, secret: str | None = None) -> TestResponse:
        headers = {"Authorization": f"Bearer {secret or self.keys.intake}"}
        if key:
            headers["Idempotency-Key"] = key
        return self.client.post("/v1/intake", json=sent, headers=headers)

    def get(self, path: str, secret: str | None = None) -> TestResponse:
        return self.client.get(path, headers={"Authorization": f"Bearer {secret or self.keys.ehr}"})


def service_on(url: str) -> tuple[Flask, Database]:
    settings = read_settings(
        SECRETS
        | {PREFIX + "AUDIT_KEY": AUDIT_KEY}
        | dict.fromkeys((PREFIX + "CALLS_PER_MINUTE", PREFIX + "FAILURES_PER_MINUTE"), "0")
    )
    database = Database(url)
    return create_app(settings, database=database), database


@pytest.fixture
def other_url(database_url: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Another database of the same kind."""
    if database_url.startswith("sqlite"):
        (tmp_path / "other").mkdir()
        sqlite: SqliteOfTests = request.getfixturevalue("sqlite")
        yield sqlite.database(tmp_path / "other")
    else:
        postgresql: PostgresqlOfTests = request.getfixturevalue("postgresql")
        with postgresql.database() as url:
            yield url


@pytest.fixture
def sides(database_url: str, other_url: str) -> Iterator[tuple[Side, Side]]:
    """The service and the floor."""
    app, database = service_on(database_url)
    floor = Floor(other_url, AUDIT_KEY)
    yield (
        Side(database_url, Client(app), set_up_clinic(database_url)),
        Side(other_url, Client(floor), set_up_clinic(other_url)),
    )
    floor.close()
    database.dispose()


SILENT: Json = {
    "patient": {"identifier": {"system": "urn:clinic:mrn", "value": "silent"}},
    "treatment": {"id": "sorafenib", "paper": "letter"},
}
AWKWARD_ITEMS = [
    {"description": "the yellow tea", "stopped_on": "2026-01"},
    {
        "name": "Example",
        "status": "stopped",
        "category": "supplement",
        "note": "one\ntwo",
        "stopped_on": "2025",
    },
    {"name": " Example ", "status": "on_hold", "as_needed": True, "started_on": "2019-05-06", "codings": []},
]
FORMS = [
    form(),
    SILENT,
    form() | {"items": AWKWARD_ITEMS, "categories": {"prescription": {"answer": "declined"}}},
    form()
    | {
        "items": [],
        "informant": {"kind": "caregiver", "name": "Test Caregiver"},
        "categories": {
            "prescription": {"answer": "unknown"},
            "over_the_counter": {"answer": "none_reported"},
            "supplement": {"answer": "items_reported"},
        },
    },
    form() | {"informant": None, "collection_mode": None},
    form() | {"collection_mode": None},
]


def test_each_form_gives_the_same_receipt_the_same_checklist_and_the_same_rows(
    sides: tuple[Side, Side],
) -> None:
    for number, sent in enumerate(FORMS):
        receipts = [side.post(sent, key=f"form {number}") for side in sides]
        assert [receipt.status_code for receipt in receipts] == [201, 201]
        check_same(f"receipt {number}", *(receipt.text for receipt in receipts))

        addresses = [json.loads(receipt.text)["checklist"]["links"]["self"] for receipt in receipts]
        sheets = [side.get(address) for side, address in zip(sides, addresses, strict=True)]
        assert [sheet.status_code for sheet in sheets] == [200, 200]
        assert len({frozenset(sheet.headers.keys()) for sheet in sheets}) == 1
        check_same(f"checklist {number}", *(sheet.text for sheet in sheets))
        for sheet in sheets:
            check_digests(sheet.text)
    check_same_rows(*(rows_of(side.url) for side in sides))


def test_the_service_reads_the_checklist_that_the_floor_issued(sides: tuple[Side, Side]) -> None:
    _, floor = sides
    address = floor.post(form()).json["checklist"]["links"]["self"]  # type: ignore[index]
    app, database = service_on(floor.url)
    read = Side(floor.url, Client(app), floor.keys).get(address)
    database.dispose()

    check_same("checklist", read.text, floor.get(address).text)


def test_a_form_posted_twice_is_kept_once(sides: tuple[Side, Side]) -> None:
    sent, other = form(), form()
    for side in sides:
        first, again = side.post(sent, key="one"), side.post(sent, key="one")
        assert (again.status_code, again.text) == (201, first.text)
        assert side.post(other, key="one").status_code == 422
        assert len(rows_of(side.url)["patients"]) == 1


REFUSED: list[Json] = [
    {"unknown": 1},
    {"items": [{"category": "prescription"}]},
    {"items": [{"name": 7}]},
    {"items": [{"name": "turned \u202e around"}]},
    {"items": [{"name": "x" * 1001}]},
    {"items": [{"name": "Example", "started_on": "2019-13"}]},
    {"items": [{"name": "Example", "codings": [{"system": "only"}]}]},
    {"items": [{"name": "Example", "status": None}]},
    {"categories": {"prescription": {"answer": "none_reported"}}},
    {"items": [], "informant": None, "categories": {"supplement": {"answer": "declined"}}},
    {"treatment": {"id": "another"}},
    {"treatment": {"id": "sorafenib", "planned_start": "2026-12"}},
    {"patient": {"name": "nobody"}},
]


def test_what_the_service_refuses_the_floor_refuses_and_neither_keeps_anything(
    sides: tuple[Side, Side],
) -> None:
    for side in sides:
        before = rows_of(side.url)
        assert [side.post(form() | changes).status_code for changes in REFUSED] == [422] * len(REFUSED)
        assert rows_of(side.url) == before


def test_both_ask_for_the_key_and_its_role(sides: tuple[Side, Side]) -> None:
    for side in sides:
        address = side.post(form(), secret=side.keys.ehr).json["checklist"]["links"]["self"]  # type: ignore[index]
        assert side.post(form(), secret="mcl_nobody").status_code == 401
        assert side.get(address, secret=side.keys.intake).status_code == 403
        assert side.get(address[:-1] + ("0" if address[-1] != "0" else "1")).status_code == 404


def test_a_difference_is_found(sides: tuple[Side, Side]) -> None:
    service, floor = sides
    receipt = service.post(form()).text
    with pytest.raises(DifferentError, match="receipt"):
        check_same("receipt", receipt, receipt.replace("item_without_dose", "item_without_name"))
    with pytest.raises(DifferentError, match="audit_chains"):
        check_same_rows(rows_of(service.url), rows_of(floor.url))
    sheet = service.get(json.loads(receipt)["checklist"]["links"]["self"]).text
    with pytest.raises(DifferentError, match="the digest of the section"):
        check_digests(sheet.replace("Example medicine 05", "Example medicine 06"))
