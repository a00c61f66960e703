"""The patient page: whose it is, what is still to ask, and the list with who said each item."""

import re
from typing import Any

import pytest

from tests.web.conftest import ClinicOfTests
from tests.web.lists import TREATMENT_ASKED, asked, posted
from tests.web.pages.conftest import Browser, text_of

HOSTILE = [
    "<script>alert(1)</script>",
    "=1+1",
    "{name} %s",
    'Water" onclick="x',
    "مريض 5 mg",
    "None reported",
]


def keep(clinic: ClinicOfTests, body: dict[str, Any]) -> str:
    """Post a list and give the address of the patient's page."""
    receipt = clinic.ehr.post("/v1/intake", body).get_json()
    return f"/patients/{receipt['patient_id']}"


def items_on(html: str) -> list[str]:
    """What the items on a page are called, in the page's order."""
    return re.findall(r'id="item-[0-9a-f-]+">\s*<h\d>.*?<bdi>(.*?)</bdi></h\d>', html)


def test_who_the_patient_is_stands_at_the_top(nurse: Browser, clinic: ClinicOfTests) -> None:
    page = nurse.get(keep(clinic, posted("Water")))

    assert page.status_code == 200
    said = text_of(page)
    for part in ("Test Patient 01", "2 April 1961", "000123", "urn:clinic:mrn", "Language", "Print size"):
        assert part in said


def test_a_patient_whom_nobody_asked_reads_as_not_asked_and_never_as_none(
    nurse: Browser, clinic: ClinicOfTests
) -> None:
    created = clinic.ehr.post("/v1/patients", {"identifier": {"system": "urn:s", "value": "1"}}).get_json()
    said = text_of(nurse.get(f"/patients/{created['id']}"))

    assert said.count("Not asked yet.") == 3
    assert "none" not in said.casefold()
    assert "Name not on record" in said


@pytest.mark.parametrize("number", [0, 1, 2, 60])
def test_every_current_item_stands_on_the_page_once_in_the_lists_order(
    nurse: Browser, clinic: ClinicOfTests, number: int
) -> None:
    names = [f"Examplin {place:03d}" for place in range(number, 0, -1)]
    page = nurse.get(keep(clinic, posted(*names)))

    assert items_on(page.get_data(as_text=True)) == names


def test_a_name_is_shown_as_it_was_said_whatever_is_in_it(nurse: Browser, clinic: ClinicOfTests) -> None:
    page = nurse.get(keep(clinic, posted(*HOSTILE)))

    assert "<script>alert" not in page.get_data(as_text=True)
    said = text_of(page)
    assert all(name in said for name in HOSTILE)


def test_an_item_shows_its_facts_who_said_it_who_recorded_it_and_when(
    nurse: Browser, clinic: ClinicOfTests
) -> None:
    body = posted()
    body["items"] = [{"name": "Water", "category": "supplement", "strength": "5 mg", "note": "one\ntwo"}]
    said = text_of(nurse.get(keep(clinic, body)))

    assert "Strength 5 mg" in said
    assert "Said by the patient , filled in alone, recorded by ehr of First clinic" in said


def test_an_item_that_an_earlier_list_had_and_one_that_has_ended_stand_apart(
    nurse: Browser, clinic: ClinicOfTests
) -> None:
    page = keep(clinic, posted("Water", "Soap", "Tea"))
    body = {**posted("Water"), "items": [{"name": "Water"}, {"name": "Soap", "status": "stopped"}]}
    clinic.ehr.post("/v1/intake", body)
    html = nurse.get(page).get_data(as_text=True)

    assert items_on(html) == ["Water", "Tea", "Soap"]
    earlier, ended = html.index('id="title-earlier"'), html.index("Reported as stopped")
    assert earlier < html.rindex(">Tea<") < ended < html.rindex(">Soap<")


def test_another_clinics_patient_is_the_same_as_none(
    nurse: Browser, clinic: ClinicOfTests, other_clinic: ClinicOfTests
) -> None:
    theirs = nurse.get(keep(other_clinic, posted("Water")))
    missing = nurse.get("/patients/00000000-0000-7000-8000-000000000000")

    assert theirs.status_code == missing.status_code == 404
    assert text_of(theirs) == text_of(missing)


