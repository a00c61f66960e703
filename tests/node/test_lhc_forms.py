"""The Questionnaire is filled in with a form that others wrote; what was typed is the list that is kept."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from service.domain.access.permissions import Role
from service.formats.catalogue_files import shipped_catalogues
from tests.databases import SqliteOfTests
from tests.node.form_page import FormPage
from tests.running_service import RunningService, running_service

MRN = {"identifier": {"system": "urn:clinic:mrn", "value": "000123"}}


@pytest.fixture(scope="module")
def service(sqlite: SqliteOfTests, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningService]:
    with running_service(sqlite.database(tmp_path_factory.mktemp("forms"))) as started:
        yield started


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    opened = browser.new_page()
    yield opened
    opened.close()


def form_of(service: RunningService, page: Page, language: str = "en") -> FormPage:
    address = f"/fhir/Questionnaire/medication-list?_language={language}"
    return FormPage(page, service.call(Role.INTAKE, "GET", address).json())


def test_nothing_is_chosen_and_no_item_is_asked_for_before_somebody_answers(
    service: RunningService, page: Page
) -> None:
    form = form_of(service, page)
    assert page.input_value('[id="supplement.answer/1/1"]') == ""
    assert not form.shown("supplement.item.name/1/1/1")
    assert "item" not in form.response()
    assert form.errors == []


def test_what_was_typed_is_the_list_that_is_kept(service: RunningService, page: Page) -> None:
    form = form_of(service, page)
    form.choose("informant/1/1", "A relative of the patient")
    form.type("informant-name/1/1", "Test Relative")
    form.choose("collection-mode/1/1", "By phone")
    form.choose("prescription.answer/1/1", "Yes")
    form.type("prescription.item.name/1/1/1", "Water")
    form.type("prescription.item.strength/1/1/1", "1.50 mg")
    form.press("add-prescription.item/1/1")
    form.type("prescription.item.name/1/2/1", "Water")
    form.type("prescription.item.strength/1/2/1", "3 mg")
    form.choose("prescription.item.status/1/2/1", "on hold")
    form.choose("over-the-counter.answer/1/1", "No, nothing like this")
    form.choose("supplement.answer/1/1", "Rather not say")
    form.type("uncategorized.item.description/1/1/1", "drops, at night")
    form.type("uncategorized.item.note/1/1/1", "In the fridge")

    sent = {**form.response(), "subject": MRN, "status": "completed"}
    posted = service.call(Role.INTAKE, "POST", "/fhir/QuestionnaireResponse", json=sent)

    assert posted.status_code == 201, posted.text
    kept = posted.headers["Location"].rpartition("/")[2]
    listed = service.call(Role.EHR, "GET", f"/v1/patients/{kept.split('.')[0]}/medication-list").json()
    said = [
        (i["name"] or i["description"], i["strength"], i["status"], i["category"], i["note"])
        for i in listed["items"]
    ]
    assert said == [
        ("Water", "1.50 mg", "active", "prescription", None),
        ("Water", "3 mg", "on_hold", "prescription", None),
        ("drops, at night", None, "active", "uncategorized", "In the fridge"),
    ]
    answers = {name: given["answer"] for name, given in listed["categories"].items()}
    assert answers == {
        "prescription": "items_reported",
        "over_the_counter": "none_reported",
        "supplement": "declined",
    }
    attribution = listed["items"][0]["attribution"]
    assert attribution["informant"] == {"kind": "related_person", "name": "Test Relative"}
    assert attribution["collection_mode"] == "phone"
    assert form.errors == []


def test_what_is_on_file_is_shown_in_the_form_and_sent_again_as_it_was(
    service: RunningService, page: Page
) -> None:
    tea = {"category": "supplement", "name": "Tea", "started_on": "2024-03-01", "as_needed": True}
    patient = {"identifier": {"system": "urn:clinic:mrn", "value": "000456"}, "name": "Test Patient 01"}
    receipt = service.call(Role.EHR, "POST", "/v1/intake", json={"patient": patient, "items": [tea]}).json()
    address = f"/fhir/QuestionnaireResponse/{receipt['patient_id']}.1"
    on_file = service.call(Role.EHR, "GET", address).json()

    form = form_of(service, page)
    form.fill(on_file)

    assert page.input_value('[id="supplement.item.name/1/1/1"]') == "Tea"
    sent = {**form.response(), "subject": on_file["subject"]}
    posted = service.call(Role.EHR, "POST", "/fhir/QuestionnaireResponse", json=sent)
    assert posted.status_code == 201, posted.text
    of_patient = f"/v1/patients/{receipt['patient_id']}/medication-list"
    changes = service.call(Role.EHR, "GET", f"{of_patient}/difference?from=1&to=2").json()
    assert (changes["items"], changes["answers"]) == ([], [])


def test_the_form_is_shown_in_spanish(service: RunningService, page: Page) -> None:
    form_of(service, page, "es")
    assert shipped_catalogues()["es"].texts["form.who"] in page.inner_text("#form")
