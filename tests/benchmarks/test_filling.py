"""A filled database holds whole patients: each with a list, a sheet, a name that is found, and events."""

import json
from collections.abc import Iterator
from uuid import UUID

import pytest
from sqlalchemy import Connection, func, select

from benchmarks.databases import KINDS
from benchmarks.filling import CLINICS, SIZES, a_clinic, count_patients, filled_databases, some_sheets
from service.domain.checklists.short_code import printed, read_code
from service.domain.patients.patients import sought_words
from service.store.checklists import load_checklist
from service.store.database import Database
from service.store.medications import load_latest_list
from service.store.patient_search import find_by_name_words
from service.store.patients import load_patient
from service.store.tables import audit_chains, audit_events

TEMPLATES = CLINICS * len(SIZES)
PATIENTS = TEMPLATES + 24


@pytest.fixture(scope="module", params=KINDS)
def filled(request: pytest.FixtureRequest) -> Iterator[str]:
    with filled_databases(request.param, PATIENTS) as (url,):
        yield url


@pytest.fixture
def clinic_id(filled: str) -> UUID:
    return a_clinic(filled)


@pytest.fixture
def connection(filled: str, clinic_id: UUID) -> Iterator[Connection]:
    database = Database(filled)
    with database.transaction(clinic_id) as connection:
        yield connection
    database.dispose()


def test_there_are_as_many_patients_as_were_asked_for_and_each_has_one_sheet(
    filled: str, clinic_id: UUID
) -> None:
    assert count_patients(filled) == PATIENTS
    assert len(set(some_sheets(filled, clinic_id, PATIENTS))) == PATIENTS // CLINICS


def test_each_sheet_is_of_the_patient_whose_list_it_shows(
    filled: str, clinic_id: UUID, connection: Connection
) -> None:
    codes = set()
    for address in some_sheets(filled, clinic_id, PATIENTS):
        sheet = load_checklist(connection, clinic_id, UUID(address.rpartition("/")[2]))
        assert sheet is not None
        document = json.loads(sheet.document_text)
        patient = load_patient(connection, clinic_id, sheet.patient_id)
        medications = load_latest_list(connection, clinic_id, sheet.patient_id)
        assert patient is not None
        assert medications is not None
        items = {
            line["item"]["id"]
            for section in document["sections"]
            for line in section["lines"]
            if "item" in line
        }
        assert document["id"] == str(sheet.id)
        assert document["code"] == printed(read_code(sheet.code))
        assert document["planned_start"] == str(sheet.planned_start)
        assert document["patient"]["id"] == str(patient.id)
        assert document["patient"]["name"] == patient.name
        assert document["patient"]["identifiers"][0]["value"] == patient.identifiers[0].value
        assert items == {str(item.id) for item in medications.items}
        assert patient.id in find_by_name_words(
            connection, clinic_id, sought_words(patient.name or ""), PATIENTS
        )
        codes.add(sheet.code)
    assert len(codes) == PATIENTS // CLINICS


def test_each_chain_ends_with_its_last_event(connection: Connection, clinic_id: UUID) -> None:
    found = select(func.count(), func.max(audit_events.c.sequence)).where(
        audit_events.c.clinic_id == clinic_id
    )
    length = select(audit_chains.c.length).where(audit_chains.c.clinic_id == clinic_id)

    events, last = connection.execute(found).one()
    assert events == last == connection.execute(length).scalar_one()
