"""The history of a list: a timeline with a table of the same facts, versions whole, two of them compared."""

import pytest

from tests.web.conftest import ClinicOfTests
from tests.web.pages.charts import PatientOfTests, patient_with
from tests.web.pages.conftest import Browser, text_of


@pytest.fixture
def person(clinic: ClinicOfTests) -> PatientOfTests:
    """A patient with four versions of a list."""
    made = patient_with(clinic, "Water", "Soap")
    water = f"{made.api}/items/{made.item('Water')['id']}"
    said = {"informant": {"kind": "caregiver", "name": "A cousin"}, "collection_mode": "phone"}
    made.ehr.patch(water, {"strength": "5 mg", **said})
    made.ehr.put(f"{made.api}/categories/supplement", {"answer": "declined", **said})
    made.ehr.delete(f"{made.api}/items/{made.item('Soap')['id']}", {"reason": "a slip"})
    return made


def test_the_timeline_and_the_table_say_what_each_version_changed_who_said_it_and_who_recorded_it(
    nurse: Browser, person: PatientOfTests
) -> None:
    page = nurse.get(f"{person.page}/history")
    html, said = page.get_data(as_text=True), text_of(page)

    timeline, _, table = html.partition("<table")
    for version in range(1, 5):
        assert f"{person.page}/versions/{version}" in timeline
        assert f"{person.page}/versions/{version}" in table
    assert "New on the list: 2" in said
    assert "Answers: 1" in said
    assert "Strength – Before: nothing on record – Now: 5 mg" in said
    assert "a caregiver (A cousin)" in said
    assert "ehr of First clinic" in said


def test_older_versions_stand_on_further_pages(nurse: Browser, clinic: ClinicOfTests) -> None:
    person = patient_with(clinic, "Water")
    item = f"{person.api}/items/{person.item('Water')['id']}"
    for number in range(24):
        person.ehr.patch(item, {"note": f"note {number}"})

    newest = nurse.get(f"{person.page}/history").get_data(as_text=True)
    assert newest.count('<p class="when">') == 20
    older = nurse.get(f"{person.page}/history?before=6").get_data(as_text=True)
    assert 'history?before=6"' in newest
    assert older.count('<p class="when">') == 5
    assert 'history?before=1"' not in older


def test_any_version_can_be_seen_whole_and_says_that_it_is_not_the_latest(
    nurse: Browser, person: PatientOfTests
) -> None:
    first, last = (text_of(nurse.get(f"{person.page}/versions/{version}")) for version in (1, 4))

    assert "This is an older version. The latest is version 4." in first
    assert "Water" in first
    assert "Soap" in first
    assert "5 mg" not in first
    assert first.count("Not asked yet.") == 2
    assert "older version" not in last
    assert "The answer was “rather not say”." in last
    assert nurse.get(f"{person.page}/versions/5").status_code == 404


def test_the_difference_shows_what_each_fact_was_and_is_and_the_answers(
    nurse: Browser, person: PatientOfTests
) -> None:
    said = text_of(nurse.get(f"{person.page}/difference?from=1&to=4"))

    assert "What changed from version 1 to version 4" in said
    assert "Changed Water" in said
    assert "Strength nothing on record 5 mg" in said
    assert "Entered in error Soap" in said
    assert "the answer was “not asked”, now “rather not say”." in said
    same = text_of(nurse.get(f"{person.page}/difference?from=4&to=4"))
    assert "The items and the answers are the same." in same


@pytest.mark.parametrize("query", ["", "from=2&to=1", "from=1&to=9", "from=a&to=2", "from=1"])
def test_versions_that_cannot_be_compared_are_asked_for_again(
    nurse: Browser, person: PatientOfTests, query: str
) -> None:
    page = nurse.get(f"{person.page}/difference?{query}")

    assert page.status_code == 422
    assert "There is a problem" in text_of(page)


def test_another_clinics_history_is_not_there(nurse: Browser, other_clinic: ClinicOfTests) -> None:
    theirs = patient_with(other_clinic, "Water")
    for part in ("history", "versions/1", "difference?from=1&to=1", "alike"):
        assert nurse.get(f"{theirs.page}/{part}").status_code == 404
