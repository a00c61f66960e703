"""The form at the desk: what is on file is asked again, and what nobody spoke of stays as it is."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from service.app import create_app
from service.store.database import Database
from tests.web.conftest import ClinicOfTests, settings_of_tests
from tests.web.lists import posted
from tests.web.pages.conftest import Browser, text_of
from tests.web.pages.intake import Filling, list_of, opened_at_desk, patient_on_file


@pytest.fixture
def patient(clinic: ClinicOfTests) -> str:
    return patient_on_file(clinic, "Water", "Soap", "Clay")


@pytest.fixture
def filling(nurse: Browser, patient: str) -> Filling:
    return opened_at_desk(nurse, patient)


def items_of(clinic: ClinicOfTests, patient: str) -> dict[str, Any]:
    kept = list_of(clinic, patient)
    return {item["name"]: item for item in (*kept["items"], *kept["earlier_items"])}


def in_an_interview(filling: Filling) -> None:
    filling.who(collection_mode="interview")


def test_still_taken_stopped_changed_and_nobody_spoke_of_it(
    filling: Filling, clinic: ClinicOfTests, patient: str
) -> None:
    before = items_of(clinic, patient)
    water, soap = before["Water"]["id"], before["Soap"]["id"]
    in_an_interview(filling)
    fields = {f"still/{water}": "changed", f"still/{soap}": "no"}
    asked = filling.browser.follow(filling.send("prescription", fields))
    assert asked.request.path.endswith(f"/on-file/{water}")
    filling.send(f"on-file/{water}", {"dosage_text": "two glasses"})
    filling.submit()

    after = items_of(clinic, patient)
    assert {name: item["id"] for name, item in after.items()} == {n: i["id"] for n, i in before.items()}
    assert (after["Water"]["dosage_text"], after["Water"]["status"]) == ("two glasses", "active")
    assert after["Water"]["attribution"]["collection_mode"] == "interview"
    assert after["Soap"]["status"] == "stopped"
    assert after["Clay"] == before["Clay"]


def test_a_nurse_who_says_yes_says_it_again_today(
    filling: Filling, clinic: ClinicOfTests, patient: str
) -> None:
    before = items_of(clinic, patient)["Clay"]
    in_an_interview(filling)
    filling.send("prescription", {f"still/{before['id']}": "yes"})
    filling.submit()

    after = items_of(clinic, patient)["Clay"]
    assert after["attribution"]["recorded_at"] > before["attribution"]["recorded_at"]
    assert after["attribution"]["recorder"]["name"] == "Test Nurse"
    assert {**after, "attribution": None} == {**before, "attribution": None}


def test_nothing_is_chosen_before_a_person_chose_it(filling: Filling) -> None:
    for step in ("who", "prescription", "over_the_counter", "supplement"):
        assert " checked>" not in filling.get(step).get_data(as_text=True)


def test_what_was_not_spoken_of_reads_not_answered_before_it_is_sent(filling: Filling) -> None:
    in_an_interview(filling)
    text = text_of(filling.get("look"))
    assert text.count("It stays as it is on record.") == 3


def test_none_beside_an_item_on_file_is_refused_and_nothing_is_lost(
    filling: Filling, clinic: ClinicOfTests, patient: str
) -> None:
    ids = {name: item["id"] for name, item in items_of(clinic, patient).items()}
    fields = {f"still/{ids['Water']}": "no", f"still/{ids['Soap']}": "no"}
    page = filling.answer("prescription", "none_reported", **fields)

    assert page.status_code == 422
    assert "The answer does not fit what is listed." in text_of(page)
    assert page.get_data(as_text=True).count(" checked>") == 3
    everything = fields | {f"still/{ids['Clay']}": "no"}
    assert filling.answer("prescription", "none_reported", **everything).status_code == 303


def test_stopped_alone_is_no_answer_for_the_category(
    filling: Filling, clinic: ClinicOfTests, patient: str
) -> None:
    fields = {f"still/{item['id']}": "no" for item in items_of(clinic, patient).values()}
    assert filling.send("prescription", fields).status_code == 422
    in_an_interview(filling)
    filling.send("prescription", {**fields, "-do": "skip"})
    filling.submit()

    kept = list_of(clinic, patient)
    assert {item["status"] for item in kept["items"]} == {"stopped"}
    assert kept["categories"]["prescription"]["answer"] == "not_asked"


def test_changed_without_saying_what_is_asked_for_before_it_is_sent(
    filling: Filling, clinic: ClinicOfTests, patient: str
) -> None:
    in_an_interview(filling)
    filling.send("prescription", {f"still/{items_of(clinic, patient)['Water']['id']}": "changed"})
    page = filling.submit()

    assert page.status_code == 422
    assert "What has changed was not written down." in text_of(page)
    assert list_of(clinic, patient)["version"] == 1


def test_an_item_of_an_earlier_list_is_asked_about_and_comes_back(
    nurse: Browser, clinic: ClinicOfTests, patient: str
) -> None:
    clinic.ehr.post("/v1/intake", posted("Water"))
    earlier = items_of(clinic, patient)
    filling = opened_at_desk(nurse, patient)
    in_an_interview(filling)
    assert "On an earlier list, not on the latest" in text_of(filling.get("prescription"))
    filling.send("prescription", {f"still/{earlier['Soap']['id']}": "yes"})
    filling.submit()

    after = items_of(clinic, patient)
    assert (after["Soap"]["id"], after["Soap"]["current"]) == (earlier["Soap"]["id"], True)
    assert after["Clay"] == earlier["Clay"]
    assert after["Water"] == earlier["Water"]


def test_an_item_that_is_not_sorted_is_sorted_where_it_has_changed(
    nurse: Browser, clinic: ClinicOfTests
) -> None:
    patient = patient_on_file(clinic, mrn="000888", items=[{"name": "Sand"}])
    filling = opened_at_desk(nurse, patient)
    in_an_interview(filling)
    sand = items_of(clinic, patient)["Sand"]["id"]
    filling.send("uncategorized", {f"still/{sand}": "changed"})
    filling.send(f"on-file/{sand}", {"category": "supplement"})
    filling.submit()

    assert items_of(clinic, patient)["Sand"]["category"] == "supplement"


def test_a_list_that_moved_on_is_not_overwritten_and_the_form_goes_on_from_the_newest(
    filling: Filling, clinic: ClinicOfTests, patient: str
) -> None:
    before = items_of(clinic, patient)
    in_an_interview(filling)
    fields = {f"still/{before['Water']['id']}": "no", f"still/{before['Soap']['id']}": "no"}
    filling.send("prescription", {**fields, "-do": "skip"})
    filling.answer("supplement", "declined")
    soap = f"/v1/patients/{patient}/medication-list/items/{before['Soap']['id']}"
    assert clinic.ehr.patch(soap, {"note": "by the EHR"}).status_code == 200
    page = filling.submit()

    assert page.status_code == 412
    assert "Nothing was sent." in text_of(page)
    assert list_of(clinic, patient)["version"] == 2
    newest = filling.browser.follow(filling.browser.send(page, f"{filling.at}/newest"))
    assert "Rather not say" in text_of(newest)
    filling.submit()
    after = items_of(clinic, patient)
    assert [after[name]["status"] for name in ("Water", "Soap", "Clay")] == ["stopped", "active", "active"]
    assert after["Soap"]["note"] == "by the EHR"


def test_how_the_answers_come_in_is_asked_at_the_desk(filling: Filling) -> None:
    page = filling.who()
    assert page.status_code == 422
    assert 'href="#f-collection_mode"' in page.get_data(as_text=True)
    assert filling.who(collection_mode="self").status_code == 422


def test_the_form_that_was_begun_is_gone_on_with(nurse: Browser, filling: Filling, patient: str) -> None:
    filling.add("supplement", name="Tea")
    again = opened_at_desk(nurse, patient)

    assert again.at == filling.at
    assert "Tea" in text_of(again.get("supplement/items"))


def test_the_receipt_leads_back_to_the_patient(filling: Filling, patient: str) -> None:
    in_an_interview(filling)
    filling.answer("supplement", "none_reported")
    receipt = filling.browser.follow(filling.submit())

    assert f'href="/patients/{patient}"' in receipt.get_data(as_text=True)


def test_a_form_of_the_desk_is_closed_to_other_clinics_and_to_whoever_is_not_logged_in(
    filling: Filling, browser: Browser, other_clinic: ClinicOfTests, new_browser: Any
) -> None:
    stranger = new_browser()
    stranger.log_in(other_clinic.nurse_login)
    missing = filling.at[:-12] + "0" * 12
    theirs = Filling(stranger, filling.at)
    for step in ("who", "prescription", "look", "receipt"):
        assert browser.get(f"{filling.at}/{step}").location.startswith("/log-in")
        page = theirs.get(step)
        assert page.status_code == 404
        assert text_of(page) == text_of(stranger.get(f"{missing}/{step}"))


def test_a_device_that_was_handed_over_shows_no_menu(filling: Filling) -> None:
    filling.who(collection_mode="handed_device")
    assert "Log out" not in text_of(filling.get("prescription"))


def handed_over(filling: Filling) -> str:
    """Hand the device over; what its browser held of the log-in before."""
    cookie = filling.browser.client.get_cookie("__Host-session")
    assert cookie is not None
    assert filling.who(collection_mode="handed_device").location.endswith("/prescription")
    return cookie.value


def test_whoever_is_handed_the_device_can_fill_in_the_form_and_reach_nothing_else(
    filling: Filling, clinic: ClinicOfTests, patient: str
) -> None:
    before = handed_over(filling)
    browser = filling.browser
    other = opened_for_another_patient(filling, clinic)

    for path in (
        "/",
        "/password",
        f"/patients/{patient}",
        "/administration",
        f"{other}/who",
        f"{other}/look",
    ):
        assert browser.get(path).location.startswith("/log-in"), path
    assert browser.client.get_cookie("__Host-session") is None
    held = browser.client.get_cookie("__Host-handed")
    assert held is not None
    for secret in (before, held.value, held.value.partition(":")[2]):
        headers = {"Authorization": f"Bearer {secret}"}
        assert browser.client.get("/v1/patients", headers=headers).status_code == 401
        browser.client.set_cookie("__Host-session", secret, secure=True)
        assert browser.get(f"/patients/{patient}").location.startswith("/log-in")
        browser.client.delete_cookie("__Host-session")

    missing = text_of(filling.get("on-file/00000000-0000-7000-8000-000000000000"))
    assert "Test Nurse" not in missing
    assert "Log out" not in missing
    filling.answer("supplement", "none_reported")
    receipt = browser.follow(filling.submit())
    assert "Test Nurse" not in text_of(receipt)
    kept = list_of(clinic, patient)["categories"]["supplement"]["attribution"]
    assert (kept["collection_mode"], kept["recorder"]["name"]) == ("handed_device", "Test Nurse")
    assert browser.get(f"/patients/{patient}").location.startswith("/log-in")


def opened_for_another_patient(filling: Filling, clinic: ClinicOfTests) -> str:
    """The address of a form of another patient, that no device was handed over for."""
    other = patient_on_file(clinic, "Sand", mrn="000999")
    nurse = Browser(filling.browser.client.application.test_client())
    nurse.log_in(clinic.nurse_login)
    return opened_at_desk(nurse, other).at


def test_the_nurse_has_the_device_back_by_logging_in_and_its_form_is_then_hers_alone(
    filling: Filling, clinic: ClinicOfTests, patient: str
) -> None:
    handed_over(filling)
    held = filling.browser.client.get_cookie("__Host-handed")
    assert held is not None
    assert filling.browser.log_in(clinic.nurse_login).status_code == 302

    assert filling.browser.get(f"/patients/{patient}").status_code == 200
    assert filling.browser.client.get_cookie("__Host-handed") is None
    kept = Browser(filling.browser.client.application.test_client())
    kept.client.set_cookie("__Host-handed", held.value, secure=True)
    assert kept.get(f"{filling.at}/look").location.startswith("/log-in")


def test_a_device_handed_over_is_closed_after_a_quarter_of_an_hour_and_what_was_typed_is_kept(
    filling: Filling, clinic: ClinicOfTests, database: Database
) -> None:
    handed_over(filling)
    filling.add("supplement", name="Tea")
    held = filling.browser.client.get_cookie("__Host-handed")
    assert held is not None
    late = create_app(
        settings_of_tests(), database=database, clock=lambda: datetime.now(UTC) + timedelta(minutes=16)
    )
    kept = Browser(late.test_client())
    kept.client.set_cookie("__Host-handed", held.value, secure=True)
    assert kept.get(f"{filling.at}/look").location.startswith("/log-in")

    filling.browser.log_in(clinic.nurse_login)
    assert "Tea" in text_of(filling.get("supplement/items"))


def test_handing_over_for_one_form_ends_the_log_in_of_that_browser_only(
    filling: Filling, new_browser: Any, clinic: ClinicOfTests, patient: str
) -> None:
    elsewhere = new_browser()
    elsewhere.log_in(clinic.nurse_login)
    handed_over(filling)

    assert elsewhere.get(f"/patients/{patient}").status_code == 200
