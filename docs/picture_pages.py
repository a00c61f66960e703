"""Pictures of every page at the size of a phone and of a desk, in few colours so that they stay small."""

import shutil
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from docs.picture_clinic import picture_clinic
from docs.picture_sheets import picture_cover, picture_sheets
from tests.browser.states.every import STATES

SIZES = {"phone": (390, 844), "desk": (1280, 800)}
# What is longer is shown from its top: a picture is there to recognise a page, not to read it through.
LONGEST = {"phone": 1700, "desk": 1500}
COLOURS = 48
PAGES = {
    "worklist": "worklist",
    "search": "search",
    "patient": "patient with gaps",
    "checklist": "checklist with gaps",
    "checklist-out-of-date": "checklist out of date",
    "checklist-withdrawn": "checklist withdrawn",
    "take-back": "take back without a reason",
    "sheet-page": "sheet",
    "code": "code",
    "code-answer": "code out of date",
    "link": "a link for the patient's phone",
    "form-start": "link",
    "form-who": "form by link, who",
    "form-question": "form by link, a question",
    "form-fault": "form by link, no answer",
    "form-item": "form by link, one item",
    "form-items": "form by link, written down",
    "form-look": "form by link, look",
    "form-receipt": "form by link, receipt",
    "desk-question": "what is on file",
    "log-in": "log-in",
    "settings": "settings",
    "staff": "staff",
    "keys": "keys",
    "clients": "a new system",
    "guidance": "guidance with a draft",
    "guidance-version": "guidance, a version",
    "guidance-new": "new draft",
    "guidance-draft": "draft",
    "guidance-statement": "a refused statement",
    "guidance-compare": "compare a statement",
    "guidance-publish": "draft, before it is published",
    "audit": "who did what",
    "answer": "answer of a category",
    "new-item": "add an item",
    "history": "history of a list",
    "compare": "versions compared",
    "alike": "items side by side",
    "own-password": "own password",
}
"""The files' names and the states that the pages are shown in."""


def picture_pages(folder: Path) -> None:
    """Visit each page and write its pictures."""
    states = {shown.name: shown for shown in STATES}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--font-render-hinting=none"]
        )
        with picture_clinic(browser) as clinic:
            picture_sheets(clinic, folder, write)
            for name, state in PAGES.items():
                shown = states[state]
                page = clinic.context(shown.who, own=shown.own).new_page()
                shown.reach(page, clinic)
                _picture(page, folder, name)
                page.close()
            picture_cover(clinic, folder, write)
        browser.close()


def _picture(page: Page, folder: Path, name: str) -> None:
    for size, (width, height) in SIZES.items():
        page.set_viewport_size({"width": width, "height": height})
        shot = Image.open(BytesIO(page.screenshot(full_page=True, animations="disabled", caret="hide")))
        shot = shot.crop((0, 0, width, min(shot.height, LONGEST[size])))
        write(shot, folder / f"{name}-{size}.png")


def write(shot: Image.Image, path: Path) -> None:
    """Keep a picture in few colours."""
    few = shot.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    few.save(path, optimize=True)
