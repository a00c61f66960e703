"""A patient's data on request: everything that is kept of the patient, and nothing of anybody else."""

import io
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

import orjson
import pytest
from flask import Flask
from sqlalchemy import select

from service.store.database import Database, Reach
from service.store.patient_rows import NOT_GIVEN, TABLES_NOT_GIVEN
from service.store.patient_tables import OF_PATIENT, TOLD_OTHERWISE
from service.store.tables import metadata
from tests.stored import whole_database
from tests.web.built_apps import app_on
from tests.web.conftest import ClinicOfTests, settings_of_tests
from tests.web.lists import asked
from tests.web.whole_patients import Json, exported, record_in, whole_patient

_ATTRIBUTION = (
    "informant_kind informant_name collection_mode recorder_kind recorder_id recorder_name recorded_at"
)
_BY = "by_kind by_id by_name at"
# Every column of every table with rows of a patient, where it stands in the file. A new one fails until it
# is given here, or left out in ``patient_rows`` with the reason why.
GIVEN: Mapping[str, str] = {
    "patients": "id name birth_date language print_size list_version created_at updated_at",
    "patient_identifiers": "system value position",
    "list_versions": f"version {_ATTRIBUTION} answers reported_name",
    "list_items": (
        "version position item_id name description category status strength form dosage_text route frequency "
        "as_needed reason last_taken started_on stopped_on prescriber note codings "
        f"{_ATTRIBUTION} left_out_since error_reason origin"
    ),
    "checklists": (
        "id code treatment_id guidance_version list_version planned_start language paper print_size "
        "time_zone issued_at issued_by_kind issued_by_id issued_by_name content_digest document_text"
    ),
    "checklist_treatments": "checklist_id treatment_id guidance_version",
    "checklist_withdrawals": f"checklist_id {_BY} reason",
    "sign_offs": (f"id checklist_id treatment_id section role name content_digest deferred_reason {_BY}"),
    "sign_off_withdrawals": f"sign_off_id {_BY} reason",
    "line_marks": f"id checklist_id treatment_id line_id line_digest mark note {_BY}",
    "intake_links": f"id collection_mode {_BY} expires_at opened_at",
    "intake_forms": "id link_id opened_at expires_at made_from draft sent_at sent_version",
    "card_feedback": "id client_id service card outcome body at",
    "audit_events": (
        "id at actor_kind actor_id actor_name actor_role action outcome request_id subject details"
    ),
}
PLACES: Mapping[str, Callable[[Json], list[Json]]] = {
    "patients": lambda r: [r["patient"]],
    "patient_identifiers": lambda r: r["identifiers"],
    "list_versions": lambda r: r["list_versions"],
    "list_items": lambda r: [
        {**item, "version": version["version"]} for version in r["list_versions"] for item in version["items"]
    ],
    "checklists": lambda r: r["checklists"],
    "checklist_treatments": lambda r: [one for sheet in r["checklists"] for one in sheet["treatments"]],
    "checklist_withdrawals": lambda r: [one["withdrawn"] for one in r["checklists"] if one["withdrawn"]],
    "sign_offs": lambda r: r["sign_offs"],
    "sign_off_withdrawals": lambda r: [one["withdrawn"] for one in r["sign_offs"] if one["withdrawn"]],
    "line_marks": lambda r: r["marks"],
    "intake_links": lambda r: r["intake_links"],
    "intake_forms": lambda r: r["intake_forms"],
    "card_feedback": lambda r: r["card_feedback"],
    "audit_events": lambda r: r["audit_events"],
}


@pytest.fixture
def patient_id(clinic: ClinicOfTests, database: Database) -> UUID:
    return whole_patient(clinic, database, "Amber", "000123")


def test_every_column_is_in_the_file_or_left_out_for_a_reason() -> None:
    assert GIVEN.keys() | TABLES_NOT_GIVEN.keys() == {table.name for table in (*OF_PATIENT, *TOLD_OTHERWISE)}
    for name, given in GIVEN.items():
        columns = [column.name for column in metadata.tables[name].c]
        assert sorted(given.split()) == sorted(set(columns) - NOT_GIVEN.keys()), name


def test_what_is_kept_of_the_patient_stands_in_the_record_whole(
    clinic: ClinicOfTests, database: Database, patient_id: UUID
) -> None:
    record = record_in(exported(clinic.administrator, patient_id))
    for sheet in record["checklists"]:
        sheet["document_text"] = orjson.dumps(sheet["document"]).decode()

    kept = _kept_of(database, clinic.id, patient_id)
    for name, given in GIVEN.items():
        columns = given.split()
        found = [{column: row[column] for column in columns} for row in PLACES[name](record)]
        assert _sorted(found) == _sorted([{c: row[c] for c in columns} for row in kept[name]]), name
        # The control: something of every kind is kept of this patient, but a sheet for several treatments.
        assert found or name == "checklist_treatments"


def _kept_of(database: Database, clinic_id: UUID, patient_id: UUID) -> dict[str, list[Json]]:
    with database.transaction(Reach.ALL, reads_only=True) as connection:
        whose = {"clinic": clinic_id, "patient": patient_id}
        rows = {
            table.name: connection.execute(select(table).where(condition), whose).mappings().all()
            for table, condition in OF_PATIENT.items()
        }
    rows["card_feedback"] = whole_database(database)["card_feedback"]  # type: ignore[assignment]
    return {name: [_plain(row) for row in of_table] for name, of_table in rows.items()}


def _plain(row: Mapping[Any, Any]) -> Json:
    plain: Json = orjson.loads(orjson.dumps({str(name): value for name, value in row.items()}))
    return plain


def _sorted(rows: list[Json]) -> list[str]:
    return sorted(orjson.dumps(row, option=orjson.OPT_SORT_KEYS).decode() for row in rows)


