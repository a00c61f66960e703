"""Fills in the intake form as a person does, page by page, by a link or at the desk."""

from collections.abc import Callable

from playwright.sync_api import Page

from service.domain.wording import ENGLISH
from tests.browser.clinic import Clinic, press
from tests.browser.made_up_patients import NOTHING

Opening = Callable[[Page, Clinic], str]
GO_ON, SAVE = ENGLISH["form.go_on"], ENGLISH["form.save_item"]


def link_to(clinic: Clinic, name: str, mode: str = "self") -> str:
    """The address of a new link to the form of a patient."""
    patient_id = clinic.receipts[name]["patient_id"]
    made = clinic.as_nurse("POST", f"/v1/patients/{patient_id}/intake-links", {"collection_mode": mode})
    return str(made["url"])


def by_link(page: Page, clinic: Clinic) -> str:
    """Open the form behind a new link; the address that its steps are under."""
    page.goto(link_to(clinic, NOTHING))
    press(page, ENGLISH["form.start"])
    return page.url.removesuffix("/who")


def at_desk(page: Page, clinic: Clinic) -> str:
    """Open the form of one more patient with a list, behind the log-in; where its steps are."""
    name = f"Test Person {len(clinic.receipts)}"
    items = [{"category": "prescription", "name": "Amlodipine"}, {"name": "small white tablet"}]
    clinic.add_patient(name, name[-2:], items, treatment=None)
    page.goto(clinic.url("/password"))
    token = page.locator("[name=csrf_token]").first.input_value()
    address = clinic.url(f"{clinic.patient(name)}/intake-forms")
    led = page.request.post(address, form={"csrf_token": token}, max_redirects=0)
    return clinic.url(led.headers["location"].removesuffix("/who"))


def go_to(page: Page, under: str, step: str) -> None:
    page.goto(f"{under}/{step}")


def choose(page: Page, name: str, value: str) -> None:
    page.locator(f"[name='{name}'][value='{value}']").check()


def say_who(page: Page, under: str) -> None:
    """The patient answers, and at the desk in an interview."""
    go_to(page, under, "who")
    choose(page, "informant/kind", "patient")
    if page.locator("[name='collection_mode']").count():
        choose(page, "collection_mode", "interview")
    press(page, GO_ON)


def answer(page: Page, under: str, category: str, value: str) -> None:
    go_to(page, under, category)
    choose(page, "answer", value)
    press(page, GO_ON)


def write_down(page: Page, under: str, category: str, name: str, dose: str = "one in the morning") -> None:
    go_to(page, under, f"{category}/items/new")
    page.locator("[name=name]").fill(name)
    page.locator("[name=dosage_text]").fill(dose)
    press(page, SAVE)
