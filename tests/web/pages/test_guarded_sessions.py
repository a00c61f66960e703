"""What guards a log-in in a browser: its cookies, and when and where it ends."""

import re
from collections.abc import Callable

import pytest

from tests.web.conftest import PASSWORD, ClinicOfTests
from tests.web.pages.conftest import Browser, text_of
from tests.web.pages.intake import link_to, opened_at_desk, patient_on_file

STAFF = "/administration/staff"
NEW = "another password of the tests"


def bearer(browser: Browser, secret: str) -> int:
    headers = {"Authorization": f"Bearer {secret}"}
    return browser.client.get("/v1/patients", headers=headers).status_code


def held(browser: Browser) -> str:
    cookie = browser.client.get_cookie("__Host-session")
    assert cookie is not None
    return cookie.value


def test_every_cookie_is_bound_to_the_host_and_out_of_reach_of_scripts_and_other_sites(
    nurse: Browser, new_browser: Callable[[], Browser], clinic: ClinicOfTests
) -> None:
    patient = patient_on_file(clinic, "Water")
    filling = opened_at_desk(nurse, patient)
    anew = new_browser()
    answers = [
        anew.get("/log-in"),
        anew.log_in(clinic.nurse_login),
        anew.send(anew.get("/log-in"), "/language", language="es"),
        new_browser().get(link_to(clinic, patient)),
        filling.who(collection_mode="handed_device"),
        nurse.log_in(clinic.nurse_login),
    ]
    cookies = [cookie for answer in answers for cookie in answer.headers.getlist("Set-Cookie")]

    assert {cookie.partition("=")[0] for cookie in cookies} == {
        f"__Host-{name}" for name in ("page", "session", "language", "form", "handed")
    }
    for cookie in cookies:
        named = {part.strip().lower() for part in cookie.split(";")[1:]}
        assert {"secure", "httponly", "path=/", "samesite=lax"} <= named, cookie
        assert "domain" not in cookie.lower()


def test_a_session_that_somebody_put_into_a_browser_before_the_log_in_is_of_no_use_after_it(
    nurse: Browser, browser: Browser, clinic: ClinicOfTests, administrator: Browser
) -> None:
    of_nurse = held(nurse)
    for planted in ("mcs_" + "a" * 43, held(administrator)):
        browser.client.set_cookie("__Host-session", planted, secure=True)
        browser.log_in(clinic.nurse_login)
        assert held(browser) not in (planted, of_nurse)
        assert "Test Nurse" in text_of(browser.get("/password"))
    assert re.fullmatch(r"mcs_[\w-]{43}", held(browser))


def test_a_second_log_in_in_a_browser_ends_the_first_one(nurse: Browser, clinic: ClinicOfTests) -> None:
    first = held(nurse)
    nurse.log_in(clinic.nurse_login)

    assert (bearer(nurse, first), bearer(nurse, held(nurse))) == (401, 200)


def test_another_password_ends_every_session_at_every_door(
    nurse: Browser, new_browser: Callable[[], Browser], clinic: ClinicOfTests
) -> None:
    elsewhere = new_browser()
    elsewhere.log_in(clinic.nurse_login)
    secrets = [held(nurse), held(elsewhere), clinic.nurse.secret]
    assert [bearer(nurse, secret) for secret in secrets] == [200, 200, 200]

    assert nurse.send(nurse.get("/password"), "/password", now=PASSWORD, new=NEW).status_code == 303

    assert [bearer(nurse, secret) for secret in secrets] == [401, 401, 401]
    assert elsewhere.get("/password").location.startswith("/log-in")


@pytest.mark.parametrize("act", ["password", "leave"])
def test_an_administrator_ends_every_session_of_a_person_at_every_door(
    administrator: Browser, nurse: Browser, clinic: ClinicOfTests, act: str
) -> None:
    page = administrator.get(STAFF)
    ids = re.findall(rf"{STAFF}/([0-9a-f-]{{36}})/leave", page.get_data(as_text=True))
    of_nurse = next(i for i in ids if "Test Nurse" in text_of(administrator.get(f"{STAFF}/{i}/leave")))
    path = f"{STAFF}/{of_nurse}/{act}"
    administrator.send(page if act == "password" else administrator.get(path), path)

    assert [bearer(nurse, secret) for secret in (held(nurse), clinic.nurse.secret)] == [401, 401]
    assert nurse.get("/").location.startswith("/log-in")
    assert administrator.get(STAFF).status_code == 200
