"""The worklist: a day, its patients, and what is still to ask first."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from werkzeug.test import TestResponse

from tests.web.conftest import ClinicOfTests
from tests.web.lists import TREATMENT_ASKED, posted
from tests.web.pages.conftest import Browser, forms_of, text_of

TOMORROW = (datetime.now(UTC) + timedelta(days=1)).date().isoformat()
DAY = "/?date=2026-12-01"
NONE = {"answer": "none_reported"}


def plan(clinic: ClinicOfTests, mrn: str, name: str, day: str = "2026-12-01", **fields: Any) -> str:
    """Post a list for a treatment that starts on a day; the checklist's id."""
    body = posted(mrn=mrn, treatment={**TREATMENT_ASKED, "planned_start": day}, **fields)
    body["patient"]["name"] = name
    answer = clinic.ehr.post("/v1/intake", body)
    assert answer.status_code == 201, answer.get_json()
    return str(answer.get_json()["checklist"]["id"])


def test_after_the_log_in_a_nurse_sees_tomorrows_patients(nurse: Browser, clinic: ClinicOfTests) -> None:
    plan(clinic, "000001", "Test Patient 01", TOMORROW)
    plan(clinic, "000002", "Test Patient 02", "9999-12-01")
    page = nurse.get("/")

    assert page.status_code == 200
    assert "Test Patient 01" in text_of(page)
    assert "Test Patient 02" not in text_of(page)
    assert "Tomorrow" in text_of(page)


def test_a_row_says_what_is_still_to_ask_and_never_none_for_what_nobody_asked(
    nurse: Browser, clinic: ClinicOfTests
) -> None:
    plan(clinic, "000001", "Test Patient 01")
    text = text_of(nurse.get(DAY))

    assert "Not asked yet: Prescription, Without prescription, Supplements" in text
    assert text.count("not asked") == 3
    assert "Not started" in text
    row = text.partition("000001")[2].partition("Not checked")[0]
    assert "none" not in row
    assert "0" not in row.partition("Checklist")[0]


@pytest.mark.parametrize("date", ["2026-02-30", "1.12.2026", "tomorrow", "2026-12"])
def test_a_day_that_is_no_day_is_said_at_its_field_and_kept(nurse: Browser, date: str) -> None:
    page = nurse.get("/", query_string={"date": date})

    assert page.status_code == 422
    assert "Day: Write the year, the month and the day in numbers" in text_of(page)
    assert next(form for form in forms_of(page) if form.method == "get").values["date"] == date


@pytest.mark.parametrize("date", ["0001-01-01", "9999-12-31"])
def test_the_first_and_the_last_day_of_all_are_days_too(nurse: Browser, date: str) -> None:
    assert nurse.get("/", query_string={"date": date}).status_code == 200


def test_another_clinics_patients_are_not_on_the_day(
    nurse: Browser, clinic: ClinicOfTests, other_clinic: ClinicOfTests
) -> None:
    plan(other_clinic, "000009", "Test Patient 09")

    assert "Test Patient 09" not in text_of(nurse.get(DAY))
    assert "No treatment is planned to start on this day." in text_of(nurse.get(DAY))


def test_nothing_is_chosen_by_itself_and_what_a_nurse_chooses_is_printed(
    nurse: Browser, clinic: ClinicOfTests
) -> None:
    chosen = plan(clinic, "000001", "Test Patient 01")
    plan(clinic, "000002", "Test Patient 02")
    page = nurse.get(DAY)
    choosing = next(form for form in forms_of(page) if "renew" in form.values)
    assert not any(name.startswith("checklists/") for name in choosing.values)

    printed = nurse.post("/print-batches", {**choosing.values, "checklists/1": chosen})
    assert (printed.status_code, printed.content_type) == (200, "application/pdf")


def test_the_whole_day_is_printed_by_one_button(nurse: Browser, clinic: ClinicOfTests) -> None:
    plan(clinic, "000001", "Test Patient 01")
    whole_day = next(
        form for form in forms_of(nurse.get(DAY)) if form.action == "/print-batches" and "date" in form.values
    )

    assert nurse.post("/print-batches", whole_day.values).content_type == "application/pdf"


