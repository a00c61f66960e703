"""The worklist over HTTP: who is planned for a day, by which sheet, and what is signed of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event

from service.actions import worklist as actions
from service.store.database import Database
from tests.web.conftest import ClinicOfTests
from tests.web.lists import TREATMENT_ASKED, asked, posted

Json = dict[str, Any]
DAY, ANOTHER_DAY = "2026-12-01", "2026-12-03"
TREATMENT = TREATMENT_ASKED["id"]
NONE_OF = {"answer": "none_reported"}
WHOLE = {"over_the_counter": NONE_OF, "supplement": NONE_OF}


def day(clinic: ClinicOfTests, date: str = DAY) -> list[Json]:
    found = clinic.nurse.get(f"/v1/worklist?date={date}")
    assert found.status_code == 200
    items: list[Json] = found.get_json()["items"]
    return items


def intake(clinic: ClinicOfTests, *names: str, **fields: Any) -> Json:
    answer = clinic.ehr.post("/v1/intake", asked(*names, **fields))
    assert answer.status_code == 201
    receipt: Json = answer.get_json()
    return receipt


def issue(clinic: ClinicOfTests, patient: str, **wanted: Any) -> str:
    made = clinic.nurse.post(f"/v1/patients/{patient}/checklists", {"treatment": TREATMENT, **wanted})
    assert made.status_code == 201
    return str(made.get_json()["id"])


def withdraw(clinic: ClinicOfTests, checklist: str) -> None:
    taken_back = clinic.nurse.post(f"/v1/checklists/{checklist}/withdrawal", {"reason": "Wrong day."})
    assert taken_back.status_code == 200


def sign_all(clinic: ClinicOfTests, checklist: str, *, but: tuple[str, ...] = ()) -> None:
    sheet = clinic.nurse.get(f"/v1/checklists/{checklist}").get_json()
    for section in sheet["sections"]:
        if section["id"] not in ("gaps", "sign_off", *but):
            body = {
                "role": "nurse",
                "name": "Test Nurse",
                "content_digest": section["content_digest"],
                "deferred_reason": "Asked by phone tomorrow.",
            }
            address = f"/v1/checklists/{checklist}/sections/{section['id']}/sign-offs"
            assert clinic.nurse.post(address, body).status_code == 201


def test_a_patient_nobody_asked_is_on_the_day_and_nothing_is_said_to_be_none(clinic: ClinicOfTests) -> None:
    intake(clinic)
    (row,) = day(clinic)

    assert row["status"] == "not_started"
    assert set(row["medication_list"]["categories"]) == {"prescription", "over_the_counter", "supplement"}
    for category in row["medication_list"]["categories"].values():
        assert category == {"answer": "not_asked", "items": None}
    assert [gap["kind"] for gap in row["medication_list"]["gaps"]] == ["category_not_asked"] * 3


def test_a_row_goes_from_gaps_over_signed_to_out_of_date_and_keeps_the_signatures_that_hold(
    clinic: ClinicOfTests,
) -> None:
    receipt = intake(clinic, "Water")
    assert day(clinic)[0]["status"] == "gaps"

    patient = receipt["patient_id"]
    item = {"strength": "1 g", "category": "prescription", "name": "Water"}
    clinic.ehr.post("/v1/intake", posted(items=[item], categories=WHOLE))
    assert day(clinic)[0]["status"] == "out_of_date"
    newest = issue(clinic, patient)
    assert day(clinic)[0]["status"] == "ready_to_sign"

    sign_all(clinic, newest, but=("tell",))
    (row,) = day(clinic)
    assert (row["status"], row["checklist"]["to_sign"]) == ("ready_to_sign", ["tell"])
    sign_all(clinic, newest)
    assert day(clinic)[0]["status"] == "signed"

    items = f"/v1/patients/{patient}/medication-list/items"
    clinic.nurse.post(items, {"name": "Soap", "category": "prescription", "strength": "1 g"})
    (row,) = day(clinic)
    assert (row["status"], row["checklist"]["status"]) == ("out_of_date", "superseded")
    assert row["checklist"]["to_sign"] == ["prescription"]
    assert "tell" in row["checklist"]["signed"]


def test_what_is_signed_with_a_deferral_is_signed_and_its_gap_stands(clinic: ClinicOfTests) -> None:
    sign_all(clinic, intake(clinic, "Water")["checklist"]["id"])
    (row,) = day(clinic)

    assert row["status"] == "signed"
    assert "category_not_asked" in [gap["kind"] for gap in row["medication_list"]["gaps"]]


def test_a_signature_that_was_taken_back_leaves_its_section_to_sign(clinic: ClinicOfTests) -> None:
    checklist = intake(clinic, "Water")["checklist"]["id"]
    sign_all(clinic, checklist)
    signed = clinic.nurse.get(f"/v1/checklists/{checklist}").get_json()["sign_offs"]
    one = next(sign_off for sign_off in signed if sign_off["section"] == "tell")
    address = f"/v1/checklists/{checklist}/sections/tell/sign-offs/{one['id']}/withdrawal"
    clinic.nurse.post(address, {"reason": "Wrong person."})

    assert day(clinic)[0]["checklist"]["to_sign"] == ["tell"]


def test_a_newer_sheet_for_another_day_moves_the_patient_and_its_withdrawal_moves_them_back(
    clinic: ClinicOfTests,
) -> None:
    receipt = intake(clinic, "Water")
    moved = issue(clinic, receipt["patient_id"], planned_start=ANOTHER_DAY)
    assert (day(clinic), [row["checklist"]["id"] for row in day(clinic, ANOTHER_DAY)]) == ([], [moved])

    withdraw(clinic, moved)
    assert [row["checklist"]["id"] for row in day(clinic)] == [receipt["checklist"]["id"]]
    assert day(clinic, ANOTHER_DAY) == []


def test_a_newer_sheet_that_names_no_day_is_shown_and_leaves_the_patient_on_theirs(
    clinic: ClinicOfTests,
) -> None:
    patient = intake(clinic, "Water")["patient_id"]
    newest = issue(clinic, patient)
    (row,) = day(clinic)

    assert (row["checklist"]["id"], row["checklist"]["planned_start"]) == (newest, DAY)


def test_withdrawn_sheets_put_nobody_on_a_day(clinic: ClinicOfTests) -> None:
    receipt = intake(clinic, "Water")
    undated = issue(clinic, receipt["patient_id"])
    withdraw(clinic, receipt["checklist"]["id"])
    assert day(clinic) == []

    withdraw(clinic, undated)
    assert day(clinic) == []


def test_several_sheets_for_one_day_are_one_row(clinic: ClinicOfTests) -> None:
    patient = intake(clinic, "Water")["patient_id"]
    newest = [issue(clinic, patient, planned_start=DAY) for _ in range(3)][-1]

    assert [row["checklist"]["id"] for row in day(clinic)] == [newest]


def test_the_day_is_recorded_once_for_each_patient_on_it(clinic: ClinicOfTests) -> None:
    patients = {intake(clinic, mrn=mrn)["patient_id"] for mrn in ("000001", "000002")}
    day(clinic)
    events = clinic.administrator.get("/v1/audit-events?limit=100").get_json()["items"]
    read = [event for event in events if event["action"] == "read_worklist"]

    assert sorted(event["patient_id"] for event in read) == sorted(patients)
    assert all(event["details"] == {} for event in read), "a patient's planned day is not the trail's"


@contextmanager
def statements(database: Database) -> Iterator[list[str]]:
    """What is said to the database meanwhile, but for the audit trail."""
    said: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if "audit_events" not in statement:
            said.append(statement)

    engine = database._engine
    event.listen(engine, "before_cursor_execute", note)
    yield said
    event.remove(engine, "before_cursor_execute", note)


def test_a_day_of_many_patients_takes_no_more_statements_than_a_day_of_one(
    clinic: ClinicOfTests, database: Database
) -> None:
    checklist = intake(clinic, "Water", mrn="000001")["checklist"]["id"]
    sign_all(clinic, checklist)
    with statements(database) as of_one:
        assert len(day(clinic)) == 1
    for number in range(2, 12):
        intake(clinic, "Water", mrn=f"{number:06}")
    with statements(database) as of_many:
        assert len(day(clinic)) == 11

    assert len(of_many) == len(of_one)


def test_of_a_day_with_more_rows_than_are_shown_the_answer_says_that_there_are_more(
    clinic: ClinicOfTests, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "MOST_ROWS", 2)
    for number, more in ((1, False), (2, False), (3, True)):
        intake(clinic, mrn=f"{number:06}")
        found = clinic.nurse.get(f"/v1/worklist?date={DAY}").get_json()
        assert (len(found["items"]), found["more"]) == (min(number, 2), more)


@pytest.mark.parametrize(
    ("query", "code"), [("", "required"), ("?date=tomorrow", "date"), ("?date=2026-12", "date")]
)
def test_a_day_that_is_no_day_is_refused(clinic: ClinicOfTests, query: str, code: str) -> None:
    refused = clinic.nurse.get(f"/v1/worklist{query}")

    assert refused.status_code == 422
    assert [(e["pointer"], e["code"]) for e in refused.get_json()["errors"]] == [("/date", code)]


def test_another_clinics_day_is_its_own(clinic: ClinicOfTests, other_clinic: ClinicOfTests) -> None:
    intake(clinic, "Water")
    intake(other_clinic, "Soap", mrn="000999")

    assert [row["patient"]["identifiers"][0]["value"] for row in day(clinic)] == ["000123"]
