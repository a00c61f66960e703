"""What a patient sees whose link or form has come to its end; the clock is set, nobody waits."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from service.domain.intake.forms import FORM_LIFE, LINK_LIFE
from tests.browser.clinic import Clinic, press
from tests.browser.filling import go_to, link_to
from tests.browser.made_up_patients import NOTHING
from tests.browser.visit import Visit
from tests.databases import SqliteOfTests
from tests.guidance_of_tests import guidance_of_tests
from tests.served_app import served_app


class Watch:
    """A clock that is moved by hand."""

    now = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def clinic_in_time(browser: Browser, sqlite: SqliteOfTests, tmp_path: Path, watch: Watch) -> Iterator[Clinic]:
    with served_app(sqlite.database(tmp_path), watch, guidance_of_tests()) as service:
        clinic = Clinic(service, browser)
        clinic.add_patient(NOTHING, "000106", [])
        yield clinic
        clinic.close()


def visit(clinic: Clinic) -> Visit:
    return Visit(clinic.context("patient"), clinic.service.base_url)


def heading(page: Page) -> str:
    return page.locator("h1").inner_text()


def test_a_link_that_is_too_old_says_so_and_what_to_do(clinic_in_time: Clinic, watch: Watch) -> None:
    # Given a link that nobody opened in time
    link = link_to(clinic_in_time, NOTHING)
    watch.now += LINK_LIFE + timedelta(seconds=1)

    # When the patient opens it
    seen = visit(clinic_in_time)
    seen.page.goto(link)

    # Then the page says that it cannot be opened, and everybody can read it
    assert heading(seen.page) == "This link cannot be opened"
    assert "Ask the clinic for a new link." in seen.page.inner_text("main")
    assert seen.faults(at_fault=False, asks=True) == []


def test_a_form_that_was_left_for_too_long_says_that_nothing_was_sent(
    clinic_in_time: Clinic, watch: Watch
) -> None:
    # Given a patient who has begun
    seen = visit(clinic_in_time)
    seen.page.goto(link_to(clinic_in_time, NOTHING))
    press(seen.page, "Start")
    under = seen.page.url.removesuffix("/who")

    # When the form is taken up again after its end
    watch.now += FORM_LIFE + timedelta(seconds=1)
    go_to(seen.page, under, "look")

    # Then nothing was sent, and the page says so
    assert heading(seen.page) in ("The time for this form has ended", "This link cannot be opened")
    assert seen.faults(at_fault=False, asks=True) == []


def test_a_nurse_who_was_away_logs_in_again_and_loses_nothing(clinic_in_time: Clinic, watch: Watch) -> None:
    # Given a nurse with a form half filled in, away for longer than a session lasts
    page = clinic_in_time.context("nurse").new_page()
    page.goto(clinic_in_time.url(f"{clinic_in_time.patient(NOTHING)}/items/new"))
    page.locator("[name=name]").fill("Water")
    watch.now += timedelta(hours=1)

    # When she saves it, logs in again and sends what was typed
    press(page, "Save")
    assert "Nothing that was typed is lost." in page.inner_text("main")
    page.get_by_label("Log-in name").fill("nurse.01")
    page.get_by_label("Password").fill("a password of the tests")
    press(page, "Log in")
    press(page, "Send again what was typed")

    # Then the item is on the list
    assert "Water" in page.inner_text("main")
