"""A row of the worklist: its status in one word, its strip, and its place among the others."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from random import Random
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain.checklists.checklist import ChecklistStatus, SectionId
from service.domain.checklists.guidance_today import GuidanceStatus, GuidanceToday
from service.domain.checklists.sign_offs import SIGNED_SECTIONS
from service.domain.checklists.worklist import (
    CategoryState,
    NewestSheet,
    WorklistRow,
    WorklistStatus,
    in_order,
    list_state,
    signed_and_to_sign,
)
from service.domain.medications.categories import Answer, Category
from service.domain.medications.items import Item, Status
from service.domain.medications.medication_list import MedicationList
from service.domain.patients.patients import Patient
from tests.domain.made_up import NOW, PATIENT, chances, item, listing, lists_of_alikes, steady

SECTIONS = (SectionId.PRESCRIPTION, SectionId.OVER_THE_COUNTER, SectionId.SUPPLEMENT, SectionId.TELL)
NONE = dict.fromkeys(Category, Answer.NONE_REPORTED)
TEA = item(1, "Tea", category=Category.SUPPLEMENT, strength="1 g")
WITHOUT_DOSE = item(1, "Tea", category=Category.SUPPLEMENT)
DECLINED = {**NONE, Category.SUPPLEMENT: Answer.DECLINED}


def guidance(*statuses: GuidanceStatus) -> tuple[GuidanceToday, ...]:
    """One entry for each treatment."""
    return tuple(GuidanceToday("examplinib", status, None, NOW) for status in statuses)


def sheet(
    *signed: SectionId,
    status: ChecklistStatus = ChecklistStatus.CURRENT,
    today: tuple[GuidanceToday, ...] = guidance(GuidanceStatus.IN_USE),
    number: int = 1,
) -> NewestSheet:
    done, open_ = signed_and_to_sign(SECTIONS, signed)
    return NewestSheet(
        UUID(int=number),
        "7K2M9X4PD",
        "examplinib",
        "Examplinib",
        date(2026, 12, 1),
        1,
        NOW,
        status,
        today,
        done,
        open_,
    )


def row(
    medications: MedicationList, newest: NewestSheet | None = None, patient: Patient = PATIENT
) -> WorklistRow:
    return WorklistRow(patient, list_state(patient, medications), newest or sheet())


OLDER = guidance(GuidanceStatus.OLDER)
RETIRED = guidance(GuidanceStatus.OLDER, GuidanceStatus.RETIRED)
OUT_OF_DATE = sheet(status=ChecklistStatus.SUPERSEDED)
SIGNED, SIGNED_AND_OUT_OF_DATE = sheet(*SECTIONS), sheet(*SECTIONS, status=ChecklistStatus.SUPERSEDED)


@pytest.mark.parametrize(
    ("medications", "newest", "status"),
    [
        (listing(), sheet(), "not_started"),
        (listing(item(1, status=Status.ENTERED_IN_ERROR)), sheet(), "not_started"),
        (listing(item(1, status=Status.STOPPED)), sheet(), "gaps"),
        (listing(item(1, left_out_since=1)), sheet(), "gaps"),
        (listing(item(1)), sheet(), "gaps"),
        (listing(answers={Category.SUPPLEMENT: Answer.DECLINED}), sheet(), "gaps"),
        (listing(WITHOUT_DOSE, answers=NONE), sheet(), "gaps"),
        (listing(answers=DECLINED), sheet(), "gaps"),
        (listing(TEA, answers=NONE), sheet(), "ready_to_sign"),
        (listing(answers=NONE), sheet(), "ready_to_sign"),
        (listing(answers=NONE), sheet(SectionId.TELL), "ready_to_sign"),
        (listing(answers=NONE), SIGNED, "signed"),
        # Signed with a deferral is signed, and its gap still stands; see the next test.
        (listing(), SIGNED, "signed"),
        (listing(WITHOUT_DOSE), SIGNED, "signed"),
        (listing(), OUT_OF_DATE, "out_of_date"),
        (listing(answers=NONE), OUT_OF_DATE, "out_of_date"),
        (listing(answers=NONE), SIGNED_AND_OUT_OF_DATE, "out_of_date"),
        (listing(), sheet(today=OLDER), "older_guidance"),
        (listing(answers=NONE), sheet(SectionId.TELL, today=OLDER), "older_guidance"),
        (listing(), sheet(today=RETIRED), "retired_guidance"),
        # What is signed is done, and a newer list is news of the patient.
        (listing(answers=NONE), sheet(*SECTIONS, today=RETIRED), "signed"),
        (listing(), sheet(status=ChecklistStatus.SUPERSEDED, today=RETIRED), "out_of_date"),
    ],
)
def test_a_rows_status_is_the_first_that_fits(
    medications: MedicationList, newest: NewestSheet, status: str
) -> None:
    assert row(medications, newest).status == status


def test_what_was_signed_with_a_deferral_still_shows_what_is_to_ask() -> None:
    assert len(row(listing(), SIGNED).medications.gaps) == 3


def test_a_sheet_without_a_section_to_sign_is_not_signed() -> None:
    assert row(listing(answers=NONE), replace(sheet(), to_sign=())).status == "ready_to_sign"


@steady
@given(lists_of_alikes(), st.sets(st.sampled_from(SECTIONS)), st.booleans())
def test_signed_means_every_section_of_a_current_sheet_and_ready_that_no_gap_is_left(
    medications: MedicationList, signed: set[SectionId], current: bool
) -> None:
    status = ChecklistStatus.CURRENT if current else ChecklistStatus.SUPERSEDED
    found = row(medications, sheet(*signed, status=status))

    assert (found.status is WorklistStatus.SIGNED) == (current and signed == set(SECTIONS))
    assert (found.status is WorklistStatus.OUT_OF_DATE) == (not current)
    if found.status is WorklistStatus.READY_TO_SIGN:
        assert not found.medications.gaps
    if found.status is WorklistStatus.NOT_STARTED:
        assert not medications.current_items
        assert not medications.earlier_items


@steady
@given(lists_of_alikes())
def test_the_strip_shows_0_only_where_a_person_said_none(medications: MedicationList) -> None:
    state = list_state(PATIENT, medications)

    assert [one.category for one in state.categories] == list(Category)
    for one in state.categories:
        assert (one.items == 0) == (medications.answers[one.category].answer is Answer.NONE_REPORTED)
        assert (one.items or 0) == len(medications.in_category(one.category))
    counted = sum(one.items or 0 for one in state.categories) + state.uncategorized
    assert counted == len(medications.current_items)
    assert state.earlier == len(medications.earlier_items)


@pytest.mark.parametrize("answer", [answer for answer in Answer if answer is not Answer.NONE_REPORTED])
def test_a_strip_with_a_0_that_nobody_said_cannot_be_made(answer: Answer) -> None:
    with pytest.raises(ValueError, match="an empty list does not"):
        CategoryState(Category.SUPPLEMENT, answer, 0)


def many_rows() -> list[WorklistRow]:
    lists = (listing(), listing(WITHOUT_DOSE, answers=NONE), listing(answers=NONE), listing(answers=DECLINED))
    sheets = (sheet(), SIGNED, OUT_OF_DATE)
    cases = [(medications, newest) for medications in lists for newest in sheets]
    return [
        row(
            medications,
            replace(newest, id=UUID(int=number)),
            replace(PATIENT, name=f"Test Patient {number % 5}"),
        )
        for number, (medications, newest) in enumerate(cases)
    ]


@steady
@given(chances)
def test_what_is_still_to_ask_comes_first_then_the_status_then_the_name(chance: Random) -> None:
    rows = many_rows()
    chance.shuffle(rows)
    found = in_order(rows)

    gaps = [bool(one.medications.gaps) for one in found]
    assert gaps == sorted(gaps, reverse=True)
    order = list(WorklistStatus)
    for with_gaps in (True, False):
        places = [order.index(one.status) for one in found if bool(one.medications.gaps) is with_gaps]
        assert places == sorted(places)
    assert found == in_order(many_rows())


def test_a_patient_without_a_name_has_a_place_too() -> None:
    nameless = row(listing(), patient=replace(PATIENT, name=None))
    assert set(in_order([nameless, row(listing())])) == {nameless, row(listing())}


def renamed(one: Item, names: Mapping[str, str]) -> Item:
    facts = replace(
        one.facts,
        name=one.facts.name and names[one.facts.name],
        description=one.facts.description and names[one.facts.description],
    )
    return replace(one, facts=facts)


@steady
@given(lists_of_alikes(), st.permutations(["zq1", "zq2", "Warfarin"]))
def test_other_names_of_medicines_change_nothing(medications: MedicationList, names: list[str]) -> None:
    new = dict(zip(("Water", "Soap"), names, strict=False))
    other = replace(medications, items=tuple(renamed(one, new) for one in medications.items))

    assert row(other) == row(medications)


@given(st.sets(st.sampled_from(SIGNED_SECTIONS)), st.sets(st.sampled_from(SIGNED_SECTIONS)))
def test_each_section_of_the_sheet_is_signed_or_to_sign(
    sections: set[SectionId], holding: set[SectionId]
) -> None:
    ordered = [section for section in SIGNED_SECTIONS if section in sections]
    signed, to_sign = signed_and_to_sign(ordered, holding)

    assert sorted((*signed, *to_sign)) == sorted(ordered)
    assert set(signed) == sections & holding
