"""Items by forms: add, change, sort, still taken, entered in error; nothing is lost and nothing doubled."""

from typing import Any

import pytest

from tests.web.conftest import ClinicOfTests
from tests.web.pages.charts import PatientOfTests, patient_with
from tests.web.pages.conftest import Browser, forms_of, text_of

PATIENT_SAID = {"informant/kind": "patient", "collection_mode": "interview"}


@pytest.fixture
def person(clinic: ClinicOfTests) -> PatientOfTests:
    return patient_with(clinic, "Water", "Soap")


def test_an_item_is_added_with_who_said_it_and_how(nurse: Browser, person: PatientOfTests) -> None:
    address = f"{person.page}/items/new"
    typed = {"name": "Tea", "category": "supplement", "dosage_text": "a cup", "as_needed": "yes"}
    made = nurse.send(nurse.get(address), address, typed | PATIENT_SAID)

    assert made.location == person.page
    assert "The item is on the list." in text_of(nurse.follow(made))
    item = person.item("Tea")
    assert {name: item[name] for name in typed if name != "as_needed"} == {
        name: value for name, value in typed.items() if name != "as_needed"
    }
    assert item["as_needed"] is True
    assert item["attribution"]["informant"] == {"kind": "patient", "name": None}
    assert item["attribution"]["collection_mode"] == "interview"
    assert item["attribution"]["recorder"]["name"] == "Test Nurse"


def test_nothing_is_chosen_beforehand_in_a_new_form(nurse: Browser, person: PatientOfTests) -> None:
    for address in (f"{person.page}/items/new", f"{person.page}/categories/supplement"):
        html = nurse.get(address).get_data(as_text=True)
        assert " checked>" not in html, address


def test_the_same_form_sent_twice_makes_one_version(nurse: Browser, person: PatientOfTests) -> None:
    address = f"{person.page}/items/new"
    form = nurse.get(address)
    for _ in range(2):
        assert nurse.send(form, address, {"name": "Tea"}).status_code == 303

    assert person.list["version"] == 2
    assert [item["name"] for item in person.list["items"]] == ["Water", "Soap", "Tea"]


def test_what_is_wrong_stands_at_its_field_and_everything_typed_is_kept(
    nurse: Browser, person: PatientOfTests
) -> None:
    address = f"{person.page}/items/new"
    typed = {"strength": "5 mg", "started_on": "last May", "note": "one\ntwo", "informant/name": "A cousin"}
    page = nurse.send(nurse.get(address), address, typed)

    assert page.status_code == 422
    said = text_of(page)
    for fault in (
        "Name: Write a name or a description.",
        "Started: Write the year",
        "Who said it? Choose one",
    ):
        assert fault in said
    kept = next(form for form in forms_of(page) if form.action == address).values
    assert {name: kept[name] for name in typed} == typed
    assert person.list["version"] == 1


def test_a_changed_item_keeps_what_was_not_touched_and_loses_what_was_emptied(
    nurse: Browser, clinic: ClinicOfTests
) -> None:
    code = {"system": "urn:s", "code": "1", "display": None}
    item = {"name": "Water", "category": "prescription", "strength": "5 mg", "note": "old", "codings": [code]}
    person = patient_with(clinic, items=[item])
    address = person.of_item("Water", "change")
    made = nurse.send(nurse.get(address), address, {"strength": "10 mg", "note": ""} | PATIENT_SAID)

    assert made.status_code == 303
    now = person.item("Water")
    assert (now["strength"], now["note"], now["codings"]) == ("10 mg", None, [code])
    assert (now["category"], now["status"]) == ("prescription", "active")


def test_a_form_in_which_nothing_was_changed_leaves_who_said_it_on_record(
    nurse: Browser, person: PatientOfTests
) -> None:
    address = person.of_item("Water", "change")
    assert nurse.send(nurse.get(address), address).status_code == 303

    assert person.list["version"] == 1


def test_a_form_in_which_only_who_said_it_was_answered_records_that(
    nurse: Browser, clinic: ClinicOfTests
) -> None:
    person = patient_with(clinic, "Water", informant=None, collection_mode=None)
    address = person.of_item("Water", "change")
    nurse.send(nurse.get(address), address, {"informant/kind": "caregiver", "collection_mode": "phone"})

    assert person.item("Water")["attribution"]["informant"]["kind"] == "caregiver"
    assert "informant_not_recorded" not in {gap["kind"] for gap in person.list["gaps"]}


