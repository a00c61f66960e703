"""One patient's pages: the list, what is still to ask, and the forms that change it."""

from playwright.sync_api import Page

from service.domain.wording import ENGLISH
from tests.browser import made_up_patients as patients
from tests.browser.clinic import Clinic, press
from tests.browser.states.shown import Shown, Steps, at, open_page

SAVE = ENGLISH["page.save"]
NEW = "/patients/new"


def _of(name: str, rest: str = "", *buttons: str, **filled: str) -> Steps:
    def reach(page: Page, clinic: Clinic) -> None:
        open_page(page, clinic, clinic.patient(name) + rest)
        for field, value in filled.items():
            page.locator(f"[name='{field}']").fill(value)
        for button in buttons:
            press(page, button)

    return reach


def _item(rest: str, *buttons: str, **filled: str) -> Steps:
    """A page of an item: the third one of the patient with gaps, which nobody has sorted yet."""

    def reach(page: Page, clinic: Clinic) -> None:
        listed = clinic.as_nurse("GET", f"/v1{clinic.patient(patients.GAPS)}/medication-list")
        _of(patients.GAPS, f"/items/{listed['items'][2]['id']}/{rest}", *buttons, **filled)(page, clinic)

    return reach


def _stale(page: Page, clinic: Clinic) -> None:
    """The list changes while a form is open."""
    open_page(page, clinic, clinic.patient(patients.NOTHING) + "/items/new")
    clinic.as_nurse("POST", f"/v1{clinic.patient(patients.NOTHING)}/medication-list/items", {"name": "Soap"})
    page.locator("[name=name]").fill("Water")
    press(page, SAVE)


def _new_without_a_number(page: Page, clinic: Clinic) -> None:
    open_page(page, clinic, NEW)
    page.locator("[name=name]").fill("Test Patient 10")
    press(page, ENGLISH["search.add"])


def _erase(*buttons: str) -> Steps:
    """The page that only an administrator sees."""

    def reach(page: Page, clinic: Clinic) -> None:
        open_page(page, clinic, clinic.patient(patients.GAPS) + "/erase")
        for button in buttons:
            press(page, button)

    return reach


def _form(
    name: str, part: str, form: str, reach: Steps, sent: Steps, *, asks: bool = True
) -> tuple[Shown, Shown]:
    """A form as it is opened, and again with what is wrong with it."""
    get, post = form.split()
    return (
        Shown(name, f"pages_{part}.{get}", "nurse", reach, asks=asks),
        Shown(
            f"{name}, sent with faults", f"pages_{part}.{post}", "nurse", sent, 422, at_fault=True, asks=asks
        ),
    )


_ANSWER = "/categories/supplement"
STATES = (
    Shown("patient with gaps", "pages_patients.get_patient", "nurse", _of(patients.GAPS)),
    Shown("patient whose list changed", "pages_patients.get_patient", "nurse", _of(patients.CHANGED)),
    Shown("patient who was never asked", "pages_patients.get_patient", "nurse", _of(patients.NOTHING)),
    Shown("patient with many items", "pages_patients.get_patient", "nurse", _of(patients.MANY)),
    Shown("patient, right to left", "pages_patients.get_patient", "nurse", _of(patients.RIGHT_TO_LEFT)),
    *_form(
        "answer of a category",
        "categories",
        "get_answer post_answer",
        _of(patients.GAPS, _ANSWER),
        _of(patients.GAPS, _ANSWER, SAVE),
    ),
    *_form(
        "add an item",
        "items",
        "get_new_item post_item",
        _of(patients.GAPS, "/items/new"),
        _of(patients.GAPS, "/items/new", SAVE),
    ),
    *_form(
        "change an item",
        "items",
        "get_change post_change",
        _item("change"),
        _item("change", SAVE, description=""),
        asks=False,
    ),
    *_form(
        "which kind an item is",
        "item_questions",
        "get_question post_question",
        _item("category"),
        _item("category", SAVE),
    ),
    *_form(
        "entered in error",
        "item_questions",
        "get_error post_error",
        _item("entered-in-error"),
        _item("entered-in-error", ENGLISH["item_form.mark"]),
    ),
    *_form(
        "record of a patient",
        "patient_records",
        "get_record post_record",
        _of(patients.GAPS, "/record"),
        _of(patients.GAPS, "/record", SAVE, birth_date="soon"),
        asks=False,
    ),
    *_form("new patient", "patients", "get_new_patient post_new_patient", at(NEW), _new_without_a_number),
    Shown("erase a patient", "pages_erasing.get_erase", "administrator", _erase()),
    Shown(
        "erase a patient, sent with faults",
        "pages_erasing.post_erase",
        "administrator",
        _erase(ENGLISH["erase_page.erase"]),
        422,
        at_fault=True,
    ),
    Shown("history of a list", "pages_history.get_history", "nurse", _of(patients.CHANGED, "/history")),
    Shown("older version", "pages_history.get_version", "nurse", _of(patients.CHANGED, "/versions/1")),
    Shown(
        "versions compared",
        "pages_history.get_difference",
        "nurse",
        _of(patients.CHANGED, "/difference?from=1&to=2"),
    ),
    Shown(
        "versions that do not fit",
        "pages_history.get_difference",
        "nurse",
        _of(patients.CHANGED, "/difference?from=2&to=1"),
        422,
        at_fault=True,
    ),
    Shown(
        "what a patient is given",
        "pages_patient_data.get_own_data",
        "administrator",
        _of(patients.CHANGED, "/own-data"),
    ),
    Shown("items side by side", "pages_alike.get_alike", "nurse", _of(patients.ALIKE, "/alike")),
    Shown("list changed meanwhile", "pages_items.post_item", "nurse", _stale, 412, asks=False),
)

LEAD_ELSEWHERE = {"pages_patient_data.get_file"}
