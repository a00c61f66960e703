"""How the tests fill in the intake form: as a patient with a browser, page by page."""

from dataclasses import dataclass, replace
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from service.store import clinics as clinic_store
from service.store.database import Database, Reach
from tests.web.conftest import ClinicOfTests
from tests.web.lists import posted
from tests.web.pages.conftest import Browser, forms_of

ASKED = ("prescription", "over_the_counter", "supplement")


def patient_on_file(clinic: ClinicOfTests, *names: str, mrn: str = "000123", **fields: Any) -> str:
    """A patient with a list of these names; the id."""
    receipt = clinic.ehr.post("/v1/intake", posted(*names, mrn=mrn, **fields)).get_json()
    return str(receipt["patient_id"])


def change_clinic(app: Flask, clinic: ClinicOfTests, **settings: Any) -> None:
    """Change settings of the clinic, such as the languages that its forms offer."""
    database: Database = app.extensions["house"].database
    with database.transaction(Reach.ALL) as connection:
        found = clinic_store.load_clinic(connection, clinic.id)
        assert found is not None
        clinic_store.update_settings(connection, replace(found, **settings))


def list_of(clinic: ClinicOfTests, patient: str) -> Any:
    """The patient's list today, as the API gives it."""
    return clinic.ehr.get(f"/v1/patients/{patient}/medication-list").get_json()


def link_to(clinic: ClinicOfTests, patient: str, mode: str = "self") -> str:
    """The path of a new link to a form for the patient."""
    made = clinic.ehr.post(f"/v1/patients/{patient}/intake-links", {"collection_mode": mode})
    assert made.status_code == 201, made.data
    return str(made.get_json()["url"]).removeprefix("http://localhost")


@dataclass
class Filling:
    """A form that a browser has open; ``at`` is where its steps are."""

    browser: Browser
    at: str

    def get(self, step: str) -> TestResponse:
        return self.browser.get(f"{self.at}/{step}")

    def send(self, step: str, fields: dict[str, str], action: str = "") -> TestResponse:
        """Send the form of a step with these fields typed over what it holds."""
        return self.browser.send(self.get(step), f"{self.at}/{action or step}", fields)

    def who(self, **fields: str) -> TestResponse:
        return self.send("who", {"informant/kind": "patient", **fields})

    def answer(self, category: str, answer: str, **still: str) -> TestResponse:
        return self.send(category, {"answer": answer, **still})

    def add(self, category: str, **fields: str) -> TestResponse:
        return self.send(f"{category}/items/new", fields)

    def submit(self) -> TestResponse:
        return self.send("look", {}, "send")


def opened(browser: Browser, link: str) -> Filling:
    """Press Start on the link's first page."""
    led = browser.send(browser.get(link), link)
    assert led.status_code == 303, led.get_data(as_text=True)
    return Filling(browser, led.location.removesuffix("/who"))


def opened_at_desk(nurse: Browser, patient: str) -> Filling:
    """Open a form at the desk, as the patient's page does."""
    token = next(form for form in forms_of(nurse.get("/")) if "csrf_token" in form.values).values[
        "csrf_token"
    ]
    led = nurse.post(f"/patients/{patient}/intake-forms", {"csrf_token": token})
    assert led.status_code == 303, led.get_data(as_text=True)
    return Filling(nurse, led.location.removesuffix("/who"))