def test_a_form_of_an_older_list_keeps_what_was_typed_says_what_changed_and_can_be_sent_again(
    nurse: Browser, person: PatientOfTests
) -> None:
    address = person.of_item("Water", "change")
    form = nurse.get(address)
    change: dict[str, Any] = {"note": "By somebody else", "strength": "1 mg"}
    person.ehr.patch(f"{person.api}/items/{person.item('Water')['id']}", change)

    late = nurse.send(form, address, {"strength": "10 mg"} | PATIENT_SAID)

    assert late.status_code == 412
    assert person.item("Water")["strength"] == "1 mg"
    said = text_of(late)
    assert "The list has changed since you opened it" in said
    assert "Strength – Before: nothing on record – Now: 1 mg" in said
    kept = next(form for form in forms_of(late) if form.action == address).values
    # What was typed stays; what nobody touched is what stands there now.
    assert (kept["strength"], kept["note"]) == ("10 mg", "By somebody else")

    assert nurse.send(late, address).status_code == 303
    now = person.item("Water")
    assert (now["strength"], now["note"]) == ("10 mg", "By somebody else")


@pytest.mark.parametrize("version", ["", "0", "-1", "99", "9" * 40, "٣"])
def test_a_form_that_names_no_version_of_the_list_is_stale(
    nurse: Browser, person: PatientOfTests, version: str
) -> None:
    address = f"{person.page}/items/new"
    page = nurse.send(nurse.get(address), address, {"name": "Tea", "-made_from": version})

    assert page.status_code == 412
    assert person.list["version"] == 1
    assert nurse.send(page, address).status_code == 303


def test_an_item_on_an_earlier_list_is_brought_back_or_is_stopped(
    nurse: Browser, person: PatientOfTests
) -> None:
    headers = {"If-Match": "*"}
    person.ehr.put(person.api, {"items": []}, headers=headers)
    for name, status in (("Water", "active"), ("Soap", "stopped")):
        address = person.of_item(name, "status")
        assert address in nurse.get(person.page).get_data(as_text=True)
        assert nurse.send(nurse.get(address), address, {"status": status} | PATIENT_SAID).status_code == 303

    assert person.item("Water")["current"] is True
    assert (person.item("Soap")["current"], person.item("Soap")["status"]) == (False, "stopped")
    assert person.list["earlier_items"] == []


def test_an_unsorted_item_is_sorted_and_a_form_without_an_answer_is_asked_again(
    nurse: Browser, clinic: ClinicOfTests
) -> None:
    person = patient_with(clinic, items=[{"name": "Water"}])
    address = person.of_item("Water", "category")

    nothing = nurse.send(nurse.get(address), address)
    assert nothing.status_code == 422
    assert "Which kind is it? Choose one of these." in text_of(nothing)

    assert nurse.send(nothing, address, category="supplement").status_code == 303
    assert person.item("Water")["category"] == "supplement"


def test_an_item_entered_in_error_leaves_the_list_with_its_reason_and_stays_on_record(
    nurse: Browser, person: PatientOfTests
) -> None:
    address = person.of_item("Water", "entered-in-error")
    without = nurse.send(nurse.get(address), address)
    assert without.status_code == 422
    assert "Why it should not be on the list: This is needed." in text_of(without)

    assert nurse.send(without, address, reason="Another patient’s").status_code == 303
    assert person.item("Water")["error_reason"] == "Another patient’s"
    assert "Another patient’s" in text_of(nurse.get(person.page))
    assert nurse.get(address).status_code == 404


def test_the_forms_of_another_clinics_patient_are_not_there(
    nurse: Browser, other_clinic: ClinicOfTests, person: PatientOfTests
) -> None:
    theirs = patient_with(other_clinic, "Water")
    form = nurse.get(f"{person.page}/items/new")
    values = next(f.values for f in forms_of(form) if f.action == f"{person.page}/items/new")
    for part in ("change", "status", "category", "entered-in-error"):
        address = theirs.of_item("Water", part)
        assert nurse.get(address).status_code == 404
        data = {**values, "status": "stopped", "category": "supplement", "reason": "x", "name": "Tea"}
        assert nurse.post(address, data).status_code == 404
    for address in (f"{theirs.page}/items/new", f"{theirs.page}/categories/supplement"):
        assert nurse.get(address).status_code == 404
        assert (
            nurse.post(address, {**values, "name": "Tea", "answer": "unknown"} | PATIENT_SAID).status_code
            == 404
        )
    assert theirs.list["version"] == 1
