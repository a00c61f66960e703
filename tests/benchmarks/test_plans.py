"""No statement of the store reads the whole of what grows, and the tool notices one that does."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from benchmarks.databases import KINDS
from benchmarks.filling import a_clinic, filled_databases
from benchmarks.plans import Found, plans, statements
from service.store.database import Database

PATIENTS = 200


@pytest.fixture
def filled(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.delenv("BENCH_FOLDER", raising=False)
    with filled_databases(request.param, PATIENTS) as (url,):
        yield url


def faults(found: dict[str, Found]) -> dict[str, tuple[str, ...]]:
    return {name: one.faults for name, one in found.items() if one.faults}


@pytest.mark.parametrize("filled", KINDS, indirect=True)
def test_every_statement_goes_by_an_index(filled: str) -> None:
    found = dict(plans(filled))

    assert faults(found) == {}
    assert {name.partition(" ")[0] for name in found} == {name for name, _ in statements()}


@pytest.mark.parametrize("filled", ["sqlite"], indirect=True)
def test_the_control_a_statement_without_its_index_is_told_of(filled: str) -> None:
    database = Database(filled)
    with database.transaction(a_clinic(filled)) as connection:
        connection.execute(text("DROP INDEX ix_list_items_clinic_id_item_id"))
        connection.execute(text("DROP INDEX ix_intake_forms_unsent"))
    database.dispose()

    assert faults(dict(plans(filled))) == {
        "medications._PATIENT_OF_ITEM": ("reads a clinic's list_items",),
        "intake_forms._DELETE_OLD": ("reads a clinic's intake_forms",),
    }
