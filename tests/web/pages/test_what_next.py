"""Pages on which there is nothing to do yet, and pages after something was done, say what comes next."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from service.store.database import Database
from tests.guidance_of_tests import TREATMENT
from tests.web.conftest import ClinicOfTests
from tests.web.lists import TREATMENT_ASKED, posted
from tests.web.pages.charts import PatientOfTests, patient_with
from tests.web.pages.conftest import Browser, forms_of, text_of
from tests.web.test_treatments import retire

TODAY = datetime.now(UTC).date()


def day(days: int) -> str:
    return (TODAY + timedelta(days=days)).isoformat()


@pytest.fixture
def person(clinic: ClinicOfTests) -> PatientOfTests:
    return patient_with(clinic, "Water")


def test_a_day_without_patients_says_how_a_patient_gets_there(nurse: Browser) -> None:
    page = nurse.get("/")

    assert "A patient stands here once a checklist was issued with this day as its planned start." in text_of(
        page
    )
    assert 'href="/patients/new">Add a patient</a>' in page.get_data(as_text=True)


def test_a_patients_page_without_guidance_says_why_no_checklist_can_be_issued(
    nurse: Browser, clinic: ClinicOfTests, database: Database, person: PatientOfTests
) -> None:
    assert "the clinic has no guidance in use" not in text_of(nurse.get(person.page))
    retire(database, clinic)

    page = nurse.get(person.page)
    assert "No checklist can be issued: the clinic has no guidance in use." in text_of(page)
    assert not [form for form in forms_of(page) if form.action == f"{person.page}/checklists"]


@pytest.mark.parametrize(("start", "told"), [(day(3), True), (None, True), (day(-3), False)])
def test_a_list_that_moved_on_is_said_above_the_list_until_the_treatment_starts(
    nurse: Browser, clinic: ClinicOfTests, start: str | None, told: bool
) -> None:
    # Given a sheet, and a list that changes after it
    treatment = {**TREATMENT_ASKED, "planned_start": start}
    receipt = clinic.ehr.post("/v1/intake", posted("Water", treatment=treatment)).get_json()
    address, sheet = f"/patients/{receipt['patient_id']}", f"/checklists/{receipt['checklist']['id']}"
    renew = "Open it to see what has changed on the list, and to issue a new one."
    assert renew not in text_of(nurse.get(address))
    clinic.ehr.post("/v1/intake", posted("Soap"))

    # When its patient's page is opened
    page = nurse.get(address).get_data(as_text=True)

    # Then the sheet stands above the list
    above = page.partition('<h2 id="list">')[0]
    assert (renew in above, f'href="{sheet}"' in above) == (told, told)

    # and is gone from there once a newer one is issued
    if told:
        checklists = f"{address}/checklists"
        nurse.send(nurse.get(address), checklists, treatment=TREATMENT, planned_start=start or "")
        assert renew not in text_of(nurse.get(address))


def test_a_checklist_that_is_issued_says_so_and_its_form_says_whose_it_is(
    nurse: Browser, person: PatientOfTests
) -> None:
    address = f"{person.page}/checklists"
    refused = nurse.send(nurse.get(person.page), address, planned_start="1.12.2026")
    assert "Test Patient 01" in text_of(refused)
    assert f'href="{person.page}">Cancel</a>' in refused.get_data(as_text=True)

    made = nurse.send(refused, address, treatment=TREATMENT, planned_start="")
    assert "The checklist was issued." in text_of(nurse.follow(made))


def test_every_page_of_a_patient_leads_to_the_checklists(nurse: Browser, person: PatientOfTests) -> None:
    for page in (person.page, f"{person.page}/history", f"{person.page}/record"):
        assert f'href="{person.page}#sheets"' in nurse.get(page).get_data(as_text=True)


def test_an_administrator_is_led_from_a_patient_to_who_looked_and_a_nurse_is_not(
    administrator: Browser, nurse: Browser, person: PatientOfTests
) -> None:
    link = f'href="/administration/audit?patient_id={person.id}"'

    assert link in administrator.get(person.page).get_data(as_text=True)
    assert link not in nurse.get(person.page).get_data(as_text=True)
    assert "Read a patient’s record" in text_of(
        administrator.get(f"/administration/audit?patient_id={person.id}")
    )


def test_printing_nothing_leads_back_to_the_worklist(nurse: Browser, person: PatientOfTests) -> None:
    nurse.get(person.page)
    token = next(form for form in forms_of(nurse.get("/")) if "csrf_token" in form.values).values[
        "csrf_token"
    ]
    page = nurse.post("/print-batches", {"csrf_token": token})

    assert page.status_code == 422
    assert 'href="/">Back to the worklist</a>' in page.get_data(as_text=True)


def test_the_log_in_says_where_one_is_had_and_the_demos_says_where_its_own_stand(
    app: Flask, browser: Browser
) -> None:
    asks, stands = "Ask the person who looks after the clinic’s settings.", "in the file var/demo.env"
    said = text_of(browser.get("/log-in"))
    assert (asks in said, stands in said) == (True, False)

    house = app.extensions["house"]
    app.extensions["house"] = replace(house, settings=replace(house.settings, mode="demo"))
    said = text_of(browser.get("/log-in"))
    assert (asks in said, stands in said) == (False, True)
