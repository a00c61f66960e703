"""Every form needs the token of a page that this service gave to this very browser."""

from dataclasses import replace

import pytest
from flask import Flask

from service.app import create_app
from service.store.database import Database
from tests.access.calls import send
from tests.access.clinics import FilledClinic
from tests.access.operations import HOW
from tests.access.policy import RULES, Kind
from tests.web.conftest import settings_of_tests

FORMS = [rule for rule in RULES.values() if rule.is_page and rule.method != "GET"]


def taken(clinic: FilledClinic, token: str | None) -> list[str]:
    """Forms that are taken with this in the place of the token."""
    found = []
    for rule in FORMS:
        kind = next(rule.allowed(), Kind.NOBODY)
        call = HOW[rule.operation](clinic)
        form = {**(call.form or {}), **({} if token is None else {"csrf_token": token})}
        answer = send(clinic.app, rule, replace(call, form=form), clinic.shown(kind, rule, call))
        if answer.status_code != 400 or b"The page was open for too long" not in answer.data:
            found.append(f"{rule.operation}: {answer.status_code}")
    return found


@pytest.mark.parametrize("of", ["nobody", "another browser", "another form of it"])
def test_no_form_is_taken_without_the_token_of_its_page(
    ours: FilledClinic, theirs: FilledClinic, kept_database: Database, of: str
) -> None:
    tokens = {"nobody": None, "another browser": theirs.csrf, "another form of it": ours.csrf[::-1]}
    assert len(FORMS) > 40
    assert taken(ours, "") == taken(ours, tokens[of]) == []


@pytest.fixture
def unguarded(kept_database: Database) -> Flask:
    app = create_app(settings_of_tests(), database=kept_database)
    app.config["WTF_CSRF_METHODS"] = set()
    return app


@pytest.mark.parametrize("kept_database", ["sqlite"], indirect=True)
def test_the_control_forms_that_are_taken_without_it_are_found(
    unguarded: Flask, kept_database: Database
) -> None:
    clinic = FilledClinic(unguarded, kept_database, "Unguarded clinic")

    assert len(taken(clinic, None)) == len(FORMS)
