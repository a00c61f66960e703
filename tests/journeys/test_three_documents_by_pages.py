"""Three documents, from their text to a printed sheet, by an administrator with pages alone."""

import re
import tomllib
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from playwright.sync_api import Browser, Page

from tests.browser.clinic import log_in, new_context, press
from tests.databases import SqliteOfTests
from tests.guidance_of_tests import guidance_of_tests
from tests.running_service import ADMINISTRATOR, Service
from tests.served_app import served_app

DOCUMENTS = Path(__file__).parents[1] / "documents"
LANGUAGES = {"en": "English", "es": "Español"}
SECTIONS = {
    "tell": "To tell",
    "why": "Why",
    "report": "To report",
    "follow_up": "To follow",
    "about": "About the treatment (not on the sheet)",
}
ON_THE_SHEET = ("tell", "why", "report", "follow_up")
BRIEF = ("tell", "report", "follow_up")


@pytest.fixture(scope="module")
def service(sqlite: SqliteOfTests, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    url = sqlite.database(tmp_path_factory.mktemp("documents"))
    with served_app(url, lambda: datetime.now(UTC), guidance_of_tests()) as served:
        yield served


@pytest.fixture(scope="module")
def page(browser: Browser, service: Service) -> Iterator[Page]:
    """The administrator's browser, logged in."""
    context = new_context(browser)
    context.set_default_timeout(20_000)
    log_in(context, service, ADMINISTRATOR)
    yield context.new_page()
    context.close()


def statements_in(found: dict[str, Any], *, brief: bool) -> list[dict[str, Any]]:
    """All of a document's statements; or the first of some sections, as many as a short look needs."""
    if not brief:
        return list(found["statements"])
    return [next(one for one in found["statements"] if one["section"] == section) for section in BRIEF]


def begin(page: Page, service: Service, found: dict[str, Any], *, upload: bool) -> None:
    page.goto(f"{service.base_url}/administration/guidance")
    press(page, "New draft")
    text = DOCUMENTS / found["document"]["file"]
    page.get_by_label("Name of the treatment").fill(found["treatment"]["name"])
    page.get_by_label("Title of the document").fill(found["document"]["title"])
    page.get_by_label(LANGUAGES[found["document"]["language"]]).check()
    if upload:
        page.get_by_label("File with the text").set_input_files(text)
    else:
        page.get_by_label("Text of the document").fill(text.read_bytes().decode())
    press(page, "Begin the draft")


def make_of_ticked(page: Page, statement: dict[str, Any]) -> bool:
    """Tick the sentences and say in one statement what they say; whether the rules accept it.

    One that they refuse says why, and is taken out again.
    """
    for number in statement["cites"]:
        page.locator(f"input[name='-ticked/{number}']").check()
    press(page, "Write one statement of all that are ticked")
    page.get_by_label("Statement", exact=True).fill(statement["text"])
    page.get_by_label(SECTIONS[statement["section"]], exact=True).check()
    press(page, "Save")
    if page.locator(".refusals").count() == 0:
        return True
    assert "Rule " in page.locator(".refusals").inner_text()
    press(page, page.get_by_role("link", name="Back to the draft").inner_text())
    press(page, f"Take out: {statement['text']}")
    press(page, "Take out")
    return False


def compare_one_by_one(page: Page, statements: list[dict[str, Any]]) -> None:
    """Each statement is shown beside its sentences and confirmed by itself."""
    press(page, "Compare the next statement")
    for statement in statements:
        assert statement["text"] in page.locator("main").inner_text()
        for number in statement["cites"]:
            assert page.locator(".cited .number", has_text=re.compile(rf"^{re.escape(number)}$")).count() == 1
        press(page, "I compared it: it says what its sentences say")


def issue(page: Page, service: Service, found: dict[str, Any], mrn: str) -> str:
    """A patient with an item on the list, and a sheet for the treatment; the address of the sheet."""
    page.goto(f"{service.base_url}/patients/new")
    page.locator("[name='identifier/value']").fill(mrn)
    page.locator("[name='identifier/system']").fill("urn:clinic:mrn")
    page.locator("[name=name]").fill("Test Patient 01")
    press(page, "Add a patient")
    patient = page.url.split("?")[0]
    page.goto(f"{patient}/items/new")
    page.locator("[name=name]").fill("Water")
    press(page, "Save")
    press(page, "Issue a checklist")
    page.get_by_label(found["treatment"]["name"], exact=True).check()
    press(page, "Issue the checklist")
    return page.url.split("#")[0]


@pytest.mark.parametrize(
    ("name", "upload", "brief"), [("bullets", False, False), ("tables", True, True), ("espanol", True, True)]
)
def test_a_text_becomes_statements_and_they_stand_on_the_sheet_with_their_citations(
    page: Page, service: Service, name: str, *, upload: bool, brief: bool
) -> None:
    found = tomllib.loads((DOCUMENTS / f"{name}.toml").read_text("utf-8"))
    statements = statements_in(found, brief=brief)

    # Given a draft from the document's text, with statements made of its sentences
    begin(page, service, found, upload=upload)
    statements = [statement for statement in statements if make_of_ticked(page, statement)]
    assert f"Statements: {len(statements)}. Refused: 0." in page.locator("main").inner_text()

    # When each is compared, and all are published
    compare_one_by_one(page, statements)
    press(page, "Publish")
    press(page, "Publish")
    assert "The guidance was published." in page.locator("main").inner_text()

    # Then a patient's sheet has each statement with what it rests on, on the screen and on paper
    sheet = issue(page, service, found, mrn=f"0009-{name}")
    page.goto(f"{sheet}/sheet")
    on_screen = page.locator("body").inner_text()
    with closing(pypdfium2.PdfDocument(page.request.get(f"{sheet}/sheet.pdf").body())) as document:
        on_paper = " ".join(one.get_textpage().get_text_range() for one in document)
    for statement in statements:
        if statement["section"] in ON_THE_SHEET:
            assert cited(statement["text"], on_screen) == statement["cites"]
            assert cited(statement["text"], on_paper) == statement["cites"]


def cited(statement: str, sheet: str) -> list[str]:
    """The sentences that stand behind a statement by their numbers in the list of sources."""
    said = squeezed(sheet)
    numbers = re.search(rf"{re.escape(squeezed(statement))}(\d+(?:,\d+)*)", said)
    assert numbers is not None, statement
    sources = re.findall(r"Paragraph (\d+), sentence (\d+)", sheet)
    return [".".join(sources[int(number) - 1]) for number in numbers[1].split(",")]


def squeezed(text: str) -> str:
    """Without blanks and hyphens, which a line's end may add."""
    return re.sub(r"[\s\u00ad\u2010\ufffe\x02-]", "", text)