def test_nobody_sees_a_patient_without_a_log_in(browser: Browser, clinic: ClinicOfTests) -> None:
    assert browser.get(keep(clinic, posted("Water"))).location.startswith("/log-in?to=/patients/")


def test_each_thing_still_to_ask_leads_to_where_it_is_answered(nurse: Browser, clinic: ClinicOfTests) -> None:
    body = posted(informant=None)
    body["patient"].pop("birth_date")
    body["items"] = [
        {"name": "Water", "status": "unknown"},
        {"description": "small and white", "category": "prescription"},
    ]
    page = nurse.get(keep(clinic, body))
    asked, _, _ = page.get_data(as_text=True).partition("</section>")

    addresses = re.findall(r'href="(/patients/[^"#]+/[^"#]+)', asked.partition("still-to-ask")[2])
    endings = {re.sub("[0-9a-f-]{36}", "*", address) for address in addresses}
    assert endings == {
        "/patients/*/record",
        "/patients/*/categories/over_the_counter",
        "/patients/*/categories/supplement",
        "/patients/*/items/*/status",
        "/patients/*/items/*/category",
        "/patients/*/items/*/change",
    }
    for address in addresses:
        assert nurse.get(address).status_code == 200, address


def test_items_of_one_name_are_shown_side_by_side_and_neither_is_taken_away(
    nurse: Browser, clinic: ClinicOfTests
) -> None:
    body = posted()
    body["items"] = [
        {"name": "Water", "strength": "5 mg"},
        {"name": "Soap"},
        {"name": "water ", "strength": "10 mg"},
    ]
    page = keep(clinic, body)
    assert "Items 1, 3 have the same name. Ask if each is taken." in text_of(nurse.get(page))

    side = nurse.get(f"{page}/alike")
    assert items_on(side.get_data(as_text=True)) == ["Water", "water"]
    assert "5 mg" in text_of(side)
    assert "10 mg" in text_of(side)
    assert items_on(nurse.get(page).get_data(as_text=True)) == ["Water", "Soap", "water"]


def test_a_patients_checklists_are_listed_with_what_has_become_of_them_and_one_can_be_issued(
    nurse: Browser, clinic: ClinicOfTests
) -> None:
    page = keep(clinic, asked("Water"))
    keep(clinic, posted("Water", "Soap"))
    seen = nurse.get(page)

    assert "Out of date" in text_of(seen)
    assert "1 December 2026" in text_of(seen)
    # Nobody but the nurse chooses the treatment, also where there is only one.
    chosen = {"treatment": TREATMENT_ASKED["id"], "planned_start": "2026-12-24"}
    made = nurse.send(seen, f"{page}/checklists", chosen)
    assert made.location.startswith("/checklists/")
    assert made.location in nurse.get(page).get_data(as_text=True)


NAMES = {"Sand": "Soap", "Water": "Tea", "Clay": "Air"}


def test_two_lists_that_differ_only_in_names_give_pages_that_differ_only_in_them(
    nurse: Browser, clinic: ClinicOfTests
) -> None:
    def seen(names: list[str], mrn: str) -> str:
        body = posted(mrn=mrn)
        body["items"] = [
            {"name": name, "category": category, "status": status}
            for name, category, status in zip(
                names * 2,
                ["supplement", "prescription", "over_the_counter"] * 2,
                ["active", "unknown", "stopped", "on_hold", "active", "active"],
                strict=True,
            )
        ]
        address = keep(clinic, body)
        texts = [text_of(nurse.get(address + part)) for part in ("", "/alike", "/history", "/versions/1")]
        return re.sub(r"\d\d:\d\d", "at", " ".join(texts)).replace(mrn, "number")

    one, other = seen(list(NAMES), "000201"), seen(list(NAMES.values()), "000202")
    for name, another in NAMES.items():
        assert name in one
        one = one.replace(name, another)
    assert one == other


def test_the_name_of_who_recorded_stands_apart_from_the_time(nurse: Browser, clinic: ClinicOfTests) -> None:
    page = nurse.get(keep(clinic, posted("Water"))).get_data(as_text=True)
    assert re.search(r"recorded by <bdi>[^<>,]+</bdi>, \d+ \w+ \d{4}, \d\d:\d\d", page)
