"""The intake form's steps, each of them behind a link and at the desk, and how a link is made."""

from playwright.sync_api import Page

from service.domain.wording import ENGLISH
from tests.browser.clinic import Clinic, press
from tests.browser.filling import (
    GO_ON,
    SAVE,
    Opening,
    answer,
    at_desk,
    by_link,
    choose,
    go_to,
    link_to,
    say_who,
    write_down,
)
from tests.browser.made_up_patients import NOTHING
from tests.browser.states.shown import Shown, Steps, open_page, post

SEND, MAKE = ENGLISH["form.send"], ENGLISH["link_page.make"]
LINKS = "pages_intake_links"
BY_LINK, AT_DESK = "pages_intake_by_link", "pages_intake_forms"


def _step(opening: Opening, step: str, *buttons: str) -> Steps:
    def reach(page: Page, clinic: Clinic) -> None:
        go_to(page, opening(page, clinic), step)
        for button in buttons:
            press(page, button)

    return reach


def _with_item(opening: Opening, *links: str) -> Steps:
    """Write one supplement down and go on from there."""

    def reach(page: Page, clinic: Clinic) -> None:
        under = opening(page, clinic)
        answer(page, under, "supplement", "items_reported")
        write_down(page, under, "supplement", "Ginger tea")
        for link in links:
            press(page, link)

    return reach


def _item_without_a_name(opening: Opening) -> Steps:
    def reach(page: Page, clinic: Clinic) -> None:
        _with_item(opening)(page, clinic)
        with page.expect_navigation():
            page.get_by_role("link", name=ENGLISH["form.change"]).first.click()
        page.locator("[name=name]").fill("")
        press(page, SAVE)

    return reach


def _change_item(opening: Opening) -> Steps:
    def reach(page: Page, clinic: Clinic) -> None:
        _with_item(opening)(page, clinic)
        with page.expect_navigation():
            page.get_by_role("link", name=ENGLISH["form.change"]).first.click()

    return reach


def _answered(opening: Opening, *buttons: str) -> Steps:
    """Answer everything: an item, one "none" and one "not sure"."""

    def reach(page: Page, clinic: Clinic) -> None:
        under = opening(page, clinic)
        say_who(page, under)
        answer(page, under, "prescription", "items_reported")
        write_down(page, under, "prescription", "Lisinopril")
        answer(page, under, "over_the_counter", "none_reported")
        answer(page, under, "supplement", "unknown")
        go_to(page, under, "look")
        for button in buttons:
            press(page, button)

    return reach


def _states(door: str, opening: Opening, who: str) -> tuple[Shown, ...]:
    """The steps that are the same by link and at the desk."""
    where = "by link" if door == BY_LINK else "at the desk"

    def shown(
        name: str, view: str, reach: Steps, status: int = 200, *, at_fault: bool = False, asks: bool = True
    ) -> Shown:
        return Shown(
            f"form {where}, {name}", f"{door}.{view}", who, reach, status, at_fault=at_fault, asks=asks
        )

    new = "supplement/items/new"
    return (
        shown("who", "get_who", _step(opening, "who")),
        shown("nobody chosen", "post_who", _step(opening, "who", GO_ON), 422, at_fault=True),
        shown("a question", "get_category", _step(opening, "supplement")),
        shown("no answer", "post_category", _step(opening, "over_the_counter", GO_ON), 422, at_fault=True),
        shown("one item", "get_new_item", _step(opening, new)),
        shown("an item without a name", "post_new_item", _step(opening, new, SAVE), 422, at_fault=True),
        shown("written down", "get_items", _with_item(opening)),
        shown("change an item", "get_item", _change_item(opening)),
        shown("change to no name", "post_item", _item_without_a_name(opening), 422, at_fault=True),
        shown("nothing answered", "get_look", _step(opening, "look")),
        shown("sent without who", "post_send", _step(opening, "look", SEND), 422, at_fault=True),
        shown("look", "get_look", _answered(opening)),
        shown("receipt", "get_receipt", _answered(opening, SEND)),
    )


def _link(page: Page, clinic: Clinic) -> None:
    page.goto(link_to(clinic, NOTHING))


def _opened_elsewhere(page: Page, clinic: Clinic) -> None:
    """A link that another browser has opened."""
    url = link_to(clinic, NOTHING)
    other = clinic.browser.new_page()
    other.goto(url)
    press(other, ENGLISH["form.start"])
    other.close()
    page.goto(url)


def _choice(page: Page, clinic: Clinic) -> None:
    open_page(page, clinic, clinic.patient(NOTHING) + "/intake-links")


def _make(mode: str | None) -> Steps:
    def reach(page: Page, clinic: Clinic) -> None:
        _choice(page, clinic)
        if mode:
            page.locator(f"[value={mode}]").check()
        press(page, MAKE)

    return reach


def _start_of_no_link(page: Page, clinic: Clinic) -> None:
    post(page, clinic, "/intake/no-such-link")


def _on_file(*buttons: str) -> Steps:
    """An item on file has changed."""

    def reach(page: Page, clinic: Clinic) -> None:
        go_to(page, at_desk(page, clinic), "prescription")
        page.get_by_label(ENGLISH["form_still.changed"]).check()
        choose(page, "answer", "items_reported")
        press(page, GO_ON)
        if buttons:
            page.locator("[name=name]").fill("")
        for button in buttons:
            press(page, button)

    return reach


def _moved_on(page: Page, clinic: Clinic) -> None:
    """The list changes between the look at the answers and sending them."""
    _answered(at_desk)(page, clinic)
    newest = list(clinic.receipts)[-1]
    clinic.as_nurse("POST", f"/v1{clinic.patient(newest)}/medication-list/items", {"name": "Throat lozenges"})
    press(page, SEND)


STATES = (
    Shown("make a link", f"{LINKS}.get_link", "nurse", _choice),
    Shown("a link for nobody's device", f"{LINKS}.post_link", "nurse", _make(None), 422, at_fault=True),
    Shown("a link for the patient's phone", f"{LINKS}.post_link", "nurse", _make("self")),
    Shown("a link for the clinic's tablet", f"{LINKS}.post_link", "nurse", _make("handed_device")),
    Shown("link", f"{BY_LINK}.get_start", "patient", _link),
    Shown("link opened elsewhere", f"{BY_LINK}.get_start", "patient", _opened_elsewhere, 404),
    Shown("start of no link", f"{BY_LINK}.post_start", "nurse", _start_of_no_link, 404),
    *_states(BY_LINK, by_link, "patient"),
    *_states(AT_DESK, at_desk, "nurse"),
    Shown("what is on file", f"{AT_DESK}.get_category", "nurse", _step(at_desk, "prescription")),
    Shown("what changed of an item", f"{AT_DESK}.get_item_on_file", "nurse", _on_file(), asks=False),
    Shown(
        "changed to no name",
        f"{AT_DESK}.post_item_on_file",
        "nurse",
        _on_file(GO_ON),
        422,
        at_fault=True,
        asks=False,
    ),
    Shown("the list has moved on", f"{AT_DESK}.post_send", "nurse", _moved_on, 412),
)

LEAD_ELSEWHERE = {
    f"{LINKS}.post_hand_over",
    f"{BY_LINK}.post_language",
    f"{AT_DESK}.post_language",
    f"{AT_DESK}.post_form_at_desk",
    f"{AT_DESK}.post_newest",
    # Behind a link nothing on file is shown, so there is nothing there.
    f"{BY_LINK}.get_item_on_file",
    f"{BY_LINK}.post_item_on_file",
}
