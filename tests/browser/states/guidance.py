"""The pages on which an administrator adds guidance for another treatment."""

from urllib.parse import urlsplit

from playwright.sync_api import Page

from tests.browser.clinic import Clinic, press
from tests.browser.states.shown import Shown, Steps, at, open_page, post, pressed
from tests.guidance_leaflet import LEAFLET

GUIDANCE = "/administration/guidance"
NEW = f"{GUIDANCE}/drafts/new"
NAME = "Brimolate"
ACCEPTED = "Report any severe itching to the clinic nurse."
REFUSED = "Put 20 ml on dry skin daily."


def _draft(page: Page, clinic: Clinic, *steps: str) -> None:
    """Open the draft, which is made by the first who needs it, and press on from there."""
    open_page(page, clinic, GUIDANCE)
    drafts = page.get_by_role("link", name=NAME, exact=True)
    if not drafts.count():
        _begin(page, clinic)
        _write(page, "2.3", ACCEPTED)
        _write(page, "4.2", REFUSED)
        open_page(page, clinic, GUIDANCE)
    with page.expect_navigation():
        drafts.first.click()
    for step in steps:
        press(page, step)


def _begin(page: Page, clinic: Clinic) -> None:
    open_page(page, clinic, NEW)
    page.locator("[name=treatment_name]").fill(NAME)
    page.locator("[name=title]").fill("A leaflet on brimolate")
    page.get_by_label("English").check()
    page.locator("[name=-text]").fill(LEAFLET)
    press(page, "Begin the draft")


def _write(page: Page, cites: str, text: str) -> None:
    press(page, "Write a statement")
    page.locator("[name=cites]").fill(cites)
    page.locator("[name=text]").fill(text)
    page.get_by_label("To report").check()
    press(page, "Save")
    if page.get_by_role("link", name=f"Back to the draft for {NAME}").count():
        press(page, f"Back to the draft for {NAME}")


def of_draft(*steps: str) -> Steps:
    return lambda page, clinic: _draft(page, clinic, *steps)


def of_version(*steps: str) -> Steps:
    """Open the version that is in use, and press on from there."""

    def reach(page: Page, clinic: Clinic) -> None:
        open_page(page, clinic, GUIDANCE)
        with page.expect_navigation():
            page.locator("td code").first.click()
        for step in steps:
            press(page, step)

    return reach


def _from_another_revision(*steps: str, button: str) -> Steps:
    """A form is sent of a draft that somebody else has changed meanwhile."""

    def reach(page: Page, clinic: Clinic) -> None:
        _draft(page, clinic, *steps)
        page.locator("[name=-revision]").first.evaluate("field => { field.value = '1'; }")
        press(page, button)

    return reach


def _ticked_by_nobody(page: Page, clinic: Clinic) -> None:
    _draft(page, clinic, "Make a statement of each ticked sentence")


def _no_text(page: Page, clinic: Clinic) -> None:
    _draft(page, clinic, "Change the title, the name or the text")
    page.locator("[name=-text]").fill("")
    press(page, "Save")


def _no_title(page: Page, clinic: Clinic) -> None:
    of_version("New draft from it")(page, clinic)
    page.locator("[name=title]").fill("")
    press(page, "Begin the draft")


def _another_digest(page: Page, clinic: Clinic) -> None:
    _draft(page, clinic, f"Compare with its sentences: {ACCEPTED}")
    page.locator("[name=-digest]").evaluate("field => { field.value = 'another'; }")
    press(page, "I compared it: it says what its sentences say")


def _publish_too_soon(page: Page, clinic: Clinic) -> None:
    """The button is sent from a page that was open before a statement was refused."""
    _draft(page, clinic)
    post(page, clinic, f"{urlsplit(page.url).path}/publish")


STATES = (
    Shown("guidance", "pages_guidance.get_guidance", "administrator", at(GUIDANCE)),
    Shown("guidance with a draft", "pages_guidance.get_guidance", "administrator", of_draft("Guidance")),
    Shown("guidance, a version", "pages_guidance.get_version", "administrator", of_version()),
    Shown(
        "guidance, a draft from a version",
        "pages_guidance.get_draft_from",
        "administrator",
        of_version("New draft from it"),
    ),
    Shown(
        "guidance, a draft from a version without a title",
        "pages_guidance.post_draft_from",
        "administrator",
        _no_title,
        422,
        at_fault=True,
    ),
    Shown("guidance, retire", "pages_guidance.get_retire", "administrator", of_version("Put out of use")),
    Shown("new draft", "pages_guidance_drafts.get_new_draft", "administrator", at(NEW)),
    Shown(
        "new draft, nothing typed",
        "pages_guidance_drafts.post_new_draft",
        "administrator",
        pressed(NEW, "Begin the draft"),
        422,
        at_fault=True,
    ),
    Shown("draft", "pages_guidance_drafts.get_draft", "administrator", of_draft()),
    Shown(
        "draft, nothing ticked",
        "pages_guidance_drafts.post_draft",
        "administrator",
        _ticked_by_nobody,
        422,
        at_fault=True,
    ),
    Shown(
        "draft, its document",
        "pages_guidance_drafts.get_document",
        "administrator",
        of_draft("Change the title, the name or the text"),
    ),
    Shown(
        "draft, its document without a text",
        "pages_guidance_drafts.post_document",
        "administrator",
        _no_text,
        422,
        at_fault=True,
    ),
    Shown(
        "draft, before it is published",
        "pages_guidance_drafts.get_publish",
        "administrator",
        of_draft("Look at what would be published"),
    ),
    Shown(
        "draft, not published",
        "pages_guidance_drafts.post_publish",
        "administrator",
        _publish_too_soon,
        409,
        at_fault=True,
    ),
    Shown("draft, delete", "pages_guidance_drafts.get_delete", "administrator", of_draft("Delete the draft")),
    Shown(
        "write a statement",
        "pages_guidance_statements.get_new",
        "administrator",
        of_draft("Write a statement"),
    ),
    Shown(
        "write a statement, nothing typed",
        "pages_guidance_statements.post_new",
        "administrator",
        of_draft("Write a statement", "Save"),
        422,
        at_fault=True,
    ),
    Shown(
        "a refused statement",
        "pages_guidance_statements.get_statement",
        "administrator",
        of_draft(f"Change: {REFUSED}"),
        asks=False,
    ),
    Shown(
        "a statement that somebody else changed",
        "pages_guidance_statements.post_statement",
        "administrator",
        _from_another_revision(f"Change: {REFUSED}", button="Save"),
        409,
        at_fault=True,
        asks=False,
    ),
    Shown(
        "take a statement out",
        "pages_guidance_statements.get_remove",
        "administrator",
        of_draft(f"Take out: {REFUSED}"),
    ),
    Shown(
        "take a statement out that somebody else changed",
        "pages_guidance_statements.post_remove",
        "administrator",
        _from_another_revision(f"Take out: {REFUSED}", button="Take out"),
        409,
        at_fault=True,
    ),
    Shown(
        "compare a statement",
        "pages_guidance_statements.get_review",
        "administrator",
        of_draft(f"Compare with its sentences: {ACCEPTED}"),
    ),
    Shown(
        "compare a statement that was changed",
        "pages_guidance_statements.post_review",
        "administrator",
        _another_digest,
        409,
        at_fault=True,
    ),
)

LEAD_ELSEWHERE = {"pages_guidance.post_retire", "pages_guidance_drafts.post_delete"}
