"""Promise 8: what was acknowledged outlives a kill, and a clinic sees nothing of another's through any door.

On SQLite: on PostgreSQL a second wall stands behind a query that forgets its clinic. What is tried here at
the doors that a patient's data leave by, ``tests/access`` tries at every address; under load ``tests/faults``
kills. Planted faults that the checks catch stand in ``planted/``.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import TestResponse

from service.domain.access.permissions import Role
from service.store.database import Database
from tests.databases import SqliteOfTests
from tests.faults.started_again import server_of
from tests.web.built_apps import app_on
from tests.web.conftest import Caller, ClinicOfTests, make_clinic, settings_of_tests
from tests.web.lists import asked, posted

NOBODY = "00000000-0000-7000-8000-000000000000"
MRN, NO_MRN = "000123", "999999"
NAME = "Amber"
_EACH_TIME = re.compile(rb'"request_id": ?"[^"]*"|"lastUpdated": ?"[^"]*"|"made_at": ?"[^"]*"')


@dataclass(frozen=True)
class Place:
    """What a clinic has of one patient; the same of nobody."""

    patient: str
    checklist: str
    item: str
    code: str
    mrn: str


OF_NOBODY = Place(NOBODY, NOBODY, NOBODY, "000-000-000", NO_MRN)
DOORS: dict[str, str] = {
    "a patient": "/v1/patients/{0.patient}",
    "a number": "/v1/patients?identifier=urn:clinic:mrn|{0.mrn}",
    "a list": "/v1/patients/{0.patient}/medication-list",
    "an earlier list": "/v1/patients/{0.patient}/medication-list?version=1",
    "versions": "/v1/patients/{0.patient}/medication-list/versions",
    "a patient's sheets": "/v1/patients/{0.patient}/checklists",
    "a sheet": "/v1/checklists/{0.checklist}",
    "a page": "/v1/checklists/{0.checklist}.html",
    "paper": "/v1/checklists/{0.checklist}.pdf",
    "a code": "/v1/checklists/by-code/{0.code}",
    "all that is kept": "/v1/patients/{0.patient}/export",
    "what was done": "/v1/audit-events?patient_id={0.patient}",
    "a Patient": "/fhir/Patient/{0.patient}",
    "a Patient's number": "/fhir/Patient?identifier=urn:clinic:mrn|{0.mrn}",
    "everything": "/fhir/Patient/{0.patient}/$everything",
    "a MedicationStatement": "/fhir/MedicationStatement/{0.item}",
    "MedicationStatements": "/fhir/MedicationStatement?patient={0.patient}",
    "a List": "/fhir/List/{0.patient}.prescription",
    "Lists": "/fhir/List?patient={0.patient}",
    "Provenances": "/fhir/Provenance?patient={0.patient}",
    "answers": "/fhir/QuestionnaireResponse/{0.patient}.1",
    "a document": "/fhir/Bundle/{0.checklist}",
    "where documents are": "/fhir/DocumentReference?patient={0.patient}",
    "a filed sheet": "/fhir/Binary/{0.checklist}",
}


@pytest.fixture
def clinics(sqlite: SqliteOfTests, tmp_path: Path) -> Iterator[tuple[ClinicOfTests, ClinicOfTests]]:
    database = Database(sqlite.database(tmp_path))
    app = app_on(database, settings_of_tests())
    yield make_clinic(app, database, "First clinic"), make_clinic(app, database, "Other clinic")
    database.dispose()


def put_on_file(clinic: ClinicOfTests) -> Place:
    receipt = clinic.intake.post("/v1/intake", asked(NAME, mrn=MRN)).get_json()
    listed = clinic.ehr.get(f"/v1/patients/{receipt['patient_id']}/medication-list").get_json()
    sheet = receipt["checklist"]
    return Place(receipt["patient_id"], sheet["id"], listed["items"][0]["id"], sheet["code"], MRN)


def plain(answer: TestResponse, of: Place) -> tuple[int, bytes]:
    """What an answer says, without what is another one each time and without what was asked for."""
    said = _EACH_TIME.sub(b"", answer.data)
    for part in (of.patient, of.checklist, of.item, of.code, of.mrn):
        said = said.replace(part.encode(), b"")
    return answer.status_code, said


def asked_for(caller: Caller, address: str, of: Place) -> tuple[int, bytes]:
    return plain(caller.get(address.format(of)), of)


@pytest.mark.parametrize("door", DOORS)
def test_another_clinics_patient_is_told_from_nobody_at_no_door(
    clinics: tuple[ClinicOfTests, ClinicOfTests], door: str
) -> None:
    first, other = clinics
    theirs, address = put_on_file(first), DOORS[door]
    assert asked_for(first.administrator, address, theirs) != asked_for(
        first.administrator, address, OF_NOBODY
    )
    for caller in (other.ehr, other.administrator, other.nurse):
        assert asked_for(caller, address, theirs) == asked_for(caller, address, OF_NOBODY)


def test_another_clinics_sheet_is_printed_in_no_batch_and_stands_on_no_worklist(
    clinics: tuple[ClinicOfTests, ClinicOfTests],
) -> None:
    first, other = clinics
    theirs = put_on_file(first)
    assert other.nurse.post("/v1/print-batches", {"checklists": [theirs.checklist]}).status_code == 404
    assert other.nurse.post("/v1/print-batches", {"date": "2026-12-01"}).status_code == 404
    assert other.nurse.get("/v1/worklist?date=2026-12-01").get_json()["items"] == []
    assert len(first.nurse.get("/v1/worklist?date=2026-12-01").get_json()["items"]) == 1


def test_a_number_and_a_repeated_key_of_another_clinic_are_new_here(
    clinics: tuple[ClinicOfTests, ClinicOfTests],
) -> None:
    key = {"Idempotency-Key": "one and the same"}
    receipts = [one.ehr.post("/v1/intake", posted(NAME), headers=key).get_json() for one in clinics]
    assert receipts[0]["patient_id"] != receipts[1]["patient_id"]
    assert [receipt["medication_list"]["version"] for receipt in receipts] == [1, 1]


WRITES: tuple[tuple[Role, str, Any], ...] = (
    (Role.INTAKE, "/v1/intake", posted("Water", mrn="000777")),
    (Role.EHR, "/v1/patients", {"identifier": {"system": "urn:clinic:mrn", "value": "000778"}}),
)


def test_what_was_acknowledged_is_there_after_the_service_was_killed(
    sqlite: SqliteOfTests, tmp_path: Path
) -> None:
    with server_of(sqlite.database(tmp_path), TMPDIR=str(tmp_path)) as server:
        for role, path, body in WRITES:
            assert server.service.call(role, "POST", path, json=body).status_code == 201
        server.kill()
        server.start()
        found = server.service.call(Role.EHR, "GET", "/v1/patients").json()["items"]
    assert [one["identifiers"][0]["value"] for one in found] == ["000777", "000778"]
