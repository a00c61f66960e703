"""No GET changes anything but what it is for: that somebody looked is on record, and a log-in was used."""

from dataclasses import replace

import pytest
from flask import Flask, Response
from sqlalchemy import select, update

from service.app import create_app
from service.store.database import Database, Reach
from service.store.tables import metadata, patients
from tests.access.calls import send
from tests.access.clinics import FilledClinic
from tests.access.operations import HOW
from tests.access.policy import RULES, Kind
from tests.web.conftest import settings_of_tests

READ = [rule for rule in RULES.values() if rule.method == "GET"]
NOTED = {"staff_sessions": "used_at"}
"""Of these tables, a column that a look changes."""
_OF_LOOKING = ("audit_", "limit", "request_", "rate_")
"""How tables begin that tell who looked, and how often."""

Rows = dict[str, list[str]]


def rows_of(database: Database) -> Rows:
    """Every row of every table that a look must leave alone."""
    with database.transaction(Reach.ALL, reads_only=True) as connection:
        return {
            table.name: sorted(
                str(tuple(row))
                for row in connection.execute(
                    select(*(column for column in table.columns if column.name != NOTED.get(table.name)))
                )
            )
            for table in metadata.sorted_tables
            if not table.name.startswith(_OF_LOOKING)
        }


def changed_by_looking(clinic: FilledClinic, database: Database) -> list[str]:
    """Tables that are other ones after every GET and HEAD, by the first and the last of those who may."""
    kinds = {rule.operation: sorted({*list(rule.allowed())[:1], *list(rule.allowed())[-1:]}) for rule in READ}
    calls = [(rule, HOW[rule.operation](clinic), kind) for rule in READ for kind in kinds[rule.operation]]
    # An EHR's signed token is used up by a call of its hooks, which are read by anybody.
    calls = [(r, c, k) for r, c, k in calls if k is not Kind.CLIENT or not r.address.startswith("/cds-")]
    shown = [clinic.shown(kind, rule, call) for rule, call, kind in calls]
    before = rows_of(database)
    for (rule, call, _), held in zip(calls, shown, strict=True):
        for method in ("GET", "HEAD"):
            assert send(clinic.app, replace(rule, method=method), call, held).status_code < 500
    after = rows_of(database)
    assert len(calls) > 120
    return [table for table, rows in before.items() if rows != after[table]]


def test_no_get_changes_anything(ours: FilledClinic, kept_database: Database) -> None:
    assert changed_by_looking(ours, kept_database) == []


@pytest.fixture
def planted(kept_database: Database) -> Flask:
    """A service where to look at the docs turns every patient's print large."""
    app = create_app(settings_of_tests(), database=kept_database)
    shown = app.view_functions["docs.get_docs"]

    def changing() -> Response:
        with kept_database.transaction(Reach.ALL) as connection:
            connection.execute(update(patients).values(print_size="large"))
        return shown()  # type: ignore[return-value]

    app.view_functions["docs.get_docs"] = changing
    return app


@pytest.mark.parametrize("kept_database", ["sqlite"], indirect=True)
def test_the_control_a_get_that_changes_something_is_found(planted: Flask, kept_database: Database) -> None:
    clinic = FilledClinic(planted, kept_database, "Planted clinic")
    assert clinic.sheet

    assert "patients" in changed_by_looking(clinic, kept_database)
