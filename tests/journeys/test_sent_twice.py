"""In a real browser: what was typed is never lost, and what is sent twice is kept once."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.clinic import Clinic, new_context, press
from tests.browser.filling import answer, by_link, go_to, link_to, say_who, write_down
from tests.running_service import NURSE, PASSWORD

JAVASCRIPT = pytest.mark.parametrize(
    "javascript", [True, False], ids=["with JavaScript", "without JavaScript"]
)


def new_patient(clinic: Clinic) -> str:
    """A patient with a list that has no items; the name."""
    name = f"Test Patient {len(clinic.receipts) + 1:02d}"
    clinic.add_patient(name, f"0003{len(clinic.receipts):02d}", [])
    return name


def list_of(clinic: Clinic, name: str) -> dict[str, object]:
    listed: dict[str, object] = clinic.as_nurse("GET", f"/v1{clinic.patient(name)}/medication-list")
    return listed


def names_on(listed: dict[str, object]) -> list[object]:
    return [item["name"] for item in listed["items"]]  # type: ignore[attr-defined,index]


def press_twice(page: Page, name: str, leads_to: str) -> None:
    """A double click, as people do it on buttons; without JavaScript the second press cancels the first.

    What is waited for is therefore the address and no navigation, of which the first one fails.
    """
    page.get_by_role("button", name=name, exact=True).dblclick(no_wait_after=True)
    expect(page).to_have_url(re.compile(rf"{re.escape(leads_to)}[^/]*$"))
    page.wait_for_load_state("load")


def open_as_nurse(clinic: Clinic, *, javascript: bool) -> Page:
    page = new_context(clinic.browser, java_script_enabled=javascript).new_page()
    page.goto(clinic.url("/log-in"))
    page.get_by_label("Log-in name").fill(NURSE)
    page.get_by_label("Password").fill(PASSWORD)
    press(page, "Log in")
    return page


@JAVASCRIPT
def test_an_item_that_is_saved_by_a_double_click_is_on_the_list_once(
    clinic: Clinic, *, javascript: bool
) -> None:
    # Given a nurse with a form that is filled in
    name = new_patient(clinic)
    page = open_as_nurse(clinic, javascript=javascript)
    page.goto(clinic.url(f"{clinic.patient(name)}/items/new"))
    page.locator("[name=name]").fill("Water")

    # When the button is pressed twice at once
    press_twice(page, "Save", clinic.patient(name))

    # Then there is one item, and one version more
    listed = list_of(clinic, name)
    assert (names_on(listed), listed["version"]) == (["Water"], 2)
    page.context.close()


@JAVASCRIPT
def test_going_back_after_a_form_was_sent_offers_nothing_to_send_again(
    clinic: Clinic, *, javascript: bool
) -> None:
    # Given a nurse who has added an item
    name = new_patient(clinic)
    page = open_as_nurse(clinic, javascript=javascript)
    page.goto(clinic.url(f"{clinic.patient(name)}/items/new"))
    page.locator("[name=name]").fill("Water")
    press(page, "Save")

    # When she goes back and presses the button once more
    page.go_back()
    press(page, "Save")

    # Then that is a form with nothing in it, and the list is as it was
    assert page.locator(".problems").count() == 1
    listed = list_of(clinic, name)
    assert (names_on(listed), listed["version"]) == (["Water"], 2)
    page.context.close()


@JAVASCRIPT
def test_a_form_that_is_open_in_two_tabs_is_kept_once(clinic: Clinic, *, javascript: bool) -> None:
    # Given a nurse whose form is sent, while a copy of the tab still holds the same form
    name = new_patient(clinic)
    page = open_as_nurse(clinic, javascript=javascript)
    page.goto(clinic.url(f"{clinic.patient(name)}/items/new"))
    key = page.locator("form [name='-once']").last.input_value()
    page.locator("[name=name]").fill("Water")
    press(page, "Save")

    # When the copy is sent too
    page.goto(clinic.url(f"{clinic.patient(name)}/items/new"))
    page.locator("form [name='-once']").last.evaluate("(field, key) => { field.value = key; }", key)
    page.locator("[name='-made_from']").evaluate("field => { field.value = 1; }")
    page.locator("[name=name]").fill("Water")
    press(page, "Save")

    # Then it leads where the first one led, and the list is as it was
    listed = list_of(clinic, name)
    assert (names_on(listed), listed["version"]) == (["Water"], 2)
    page.context.close()


@JAVASCRIPT
def test_a_patients_answers_that_are_sent_twice_are_one_version_of_the_list(
    clinic: Clinic, *, javascript: bool
) -> None:
    # Given a patient who looks at the answers, with a name that nobody has on file
    name = new_patient(clinic)
    page = new_context(clinic.browser, java_script_enabled=javascript).new_page()
    page.goto(link_to(clinic, name))
    press(page, "Start")
    under = page.url.removesuffix("/who")
    say_who(page, under)
    write_down(page, under, "prescription", "Water")
    answer(page, under, "supplement", "none_reported")
    go_to(page, under, "look")

    # When the answers are sent by a double click, and once more from the page before
    press_twice(page, "Send to the clinic", "/receipt")
    page.goto(f"{under}/look")

    # Then the receipt stands there, and the list has one version more
    assert "Nobody has looked at them yet." in page.inner_text("main")
    listed = list_of(clinic, name)
    assert (names_on(listed), listed["version"]) == (["Water"], 2)
    page.context.close()


@JAVASCRIPT
def test_what_was_typed_is_still_there_when_a_form_fails(clinic: Clinic, *, javascript: bool) -> None:
    # Given a patient who knows everything of a medicine but its name
    page = new_context(clinic.browser, java_script_enabled=javascript).new_page()
    under = by_link(page, clinic)
    go_to(page, under, "supplement/items/new")
    typed = {
        field: f"{field} as it was said\u202f<&> “x”"
        for field in ("reason", "strength", "dosage_text", "frequency", "last_taken", "prescriber", "note")
    }
    for field, text in typed.items():
        page.locator(f"[name={field}]").fill(text)

    # When it is saved
    press(page, "Save")

    # Then it is not, and every word is still there
    assert page.locator(".problems").count() == 1
    assert {field: page.locator(f"[name={field}]").input_value() for field in typed} == typed
    page.context.close()
