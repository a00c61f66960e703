"""A patient fills in the form by a link: one use, one browser, each step kept, nothing on file shown."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from service.app import create_app
from service.domain.intake.forms import FORM_LIFE, LINK_LIFE
from service.store.database import Database
from tests.web.conftest import ClinicOfTests
from tests.web.pages.conftest import Browser, text_of
from tests.web.pages.intake import ASKED, Filling, link_to, list_of, opened, patient_on_file

CANARY_ITEM, CANARY_NAME = "Canarium 77", "Test Patient 01"
CANNOT = "This link cannot be opened"


@pytest.fixture
def patient(clinic: ClinicOfTests) -> str:
    return patient_on_file(clinic, CANARY_ITEM)


@pytest.fixture
def filling(browser: Browser, clinic: ClinicOfTests, patient: str) -> Filling:
    return opened(browser, link_to(clinic, patient))


def test_a_patient_sends_one_medicine_a_none_and_a_not_sure(
    filling: Filling, clinic: ClinicOfTests, patient: str
) -> None:
    assert filling.who().location.endswith("/prescription")
    assert filling.answer("prescription", "items_reported").location.endswith("/prescription/items/new")
    assert filling.add("prescription", name="Water", dosage_text="one glass").status_code == 303
    assert filling.answer("over_the_counter", "none_reported").location.endswith("/supplement")
    assert filling.answer("supplement", "unknown").location.endswith("/look")
    receipt = filling.browser.follow(filling.submit())

    assert "Nobody has looked at them yet" in text_of(receipt)
    kept = list_of(clinic, patient)
    assert kept["version"] == 2
    assert [(i["name"], i["dosage_text"], i["category"]) for i in kept["items"]] == [
        ("Water", "one glass", "prescription")
    ]
    answers = {category: kept["categories"][category]["answer"] for category in ASKED}
    assert answers == dict(zip(ASKED, ("items_reported", "none_reported", "unknown"), strict=True))
    said = kept["categories"]["over_the_counter"]["attribution"]
    assert said["informant"] == {"kind": "patient", "name": None}
    assert said["collection_mode"] == "self"
    assert said["recorder"]["name"] == "Intake form"
    assert [item["name"] for item in kept["earlier_items"]] == [CANARY_ITEM]


def test_looking_at_a_link_opens_nothing(
    new_browser: Callable[[], Browser], clinic: ClinicOfTests, patient: str
) -> None:
    link = link_to(clinic, patient)
    for _ in range(3):
        page = new_browser().get(link)
        assert page.status_code == 200
        assert "First clinic" in text_of(page)
    assert opened(new_browser(), link)


def test_a_link_is_opened_by_one_browser_and_all_others_are_told_alike(
    new_browser: Callable[[], Browser], clinic: ClinicOfTests, patient: str
) -> None:
    first, second, link = new_browser(), new_browser(), link_to(clinic, patient)
    page_of_second = second.get(link)
    filling = opened(first, link)
    late = second.send(page_of_second, link)
    unknown = second.get("/intake/" + "x" * 43)

    assert (late.status_code, unknown.status_code) == (404, 404)
    assert text_of(late) == text_of(unknown) == text_of(second.get(link))
    assert CANNOT in text_of(late)
    for step in ("who", "prescription", "prescription/items", "look", "receipt"):
        assert CANNOT in text_of(second.get(f"{filling.at}/{step}"))


def test_the_browser_that_opened_it_comes_back_to_what_was_typed(
    filling: Filling, clinic: ClinicOfTests, patient: str
) -> None:
    filling.who(**{"informant/name": "Test Relative 01", "patient/name": "Somebody"})
    filling.add("supplement", name="Tea")

    assert "Somebody" in filling.get("who").get_data(as_text=True)
    assert "Tea" in text_of(filling.get("look"))


def test_a_start_that_is_sent_twice_leads_the_same_browser_to_the_form(
    browser: Browser, clinic: ClinicOfTests, patient: str
) -> None:
    link = link_to(clinic, patient)
    page = browser.get(link)
    assert browser.send(page, link).location == browser.send(page, link).location
    assert browser.get(link).location.endswith("/who")


def test_nothing_on_file_is_shown_on_any_page_behind_a_link(
    new_browser: Callable[[], Browser], clinic: ClinicOfTests, patient: str
) -> None:
    browser, link = new_browser(), link_to(clinic, patient)
    seen = [browser.get(link)]
    filling = opened(browser, link)
    seen += [filling.get("who"), filling.who()]
    for category in ASKED:
        seen += [filling.get(category), filling.answer(category, "items_reported")]
        seen += [filling.get(f"{category}/items"), filling.get(f"{category}/items/new")]
    seen += [filling.get("look"), filling.submit(), filling.get("receipt"), filling.get("nothing-here")]

    for page in seen:
        said = page.get_data(as_text=True) + str(page.headers)
        for on_file in (CANARY_ITEM, CANARY_NAME, "000123", patient):
            assert on_file not in said
        # A year by itself: random signs of a cookie may hold the same four.
        assert not re.search(r"\b1961\b", said)


def test_the_items_on_file_have_no_page_behind_a_link(
    filling: Filling, clinic: ClinicOfTests, patient: str
) -> None:
    on_file = list_of(clinic, patient)["items"][0]["id"]
    assert filling.get(f"on-file/{on_file}").status_code == 404
    assert filling.get("uncategorized").status_code == 404
    filling.answer("prescription", "none_reported", **{f"still/{on_file}": "no"})
    filling.who()
    filling.submit()
    assert [item["status"] for item in list_of(clinic, patient)["earlier_items"]] == ["active"]


def test_another_name_becomes_a_gap_and_says_nothing_to_who_typed_it(
    filling: Filling, clinic: ClinicOfTests, patient: str
) -> None:
    filling.who(**{"patient/name": "Somebody Else"})
    filling.answer("supplement", "declined")
    receipt = filling.browser.follow(filling.submit())

    assert receipt.status_code == 200
    assert "Somebody Else" not in text_of(receipt)
    assert list_of(clinic, patient)["reported_name"] == "Somebody Else"


def test_a_form_that_says_nothing_is_not_sent_whatever_name_is_typed(
    filling: Filling, clinic: ClinicOfTests, patient: str
) -> None:
    pages = []
    for name in ("Somebody Else", CANARY_NAME):
        filling.who(**{"patient/name": name})
        pages.append(text_of(filling.submit()).replace(name, "…"))

    assert pages[0] == pages[1]
    assert "Nothing was answered yet." in pages[0]
    assert list_of(clinic, patient)["version"] == 1


def test_the_same_form_sent_twice_makes_one_version_and_shows_the_receipt(
    filling: Filling, clinic: ClinicOfTests, patient: str
) -> None:
    filling.who()
    filling.answer("supplement", "none_reported")
    page = filling.get("look")
    for _ in range(2):
        sent = filling.browser.send(page, f"{filling.at}/send")
        assert sent.location == f"{filling.at}/receipt"

    assert list_of(clinic, patient)["version"] == 2
    assert filling.get("look").location == f"{filling.at}/receipt"
    assert filling.get("prescription").location == f"{filling.at}/receipt"


def test_an_item_that_is_saved_twice_stands_once(filling: Filling) -> None:
    page = filling.get("supplement/items/new")
    for _ in range(2):
        filling.browser.send(page, f"{filling.at}/supplement/items/new", name="Tea")

    assert text_of(filling.get("supplement/items")).count("Tea") == 2  # its name, and again for "Change"


def test_every_post_needs_the_token_of_a_form(filling: Filling, clinic: ClinicOfTests, patient: str) -> None:
    link = link_to(clinic, patient)
    steps = ("who", "language", "prescription", "prescription/items/new", "send")
    for path in (link, *(f"{filling.at}/{step}" for step in steps)):
        assert filling.browser.post(path, {"answer": "none_reported"}).status_code == 400
    assert "none" not in text_of(filling.get("look"))


def test_a_link_of_the_desk_device_forgets_its_browser_when_it_is_closed(
    browser: Browser, clinic: ClinicOfTests, patient: str
) -> None:
    link = link_to(clinic, patient, "handed_device")
    led = browser.send(browser.get(link), link)
    cookie = next(value for value in led.headers.getlist("Set-Cookie") if "__Host-form" in value)
    assert "Max-Age" not in cookie
    assert all(word in cookie for word in ("Secure", "HttpOnly", "SameSite=Lax"))


@pytest.mark.parametrize(("later", "works"), [(LINK_LIFE - timedelta(minutes=1), True), (LINK_LIFE, False)])
def test_a_link_can_be_opened_until_its_time_has_ended(
    database: Database, app: Flask, clinic: ClinicOfTests, patient: str, later: timedelta, *, works: bool
) -> None:
    link = link_to(clinic, patient)
    page = Browser(_at(app, database, later)).get(link)

    assert (CANNOT not in text_of(page)) is works


def test_a_form_that_is_not_sent_in_time_says_so_and_shows_nothing_of_it(
    database: Database, app: Flask, filling: Filling
) -> None:
    filling.who(**{"patient/name": "Somebody"})
    cookie = filling.browser.client.get_cookie("__Host-form")
    assert cookie is not None
    later = Browser(_at(app, database, FORM_LIFE))
    later.client.set_cookie("__Host-form", cookie.value)
    for step in ("who", "look", "receipt"):
        page = later.get(f"{filling.at}/{step}")
        assert page.status_code == 410
        assert "The time for this form has ended" in text_of(page)
        assert "Somebody" not in page.get_data(as_text=True)


def _at(app: Flask, database: Database, later: timedelta) -> FlaskClient:
    """A client of the same house on another day."""
    settings = app.extensions["house"].settings
    return create_app(settings, database=database, clock=lambda: datetime.now(UTC) + later).test_client()
