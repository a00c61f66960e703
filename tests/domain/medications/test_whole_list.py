"""How a whole list that was sent becomes the next version, and that nothing gets lost on the way."""

from dataclasses import replace
from random import Random
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given

from service.domain.errors import RefusedError
from service.domain.medications.categories import Answer, Category
from service.domain.medications.items import Item, ItemFacts, Status
from service.domain.medications.medication_list import MedicationList
from service.domain.medications.whole_list import ListedItem, WholeList, match_items, replace_list, start_list
from tests.domain.made_up import (
    NOBODY_SAID,
    PATIENT,
    PATIENT_SAID,
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


def put_as_sent(latest: MedicationList, whole: WholeList) -> MedicationList:
    return replace_list(latest, whole, PATIENT_SAID, new_id=new_ids(1 << 100))


def test_a_first_list_keeps_the_order_in_which_the_patient_said_it() -> None:
    first = start_list(
        PATIENT.id,
        sent(ItemFacts("Water"), ItemFacts("Soap"), ItemFacts("Air")),
        PATIENT_SAID,
        new_id=new_ids(),
    )
    assert (first.version, names(first)) == (1, ["Water", "Soap", "Air"])
    assert first.answers[SUPPLEMENT].answer is Answer.NOT_ASKED


def test_items_answer_for_their_category_and_silence_is_not_none() -> None:
    first = start_list(
        PATIENT.id, sent(WATER, prescription=Answer.NONE_REPORTED), PATIENT_SAID, new_id=new_ids()
    )
    assert {category: said.answer for category, said in first.answers.items()} == {
        Category.PRESCRIPTION: Answer.NONE_REPORTED,
        Category.OVER_THE_COUNTER: Answer.NOT_ASKED,
        SUPPLEMENT: Answer.ITEMS_REPORTED,
    }


def test_items_that_have_ended_do_not_answer_for_their_category() -> None:
    ended = replace(WATER, status=Status.STOPPED)
    first = start_list(
        PATIENT.id, sent(ended, supplement=Answer.NONE_REPORTED), PATIENT_SAID, new_id=new_ids()
    )
    assert first.answers[SUPPLEMENT].answer is Answer.NONE_REPORTED


def test_an_item_that_the_next_list_leaves_out_stays_to_be_asked_about() -> None:
    latest = listing(item(1, "Water"), item(2, "Soap"))
    following = put(latest, sent(ItemFacts("Soap")))
    assert (following.version, names(following)) == (2, ["Soap", "Water"])
    assert [one.facts.called for one in following.earlier_items] == ["Water"]
    assert following.items[1].left_out_since == 2


def test_an_item_left_out_twice_says_since_when() -> None:
    latest = put(listing(item(1, "Water")), sent())
    assert put(latest, sent()).items[0].left_out_since == 2


def test_an_item_that_had_ended_stays_ended_when_it_is_left_out() -> None:
    stopped = item(1, "Water", status=Status.STOPPED)
    slip = item(2, "Soap", status=Status.ENTERED_IN_ERROR)
    assert put(listing(stopped, slip), sent()).items == (stopped, slip)


def test_an_item_that_comes_back_is_the_same_item() -> None:
    latest = put(listing(item(1, "Water")), sent())
    back = put(latest, sent(ItemFacts("Water")))
    assert [(one.id, one.current) for one in back.items] == [(UUID(int=1), True)]


def test_two_doses_of_one_medicine_stay_two_items_in_any_order() -> None:
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
    first: dict[str, Any], second: dict[str, Any], said_of_both: dict[str, Any]
) -> None:
    one, other = (ItemFacts(**{"name": "Water", **facts}) for facts in (first, second))
    latest = listing(
        *(Item(UUID(int=number), facts, PATIENT_SAID) for number, facts in ((1, one), (2, other)))
    )
    following = put(latest, sent(replace(other, **said_of_both), replace(one, **said_of_both)))
    assert [one.id.int for one in following.items] == [2, 1]


def test_the_same_thing_said_twice_is_two_items() -> None:
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
    said: ItemFacts, same: int
) -> None:
    latest = listing(item(1, strength="5 mg"), item(2, None, description="a white pill"))
    assert put(latest, sent(said)).items[0].id == UUID(int=same)


def test_an_item_whose_id_is_known_may_change_its_name() -> None:
    latest = listing(item(1, "Water"), item(2, "Soap"))
    whole = WholeList((ListedItem(ItemFacts("Soap"), UUID(int=1)), ListedItem(ItemFacts("Soap"))))
    assert [one.id for one in put(latest, whole).items] == [UUID(int=1), UUID(int=2)]


def test_an_unknown_id_an_id_sent_twice_and_an_entry_in_error_are_refused_all_at_once() -> None:
    slip = item(2, "Soap", status=Status.ENTERED_IN_ERROR)
    ids = (1, 1, 2, 9)
    whole = WholeList(tuple(ListedItem(ItemFacts("Water"), UUID(int=number)) for number in ids))
    with pytest.raises(RefusedError) as refusal:
        match_items(listing(item(1, "Water"), slip), whole)
    assert [(fault.pointer, fault.code) for fault in refusal.value.faults] == [
        (f"/items/{place}/id", "unknown_item") for place in (1, 2, 3)
    ]


def test_every_fault_of_an_answer_is_named_at_once() -> None:
    whole = sent(WATER, supplement=Answer.NONE_REPORTED)
    with pytest.raises(RefusedError) as refusal:
        start_list(PATIENT.id, whole, NOBODY_SAID, new_id=new_ids())
    assert [(fault.pointer, fault.code) for fault in refusal.value.faults] == [
        ("/categories/supplement/answer", "contradicts_items"),
        ("/informant", "required"),
        ("/collection_mode", "required"),
    ]


def test_a_list_that_says_nothing_is_known_as_silent() -> None:
    assert sent().silent
    assert sent(supplement=Answer.NOT_ASKED).silent
    assert not sent(supplement=Answer.NONE_REPORTED).silent
    assert not sent(WATER).silent


@steady
@given(lists_of_alikes(), sent_alikes())
def test_no_item_is_ever_lost_by_a_new_list(latest: MedicationList, whole: WholeList) -> None:
    following = put_as_sent(latest, whole)
    by_id = {one.id: one for one in following.items}
    assert [one.facts for one in following.items[: len(whole.items)]] == [one.facts for one in whole.items]
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
def test_a_list_that_is_posted_again_changes_nothing(latest: MedicationList, whole: WholeList) -> None:
    once = put_as_sent(latest, whole)
    twice = put_as_sent(once, whole)
    assert twice == replace(once, version=once.version + 1)


@steady
@given(lists_of_alikes(), chances)
def test_every_item_keeps_its_id_when_the_list_comes_back_in_another_order(
    latest: MedicationList, chance: Random
) -> None:
    current = list(latest.current_items)
    chance.shuffle(current)
    whole = sent(*(one.facts for one in current))
    following = put(latest, whole)
    assert not {one.id for one in following.current_items} - {one.id for one in latest.items}
    assert sorted(repr(one.facts) for one in following.current_items) == sorted(
        repr(one.facts) for one in current
    )
