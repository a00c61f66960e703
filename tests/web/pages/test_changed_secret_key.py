"""The secret key is changed while pages are open: forms of the former key are taken, of no other."""

from dataclasses import replace

from flask import Flask

from service.app import create_app
from service.store.database import Database
from tests.web.conftest import ClinicOfTests, settings_of_tests
from tests.web.pages.conftest import Browser, forms_of, text_of

FIRST, SECOND, THIRD = ("first " * 6, "second " * 6, "third " * 6)
HELD = ("__Host-page", "__Host-session")


def app_with(database: Database, key: str, *former: str) -> Flask:
    settings = replace(settings_of_tests(), secret_key=key, former_secret_keys=former)
    return create_app(settings, database=database)


def moved(browser: Browser, to: Flask) -> Browser:
    """The same browser with what it holds, in front of the service that was started again."""
    other = Browser(to.test_client())
    for name in HELD:
        if cookie := browser.client.get_cookie(name):
            other.client.set_cookie(name, cookie.value, secure=True)
    return other


def post_sent_after(database: Database, login: str, *keys: str) -> int:
    """Open a page under the first key, start again with these keys, and send it: the status."""
    before = Browser(app_with(database, FIRST).test_client())
    assert before.log_in(login).status_code == 302
    page = before.get("/password")
    sent = moved(before, app_with(database, *keys)).send(page, "/password", now="no", new="no")
    assert ("The page was open for too long" in text_of(sent)) is (sent.status_code == 400)
    return sent.status_code


def test_a_page_that_was_open_while_the_key_was_changed_can_be_sent(
    database: Database, clinic: ClinicOfTests
) -> None:
    assert post_sent_after(database, clinic.nurse_login, SECOND, FIRST) == 422
    assert post_sent_after(database, clinic.nurse_login, THIRD, SECOND, FIRST) == 422


def test_a_key_that_is_no_longer_named_signs_nothing(database: Database, clinic: ClinicOfTests) -> None:
    assert post_sent_after(database, clinic.nurse_login, SECOND) == 400
    assert post_sent_after(database, clinic.nurse_login, SECOND, THIRD) == 400


def test_the_first_key_is_the_one_that_signs(database: Database, clinic: ClinicOfTests) -> None:
    new = Browser(app_with(database, SECOND, FIRST).test_client())
    page = new.get("/log-in")
    token = forms_of(page)[-1].values["csrf_token"]

    alone = moved(new, app_with(database, SECOND))
    assert alone.post("/log-in", {"csrf_token": token, "login": "x", "password": "x"}).status_code == 401
    former = moved(new, app_with(database, FIRST))
    assert former.post("/log-in", {"csrf_token": token, "login": "x", "password": "x"}).status_code == 400


def test_who_is_logged_in_stays_so_under_every_key(database: Database, clinic: ClinicOfTests) -> None:
    before = Browser(app_with(database, FIRST).test_client())
    before.log_in(clinic.nurse_login)

    assert moved(before, app_with(database, SECOND)).get("/password").status_code == 200
