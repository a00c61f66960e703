"""The worklist with its search, the look-up of a code, and the print of many sheets."""

from playwright.sync_api import Page

from service.domain.wording import ENGLISH
from tests.browser import made_up_patients as patients
from tests.browser.clinic import Clinic, press
from tests.browser.states.shown import Shown, Steps, at, open_page, post

DAY = f"/?date={patients.DAY}"


def _sought(text: str) -> Steps:
    def reach(page: Page, clinic: Clinic) -> None:
        open_page(page, clinic, DAY)
        page.get_by_label(ENGLISH["search.sought"]).fill(text)
        press(page, ENGLISH["search.search"])

    return reach


def _code_of(name: str) -> Steps:
    return lambda page, clinic: open_page(
        page, clinic, f"/code?code={clinic.receipts[name]['checklist']['code']}"
    )


def _printed(**fields: str) -> Steps:
    return lambda page, clinic: post(page, clinic, "/print-batches", **fields)


STATES = (
    Shown("worklist", "pages_worklist.get_worklist", "nurse", at(DAY), asks=False),
    Shown("worklist, nobody", "pages_worklist.get_worklist", "nurse", at("/?date=2026-12-24"), asks=False),
    Shown(
        "worklist, no such day", "pages_worklist.get_worklist", "nurse", at("/?date=soon"), 422, at_fault=True
    ),
    Shown("search", "pages_worklist.post_search", "nurse", _sought("Test Patient")),
    Shown("search, nobody found", "pages_worklist.post_search", "nurse", _sought("Nobody at all")),
    Shown("search for nothing", "pages_worklist.post_search", "nurse", _sought(""), 422, at_fault=True),
    Shown("code", "pages_codes.get_code", "nurse", at("/code")),
    Shown("code without a code", "pages_codes.get_code", "nurse", at("/code?code="), 422, at_fault=True),
    Shown("code mistyped", "pages_codes.get_code", "nurse", at("/code?code=ABC"), 422, at_fault=True),
    Shown("code of today", "pages_codes.get_code", "nurse", _code_of(patients.READY)),
    Shown("code out of date", "pages_codes.get_code", "nurse", _code_of(patients.CHANGED)),
    Shown("code withdrawn", "pages_codes.get_code", "nurse", _code_of(patients.WITHDRAWN)),
    Shown(
        "print nothing", "pages_batches.post_batch", "nurse", _printed(date="2026-12-24"), 404, at_fault=True
    ),
    Shown("print no day", "pages_batches.post_batch", "nurse", _printed(date="soon"), 422, at_fault=True),
)

LEAD_ELSEWHERE: set[str] = set()
