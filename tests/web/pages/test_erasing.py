"""The page on which an administrator erases a patient, who is named once more for that."""

import pytest

from tests.web.conftest import ClinicOfTests
from tests.web.pages.charts import PatientOfTests, patient_with
from tests.web.pages.conftest import Browser, forms_of, text_of


@pytest.fixture
def person(clinic: ClinicOfTests) -> PatientOfTests:
    return patient_with(clinic, "Water", "Soap")


def test_it_says_what_goes_and_stays_and_erases(administrator: Browser, person: PatientOfTests) -> None:
    assert f'href="{person.page}/erase"' in administrator.get(person.page).text
    address = f"{person.page}/erase"
    page = administrator.get(address)
    said = text_of(page)
    assert "Versions of the list: 1, with items: 2" in said
    assert "Who did what stays on record." in said

    led = administrator.send(page, address, reason="patient_asked", confirm=" 000123 ")

    assert (led.status_code, led.location) == (303, "/")
    assert "The patient was erased." in text_of(administrator.follow(led))
    assert administrator.get(person.page).status_code == 404
    assert person.ehr.get(f"/v1/patients/{person.id}").status_code == 404
    again = administrator.send(page, address, reason="patient_asked", confirm="000123")
    assert again.status_code == 404


def test_without_a_reason_or_with_another_identifier_nothing_is_erased_and_what_was_typed_stays(
    administrator: Browser, person: PatientOfTests
) -> None:
    address = f"{person.page}/erase"
    for typed, fault in (
        ({"confirm": "000123"}, "Why it is erased: Choose one of these."),
        ({"reason": "patient_asked", "confirm": "000124"}, "This is not an identifier of this patient."),
        ({"reason": "patient_asked"}, "An identifier of this patient"),
    ):
        page = administrator.send(administrator.get(address), address, **typed)
        assert page.status_code == 422
        assert fault in text_of(page)
        kept = next(form for form in forms_of(page) if form.action == address).values
        assert kept.get("reason", "") == typed.get("reason", "")
        assert kept["confirm"] == typed.get("confirm", "")
    assert person.ehr.get(f"/v1/patients/{person.id}").status_code == 200


def test_a_nurse_is_not_offered_it(nurse: Browser, person: PatientOfTests) -> None:
    assert "/erase" not in nurse.get(person.page).text
    assert nurse.get(f"{person.page}/erase").status_code == 403
