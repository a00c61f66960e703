"""Pictures of the pages, each at the size of a phone or a desk, in few colours so that they stay small."""

import shutil
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from docs.picture_clinic import picture_clinic
from docs.picture_sheets import picture_cover, picture_sheets
from tests.browser.clinic import press
from tests.browser.states.every import STATES


@dataclass(frozen=True)
class Size:
    """Of the window, in pixels. What is longer than ``longest`` is shown from its top."""

    width: int
    height: int
    longest: int


PHONE = Size(390, 700, 1700)
DESK = Size(1280, 600, 1500)
COLOURS = 48
SPANISH = "Español"


@dataclass(frozen=True)
class Pictured:
    """The state that a page is shown in, and what is pressed on it beforehand."""

    state: str
    size: Size = DESK
    pressed: tuple[str, ...] = ()


PAGES = {
    "log-in": Pictured("log-in"),
    "worklist": Pictured("worklist"),
    "worklist-phone": Pictured("worklist", PHONE),
    "worklist-nobody": Pictured("worklist, nobody"),
    "search": Pictured("search"),
    "patient-new": Pictured("new patient"),
    "patient": Pictured("patient with gaps"),
    "patient-out-of-date": Pictured("patient whose list changed"),
    "answer": Pictured("answer of a category"),
    "item": Pictured("add an item"),
    "alike": Pictured("items side by side"),
    "history": Pictured("history of a list"),
    "compare": Pictured("versions compared"),
    "checklist": Pictured("checklist with gaps"),
    "checklist-out-of-date": Pictured("checklist out of date"),
    "checklist-withdrawn": Pictured("checklist withdrawn"),
    "take-back": Pictured("take back without a reason"),
    "sheet-page": Pictured("sheet"),
    "code": Pictured("code"),
    "code-answer": Pictured("code out of date"),
    "link": Pictured("a link for the patient's phone"),
    "link-tablet": Pictured("a link for the clinic's tablet"),
    "desk-question": Pictured("what is on file"),
    "form-start": Pictured("link", PHONE),
    "form-start-spanish": Pictured("link", PHONE, (SPANISH,)),
    "form-who": Pictured("form by link, who", PHONE),
    "form-question": Pictured("form by link, a question", PHONE),
    "form-fault": Pictured("form by link, no answer", PHONE),
    "form-item": Pictured("form by link, one item", PHONE),
    "form-items": Pictured("form by link, written down", PHONE),
    "form-look": Pictured("form by link, look", PHONE),
    "form-receipt": Pictured("form by link, receipt", PHONE),
    "link-before": Pictured("make a link"),
    "form-cannot-open": Pictured("link opened elsewhere", PHONE),
    "settings": Pictured("settings"),
    "staff": Pictured("staff"),
    "staff-password": Pictured("staff, a new person's password"),
    "own-password": Pictured("own password"),
    "key": Pictured("a new key"),
    "clients": Pictured("a new system"),
    "guidance": Pictured("guidance with a draft"),
    "guidance-version": Pictured("guidance, a version"),
    "guidance-new": Pictured("new draft"),
    "guidance-draft": Pictured("draft"),
    "guidance-statement": Pictured("a refused statement"),
    "guidance-compare": Pictured("compare a statement"),
    "guidance-publish": Pictured("draft, before it is published"),
    "guidance-retire": Pictured("guidance, retire"),
    "audit": Pictured("who did what"),
    "own-data": Pictured("what a patient is given"),
    "erase": Pictured("erase a patient"),
}
"""What is pictured, by the names of the files. The day comes first, since a form that is sent changes it."""


def picture_pages(folder: Path) -> None:
    """Visit each page and write its picture."""
    states = {shown.name: shown for shown in STATES}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--font-render-hinting=none"]
        )
        with picture_clinic(browser) as clinic:
            picture_sheets(clinic, folder, write)
            for name, pictured in PAGES.items():
                shown = states[pictured.state]
                page = clinic.context(shown.who, own=shown.own).new_page()
                shown.reach(page, clinic)
                for button in pictured.pressed:
                    press(page, button)
                _picture(page, folder / f"{name}.png", pictured.size)
                page.close()
            picture_cover(clinic, folder, write)
        browser.close()


def _picture(page: Page, path: Path, size: Size) -> None:
    page.set_viewport_size({"width": size.width, "height": size.height})
    shot = Image.open(BytesIO(page.screenshot(full_page=True, animations="disabled", caret="hide")))
    write(shot.crop((0, 0, size.width, min(shot.height, size.longest))), path)


def write(shot: Image.Image, path: Path) -> None:
    """Keep a picture in few colours."""
    few = shot.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    few.save(path, optimize=True)
