"""A form with a field twice is refused whole: nobody can tell which of the two was meant."""

import pytest
from werkzeug.test import TestResponse

from tests.web.conftest import PASSWORD, ClinicOfTests
from tests.web.pages.charts import PatientOfTests, patient_with
from tests.web.pages.conftest import HTML, Browser, forms_of, text_of
from tests.web.pages.intake import link_to, opened


@pytest.fixture
def person(clinic: ClinicOfTests) -> PatientOfTests:
    return patient_with(clinic, "Water")


def send_pairs(browser: Browser, action: str, pairs: list[tuple[str, str]]) -> TestResponse:
    """Post a form's fields as they are, also a name twice."""
    body = "&".join(f"{name}={value}" for name, value in pairs)
    return browser.client.post(
        action,
        base_url="https://localhost",
        headers=HTML,
        data=body,
        content_type="application/x-www-form-urlencoded",
    )


def refused(page: TestResponse) -> bool:
    return page.status_code == 400 and "A part of the form came more than once" in text_of(page)


def test_a_field_twice_changes_nothing_and_is_not_offered_to_be_sent_again(
    nurse: Browser, person: PatientOfTests
) -> None:
    # Given the form of an answer
    address = f"{person.page}/categories/supplement"
    form = next(form for form in forms_of(nurse.get(address)) if form.action == address)
    said = {"answer": "none_reported", "informant/kind": "patient", "collection_mode": "phone"}
    pairs = [*{**form.values, **said}.items()]

    # When it comes with two answers, whichever is first
    pages = [
        send_pairs(nurse, address, [*pairs, ("answer", "items_reported")]),
        send_pairs(nurse, address, [("answer", "items_reported"), *pairs]),
        send_pairs(nurse, address, [*pairs, ("answer", "none_reported")]),
    ]

    # Then nothing is kept
    assert all(refused(page) for page in pages)
    assert person.list["version"] == 1
    assert all(form.action != address for page in pages for form in forms_of(page))
    # and the same form with one answer is
    assert send_pairs(nurse, address, pairs).status_code == 303


def test_a_log_in_with_two_passwords_is_none(browser: Browser, clinic: ClinicOfTests) -> None:
    form = next(form for form in forms_of(browser.get("/log-in")) if form.action == "/log-in")
    pairs = [*{**form.values, "login": clinic.nurse_login, "password": PASSWORD.replace(" ", "+")}.items()]

    page = send_pairs(browser, "/log-in", [*pairs, ("password", "another")])

    assert refused(page)
    assert browser.client.get_cookie("__Host-session") is None


def test_a_form_behind_a_link_is_refused_alike(
    browser: Browser, clinic: ClinicOfTests, person: PatientOfTests
) -> None:
    filling = opened(browser, link_to(clinic, person.id))
    address = f"{filling.at}/supplement"
    form = next(form for form in forms_of(filling.get("supplement")) if form.action == address)

    page = send_pairs(browser, address, [*form.values.items(), ("answer", "unknown"), ("answer", "declined")])

    assert refused(page)
    assert "Not answered" in text_of(filling.get("look"))
