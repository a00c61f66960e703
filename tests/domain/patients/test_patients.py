"""Who a patient is, and when a list must be about somebody else."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID

import pytest
from hypothesis import given

from service.domain.errors import ConflictError, RefusedError
from service.domain.patients.patients import (
    Identifier,
    Patient,
    PrintSize,
    check_born,
    check_same_person,
    same_name,
    version_of,
)
from service.domain.text import PartialDate
from tests.domain.made_up import PATIENT, steady
from tests.strategies import partial_dates

MRN = Identifier("urn:clinic:mrn", "000123")


@pytest.mark.parametrize(("system", "value"), [("", "000123"), ("urn:clinic:mrn", "")])
def test_a_number_without_its_system_names_nobody(system: str, value: str) -> None:
    with pytest.raises(ValueError, match="a system and a value"):
        Identifier(system, value)


def test_a_patient_without_a_number_cannot_be_told_from_another() -> None:
    with pytest.raises(ValueError, match="at least one identifier"):
        Patient(UUID(int=1), ())


def test_a_patient_has_one_number_in_a_system_and_may_have_one_in_another() -> None:
    other = Identifier("https://fhir.nhs.uk/Id/nhs-number", "9434765919")
    both = Patient(UUID(int=1), (MRN, other))
    assert both.has(MRN)
    assert both.has(other)
    assert not both.has(Identifier(MRN.system, "000124"))
    with pytest.raises(ValueError, match="at most one identifier in a system"):
        Patient(UUID(int=1), (MRN, Identifier(MRN.system, "000124")))


def test_a_patient_may_be_on_file_without_name_and_date_of_birth() -> None:
    nobody_asked = Patient(UUID(int=1), (MRN,))
    assert (nobody_asked.name, nobody_asked.birth_date) == (None, None)


@pytest.mark.parametrize("sent", ["1961", "1961-04", "1961-04-02"])
def test_a_date_of_birth_that_is_only_less_exact_is_the_same_persons(sent: str) -> None:
    check_same_person(PATIENT, PartialDate.parse(sent), pointer="/patient/birth_date")
    less_known = Patient(PATIENT.id, PATIENT.identifiers, birth_date=PartialDate.parse(sent))
    check_same_person(less_known, PATIENT.birth_date, pointer="/patient/birth_date")


@pytest.mark.parametrize("sent", ["1962", "1961-05", "1961-04-03"])
def test_another_date_of_birth_is_refused_without_telling_the_one_on_file(sent: str) -> None:
    with pytest.raises(ConflictError) as refusal:
        check_same_person(PATIENT, PartialDate.parse(sent), pointer="/patient/birth_date")
    assert (refusal.value.code, refusal.value.pointer) == ("birth_date_differs", "/patient/birth_date")
    assert "1961" not in refusal.value.detail


@steady
@given(partial_dates())
def test_a_date_of_birth_that_one_side_does_not_know_contradicts_nothing(day: PartialDate) -> None:
    unknown = Patient(PATIENT.id, PATIENT.identifiers)
    check_same_person(unknown, day, pointer="")
    check_same_person(PATIENT, None, pointer="")


@pytest.mark.parametrize(
    ("on_file", "sent", "same"),
    [
        ("Ana Núñez", "ANA  NÚÑEZ", True),
        ("Straße", "STRASSE", True),
        ("Ana Núñez", "Ana Nunez", False),
        ("Ana Núñez", "Núñez Ana", False),
        ("AnaNúñez", "Ana Núñez", False),
        (None, "Ana Núñez", False),
        (None, None, True),
    ],
)
def test_a_name_is_the_same_but_for_capitals_and_the_width_of_blanks(
    on_file: str | None, sent: str | None, same: bool
) -> None:
    assert same_name(on_file, sent) is same
    assert same_name(sent, on_file) is same


AT_NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)


@pytest.mark.parametrize("born", ["2027", "2026-12", "2026-11-27"])
def test_a_date_of_birth_that_lies_ahead_is_refused(born: str) -> None:
    with pytest.raises(RefusedError) as refused:
        check_born(PartialDate.parse(born), AT_NOON, pointer="/birth_date")
    assert [(fault.pointer, fault.code) for fault in refused.value.faults] == [
        ("/birth_date", "birth_date_ahead")
    ]


@pytest.mark.parametrize("born", [None, "1961-04-02", "2026", "2026-11", "2026-11-25", "2026-11-26"])
def test_who_was_born_today_anywhere_on_earth_is_a_patient(born: str | None) -> None:
    # At noon in London the next day has begun east of the date line.
    here = AT_NOON.astimezone(timezone(timedelta(hours=-11)))
    check_born(PartialDate.parse(born) if born else None, here, pointer="/birth_date")


@pytest.mark.parametrize(
    "changes",
    [
        {"name": None},
        {"name": "Test Patient 02"},
        {"birth_date": PartialDate(1961, 4)},
        {"language": "es"},
        {"print_size": PrintSize.LARGE},
        {"identifiers": (MRN, Identifier("urn:other", "1"))},
        {"id": UUID(int=2)},
    ],
)
def test_a_patients_version_is_another_one_when_the_record_says_something_else(
    changes: dict[str, object],
) -> None:
    assert version_of(replace(PATIENT)) == version_of(PATIENT)
    assert version_of(replace(PATIENT, **changes)) != version_of(PATIENT)  # type: ignore[arg-type]