def test_a_sheet_stands_in_the_record_byte_for_byte_as_it_was_issued(
    clinic: ClinicOfTests, database: Database, patient_id: UUID
) -> None:
    parts = exported(clinic.administrator, patient_id)

    sheets = [row["document_text"].encode() for row in whole_database(database)["checklists"]]
    assert len(sheets) == 2
    assert all(sheet in parts["record.json"] for sheet in sheets)


def test_nothing_of_another_patient_and_no_secret_is_in_the_file(
    clinic: ClinicOfTests, other_clinic: ClinicOfTests, database: Database, patient_id: UUID
) -> None:
    others = [
        whole_patient(clinic, database, "Birch", "000124"),
        whole_patient(other_clinic, database, "Cedar", "000123"),
    ]
    parts = exported(clinic.administrator, patient_id)

    text = b"\n".join(content for name, content in parts.items() if not name.endswith(".pdf")).decode()
    assert "Amber" in text
    assert [word for word in ("Birch", "Cedar", *map(str, others)) if word in text] == []
    stored = whole_database(database)
    secrets = {
        row[column]
        for rows in stored.values()
        for row in rows
        for column in ("secret_sha256", "password_hash", "mac")
        if row.get(column)
    }
    assert len(secrets) > 10
    assert [secret for secret in secrets if secret in text] == []
    own = {sheet["code"] for sheet in stored["checklists"] if sheet["patient_id"] == patient_id}
    assert {name[7:18].replace("-", "") for name in parts if name.startswith("sheets/")} == own


def test_a_patient_of_another_clinic_is_not_there(
    other_clinic: ClinicOfTests, patient_id: UUID, database: Database
) -> None:
    answer = other_clinic.administrator.get(f"/v1/patients/{patient_id}/export")

    assert (answer.status_code, answer.get_json()["code"]) == (404, "not_found")


def test_who_made_the_file_stands_in_it(clinic: ClinicOfTests, patient_id: UUID) -> None:
    events = record_in(exported(clinic.administrator, patient_id))["audit_events"]

    assert (events[-1]["action"], events[-1]["actor_role"]) == ("export_patient", "administrator")
    assert clinic.nurse.get(f"/v1/patients/{patient_id}/export").status_code == 403


def test_the_parts_come_in_one_order_and_the_same_sheets_give_the_same_bytes(
    clinic: ClinicOfTests, patient_id: UUID
) -> None:
    first, second = (exported(clinic.administrator, patient_id) for _ in range(2))

    sheets = [name for name in first if name.startswith("sheets/")]
    assert list(first) == list(second) == [*sheets, "fhir.json", "record.json", "record.html", "README.txt"]
    same = [name for name in first if first[name] == second[name]]
    assert same == [*sheets, "fhir.json", "README.txt"]


def test_the_file_is_not_kept_by_a_browser_and_its_name_tells_nothing(
    clinic: ClinicOfTests, patient_id: UUID
) -> None:
    answer = clinic.administrator.get(f"/v1/patients/{patient_id}/export")

    assert answer.headers["Cache-Control"] == "no-store"
    name = answer.headers["Content-Disposition"]
    assert name.startswith('attachment; filename="patient-data-20')
    assert "Amber" not in name
    assert answer.content_length == len(answer.get_data())


def test_a_sheet_of_which_no_pdf_can_be_made_is_given_as_a_page_and_named(clinic: ClinicOfTests) -> None:
    receipt = clinic.intake.post("/v1/intake", asked("Water \ue000")).get_json()
    parts = exported(clinic.administrator, UUID(receipt["patient_id"]))

    (sheet,) = (name for name in parts if name.startswith("sheets/") and name != "sheets/sheet.css")
    assert sheet.endswith(".html")
    assert "Water \ue000" in parts[sheet].decode()
    assert "sheets/sheet.css" in parts
    assert sheet in parts["README.txt"].decode()
    assert f'href="{sheet}"' in parts["record.html"].decode()


def test_a_patient_without_a_list_and_without_sheets_is_given_what_there_is(
    clinic: ClinicOfTests, app: Flask
) -> None:
    made = clinic.ehr.post("/v1/patients", {"identifier": {"system": "urn:clinic:mrn", "value": "7"}})
    parts = exported(clinic.administrator, UUID(made.get_json()["id"]))

    assert list(parts) == ["fhir.json", "record.json", "record.html", "README.txt"]
    assert record_in(parts)["list_versions"][0]["items"] == []


def test_the_zip_is_sound(clinic: ClinicOfTests, patient_id: UUID) -> None:
    answer = clinic.administrator.get(f"/v1/patients/{patient_id}/export")

    with zipfile.ZipFile(io.BytesIO(answer.get_data())) as file:
        assert file.testzip() is None
        assert {part.external_attr >> 16 for part in file.infolist()} == {0o600}


def test_it_is_given_while_the_database_takes_no_write_and_the_log_says_so(
    clinic: ClinicOfTests,
    database: Database,
    database_url: str,
    patient_id: UUID,
    capsys: pytest.CaptureFixture[str],
) -> None:
    if database.kind == "sqlite":
        url = f"sqlite:///file:{database_url.removeprefix('sqlite:///')}?mode=ro&uri=true"
    else:
        url = f"{database_url}&options=-c%20default_transaction_read_only%3Don"
    read_only = Database(url)
    reading = replace(clinic.administrator, client=app_on(read_only, settings_of_tests()).test_client())
    record = record_in(exported(reading, patient_id))
    read_only.dispose()

    assert [event["action"] for event in record["audit_events"]].count("export_patient") == 0
    lines = [line for line in capsys.readouterr().out.splitlines() if "audit_event_not_stored" in line]
    assert any("export_patient" in line and str(patient_id) in line for line in lines)
