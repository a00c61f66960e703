"""How long a log-in lasts, by a clock that the tests move: idle, in all, and with something typed."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from service.store import staff as staff_store
from service.store.database import Database, Reach
from tests.web.built_apps import app_on
from tests.web.conftest import PASSWORD, ClinicOfTests, settings_of_tests
from tests.web.pages.conftest import Browser, administrator_of, text_of

PAGE = "/password"


@dataclass
class MovingClock:
    """The time that the service believes it is."""

    now: datetime

    def __call__(self) -> datetime:
        return self.now

    def move(self, **step: float) -> None:
        self.now += timedelta(**step)


@pytest.fixture
def clock() -> MovingClock:
    return MovingClock(datetime.now(UTC))


@pytest.fixture
def app(database: Database, clock: MovingClock) -> Flask:
    return app_on(database, settings_of_tests(), clock)


def is_in(browser: Browser) -> bool:
    return browser.get(PAGE).status_code == 200


def test_a_session_lasts_while_it_is_used_and_ends_after_a_quarter_of_an_hour_idle(
    nurse: Browser, clock: MovingClock
) -> None:
    for _ in range(4):
        clock.move(minutes=14)
        assert is_in(nurse)
    clock.move(minutes=15, seconds=1)

    assert not is_in(nurse)
    clock.move(minutes=-15)
    assert not is_in(nurse), "the session has ended on the server"


def test_a_session_ends_after_half_a_day_however_much_it_is_used(nurse: Browser, clock: MovingClock) -> None:
    for _ in range(72):
        clock.move(minutes=10)
        assert is_in(nurse)
    clock.move(seconds=1)

    assert not is_in(nurse)


def test_a_form_that_is_sent_after_the_session_has_ended_is_sent_again_after_the_log_in(
    administrator: Browser, database: Database, clinic: ClinicOfTests, clock: MovingClock
) -> None:
    page = administrator.get("/administration/staff")
    clock.move(minutes=16)

    asked = administrator.send(
        page, "/administration/staff", name="Test Nurse 07", login="nurse.07", role="nurse"
    )
    assert asked.status_code == 401
    assert "Nothing that was typed is lost" in text_of(asked)
    again = administrator.send(asked, "/log-in", login=administrator_of(clinic), password=PASSWORD)
    made = administrator.send(again, "/administration/staff")

    assert "Test Nurse 07" in text_of(made)
    with database.transaction(Reach.ALL) as connection:
        staff = staff_store.list_staff(connection, clinic.id)
    assert [member.name for member in staff].count("Test Nurse 07") == 1


def test_the_log_in_gives_another_token_and_the_page_before_it_is_of_no_use(
    nurse: Browser, clinic: ClinicOfTests
) -> None:
    before = nurse.client.get_cookie("__Host-session")
    nurse.log_in(clinic.nurse_login)
    after = nurse.client.get_cookie("__Host-session")

    assert before
    assert after
    assert before.value != after.value
