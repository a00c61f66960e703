"""Staff make a link to the intake form, see it once, and hand a device over."""

import re
from typing import Any

import pytest

from tests.web.conftest import ClinicOfTests
from tests.web.pages.conftest import Browser, text_of
from tests.web.pages.intake import opened, patient_on_file


@pytest.fixture
def patient(clinic: ClinicOfTests) -> str:
    return patient_on_file(clinic, "Water")


def made(nurse: Browser, patient: str, mode: str) -> Any:
    address = f"/patients/{patient}/intake-links"
    return nurse.send(nurse.get(address), address, collection_mode=mode)


def link_on(page: Any) -> str:
    found = re.search(r"https://localhost(/intake/[\w-]{43})", page.get_data(as_text=True))
    assert found is not None
    return found[1]


def test_a_nurse_sees_the_link_once_as_text_and_as_a_picture(nurse: Browser, patient: str) -> None:
    address = f"/patients/{patient}/intake-links"
    page = nurse.get(address)
    shown = nurse.send(page, address, collection_mode="self")
    assert shown.status_code == 200
    assert "<svg" in shown.get_data(as_text=True)
    link = link_on(shown)

    again = nurse.follow(nurse.send(page, address, collection_mode="self"))
    assert "is not shown again" in text_of(again)
    assert link not in again.get_data(as_text=True)


def test_a_link_is_for_one_of_two_kinds_of_device(nurse: Browser, patient: str) -> None:
    for mode in ("", "paper", "import"):
        page = made(nurse, patient, mode)
        assert page.status_code == 422
        assert 'href="#f-collection_mode"' in page.get_data(as_text=True)


def test_a_device_is_handed_over_logged_out_and_without_earlier_forms(nurse: Browser, patient: str) -> None:
    first = made(nurse, patient, "handed_device")
    link = link_on_hidden(first)
    earlier = nurse.send(nurse.get(link), link).location
    assert nurse.get(earlier).status_code == 200
    page = made(nurse, patient, "handed_device")
    handed = nurse.send(page, f"/patients/{patient}/intake-links/hand-over")

    assert handed.location == link_on_hidden(page)
    assert nurse.get(f"/patients/{patient}").location.startswith("/log-in")
    assert nurse.get(earlier).status_code == 404
    assert "Start" in text_of(nurse.follow(handed))


def test_a_device_of_the_clinic_can_be_another_one_than_this(nurse: Browser, patient: str) -> None:
    page = made(nurse, patient, "handed_device")
    assert link_on(page) == link_on_hidden(page)
    assert "<svg" in page.get_data(as_text=True)


def link_on_hidden(page: Any) -> str:
    found = re.search(r'name="secret" value="([\w-]{43})"', page.get_data(as_text=True))
    assert found is not None
    return f"/intake/{found[1]}"


def test_another_clinics_patient_gets_no_link(
    nurse: Browser, other_clinic: ClinicOfTests, clinic: ClinicOfTests
) -> None:
    theirs = patient_on_file(other_clinic, "Soap")
    assert nurse.get(f"/patients/{theirs}/intake-links").status_code == 404


def test_a_program_gets_a_link_once_and_the_key_says_so_afterwards(
    clinic: ClinicOfTests, patient: str
) -> None:
    address, headers = f"/v1/patients/{patient}/intake-links", {"Idempotency-Key": "a-link"}
    first = clinic.ehr.post(address, {"collection_mode": "handed_device"}, headers=headers)
    second = clinic.ehr.post(address, {"collection_mode": "handed_device"}, headers=headers)

    assert first.status_code == 201
    assert set(first.get_json()) == {"id", "url", "collection_mode", "expires_at"}
    assert (second.status_code, second.get_json()["code"]) == (409, "link_shown_before")
    assert first.get_json()["url"].rpartition("/")[2] not in second.get_data(as_text=True)


def test_making_and_opening_a_link_are_on_record_and_never_anonymous(
    nurse: Browser, clinic: ClinicOfTests, patient: str
) -> None:
    link = link_on(made(nurse, patient, "self"))
    nurse.get(link)
    nurse.send(nurse.get(link), link)
    events = clinic.administrator.get(f"/v1/audit-events?patient_id={patient}").get_json()["items"]
    actors = {event["action"]: event["actor"] for event in events}

    assert actors["make_intake_link"]["name"] == "Test Nurse"
    assert (actors["open_intake_form"]["kind"], actors["open_intake_form"]["role"]) == ("link", "intake")


def test_before_another_link_is_made_it_is_said_what_became_of_the_last(
    nurse: Browser, browser: Browser, patient: str
) -> None:
    def said() -> str:
        return text_of(nurse.get(f"/patients/{patient}/intake-links"))

    assert "A link was made on" not in said()
    link = link_on(made(nurse, patient, "self"))
    assert "It was not opened yet" in said()

    filling = opened(browser, link)
    assert "The answers were not sent yet." in said()

    filling.who()
    filling.answer("supplement", "none_reported")
    filling.submit()
    assert "The answers were sent on" in said()
