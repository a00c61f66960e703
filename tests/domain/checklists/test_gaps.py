"""What is still to ask: found by looking at what is there, never at what it means."""

from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import given

from service.domain.checklists.gaps import Gap, GapKind, gaps_of
from service.domain.medications.categories import Answer, Category, CategoryAnswer
from service.domain.medications.items import Item, Status
from service.domain.medications.medication_list import MedicationList
from service.domain.patients.patients import Patient
from tests.domain.made_up import NOBODY_SAID, PATIENT, PATIENT_SAID, item, listing, lists_of_alikes, steady

ALL_NONE = dict.fromkeys(Category, Answer.NONE_REPORTED)
KNOWN = {"strength": "5 mg", "category": Category.SUPPLEMENT}


def kinds(medications: MedicationList, patient: Patient = PATIENT) -> list[GapKind]:
    return [gap.kind for gap in gaps_of(patient, medications)]


def test_a_patient_whom_nobody_asked_has_a_gap_for_each_category() -> None:
    assert gaps_of(PATIENT, listing()) == tuple(
        Gap(GapKind.CATEGORY_NOT_ASKED, category) for category in Category
    )


def test_a_patient_who_said_none_three_times_has_no_gap() -> None:
    assert gaps_of(PATIENT, listing(answers=ALL_NONE)) == ()


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (Answer.UNKNOWN, GapKind.CATEGORY_UNKNOWN),
        (Answer.DECLINED, GapKind.CATEGORY_DECLINED),
        (Answer.ITEMS_REPORTED, GapKind.CATEGORY_WITHOUT_ITEMS),
    ],
)
def test_an_answer_that_leaves_something_open_is_a_gap(answer: Answer, kind: GapKind) -> None:
    medications = listing(answers={**ALL_NONE, Category.SUPPLEMENT: answer})
    assert gaps_of(PATIENT, medications) == (Gap(kind, Category.SUPPLEMENT),)


@pytest.mark.parametrize(
    ("one", "kind"),
    [
        (item(1, left_out_since=1, category=Category.PRESCRIPTION), GapKind.ITEM_ON_EARLIER_LIST),
        (item(1, status=Status.UNKNOWN, **KNOWN), GapKind.ITEM_STATUS_UNKNOWN),
        (item(1, strength="5 mg"), GapKind.ITEM_UNCATEGORIZED),
        (item(1, None, description="a white pill", **KNOWN), GapKind.ITEM_WITHOUT_NAME),
        (item(1, category=Category.SUPPLEMENT), GapKind.ITEM_WITHOUT_DOSE),
        (item(1, attribution=NOBODY_SAID, **KNOWN), GapKind.INFORMANT_NOT_RECORDED),
    ],
)
def test_what_is_missing_of_an_item_is_a_gap_that_names_it(one: Item, kind: GapKind) -> None:
    medications = listing(one, answers=ALL_NONE)
    assert gaps_of(PATIENT, medications) == (Gap(kind, items=(UUID(int=1),)),)


def test_an_item_of_which_all_is_known_is_no_gap_and_neither_is_one_that_has_ended() -> None:
    stopped, slip = (
        item(number, status=status, attribution=NOBODY_SAID)
        for number, status in ((2, Status.STOPPED), (3, Status.ENTERED_IN_ERROR))
    )
    assert kinds(listing(item(1, **KNOWN), stopped, slip, answers=ALL_NONE)) == []


def test_items_with_the_same_gap_stand_in_it_in_the_order_of_the_list() -> None:
    medications = listing(item(3), item(1), item(2), answers=ALL_NONE)
    numbers = {gap.kind: [one.int for one in gap.items] for gap in gaps_of(PATIENT, medications)}
    assert numbers == {GapKind.ITEM_UNCATEGORIZED: [3, 1, 2], GapKind.ITEM_WITHOUT_DOSE: [3, 1, 2]}


def test_a_list_that_came_in_under_another_name_and_a_patient_of_whom_little_is_known_are_asked_about() -> (
    None
):
    unknown = Patient(PATIENT.id, PATIENT.identifiers)
    medications = replace(listing(answers=ALL_NONE), reported_name="Somebody Else")
    assert kinds(medications, unknown) == [
        GapKind.REPORTED_NAME_DIFFERS,
        GapKind.PATIENT_NAME_MISSING,
        GapKind.BIRTH_DATE_MISSING,
    ]


@steady
@given(lists_of_alikes())
def test_the_most_pressing_gap_comes_first_and_none_comes_twice(medications: MedicationList) -> None:
    gaps = gaps_of(PATIENT, medications)
    order = list(GapKind)
    assert [order.index(gap.kind) for gap in gaps] == sorted(order.index(gap.kind) for gap in gaps)
    assert len({(gap.kind, gap.category) for gap in gaps}) == len(gaps)
    on_sheet = {one.id for one in (*medications.current_items, *medications.earlier_items)}
    assert all(set(gap.items) <= on_sheet for gap in gaps)


@steady
@given(lists_of_alikes())
def test_a_category_is_without_a_gap_only_if_it_has_items_or_the_answer_none(
    medications: MedicationList,
) -> None:
    open_categories = {gap.category for gap in gaps_of(PATIENT, medications) if gap.category}
    for category, said in medications.answers.items():
        closed = bool(medications.in_category(category)) or said == CategoryAnswer(
            Answer.NONE_REPORTED, PATIENT_SAID
        )
        assert (category not in open_categories) is closed
