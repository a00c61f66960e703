"""Promise 3 through the intake form's own door: whatever is typed stands on the list, each thing once.

Planted faults that the check catches stand in ``planted/``.
"""

from collections.abc import Mapping

import pytest
from flask import Flask

from service.app import create_app
from service.domain.medications.categories import Category
from service.store.database import Database
from tests.web.conftest import ClinicOfTests, make_clinic, settings_of_tests
from tests.web.pages.conftest import Browser
from tests.web.pages.intake import Filling, link_to, list_of, opened, opened_at_desk, patient_on_file

TYPED: tuple[Mapping[str, str], ...] = (
    {"name": "Water"},
    {"description": "a white one"},
    {"name": "Water"},
    {"name": "None"},
    {"name": "Soap", "strength": "5 mg"},
    {"name": "Soap", "strength": "10 mg"},
    {"name": "降压药片", "description": "a red one"},
)


@pytest.fixture
def house(database: Database) -> tuple[Flask, ClinicOfTests]:
    app = create_app(settings_of_tests(), database=database)
    return app, make_clinic(app, database, "The clinic")


def fill_in(filling: Filling, mode: Mapping[str, str]) -> None:
    filling.who(**mode)
    for category in Category:
        for fields in TYPED:
            filling.add(category, **fields)
        filling.answer(category, "items_reported")
    assert filling.submit().status_code == 303


def assert_all_stand_on_the_list(clinic: ClinicOfTests, patient: str) -> None:
    items = list_of(clinic, patient)["items"]
    for category in Category:
        kept = [
            {name: item[name] for name in ("name", "description", "strength") if item[name]}
            for item in items
            if item["category"] == category
        ]
        assert kept == list(TYPED), category


def test_everything_typed_behind_a_link_stands_on_the_list_once(house: tuple[Flask, ClinicOfTests]) -> None:
    app, clinic = house
    patient = patient_on_file(clinic)
    fill_in(opened(Browser(app.test_client()), link_to(clinic, patient)), {})
    assert_all_stand_on_the_list(clinic, patient)


def test_everything_typed_at_the_desk_stands_on_the_list_once(house: tuple[Flask, ClinicOfTests]) -> None:
    app, clinic = house
    patient = patient_on_file(clinic)
    nurse = Browser(app.test_client())
    nurse.log_in(clinic.nurse_login)
    fill_in(opened_at_desk(nurse, patient), {"collection_mode": "interview"})
    assert_all_stand_on_the_list(clinic, patient)
