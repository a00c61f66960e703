"""A statement that forgot its clinic, planted in the application, answers nobody of another clinic."""

from collections.abc import Iterator
from types import ModuleType

import pytest
from flask import Flask

from service.app import create_app
from service.store import checklists, patients
from service.store.database import Database
from tests.databases import PostgresqlOfTests
from tests.store.second_wall import without_clinic
from tests.web.conftest import Caller, ClinicOfTests, settings_of_tests
from tests.web.lists import asked


@pytest.fixture(params=["postgresql"])
def database_url(request: pytest.FixtureRequest) -> Iterator[str]:
    with request.getfixturevalue("postgresql").database() as url:
        yield url


@pytest.fixture
def app_of_a_superuser(app: Flask, database_url: str, postgresql: PostgresqlOfTests) -> Iterator[Flask]:
    """The same application on the same database, for a role that no policy holds for."""
    passing = Database(postgresql.superusers_url(database_url))
    yield create_app(settings_of_tests(), database=passing)
    passing.dispose()


@pytest.mark.parametrize(
    ("module", "statement", "path"),
    [
        (patients, "_LOAD", "/v1/patients/{patient}"),
        (checklists, "_LOAD", "/v1/checklists/{checklist}"),
        (checklists, "_FIND", "/v1/checklists/by-code/{code}"),
    ],
    ids=["a patient", "a checklist", "a code"],
)
def test_another_clinic_is_answered_as_for_what_is_missing(
    clinic: ClinicOfTests,
    other_clinic: ClinicOfTests,
    app_of_a_superuser: Flask,
    monkeypatch: pytest.MonkeyPatch,
    module: ModuleType,
    statement: str,
    path: str,
) -> None:
    receipt = clinic.intake.post("/v1/intake", asked("Water")).get_json()
    sheet = receipt["checklist"]
    address = path.format(patient=receipt["patient_id"], checklist=sheet["id"], code=sheet["code"])
    unplanted = other_clinic.nurse.get(address)

    monkeypatch.setattr(module, statement, without_clinic(getattr(module, statement)))
    answer = other_clinic.nurse.get(address)
    leaking = Caller(app_of_a_superuser.test_client(), other_clinic.nurse.secret).get(address)

    assert clinic.nurse.get(address).status_code == 200
    assert answer.status_code == unplanted.status_code == 404
    assert answer.get_json()["detail"] == unplanted.get_json()["detail"]
    # The control: without policies the planted fault shows another clinic's data.
    assert leaking.status_code == 200
    assert "Test Patient 01" in leaking.get_data(as_text=True)