def test_a_day_without_patients_leads_to_the_next_one_with_some(
    nurse: Browser, clinic: ClinicOfTests
) -> None:
    plan(clinic, "000001", "Test Patient 01")
    page = nurse.get("/?date=2026-11-27")

    assert "The next day with patients: Tuesday, 1 December 2026" in text_of(page)
    assert 'href="/?date=2026-12-01"' in page.get_data(as_text=True)
    assert "The next day" not in text_of(nurse.get("/?date=2026-12-02"))


SAID = {
    "items_reported": "… yes, nothing listed",
    "none_reported": "0 none",
    "unknown": "? not sure",
    "declined": "– rather not say",
    "not_asked": "not asked",
}


def strips_of(page: TestResponse) -> list[list[str]]:
    """What the three fields of each row say."""
    cells = re.findall(r'(?s)<td class="strip"[^>]*>(.*?)</td>', page.get_data(as_text=True))
    said = [" ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in cells]
    return [said[start : start + 3] for start in range(0, len(said), 3)]


@pytest.mark.parametrize("answer", SAID)
def test_a_field_of_the_strip_says_what_was_answered_and_only_none_is_0(
    nurse: Browser, clinic: ClinicOfTests, answer: str
) -> None:
    plan(clinic, "000001", "Test Patient 01", categories={"over_the_counter": {"answer": answer}})

    assert strips_of(nurse.get(DAY)) == [["not asked", SAID[answer], "not asked"]]


def test_the_strip_counts_what_is_listed_and_what_is_not_sorted_is_still_to_ask(
    nurse: Browser, clinic: ClinicOfTests
) -> None:
    items = [{"name": name, "category": "supplement"} for name in ("Tea", "Water")]
    plan(clinic, "000001", "Test Patient 01", items=[*items, {"name": "Soap"}])
    page = nurse.get(DAY)

    assert strips_of(page) == [["not asked", "not asked", "2 On the list: 2"]]
    assert "Not sorted yet: 1" in text_of(page)


def test_names_of_medicines_change_nothing_on_the_worklist(nurse: Browser, clinic: ClinicOfTests) -> None:
    names = ("Water", "Soap"), ("Warfarin", "Aspirin")
    for mrn, own in zip(("000001", "000002"), names, strict=True):
        items = [{"name": name, "category": "prescription", "strength": "1 g"} for name in own]
        plan(clinic, mrn, "Test Patient 01", items=items)
    page = nurse.get(DAY).get_data(as_text=True)
    own_to_each = (
        r'[0-9a-f]{8}-[0-9a-f-]{27}|[0-9A-Z]{3}-[0-9A-Z]{3}-[0-9A-Z]{3}|00000[12]|name="checklists/[01]"'
    )
    first, second = re.findall(r"(?s)<tr class=.*?</tr>", re.sub(own_to_each, "", page))

    assert first == second
    assert not any(name in page for pair in names for name in pair)


def test_a_name_that_would_break_a_page_is_shown_as_it_was_said(
    nurse: Browser, clinic: ClinicOfTests
) -> None:
    plan(clinic, "<b>1", "<script>alert(1)</script>")
    page = nurse.get(DAY)

    assert "<script>alert" not in page.get_data(as_text=True)
    assert "<script>alert(1)</script>" in text_of(page)


def test_who_is_on_the_day_leads_to_the_patient_and_to_the_checklist(
    nurse: Browser, clinic: ClinicOfTests
) -> None:
    checklist = plan(clinic, "000001", "Test Patient 01")
    page = nurse.get(DAY).get_data(as_text=True)
    patient = re.search(r'href="(/patients/[0-9a-f-]{36})"', page)

    assert patient is not None
    for address in (patient[1], f"/checklists/{checklist}"):
        assert f'href="{address}"' in page
        assert nurse.get(address).status_code == 200


def test_an_administrator_may_too_and_nobody_without_a_log_in(
    administrator: Browser, browser: Browser
) -> None:
    for path in ("/", "/code"):
        assert administrator.get(path).status_code == 200
        assert browser.get(path).location.startswith("/log-in")
