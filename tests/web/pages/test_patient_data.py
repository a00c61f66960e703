"""The page on which an administrator makes a patient's file."""

import io
import zipfile
from uuid import UUID

import pytest

from service.domain.wording import ENGLISH
from service.store.database import Database
from tests.web.conftest import ClinicOfTests
from tests.web.pages.conftest import Browser, text_of
from tests.web.whole_patients import whole_patient


@pytest.fixture
def patient_id(clinic: ClinicOfTests, database: Database) -> UUID:
    return whole_patient(clinic, database, "Amber", "000123")


def test_an_administrator_goes_from_the_patient_to_the_file(administrator: Browser, patient_id: UUID) -> None:
    patient = administrator.get(f"/patients/{patient_id}")
    assert f'href="/patients/{patient_id}/own-data"' in patient.get_data(as_text=True)

    page = administrator.get(f"/patients/{patient_id}/own-data")
    assert ENGLISH["data_page.names"] in text_of(page)
    assert f'href="/patients/{patient_id}/own-data.zip"' in page.get_data(as_text=True)

    answer = administrator.get(f"/patients/{patient_id}/own-data.zip")
    assert (answer.status_code, answer.content_type) == (200, "application/zip")
    with zipfile.ZipFile(io.BytesIO(answer.get_data())) as file:
        assert "record.html" in file.namelist()


def test_a_nurse_is_not_shown_the_way(nurse: Browser, patient_id: UUID) -> None:
    assert "own-data" not in nurse.get(f"/patients/{patient_id}").get_data(as_text=True)


def test_that_the_file_was_made_stands_among_who_did_what(administrator: Browser, patient_id: UUID) -> None:
    administrator.get(f"/patients/{patient_id}/own-data.zip")

    trail = text_of(administrator.get(f"/administration/audit?patient_id={patient_id}"))
    assert ENGLISH["did.export_patient"] in trail
