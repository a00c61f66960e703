"""Two at once: one browser opens a link, one version comes of a form, and no step undoes another."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.web.conftest import ClinicOfTests
from tests.web.pages.conftest import Browser, forms_of
from tests.web.pages.intake import Filling, link_to, list_of, opened, patient_on_file


@pytest.fixture
def patient(clinic: ClinicOfTests) -> str:
    return patient_on_file(clinic, "Water")


def at_once(acts: Sequence[Callable[[], TestResponse]]) -> list[TestResponse]:
    """What each was answered; all of them begin together."""
    barrier = Barrier(len(acts))

    def begin(act: Callable[[], TestResponse]) -> TestResponse:
        barrier.wait(10)
        return act()

    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(begin, acts))


def same_browser(app: Flask, browser: Browser) -> Browser:
    """Another window of the same browser: the same cookies."""
    window = Browser(app.test_client())
    for name in ("__Host-form", "__Host-page"):
        cookie = browser.client.get_cookie(name)
        if cookie is not None:
            window.client.set_cookie(name, cookie.value, secure=True)
    return window


def test_of_four_browsers_that_open_a_link_at_once_one_does(
    new_browser: Callable[[], Browser], clinic: ClinicOfTests, patient: str
) -> None:
    link = link_to(clinic, patient)
    browsers = [new_browser() for _ in range(4)]
    pages = [browser.get(link) for browser in browsers]

    def start(place: int) -> Callable[[], TestResponse]:
        return lambda: browsers[place].send(pages[place], link)

    answers = at_once([start(place) for place in range(4)])
    assert sorted(answer.status_code for answer in answers) == [303, 404, 404, 404]


def windows_on(app: Flask, filling: Filling, step: str, number: int) -> list[Callable[[], TestResponse]]:
    """The same form of a step, to be sent from several windows."""
    page = filling.get(step)
    action = f"{filling.at}/send" if step == "look" else f"{filling.at}/{step}"
    values = next(form for form in forms_of(page) if form.action == action).values

    def send(window: Browser) -> Callable[[], TestResponse]:
        return lambda: window.post(action, {**values, "name": "Tea"} if step != "look" else values)

    return [send(same_browser(app, filling.browser)) for _ in range(number)]


def test_a_form_that_is_sent_from_three_windows_at_once_makes_one_version(
    app: Flask, browser: Browser, clinic: ClinicOfTests, patient: str
) -> None:
    filling = opened(browser, link_to(clinic, patient))
    filling.who()
    filling.answer("supplement", "none_reported")
    answers = at_once(windows_on(app, filling, "look", 3))

    assert {answer.location for answer in answers} == {f"{filling.at}/receipt"}
    assert list_of(clinic, patient)["version"] == 2


def test_an_item_that_is_saved_from_three_windows_at_once_stands_once_beside_another_step(
    app: Flask, browser: Browser, clinic: ClinicOfTests, patient: str
) -> None:
    filling = opened(browser, link_to(clinic, patient))
    filling.who()
    acts = windows_on(app, filling, "supplement/items/new", 3)
    page = filling.get("prescription")
    window = same_browser(app, filling.browser)
    acts.append(lambda: window.send(page, f"{filling.at}/prescription", {"answer": "unknown"}))
    assert {answer.status_code for answer in at_once(acts)} == {303}
    filling.submit()

    kept = list_of(clinic, patient)
    assert [item["name"] for item in kept["items"]] == ["Tea"]
    assert kept["categories"]["prescription"]["answer"] == "unknown"
