"""A person chooses a password: a common one is refused, and the page says in their language what to do."""

import pytest

from tests.web.conftest import PASSWORD, ClinicOfTests
from tests.web.pages.conftest import Browser, text_of

GUESSED = ("passwordpassword", "First clinic nurse", "Test Nurse 2026", PASSWORD + "1")


@pytest.mark.parametrize("new", GUESSED)
def test_a_password_that_is_soon_guessed_is_refused_and_the_old_one_stays(
    nurse: Browser, browser: Browser, clinic: ClinicOfTests, new: str
) -> None:
    page = nurse.send(nurse.get("/password"), "/password", now=PASSWORD, new=new)

    assert page.status_code == 422
    assert "New password: This password is like many others. Choose a few words" in text_of(page)
    assert new not in page.get_data(as_text=True)
    assert browser.log_in(clinic.nurse_login, new).status_code == 401
    assert browser.log_in(clinic.nurse_login).status_code == 302


def test_it_is_said_in_the_language_of_the_page(nurse: Browser) -> None:
    nurse.client.set_cookie("__Host-language", "es", secure=True)
    page = nurse.send(nurse.get("/password"), "/password", now=PASSWORD, new=GUESSED[0])

    assert "Esta contraseña es como la de otra persona" in text_of(page)
