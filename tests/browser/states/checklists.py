"""The checklist's pages: mark, sign, take back, withdraw, print."""

from playwright.sync_api import Page

from service.domain.wording import ENGLISH
from tests.browser import made_up_patients as patients
from tests.browser.clinic import Clinic, press
from tests.browser.states.shown import Shown, Steps, open_page, post

TAKE_BACK, SIGN = ENGLISH["checklist_page.take_back"], ENGLISH["checklist_page.sign"]
NEW_SHEET, WITHDRAW = ENGLISH["checklist_page.issue_new"], ENGLISH["checklist_page.withdraw"]


def _of(name: str, rest: str = "") -> Steps:
    return lambda page, clinic: open_page(page, clinic, clinic.checklist(name) + rest)


def _nothing_filled(page: Page, clinic: Clinic) -> None:
    """Somebody else signs, and says neither who nor as whom."""
    open_page(page, clinic, clinic.checklist(patients.GAPS))
    section = page.locator("[id='section-supplement']").locator("xpath=ancestor-or-self::section[1]")
    section.get_by_text(ENGLISH["checklist_page.sign_other"]).click()
    with page.expect_navigation():
        section.get_by_role("button", name=SIGN, exact=True).click()


def _about_to_take_back(page: Page, clinic: Clinic) -> None:
    open_page(page, clinic, clinic.checklist(patients.SIGNED))
    with page.expect_navigation():
        page.get_by_role("link", name=TAKE_BACK).first.click()


def _took_back_without_a_reason(page: Page, clinic: Clinic) -> None:
    _about_to_take_back(page, clinic)
    press(page, TAKE_BACK)


def _withdrew_without_a_reason(page: Page, clinic: Clinic) -> None:
    open_page(page, clinic, clinic.checklist(patients.GAPS) + "/withdraw")
    press(page, WITHDRAW)


def _asked_for_nothing(page: Page, clinic: Clinic) -> None:
    post(page, clinic, f"{clinic.patient(patients.READY)}/checklists", planned_start="soon")


STATES = (
    Shown(
        "checklist without a treatment",
        "pages_checklists.post_checklist",
        "nurse",
        _asked_for_nothing,
        422,
        at_fault=True,
    ),
    Shown("checklist, ready to sign", "pages_checklists.get_checklist", "nurse", _of(patients.READY)),
    Shown("checklist with gaps", "pages_checklists.get_checklist", "nurse", _of(patients.GAPS)),
    Shown("checklist signed", "pages_checklists.get_checklist", "nurse", _of(patients.SIGNED), asks=False),
    Shown(
        "checklist out of date", "pages_checklists.get_checklist", "nurse", _of(patients.CHANGED), asks=False
    ),
    Shown("checklist withdrawn", "pages_checklists.get_checklist", "nurse", _of(patients.WITHDRAWN)),
    Shown("checklist with many items", "pages_checklists.get_checklist", "nurse", _of(patients.MANY)),
    Shown("checklist, right to left", "pages_checklists.get_checklist", "nurse", _of(patients.RIGHT_TO_LEFT)),
    Shown(
        "checklist seen by an administrator",
        "pages_checklists.get_checklist",
        "administrator",
        _of(patients.GAPS),
    ),
    Shown(
        "nobody named who signs", "pages_sign_offs.post_section", "nurse", _nothing_filled, 422, at_fault=True
    ),
    Shown("about to take a signature back", "pages_sign_offs.get_take_back", "nurse", _about_to_take_back),
    Shown(
        "take back without a reason",
        "pages_sign_offs.post_take_back",
        "nurse",
        _took_back_without_a_reason,
        422,
        at_fault=True,
    ),
    Shown(
        "about to withdraw a sheet", "pages_checklists.get_withdraw", "nurse", _of(patients.GAPS, "/withdraw")
    ),
    Shown(
        "withdraw without a reason",
        "pages_checklists.post_withdraw",
        "nurse",
        _withdrew_without_a_reason,
        422,
        at_fault=True,
    ),
    Shown("sheet", "pages_checklists.get_sheet", "nurse", _of(patients.GAPS, "/sheet"), framed=False),
    Shown(
        "sheet out of date",
        "pages_checklists.get_sheet",
        "nurse",
        _of(patients.CHANGED, "/sheet"),
        framed=False,
    ),
    Shown(
        "sheet that no font has",
        "pages_checklists.get_sheet_pdf",
        "nurse",
        _of(patients.UNPRINTABLE, "/sheet.pdf"),
        409,
    ),
)

LEAD_ELSEWHERE: set[str] = set()
