"""Several treatments on the pages: ticked for one sheet, shown with each document, issued again alike."""

from datetime import UTC, datetime

import pytest

from service.store.database import Database, Reach
from tests.guidance_of_tests import OTHER_TREATMENT, TREATMENT, other_guidance_of_tests
from tests.store.records import publish
from tests.web.conftest import ClinicOfTests
from tests.web.lists import posted
from tests.web.pages.conftest import Browser, forms_of, text_of

TICKED = {"treatments/0": TREATMENT, "treatments/1": OTHER_TREATMENT, "planned_start": "2026-12-24"}


@pytest.fixture
def patient(clinic: ClinicOfTests, database: Database) -> str:
    """The page of a patient of a clinic that has guidance for two treatments."""
    with database.transaction(Reach.ALL) as connection:
        publish(connection, clinic.id, other_guidance_of_tests(), "v1", datetime.now(UTC))
    return f"/patients/{clinic.ehr.post('/v1/intake', posted('Water')).get_json()['patient_id']}"


def test_ticked_treatments_share_one_sheet_that_names_each_document(nurse: Browser, patient: str) -> None:
    page = nurse.get(patient)
    assert "A sheet for several has the list only once." in text_of(page)
    made = nurse.send(page, f"{patient}/checklists", TICKED)
    sheet = text_of(nurse.follow(made))
    assert "Examplinib + Sampletin" in sheet
    for name, title in (("Examplinib", "The example leaflet"), ("Sampletin", "The sample leaflet")):
        assert f"{name}, from the document “{title}”:" in sheet
    listed = text_of(nurse.get(patient))
    assert "Examplinib + Sampletin" in listed


def test_a_sheet_out_of_date_is_issued_again_for_the_same_treatments(
    nurse: Browser, clinic: ClinicOfTests, patient: str
) -> None:
    made = nurse.send(nurse.get(patient), f"{patient}/checklists", TICKED)
    clinic.ehr.post("/v1/intake", posted("Soap"))
    again = nurse.send(nurse.get(made.location), f"{patient}/checklists")
    assert again.location != made.location
    assert "Examplinib + Sampletin" in text_of(nurse.follow(again))


def test_nothing_ticked_is_asked_for_and_what_was_ticked_stays(nurse: Browser, patient: str) -> None:
    issuing = f"{patient}/checklists"
    nothing = nurse.send(nurse.get(patient), issuing, planned_start="2026-12-24")
    assert nothing.status_code == 422
    assert "Treatment: Choose one of these." in text_of(nothing)
    wrong = nurse.send(nurse.get(patient), issuing, TICKED | {"planned_start": "soon"})
    form = next(form for form in forms_of(wrong) if form.action == issuing)
    assert (form.values["treatments/0"], form.values["treatments/1"]) == (TREATMENT, OTHER_TREATMENT)
