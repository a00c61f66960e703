"""Staff log in to the pages: a session on the server, a token in the browser, and nothing typed is lost."""

from collections.abc import Callable

import pytest

from tests.web.conftest import ClinicOfTests
from tests.web.pages.conftest import Browser, forms_of, text_of


def test_a_nurse_logs_in_and_goes_on_where_the_log_in_was_needed(
    browser: Browser, clinic: ClinicOfTests
) -> None:
    page = browser.get("/log-in?to=/somewhere?day=2026-12-01")
    made = browser.send(page, "/log-in", login=clinic.nurse_login, password="correct horse battery staple")

    assert made.status_code == 302
    assert made.location == "/somewhere?day=2026-12-01"


def test_the_browser_holds_the_token_where_no_script_and_no_other_host_reads_it(
    browser: Browser, clinic: ClinicOfTests
) -> None:
    made = browser.log_in(clinic.nurse_login)

    cookie = next(value for value in made.headers.getlist("Set-Cookie") if "__Host-session" in value)
    assert all(word in cookie for word in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"))
    assert "Domain" not in cookie


@pytest.mark.parametrize(
    "elsewhere", ["//evil.example", "https://evil.example", "/\\evil.example", "x", "/a\n"]
)
def test_a_log_in_never_leads_to_another_host(
    browser: Browser, clinic: ClinicOfTests, elsewhere: str
) -> None:
    made = browser.send(
        browser.get("/log-in"),
        "/log-in",
        {"-path": elsewhere},
        login=clinic.nurse_login,
        password="correct horse battery staple",
    )

    assert made.location == "/"


def test_a_wrong_password_says_so_keeps_the_log_in_and_shows_no_password(
    browser: Browser, clinic: ClinicOfTests
) -> None:
    page = browser.log_in(clinic.nurse_login, "a wrong password")

    assert page.status_code == 401
    assert "Log-in name and password do not fit." in text_of(page)
    assert next(form for form in forms_of(page) if form.action == "/log-in").values["login"]
    assert "a wrong password" not in page.get_data(as_text=True)


def test_what_is_missing_is_named_first_and_next_to_its_field(browser: Browser) -> None:
    page = browser.send(browser.get("/log-in"), "/log-in")

    assert page.status_code == 422
    text = text_of(page)
    assert text.index("There is a problem") < text.index("Log-in name This is needed.")
    assert 'href="#f-password"' in page.get_data(as_text=True)


def test_the_eleventh_failure_closes_the_log_in_for_a_while(browser: Browser, clinic: ClinicOfTests) -> None:
    for _ in range(10):
        browser.log_in(clinic.nurse_login, "a wrong password")
    page = browser.log_in(clinic.nurse_login)

    assert page.status_code == 429
    assert page.headers["Retry-After"] == "900"


def test_a_post_without_the_token_of_a_form_changes_nothing(browser: Browser, clinic: ClinicOfTests) -> None:
    browser.get("/log-in")
    page = browser.post("/log-in", {"login": clinic.nurse_login, "password": "correct horse battery staple"})

    assert page.status_code == 400
    assert "The page was open for too long" in text_of(page)
    assert "correct horse" not in page.get_data(as_text=True)


def test_the_token_of_another_browser_is_of_no_use(
    new_browser: Callable[[], Browser], clinic: ClinicOfTests
) -> None:
    first, second = new_browser(), new_browser()
    token = forms_of(first.get("/log-in"))[-1].values["csrf_token"]
    second.get("/log-in")
    page = second.post("/log-in", {"csrf_token": token, "login": clinic.nurse_login, "password": "x"})

    assert page.status_code == 400


def test_a_log_out_ends_the_session_on_the_server(nurse: Browser, clinic: ClinicOfTests) -> None:
    cookie = nurse.client.get_cookie("__Host-session")
    assert cookie is not None
    out = nurse.post("/log-out", {"csrf_token": forms_of(nurse.get("/log-in"))[-1].values["csrf_token"]})
    assert "You are logged out." in text_of(nurse.follow(out))

    answer = nurse.client.get("/v1/patients", headers={"Authorization": f"Bearer {cookie.value}"})
    assert answer.status_code == 401
