"""One change of a list: it touches what it is about and nothing else."""

from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import given

from service.domain.errors import ConflictError, NotFoundError, RefusedError
from service.domain.medications.categories import Answer, Category, CategoryAnswer
from service.domain.medications.changes import (
    add_item,
    answer_category,
    change_item,
    mark_entered_in_error,
    restate_for,
    said_on_form,
)
from service.domain.medications.items import ItemFacts, Status
from service.domain.medications.medication_list import MedicationList
from tests.domain.made_up import (
    NOBODY_SAID,
    PATIENT,
    PATIENT_SAID,
    alike_facts,
    item,
    listing,
    lists_of_alikes,
    new_ids,
    steady,
)

SUPPLEMENT = Category.SUPPLEMENT
WATER = ItemFacts("Water", category=SUPPLEMENT, strength="5 mg")


def names(medications: MedicationList) -> list[str]:
    return [one.facts.called for one in medications.items]


class TestOneItem:
    def test_a_nurse_adds_an_item_after_those_on_the_list_and_before_those_left_out(self) -> None:
        latest = listing(item(1, "Water"), item(2, "Soap", left_out_since=1))
        added = add_item(latest, ItemFacts("Tea", category=SUPPLEMENT), NOBODY_SAID, new_id=new_ids())
        assert (added.version, names(added)) == (2, ["Water", "Tea", "Soap"])
        assert added.answers[SUPPLEMENT] == CategoryAnswer(Answer.ITEMS_REPORTED, NOBODY_SAID)

    def test_an_item_that_turns_up_takes_the_place_of_none(self) -> None:
        latest = listing(answers={SUPPLEMENT: Answer.NONE_REPORTED, Category.PRESCRIPTION: Answer.DECLINED})
        added = add_item(latest, WATER, PATIENT_SAID, new_id=new_ids())
        assert added.answers[SUPPLEMENT].answer is Answer.ITEMS_REPORTED
        assert added.answers[Category.PRESCRIPTION] == latest.answers[Category.PRESCRIPTION]

    def test_the_last_item_that_ends_does_not_make_the_answer_none(self) -> None:
        latest = listing(item(1, category=SUPPLEMENT))
        facts = replace(latest.items[0].facts, status=Status.STOPPED)
        assert change_item(latest, UUID(int=1), facts, PATIENT_SAID).answers == latest.answers

    def test_an_item_that_was_left_out_is_back_when_somebody_speaks_of_it(self) -> None:
        latest = listing(item(1, "Water", left_out_since=1))
        changed = change_item(latest, UUID(int=1), ItemFacts("Water", note="daily"), PATIENT_SAID)
        assert [one.facts.note for one in changed.current_items] == ["daily"]
        assert changed.items[0].attribution == PATIENT_SAID

    def test_a_form_that_leaves_a_current_item_as_it_was_says_nothing_unless_somebody_is_named(self) -> None:
        water, as_it_was = item(1, "Water", strength="5 mg"), {"name": "Water", "strength": "5 mg"}
        assert said_on_form(water, as_it_was, NOBODY_SAID) == {}

        only_informant = replace(NOBODY_SAID, informant=PATIENT_SAID.informant)
        only_mode = replace(NOBODY_SAID, collection_mode=PATIENT_SAID.collection_mode)
        left_out, changed = replace(water, left_out_since=1), {**as_it_was, "strength": None}
        assert said_on_form(water, as_it_was, only_informant) == as_it_was
        assert said_on_form(water, as_it_was, only_mode) == as_it_was
        assert said_on_form(left_out, as_it_was, NOBODY_SAID) == as_it_was
        assert said_on_form(water, changed, NOBODY_SAID) == changed

    def test_an_entry_in_error_keeps_its_row_and_says_why(self) -> None:
        latest = listing(item(1, "Water"), item(2, "Soap"))
        marked = mark_entered_in_error(latest, UUID(int=1), "another patient's", NOBODY_SAID)
        assert names(marked) == ["Water", "Soap"]
        assert (marked.items[0].error_reason, marked.items[0].current) == ("another patient's", False)

    def test_an_item_that_is_not_there_or_was_a_slip_cannot_be_changed(self) -> None:
        latest = listing(item(1, "Water", status=Status.ENTERED_IN_ERROR))
        with pytest.raises(NotFoundError):
            change_item(latest, UUID(int=2), WATER, PATIENT_SAID)
        with pytest.raises(ConflictError) as refusal:
            mark_entered_in_error(latest, UUID(int=1), "again", PATIENT_SAID)
        assert refusal.value.code == "entered_in_error"

    @steady
    @given(lists_of_alikes(), alike_facts())
    def test_one_change_touches_one_item(self, latest: MedicationList, facts: ItemFacts) -> None:
        added = add_item(latest, facts, PATIENT_SAID, new_id=new_ids(1 << 100))
        assert {one.id for one in added.items} == {one.id for one in latest.items} | {UUID(int=1 << 100)}
        for one in latest.items:
            assert added.item(one.id) == one
            if one.facts.status is not Status.ENTERED_IN_ERROR:
                changed = change_item(latest, one.id, facts, PATIENT_SAID)
                assert [x for x in changed.items if x.id != one.id] == [
                    x for x in latest.items if x.id != one.id
                ]


class TestAnAnswer:
    @pytest.mark.parametrize("answer", [Answer.NONE_REPORTED, Answer.UNKNOWN, Answer.DECLINED])
    def test_an_answer_is_kept_with_who_gave_it(self, answer: Answer) -> None:
        answered = answer_category(listing(), SUPPLEMENT, answer, PATIENT_SAID)
        assert answered.answers[SUPPLEMENT] == CategoryAnswer(answer, PATIENT_SAID)
        assert answered.answers[Category.PRESCRIPTION].answer is Answer.NOT_ASKED

    def test_an_answer_can_be_taken_back_to_not_asked(self) -> None:
        answered = listing(answers={SUPPLEMENT: Answer.NONE_REPORTED})
        taken_back = answer_category(answered, SUPPLEMENT, Answer.NOT_ASKED, NOBODY_SAID)
        assert taken_back.answers[SUPPLEMENT].attribution is None

    def test_none_is_refused_while_an_item_of_that_category_is_on_the_list(self) -> None:
        latest = listing(item(1, category=SUPPLEMENT))
        with pytest.raises(RefusedError) as refusal:
            answer_category(latest, SUPPLEMENT, Answer.NONE_REPORTED, NOBODY_SAID)
        assert [(fault.pointer, fault.code) for fault in refusal.value.faults] == [
            ("/answer", "contradicts_items"),
            ("/informant", "required"),
            ("/collection_mode", "required"),
        ]

    def test_yes_without_an_item_is_an_answer_too(self) -> None:
        answered = answer_category(listing(), SUPPLEMENT, Answer.ITEMS_REPORTED, NOBODY_SAID)
        assert answered.answers[SUPPLEMENT].answer is Answer.ITEMS_REPORTED


class TestACorrectedPatient:
    @pytest.mark.parametrize(
        ("on_file", "left"), [("Test Patient 99", None), ("Test Patient 98", "Test Patient 99")]
    )
    def test_the_next_list_says_the_same_of_the_patient_who_was_corrected(
        self, on_file: str, left: str | None
    ) -> None:
        latest = replace(listing(item(1, category=SUPPLEMENT)), reported_name="Test Patient 99")
        restated = restate_for(latest, replace(PATIENT, name=on_file), NOBODY_SAID)
        assert restated.version == latest.version + 1
        assert (restated.items, restated.answers) == (latest.items, latest.answers)
        assert restated.reported_name == left
