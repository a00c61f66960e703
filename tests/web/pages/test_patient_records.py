"""A patient's own data by forms: a change of what is on record, and a new patient."""

from datetime import UTC, datetime

import pytest

from tests.web.conftest import ClinicOfTests
from tests.web.pages.charts import PatientOfTests, patient_with
from tests.web.pages.conftest import Browser, forms_of, text_of


@pytest.fixture
def person(clinic: ClinicOfTests) -> PatientOfTests:
    return patient_with(clinic, "Water")


def on_record(person: PatientOfTests) -> dict[str, str | None]:
    found: dict[str, str | None] = person.ehr.get(f"/v1/patients/{person.id}").get_json()
    return found


def test_a_change_is_kept_and_what_was_emptied_is_taken_away(nurse: Browser, person: PatientOfTests) -> None:
    address = f"{person.page}/record"
    made = nurse.send(nurse.get(address), address, birth_date="", print_size="large", language="en")

    assert "The change is kept." in text_of(nurse.follow(made))
    now = on_record(person)
    assert (now["name"], now["birth_date"]) == ("Test Patient 01", None)
    assert (now["print_size"], now["language"]) == ("large", "en")


def test_a_language_without_a_catalogue_stays_as_it_is(nurse: Browser, person: PatientOfTests) -> None:
    person.ehr.patch(f"/v1/patients/{person.id}", {"language": "ca"})
    address = f"{person.page}/record"
    nurse.send(nurse.get(address), address, name="Test Patient 02")

    assert on_record(person)["language"] == "ca"
    assert "Català" in text_of(nurse.get(person.page))


def test_a_date_of_birth_that_lies_ahead_is_said_at_its_field(nurse: Browser, person: PatientOfTests) -> None:
    address = f"{person.page}/record"
    ahead = str(datetime.now(UTC).year + 1)
    page = nurse.send(nurse.get(address), address, birth_date=ahead, name="Test Patient 02")

    assert page.status_code == 422
    assert "Date of birth: This lies ahead." in text_of(page)
    kept = next(form for form in forms_of(page) if form.action == address).values
    assert (kept["birth_date"], kept["name"]) == (ahead, "Test Patient 02")
    assert on_record(person)["name"] == "Test Patient 01"


def test_a_record_that_has_changed_since_is_not_overwritten_unseen(
    nurse: Browser, person: PatientOfTests
) -> None:
    address = f"{person.page}/record"
    form = nurse.get(address)
    person.ehr.patch(f"/v1/patients/{person.id}", {"name": "Test Patient 03"})

    late = nurse.send(form, address, name="Test Patient 02")
    assert late.status_code == 412
    assert "Test Patient 03" in text_of(late)
    assert on_record(person)["name"] == "Test Patient 03"

    assert nurse.send(late, address).status_code == 303
    assert on_record(person)["name"] == "Test Patient 02"


def test_a_new_patient_is_offered_the_clinics_usual_numbers_and_starts_with_nothing_asked(
    nurse: Browser, person: PatientOfTests, other_clinic: ClinicOfTests
) -> None:
    other_clinic.ehr.post("/v1/patients", {"identifier": {"system": "urn:theirs", "value": "1"}})
    form = nurse.get("/patients/new")
    assert next(f.values["identifier/system"] for f in forms_of(form) if f.action == "/patients/new") == (
        "urn:clinic:mrn"
    )
    for _ in range(2):
        made = nurse.send(form, "/patients/new", {"identifier/value": "000777", "name": "Test Patient 07"})

    page = nurse.follow(made)
    assert made.location != person.page
    assert text_of(page).count("Not asked yet.") == 3
    assert "Test Patient 07" in text_of(page)


def test_a_clinic_without_patients_has_no_usual_numbers(nurse: Browser) -> None:
    form = nurse.get("/patients/new")
    assert next(f.values["identifier/system"] for f in forms_of(form) if f.action == "/patients/new") == ""


def test_a_number_that_is_taken_leads_to_the_patient_who_has_it(
    nurse: Browser, person: PatientOfTests
) -> None:
    typed = {"identifier/value": "000123", "name": "Test Patient 99"}
    page = nurse.send(nurse.get("/patients/new"), "/patients/new", typed)

    assert page.status_code == 409
    assert "Number of the patient: Another patient has this number." in text_of(page)
    assert f'href="{person.page}"' in page.get_data(as_text=True)
    kept = next(form for form in forms_of(page) if form.action == "/patients/new").values
    assert {name: kept[name] for name in typed} == typed


def test_a_new_patient_without_a_number_is_asked_for_it(nurse: Browser, person: PatientOfTests) -> None:
    page = nurse.send(nurse.get("/patients/new"), "/patients/new", {"name": "Test Patient 99"})

    assert page.status_code == 422
    assert "Number of the patient: This is needed." in text_of(page)


def test_another_clinics_record_is_not_there(
    nurse: Browser, other_clinic: ClinicOfTests, person: PatientOfTests
) -> None:
    theirs = patient_with(other_clinic, "Water")
    own = f"{person.page}/record"
    form = next(form for form in forms_of(nurse.get(own)) if form.action == own)

    assert nurse.get(f"{theirs.page}/record").status_code == 404
    assert nurse.post(f"{theirs.page}/record", form.values).status_code == 404
