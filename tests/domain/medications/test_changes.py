"""How one version of a list becomes the next, and that nothing gets lost on the way."""

from dataclasses import replace
from random import Random
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given

from service.domain.errors import ConflictError, NotFoundError, RefusedError
from service.domain.medications.changes import (
    ListedItem,
    WholeList,
    add_item,
    answer_category,
    change_item,
    changed_facts,
    mark_entered_in_error,
    match_items,
    replace_list,
    restate_for,
    start_list,
)
from service.domain.medications.medication_list import (
    Answer,
    Category,
    CategoryAnswer,
    Item,
    ItemFacts,
    MedicationList,
    Status,
)
from tests.domain.made_up import (
    NOBODY_SAID,
    PATIENT,
    PATIENT_SAID,
    alike_facts,
    chances,
    item,
    listing,
    lists_of_alikes,
    new_ids,
    sent_alikes,
    steady,
)

SUPPLEMENT = Category.SUPPLEMENT
WATER = ItemFacts("Water", category=SUPPLEMENT, strength="5 mg")


def sent(*facts: ItemFacts, **answers: Answer) -> WholeList:
    return WholeList(
        tuple(ListedItem(one) for one in facts), {Category(word): said for word, said in answers.items()}
    )


def names(medications: MedicationList) -> list[str]:
    return [one.facts.called for one in medications.items]


def put(latest: MedicationList, whole: WholeList) -> MedicationList:
    return replace_list(latest, whole, PATIENT_SAID, new_id=new_ids(5000))


