"""What another system says of who a patient is completes the record and never overwrites it."""

import pytest
from hypothesis import given

from service.domain.errors import ConflictError
from service.domain.imports.patients import merge_patient, new_patient
from service.domain.imports.sent import SentPatient
from service.domain.patients.patients import Identifier, Patient
from service.domain.text import PartialDate
from tests.domain.made_up import PATIENT, steady
from tests.strategies import patients

MRN = PATIENT.identifiers[0]
OTHER = Identifier("urn:example:other", "9")


def as_sent(patient: Patient) -> SentPatient:
    return SentPatient(patient.identifiers, patient.name, patient.birth_date, patient.language)


@steady
@given(patients())
def test_a_new_patient_is_what_was_sent_and_the_same_again_is_nothing_new(patient: Patient) -> None:
    made = new_patient(patient.id, as_sent(patient))
    assert as_sent(made) == as_sent(patient)
    again = merge_patient(made, as_sent(patient), pointer="")
    assert (again.patient, again.reported_name, again.left) == (made, None, ())


def test_what_was_missing_is_completed_and_what_is_on_file_stays() -> None:
    bare = Patient(PATIENT.id, (MRN,))
    sent = SentPatient((MRN,), "Test Patient 01", PartialDate(1961, 4, 2), "es")
    completed = merge_patient(bare, sent, pointer="").patient
    assert as_sent(completed) == sent
    less = SentPatient((MRN,), "test patient  01", PartialDate(1961), "en")
    assert merge_patient(completed, less, pointer="").patient == completed


def test_another_name_is_reported_and_a_contradicting_date_of_birth_refused() -> None:
    merged = merge_patient(PATIENT, SentPatient((MRN,), "Test Patient 02"), pointer="")
    assert (merged.patient, merged.reported_name) == (PATIENT, "Test Patient 02")
    with pytest.raises(ConflictError) as refused:
        merge_patient(PATIENT, SentPatient((MRN,), birth_date=PartialDate(1961, 4, 3)), pointer="here")
    assert (refused.value.code, refused.value.pointer) == ("birth_date_differs", "here")


@pytest.mark.parametrize(
    ("name", "born", "taken"),
    [
        (None, None, True),
        ("Test Patient 01", None, True),
        ("Test Patient 02", None, False),
        ("Test Patient 02", PartialDate(1961), False),
        ("Test Patient 02", PartialDate(1961, 4, 2), True),
    ],
)
def test_another_identifier_is_taken_unless_it_may_be_another_persons(
    name: str | None, born: PartialDate | None, *, taken: bool
) -> None:
    merged = merge_patient(PATIENT, SentPatient((MRN, OTHER), name, born), pointer="")
    assert (merged.patient.has(OTHER), merged.left == ()) == (taken, taken)


def test_a_second_number_in_one_system_is_left() -> None:
    second = Identifier(MRN.system, "000124")
    merged = merge_patient(PATIENT, SentPatient((second, OTHER)), pointer="")
    assert (merged.patient.identifiers, merged.left) == ((MRN, OTHER), (second,))
