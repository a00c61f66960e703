"""Every page that shows a sheet says what became of its guidance, and offers a new sheet if there is one."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest

from service.domain.cards.cards import up_to_date_sheet
from service.store.cards import load_sheets
from service.store.database import Database
from tests.formats.printout.reading import pdf_pages
from tests.web.conftest import ClinicOfTests
from tests.web.lists import TREATMENT_ASKED, asked
from tests.web.pages.conftest import Browser, text_of
from tests.web.test_treatments import SECOND, publish, retire

Json = dict[str, Any]
DAY = TREATMENT_ASKED["planned_start"]
BECAME: dict[str, tuple[Callable[[Database, ClinicOfTests], None], str, str]] = {
    "older": (
        lambda database, clinic: publish(database, clinic, SECOND),
        "Older guidance",
        "Newer guidance for Examplinib was published on",
    ),
    "retired": (retire, "Guidance retired", "The guidance for Examplinib was retired on"),
}


@pytest.fixture
def sheet(clinic: ClinicOfTests) -> Json:
    receipt = clinic.ehr.post("/v1/intake", asked("Water")).get_json()
    return {**receipt["checklist"], "patient_id": receipt["patient_id"]}


@pytest.mark.parametrize("became", BECAME)
def test_each_page_of_a_sheet_says_what_became_of_its_guidance(
    nurse: Browser, clinic: ClinicOfTests, database: Database, sheet: Json, became: str
) -> None:
    act, word, told = BECAME[became]
    pages = {
        "code": f"/code?code={sheet['code']}",
        "checklist": f"/checklists/{sheet['id']}",
        "sheet": f"/checklists/{sheet['id']}/sheet",
        "patient": f"/patients/{sheet['patient_id']}",
        "worklist": f"/?date={DAY}",
    }
    before = {name: text_of(nurse.get(address)) for name, address in pages.items()}
    act(database, clinic)
    after = {name: text_of(nurse.get(address)) for name, address in pages.items()}

    for name in pages:
        assert word not in before[name], name
        assert word in after[name], name
        assert (told in after[name]) == (name not in ("patient", "worklist")), name
    assert "Examplinib" in after["patient"]
    assert ("Print a new sheet" in after["checklist"]) == (became == "older")


def test_a_new_sheet_is_offered_where_there_is_newer_guidance_and_not_where_it_was_retired(
    nurse: Browser, clinic: ClinicOfTests, database: Database, sheet: Json
) -> None:
    address, issue = f"/checklists/{sheet['id']}", f"/patients/{sheet['patient_id']}/checklists"

    def offered() -> bool:
        return f'action="{issue}"' in nurse.get(address).get_data(as_text=True)

    assert not offered()
    publish(database, clinic, SECOND)
    assert offered()
    clinic.ehr.post("/v1/intake", asked("Water", "Soap"))
    assert offered()
    retire(database, clinic)
    assert not offered()
    said = text_of(nurse.get(address))
    assert "There is a newer list." in said
    assert "Print a new sheet" not in said


def row_of(clinic: ClinicOfTests) -> Json:
    (row,) = clinic.nurse.get(f"/v1/worklist?date={DAY}").get_json()["items"]
    found: Json = row
    return found


def printed(clinic: ClinicOfTests) -> tuple[str, str]:
    """The cover, and the pages of the sheet behind it."""
    pdf = clinic.nurse.post("/v1/print-batches", {"date": DAY})
    assert pdf.status_code == 200
    cover, *pages = (" ".join(page.split()) for page in pdf_pages(pdf.data))
    return cover, " ".join(pages)


def test_a_days_print_renews_sheets_of_older_guidance(
    clinic: ClinicOfTests, database: Database, sheet: Json
) -> None:
    publish(database, clinic, SECOND)
    assert row_of(clinic)["status"] == "older_guidance"

    cover, said = printed(clinic)

    assert "Older guidance" not in cover + said
    row = row_of(clinic)
    assert row["checklist"]["id"] != sheet["id"]
    assert (row["status"], row["checklist"]["guidance_today"][0]["status"]) == ("gaps", "in_use")
    assert row["checklist"]["code"] in said
    assert row_of(clinic)["checklist"]["id"] == row["checklist"]["id"]


def test_a_days_print_shows_sheets_of_retired_guidance_as_they_are_and_says_so(
    clinic: ClinicOfTests, database: Database, sheet: Json
) -> None:
    retire(database, clinic)
    clinic.ehr.post("/v1/intake", {**asked("Water", "Soap"), "treatment": None})

    cover, said = printed(clinic)

    assert row_of(clinic)["checklist"]["id"] == sheet["id"]
    assert said.count("The guidance for Examplinib was retired on") >= 2
    assert "Guidance retired" in cover
    assert "Print a new sheet" not in said


def test_a_card_leads_to_no_sheet_of_older_guidance(
    clinic: ClinicOfTests, database: Database, sheet: Json
) -> None:
    def led_to() -> UUID | None:
        with database.transaction(clinic.id) as connection:
            found = load_sheets(connection, clinic.id, UUID(sheet["patient_id"]))
        return up_to_date_sheet(found.sheets, TREATMENT_ASKED["id"])

    assert led_to() == UUID(sheet["id"])
    publish(database, clinic, SECOND)
    assert led_to() is None
