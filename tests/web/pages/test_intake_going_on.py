"""Where the intake form goes on: to the next question without an answer, and from a change to the end."""

import pytest

from tests.web.conftest import ClinicOfTests
from tests.web.pages.conftest import Browser, text_of
from tests.web.pages.intake import ASKED, Filling, link_to, opened, opened_at_desk, patient_on_file

DESK = {"informant/kind": "patient", "collection_mode": "interview"}


@pytest.fixture
def filling(browser: Browser, clinic: ClinicOfTests) -> Filling:
    return opened(browser, link_to(clinic, patient_on_file(clinic)))


def test_a_form_leads_from_question_to_question_and_then_to_the_answers(filling: Filling) -> None:
    steps = [filling.who(), *(filling.answer(category, "unknown") for category in ASKED)]

    assert [led.location for led in steps] == [f"{filling.at}/{step}" for step in (*ASKED, "look")]


def test_who_changes_one_answer_is_led_back_to_the_answers_and_through_no_other_question(
    filling: Filling,
) -> None:
    # Given every question is answered
    filling.who()
    for category in ASKED:
        filling.answer(category, "none_reported")

    # When the first answer and who is answering are changed
    look = f"{filling.at}/look"
    assert filling.answer("prescription", "declined").location == look
    assert filling.who(**{"informant/kind": "caregiver"}).location == look

    # Then what is written down under a changed answer leads there too
    filling.answer("prescription", "items_reported")
    filling.add("prescription", name="Water")
    assert f'href="{look}">Go on</a>' in filling.get("prescription/items").get_data(as_text=True)


def test_a_question_without_an_answer_is_asked_once_more_on_the_way(filling: Filling) -> None:
    filling.answer("prescription", "unknown")
    filling.answer("supplement", "unknown")

    assert filling.answer("prescription", "declined").location == f"{filling.at}/over_the_counter"
    assert filling.send("over_the_counter", {"-do": "skip"}).location == f"{filling.at}/look"


def test_at_the_desk_an_item_on_file_that_nobody_spoke_of_is_still_to_ask(
    nurse: Browser, clinic: ClinicOfTests
) -> None:
    patient = patient_on_file(clinic, "Water")
    (item,) = clinic.ehr.get(f"/v1/patients/{patient}/medication-list").get_json()["items"]
    filling = opened_at_desk(nurse, patient)
    for category in ASKED:
        filling.answer(category, "items_reported")
    assert filling.send("who", DESK).location == f"{filling.at}/prescription"

    filling.send("prescription", {f"still/{item['id']}": "yes"})
    assert filling.send("who", DESK).location == f"{filling.at}/look"


def test_none_beside_what_is_written_down_leads_to_what_is_written_down(filling: Filling) -> None:
    filling.add("supplement", name="Tea")
    page = filling.answer("supplement", "none_reported").get_data(as_text=True)

    assert f'href="{filling.at}/supplement/items">Look at what is written down</a>' in page


def test_a_yes_with_nothing_written_down_can_be_answered_anew(filling: Filling) -> None:
    filling.answer("supplement", "items_reported")
    page = filling.get("supplement/items").get_data(as_text=True)

    assert "You answered “yes”, and nothing is written down yet." in page
    assert f'href="{filling.at}/supplement">Change this answer</a>' in page


def test_who_answers_is_to_be_chosen(filling: Filling) -> None:
    page = filling.send("who", {})

    assert page.status_code == 422
    assert "The person who is answering: Choose one of these." in text_of(page)


def test_a_link_that_was_opened_elsewhere_says_where_its_form_goes_on(
    browser: Browser, nurse: Browser, clinic: ClinicOfTests
) -> None:
    link = link_to(clinic, patient_on_file(clinic))
    opened(browser, link)
    said = text_of(nurse.get(link))

    assert "Ask the clinic for a new link." in said
    assert "open the link on the same device and in the same way as then" in said
