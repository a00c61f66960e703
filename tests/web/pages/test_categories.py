"""Answers for a category by a form: five of them, none chosen beforehand, each with who gave it."""

import pytest

from tests.web.conftest import ClinicOfTests
from tests.web.pages.charts import PatientOfTests, patient_with
from tests.web.pages.conftest import Browser, forms_of, text_of

PATIENT_SAID = {"informant/kind": "patient", "collection_mode": "phone"}


@pytest.fixture
def person(clinic: ClinicOfTests) -> PatientOfTests:
    return patient_with(clinic, "Water")


@pytest.mark.parametrize("answer", ["items_reported", "none_reported", "unknown", "declined"])
def test_an_answer_is_kept_with_who_gave_it_and_shown(
    nurse: Browser, person: PatientOfTests, answer: str
) -> None:
    address = f"{person.page}/categories/supplement"
    made = nurse.send(nurse.get(address), address, {"answer": answer} | PATIENT_SAID)

    assert "The answer is kept." in text_of(nurse.follow(made))
    kept = person.list["categories"]["supplement"]
    assert kept["answer"] == answer
    assert kept["attribution"]["informant"]["kind"] == "patient"
    assert kept["attribution"]["collection_mode"] == "phone"


def test_a_form_without_an_answer_is_none(nurse: Browser, person: PatientOfTests) -> None:
    address = f"{person.page}/categories/supplement"
    page = nurse.send(nurse.get(address), address, PATIENT_SAID)

    assert page.status_code == 422
    assert "What was the answer? Choose one of these." in text_of(page)
    assert person.list["categories"]["supplement"]["answer"] == "not_asked"


def test_an_answer_needs_who_gave_it_and_how(nurse: Browser, person: PatientOfTests) -> None:
    address = f"{person.page}/categories/supplement"
    page = nurse.send(nurse.get(address), address, answer="none_reported")

    assert page.status_code == 422
    assert "Who said it? Choose one of these." in text_of(page)
    assert "How was it said? Choose one of these." in text_of(page)
    kept = next(form for form in forms_of(page) if form.action == address).values
    assert kept["answer"] == "none_reported"
    assert person.list["version"] == 1


def test_none_while_items_are_listed_is_refused_at_its_field(nurse: Browser, person: PatientOfTests) -> None:
    address = f"{person.page}/categories/prescription"
    page = nurse.send(nurse.get(address), address, {"answer": "none_reported"} | PATIENT_SAID)

    assert page.status_code == 422
    assert 'href="#f-answer"' in page.get_data(as_text=True)
    assert "What was the answer? The answer does not fit what is listed." in text_of(page)
    assert "Water" in text_of(page)


def test_the_same_answer_sent_twice_makes_one_version_and_a_late_one_is_not_made_unseen(
    nurse: Browser, person: PatientOfTests
) -> None:
    address = f"{person.page}/categories/supplement"
    form, other = nurse.get(address), nurse.get(address)
    for _ in range(2):
        assert nurse.send(form, address, {"answer": "none_reported"} | PATIENT_SAID).status_code == 303
    assert person.list["version"] == 2

    late = nurse.send(other, address, {"answer": "declined"} | PATIENT_SAID)
    assert late.status_code == 412
    assert "the answer was “not asked”, now “none”." in text_of(late)
    assert nurse.send(late, address).status_code == 303
    assert person.list["categories"]["supplement"]["answer"] == "declined"


def test_a_category_of_nobody_is_not_there(nurse: Browser, person: PatientOfTests) -> None:
    assert nurse.get(f"{person.page}/categories/uncategorized").status_code == 404


def test_after_a_yes_alone_comes_what_is_taken_and_its_gap_leads_there_too(
    nurse: Browser, person: PatientOfTests
) -> None:
    address = f"{person.page}/categories/supplement"
    made = nurse.send(nurse.get(address), address, {"answer": "items_reported"} | PATIENT_SAID)

    add = f"{person.page}/items/new?category=supplement"
    assert made.location == add
    assert f'class="button" href="{add}"' in nurse.get(person.page).get_data(as_text=True)


def test_after_a_yes_for_what_is_listed_comes_the_list(nurse: Browser, person: PatientOfTests) -> None:
    address = f"{person.page}/categories/prescription"
    made = nurse.send(nurse.get(address), address, {"answer": "items_reported"} | PATIENT_SAID)

    assert made.location == person.page
