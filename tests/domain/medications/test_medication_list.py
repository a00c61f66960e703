"""What a list may say: items, answers, and no state in which the two contradict each other."""

from uuid import UUID

import pytest
from hypothesis import given

from service.domain.medications.categories import NOT_ASKED, Answer, Category, CategoryAnswer, contradicted
from service.domain.medications.items import Status
from service.domain.medications.medication_list import MedicationList
from tests.domain.made_up import NOBODY_SAID, PATIENT, PATIENT_SAID, item, listing, lists_of_alikes, steady


def test_a_patient_of_whom_nothing_is_known_was_asked_nothing() -> None:
    medications = MedicationList(PATIENT.id, 1, NOBODY_SAID)
    assert set(medications.answers.values()) == {NOT_ASKED}


def test_the_versions_of_a_list_are_counted_from_one() -> None:
    with pytest.raises(ValueError, match="counted from 1"):
        MedicationList(PATIENT.id, 0, NOBODY_SAID)


def test_a_list_without_an_answer_for_a_category_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="every category has an answer"):
        MedicationList(PATIENT.id, 1, NOBODY_SAID, answers={Category.SUPPLEMENT: NOT_ASKED})


def test_two_items_with_one_id_cannot_stand_on_a_list() -> None:
    with pytest.raises(ValueError, match="the same id"):
        listing(item(1, "Water"), item(1, "Soap"))


@pytest.mark.parametrize("answer", [Answer.NONE_REPORTED, Answer.UNKNOWN, Answer.DECLINED, Answer.NOT_ASKED])
def test_no_answer_but_yes_stands_beside_an_item_of_its_category(answer: Answer) -> None:
    answers = dict.fromkeys(Category, NOT_ASKED)
    answers[Category.SUPPLEMENT] = (
        NOT_ASKED if answer is Answer.NOT_ASKED else CategoryAnswer(answer, PATIENT_SAID)
    )
    tea = item(1, "Tea", category=Category.SUPPLEMENT)
    with pytest.raises(ValueError, match="contradicts"):
        MedicationList(PATIENT.id, 1, PATIENT_SAID, (tea,), answers)
    stopped = item(1, "Tea", category=Category.SUPPLEMENT, status=Status.STOPPED)
    assert MedicationList(PATIENT.id, 1, PATIENT_SAID, (stopped,), answers).current_items == ()


def test_an_item_that_is_not_sorted_yet_contradicts_no_answer() -> None:
    assert contradicted({Category.SUPPLEMENT: Answer.NONE_REPORTED}, [None]) == ()
    assert contradicted({}, [Category.SUPPLEMENT]) == ()
    assert contradicted({Category.SUPPLEMENT: Answer.NONE_REPORTED}, [Category.SUPPLEMENT]) == (
        Category.SUPPLEMENT,
    )


def test_a_list_keeps_its_answers_whatever_becomes_of_what_it_was_made_from() -> None:
    answers = dict.fromkeys(Category, NOT_ASKED)
    medications = MedicationList(PATIENT.id, 1, NOBODY_SAID, answers=answers)
    answers.clear()
    assert set(medications.answers) == set(Category)
    with pytest.raises(TypeError):
        medications.answers[Category.SUPPLEMENT] = NOT_ASKED  # type: ignore[index]


def test_a_nurse_finds_an_item_by_its_id_also_when_it_is_no_longer_taken() -> None:
    water = item(1, "Water", status=Status.STOPPED)
    assert listing(water).item(water.id) is water
    assert listing(water).item(UUID(int=2)) is None


@steady
@given(lists_of_alikes())
def test_every_item_is_current_or_on_an_earlier_list_or_ended_and_in_one_category(
    medications: MedicationList,
) -> None:
    sorted_out = [one for category in (*Category, None) for one in medications.in_category(category)]
    assert sorted(one.id for one in sorted_out) == sorted(one.id for one in medications.current_items)
    ended = {Status.STOPPED, Status.ENTERED_IN_ERROR}
    for one in medications.items:
        places = (
            one in medications.current_items,
            one in medications.earlier_items,
            one.facts.status in ended,
        )
        assert places.count(True) == 1
