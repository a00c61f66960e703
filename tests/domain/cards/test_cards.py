"""What a card rests on: whose list it is, whether a treatment is planned, and what can be said of both."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from service.domain.cards.asked import CardRequest, PatientNeededError, SentPart, SentRecord, SentStatus
from service.domain.cards.cards import (
    Card,
    SheetOnFile,
    ShownList,
    Whose,
    born_otherwise,
    planned,
    up_to_date_sheet,
)
from service.domain.checklists.treatments import treatments_in
from service.domain.checklists.worklist import list_state
from service.domain.imports.sent import SentPatient
from service.domain.patients.patients import Identifier
from service.domain.text import PartialDate
from service.domain.wording import ENGLISH_CATALOGUE
from tests.domain.made_up import PATIENT, listing
from tests.guidance_of_tests import guidance_of_tests

TODAY = date(2026, 12, 1)
BEFORE, LATER = date(2026, 11, 30), date(2026, 12, 2)
NOTHING_CAME = {record: SentPart(SentStatus.NOT_SENT) for record in SentRecord}


def sheet(
    number: int, on: date | None, *, treatment: str = "examplinib", up_to_date: bool = True
) -> SheetOnFile:
    return SheetOnFile(UUID(int=number), treatments_in(treatment), on, up_to_date)


@pytest.mark.parametrize(
    ("sheets", "is_planned"),
    [
        ((), False),
        ((sheet(1, TODAY),), True),
        ((sheet(1, LATER),), True),
        ((sheet(1, BEFORE),), False),
        ((sheet(1, None),), False),
        ((sheet(2, None), sheet(1, LATER)), True),
        ((sheet(2, BEFORE), sheet(1, LATER)), False),
        ((sheet(1, LATER, treatment="another"),), False),
        ((sheet(1, LATER, up_to_date=False),), True),
        ((sheet(1, LATER, treatment="another+examplinib"),), True),
        ((sheet(2, BEFORE, treatment="another+examplinib"), sheet(1, LATER)), False),
        ((sheet(2, BEFORE), sheet(1, LATER, treatment="another+examplinib")), False),
    ],
)
def test_the_newest_sheet_that_names_a_day_has_planned_the_treatment(
    sheets: tuple[SheetOnFile, ...], is_planned: bool
) -> None:
    assert planned(sheets, "examplinib", TODAY) is is_planned


@pytest.mark.parametrize(
    ("sheets", "number"),
    [
        ((), None),
        ((sheet(1, None),), 1),
        ((sheet(2, None), sheet(1, None)), 2),
        ((sheet(2, None, up_to_date=False), sheet(1, None)), None),
        ((sheet(2, None, treatment="another"), sheet(1, None)), 1),
        ((sheet(2, None, treatment="another+examplinib"), sheet(1, None)), 2),
        ((sheet(2, None, treatment="another+one-more"), sheet(1, None)), 1),
    ],
)
def test_only_a_newest_sheet_that_shows_the_latest_list_is_led_to(
    sheets: tuple[SheetOnFile, ...], number: int | None
) -> None:
    found = up_to_date_sheet(sheets, "examplinib")
    assert (found and found.int) == number


@pytest.mark.parametrize(
    ("sent", "is_other"),
    [
        (None, False),
        (PartialDate(1961), False),
        (PartialDate(1961, 4, 2), False),
        (PartialDate(1961, 4, 3), True),
        (PartialDate(1916), True),
    ],
)
def test_a_date_of_birth_that_contradicts_the_one_on_file_is_another_persons(
    sent: PartialDate | None, is_other: bool
) -> None:
    assert born_otherwise(PATIENT, sent) is is_other


def test_somebody_is_named_by_what_came_of_their_record_or_by_our_own_id() -> None:
    nobody = CardRequest("a service", None, None, (), planned_too=False, sent=NOTHING_CAME)
    assert not nobody.names_somebody
    assert replace(nobody, patient=SentPatient(birth_date=PartialDate(1961))).names_somebody
    assert replace(nobody, patient=SentPatient((Identifier("a", "b"),))).names_somebody
    assert replace(nobody, patient_id=PATIENT.id).names_somebody


@pytest.mark.parametrize(
    ("state", "number"),
    [
        (SentStatus.WHOLE, None),
        (SentStatus.PARTIAL, None),
        (SentStatus.NOT_SENT, 0),
        (SentStatus.NOT_READABLE, 1),
    ],
)
def test_what_did_not_come_has_no_number_and_what_came_has_one(state: SentStatus, number: int | None) -> None:
    with pytest.raises(ValueError, match="counted"):
        SentPart(state, number)


@pytest.mark.parametrize("whose", [whose for whose in Whose if whose is not Whose.ON_FILE])
def test_a_card_shows_a_list_only_where_it_is_known_whose_it_is(whose: Whose) -> None:
    shown = ShownList(PATIENT.id, list_state(PATIENT, listing()), TODAY)
    card = Card(UUID(int=1), guidance_of_tests(), Whose.ON_FILE, shown, NOTHING_CAME, ENGLISH_CATALOGUE)
    with pytest.raises(ValueError, match="speaks of a list"):
        replace(card, whose=whose)
    with pytest.raises(ValueError, match="speaks of a list"):
        replace(card, shown=None)


def test_a_call_that_names_nobody_is_told_what_to_send() -> None:
    assert "identifier" in PatientNeededError().detail
