"""A person who asks too often is told so on a page, and loses nothing of what was typed."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask

from service.app import create_app
from service.store.database import Database
from tests.web.conftest import ClinicOfTests, settings_of_tests
from tests.web.limited import START
from tests.web.pages.conftest import Browser, forms_of, text_of
from tests.web.pages.intake import link_to, opened, patient_on_file
from tests.web.registered import SetClock

CALLS = 10


@pytest.fixture
def app(database: Database) -> Flask:
    settings = replace(settings_of_tests(), calls_per_minute=CALLS)
    return create_app(settings, database=database, clock=SetClock(START))


def test_a_page_says_to_wait_and_keeps_what_was_typed(nurse: Browser, clinic: ClinicOfTests) -> None:
    patient = patient_on_file(clinic, "Water")
    form = nurse.get(f"/patients/{patient}/record")
    for _ in range(CALLS):
        nurse.get("/")
    page = nurse.send(form, f"/patients/{patient}/record", name="Test Patient 02")

    assert (page.status_code, page.headers["Retry-After"]) == (429, "60")
    assert "Too many at once Nothing was kept. Wait a little, then do it again." in text_of(page)
    assert any("Test Patient 02" in form.values.values() for form in forms_of(page))


def test_the_page_is_in_the_browsers_language(nurse: Browser) -> None:
    for _ in range(CALLS + 1):
        nurse.get("/")
    spanish = {"Accept": "text/html", "Accept-Language": "es"}
    page = nurse.client.get("/", base_url="https://localhost", headers=spanish)

    assert page.status_code == 429
    assert "Demasiados a la vez No se guardó nada. Espere un poco y hágalo otra vez." in text_of(page)


def test_the_form_behind_a_link_has_a_limit_of_its_own(
    new_browser: Callable[[], Browser], clinic: ClinicOfTests
) -> None:
    patient = patient_on_file(clinic, "Water")
    first, second = (opened(new_browser(), link_to(clinic, patient)) for _ in range(2))
    pages = [first.get("who") for _ in range(CALLS + 1)]

    assert [page.status_code for page in pages] == [200] * CALLS + [429]
    assert second.get("who").status_code == 200
