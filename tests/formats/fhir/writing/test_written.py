"""Whatever a list holds, what is written of it is valid R4."""

from hypothesis import given

from service.domain.access.clinics import Clinic
from service.domain.medications.medication_list import MedicationList
from service.domain.patients.patients import Patient
from service.formats.fhir.writing.bundles import write_record
from service.formats.fhir.writing.patients import write_patient
from tests.domain.made_up import steady
from tests.formats.fhir.writing.r4 import check, required_codes, wrong_codes
from tests.strategies import clinics, medication_lists, patients


@steady
@given(clinics(), medication_lists())
def test_every_resource_of_a_list_is_valid_in_each_style(
    clinic: Clinic, medication_list: MedicationList
) -> None:
    for resource in write_record(clinic, medication_list):
        check(resource)


@steady
@given(patients())
def test_a_patient_is_valid(patient: Patient) -> None:
    check(write_patient(patient))


@steady
@given(clinics(), medication_lists())
def test_every_required_code_is_one_of_r4s(clinic: Clinic, medication_list: MedicationList) -> None:
    codes = required_codes()
    written = write_record(clinic, medication_list)

    assert [wrong for resource in written for wrong in wrong_codes(resource, codes)] == []