class TestAWholeList:
    def test_a_first_list_keeps_the_order_in_which_the_patient_said_it(self) -> None:
        first = start_list(
            PATIENT.id,
            sent(ItemFacts("Water"), ItemFacts("Soap"), ItemFacts("Air")),
            PATIENT_SAID,
            new_id=new_ids(),
        )
        assert (first.version, names(first)) == (1, ["Water", "Soap", "Air"])
        assert first.answers[SUPPLEMENT].answer is Answer.NOT_ASKED

    def test_items_answer_for_their_category_and_silence_is_not_none(self) -> None:
        first = start_list(
            PATIENT.id, sent(WATER, prescription=Answer.NONE_REPORTED), PATIENT_SAID, new_id=new_ids()
        )
        assert {category: said.answer for category, said in first.answers.items()} == {
            Category.PRESCRIPTION: Answer.NONE_REPORTED,
            Category.OVER_THE_COUNTER: Answer.NOT_ASKED,
            SUPPLEMENT: Answer.ITEMS_REPORTED,
        }

    def test_items_that_have_ended_do_not_answer_for_their_category(self) -> None:
        ended = replace(WATER, status=Status.STOPPED)
        first = start_list(
            PATIENT.id, sent(ended, supplement=Answer.NONE_REPORTED), PATIENT_SAID, new_id=new_ids()
        )
        assert first.answers[SUPPLEMENT].answer is Answer.NONE_REPORTED

    def test_an_item_that_the_next_list_leaves_out_stays_to_be_asked_about(self) -> None:
        latest = listing(item(1, "Water"), item(2, "Soap"))
        following = put(latest, sent(ItemFacts("Soap")))
        assert (following.version, names(following)) == (2, ["Soap", "Water"])
        assert [one.facts.called for one in following.earlier_items] == ["Water"]
        assert following.items[1].left_out_since == 2

    def test_an_item_left_out_twice_says_since_when(self) -> None:
        latest = put(listing(item(1, "Water")), sent())
        assert put(latest, sent()).items[0].left_out_since == 2

    def test_an_item_that_had_ended_stays_ended_when_it_is_left_out(self) -> None:
        stopped = item(1, "Water", status=Status.STOPPED)
        slip = item(2, "Soap", status=Status.ENTERED_IN_ERROR)
        assert put(listing(stopped, slip), sent()).items == (stopped, slip)

    def test_an_item_that_comes_back_is_the_same_item(self) -> None:
        latest = put(listing(item(1, "Water")), sent())
        back = put(latest, sent(ItemFacts("Water")))
        assert [(one.id, one.current) for one in back.items] == [(UUID(int=1), True)]

    def test_two_doses_of_one_medicine_stay_two_items_in_any_order(self) -> None:
        morning, night = ItemFacts("Water", strength="5 mg"), ItemFacts("Water", strength="10 mg")
        latest = listing(item(1, strength="5 mg"), item(2, strength="10 mg"))
        following = put(latest, sent(night, morning))
        assert [(one.id, one.facts) for one in following.items] == [
            (UUID(int=2), night),
            (UUID(int=1), morning),
        ]

    @pytest.mark.parametrize(
        ("first", "second", "said_of_both"),
        [
            ({"dosage_text": "at night"}, {"dosage_text": "at noon"}, {}),
            ({"strength": "5 mg"}, {"strength": "10 mg"}, {"note": "new"}),
            (
                {"name": None, "description": "a white pill"},
                {"name": None, "description": "a red pill"},
                {"note": "new"},
            ),
            (
                {"name": None, "description": "a white pill"},
                {"name": None, "description": "a red pill"},
                {"strength": "5 mg"},
            ),
        ],
    )
    def test_items_that_have_something_in_common_are_not_taken_for_each_other(
        self, first: dict[str, Any], second: dict[str, Any], said_of_both: dict[str, Any]
    ) -> None:
        one, other = (ItemFacts(**{"name": "Water", **facts}) for facts in (first, second))
        latest = listing(
            *(Item(UUID(int=number), facts, PATIENT_SAID) for number, facts in ((1, one), (2, other)))
        )
        following = put(latest, sent(replace(other, **said_of_both), replace(one, **said_of_both)))
        assert [one.id.int for one in following.items] == [2, 1]

    def test_the_same_thing_said_twice_is_two_items(self) -> None:
        latest = listing(item(1, "Water"))
        following = put(latest, sent(ItemFacts("Water"), ItemFacts("Water")))
        assert [one.id for one in following.items] == [UUID(int=1), UUID(int=5000)]

    @pytest.mark.parametrize(
        ("said", "same"),
        [
            (ItemFacts("Water", strength="5 mg", note="more now"), 1),
            (ItemFacts("Water", strength="20 mg"), 1),
            (ItemFacts("water", strength="5 mg"), 5000),
            (ItemFacts(None, "Water", strength="5 mg"), 5000),
            (ItemFacts(None, "a white pill"), 2),
        ],
    )
    def test_an_item_is_known_again_by_facts_then_name_and_strength_then_name_letter_for_letter(
        self, said: ItemFacts, same: int
    ) -> None:
        latest = listing(item(1, strength="5 mg"), item(2, None, description="a white pill"))
        assert put(latest, sent(said)).items[0].id == UUID(int=same)

    def test_an_item_whose_id_is_known_may_change_its_name(self) -> None:
        latest = listing(item(1, "Water"), item(2, "Soap"))
        whole = WholeList((ListedItem(ItemFacts("Soap"), UUID(int=1)), ListedItem(ItemFacts("Soap"))))
        assert [one.id for one in put(latest, whole).items] == [UUID(int=1), UUID(int=2)]

    def test_an_unknown_id_an_id_sent_twice_and_an_entry_in_error_are_refused_all_at_once(self) -> None:
        slip = item(2, "Soap", status=Status.ENTERED_IN_ERROR)
        ids = (1, 1, 2, 9)
        whole = WholeList(tuple(ListedItem(ItemFacts("Water"), UUID(int=number)) for number in ids))
        with pytest.raises(RefusedError) as refusal:
            match_items(listing(item(1, "Water"), slip), whole)
        assert [(fault.pointer, fault.code) for fault in refusal.value.faults] == [
            (f"/items/{place}/id", "unknown_item") for place in (1, 2, 3)
        ]

    def test_every_fault_of_an_answer_is_named_at_once(self) -> None:
        whole = sent(WATER, supplement=Answer.NONE_REPORTED)
        with pytest.raises(RefusedError) as refusal:
            start_list(PATIENT.id, whole, NOBODY_SAID, new_id=new_ids())
        assert [(fault.pointer, fault.code) for fault in refusal.value.faults] == [
            ("/categories/supplement/answer", "contradicts_items"),
            ("/informant", "required"),
            ("/collection_mode", "required"),
        ]

    def test_a_list_that_says_nothing_is_known_as_silent(self) -> None:
        assert sent().silent
        assert sent(supplement=Answer.NOT_ASKED).silent
        assert not sent(supplement=Answer.NONE_REPORTED).silent
        assert not sent(WATER).silent

    @steady
    @given(lists_of_alikes(), sent_alikes())
    def test_no_item_is_ever_lost_by_a_new_list(self, latest: MedicationList, whole: WholeList) -> None:
        following = put_as_sent(latest, whole)
        by_id = {one.id: one for one in following.items}
        assert [one.facts for one in following.items[: len(whole.items)]] == [
            one.facts for one in whole.items
        ]
        assert len(by_id) == len(following.items)
        spoken_of = {one.id for one in following.items[: len(whole.items)]}
        for earlier in latest.items:
            kept = by_id[earlier.id]
            if earlier.id not in spoken_of:
                assert kept.facts == earlier.facts
                assert kept.attribution == earlier.attribution
                assert kept.on_earlier_list is (earlier.current or earlier.on_earlier_list)

    @steady
    @given(lists_of_alikes(), sent_alikes())
    def test_a_list_that_is_posted_again_changes_nothing(
        self, latest: MedicationList, whole: WholeList
    ) -> None:
        once = put_as_sent(latest, whole)
        twice = put_as_sent(once, whole)
        assert twice == replace(once, version=once.version + 1)

    @steady
    @given(lists_of_alikes(), chances)
    def test_every_item_keeps_its_id_when_the_list_comes_back_in_another_order(
        self, latest: MedicationList, chance: Random
    ) -> None:
        current = list(latest.current_items)
        chance.shuffle(current)
        whole = sent(*(one.facts for one in current))
        following = put(latest, whole)
        assert not {one.id for one in following.current_items} - {one.id for one in latest.items}
        assert sorted(repr(one.facts) for one in following.current_items) == sorted(
            repr(one.facts) for one in current
        )


def put_as_sent(latest: MedicationList, whole: WholeList) -> MedicationList:
    return replace_list(latest, whole, PATIENT_SAID, new_id=new_ids(1 << 100))


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

    def test_an_item_may_lose_its_name_or_its_description_but_not_both(self) -> None:
        facts = ItemFacts("Water", "in a jug", strength="5 mg")
        assert changed_facts(facts, {"name": None}).called == "in a jug"
        assert changed_facts(facts, {"description": None, "strength": None}) == ItemFacts("Water")
        with pytest.raises(RefusedError) as refusal:
            changed_facts(facts, {"name": None, "description": ""})
        assert [fault.pointer for fault in refusal.value.faults] == ["/name"]

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
