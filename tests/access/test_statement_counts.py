"""How many statements each operation takes, exactly, and that it takes no more of them where there is more.

A statement more is a round trip more for every call. Whoever adds one on purpose changes the table.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import event

from service.app import create_app
from service.domain.medications.medication_list import MedicationList
from service.store import medications as medication_store
from service.store.database import Connection, Database
from tests.access.clinics import FilledClinic
from tests.access.operations import HOW
from tests.access.operations_v1 import signed
from tests.access.policy import RULES, Kind
from tests.access.statement_counts import COUNTS, GROWING, MORE_ON_POSTGRESQL
from tests.guidance_of_tests import TREATMENT
from tests.web.conftest import settings_of_tests

READ_LIST = "GET /v1/patients/{patient_id}/medication-list"
Counts = tuple[int, int]
"""Transactions, and statements in them beside those that begin and end one."""


class GrownClinic(FilledClinic):
    """A clinic whose patient has several versions of a list and several sheets, the last one current."""

    def grow(self, number: int, more_items: int) -> None:
        self.more_items = more_items
        on, ehr = self.sheet, self.known.ehr
        address = f"/v1/patients/{on.patient}"
        for one in range(number):
            item = {"name": f"Sand {one}"}
            assert ehr.post(f"{address}/medication-list/items", item).status_code == 201
            issued = ehr.post(f"{address}/checklists", {"treatment": TREATMENT}).get_json()
            self.sheet = replace(on, checklist=issued["id"], code=issued["code"], digest=_digest(issued))
            signed(self)
            self.new_sheet()
            self.new_link()
            self.new_key()
            self.new_member(Kind.NURSE)
            self.new_client()


def _digest(issued: Mapping[str, Any]) -> str:
    return next(str(one["content_digest"]) for one in issued["sections"] if one["id"] == "tell")


@pytest.fixture(scope="module")
def served(kept_database: Database) -> Flask:
    """Without limits, which count calls now and then."""
    settings = replace(settings_of_tests(), calls_per_minute=0, failures_per_minute=0)
    return create_app(settings, database=kept_database)


@pytest.fixture(scope="module")
def small(served: Flask, kept_database: Database) -> FilledClinic:
    """One more of everything, and lists of two items and more."""
    made = GrownClinic(served, kept_database, "Small clinic")
    made.grow(1, more_items=0)
    return made


@pytest.fixture(scope="module")
def large(served: Flask, kept_database: Database) -> FilledClinic:
    """20 more of everything, and lists of 60 items and more."""
    made = GrownClinic(served, kept_database, "Large clinic")
    made.grow(20, more_items=58)
    return made


def expected(kind: str) -> dict[str, Counts]:
    more = MORE_ON_POSTGRESQL if kind == "postgresql" else {}
    return {name: (begun, said + more.get(name, 0)) for name, (begun, said) in COUNTS.items()}


def counted(clinic: FilledClinic, operation: str) -> Counts:
    """What the operation takes for the first who may do it, once all is in memory that is kept there."""
    kind = next(iter(RULES[operation].allowed()), Kind.NOBODY)
    clinic.ask(operation, kind, HOW[operation](clinic))
    call = HOW[operation](clinic)
    ready = clinic.ready(operation, kind, call)
    with _said(clinic.database) as said:
        answer = ready()
    nothing_there = {404} if kind is Kind.NOBODY else frozenset()
    assert answer.status_code < 304 or answer.status_code in call.statuses | nothing_there, answer.data
    begun = sum(one.startswith("BEGIN") for one in said)
    return begun, len(said) - begun


@contextmanager
def _said(database: Database) -> Iterator[list[str]]:
    said: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        said.append(statement)

    event.listen(database._engine, "before_cursor_execute", note)
    yield said
    event.remove(database._engine, "before_cursor_execute", note)


def unlike(clinic: FilledClinic, wanted: Mapping[str, Counts]) -> dict[str, tuple[Counts, Counts | None]]:
    """The checker: what the operations take, and what they should, where it differs."""
    found = {operation: counted(clinic, operation) for operation in RULES}
    return {name: (took, wanted.get(name)) for name, took in found.items() if took != wanted.get(name)}


def test_every_operation_takes_as_many_statements_as_the_table_says(small: FilledClinic) -> None:
    assert unlike(small, expected(small.database.kind)) == {}


def test_and_no_more_where_there_are_many_items_versions_sheets_and_patients(large: FilledClinic) -> None:
    assert unlike(large, expected(large.database.kind)).keys() == GROWING


def test_control_what_is_asked_for_each_item_anew_is_found(
    small: FilledClinic, large: FilledClinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    load = medication_store.load_latest_list

    def planted(connection: Connection, clinic_id: UUID, patient_id: UUID) -> MedicationList | None:
        found = load(connection, clinic_id, patient_id)
        for item in found.items if found else ():
            medication_store.find_patient_of_item(connection, clinic_id, item.id)
        return found

    monkeypatch.setattr(medication_store, "load_latest_list", planted)
    wanted = expected(small.database.kind)[READ_LIST]
    more = [counted(clinic, READ_LIST)[1] - wanted[1] for clinic in (small, large)]
    assert 2 <= more[0] < 60 <= more[1]
