"""An import adds to a patient's list and never takes anything away from it."""

from dataclasses import replace
from itertools import pairwise
from uuid import UUID

import pytest
from hypothesis import given

from service.domain.attribution import CollectionMode
from service.domain.codings import Coding
from service.domain.errors import RefusedError
from service.domain.imports.matches import match_sent
from service.domain.imports.sent import SentAnswer, SentItem
from service.domain.medications.categories import Answer, Category
from service.domain.medications.items import Origin, Status
from service.domain.medications.medication_list import MOST_ITEMS, MedicationList
from tests.domain.made_up import NOW, SYSTEM, item, listing, lists_of_alikes, steady
from tests.domain.made_up_imports import BY_PATIENT, ORDER, imports, merged, said, sent

SUPPLEMENT = Category.SUPPLEMENT
CODE = (Coding("urn:example", "1"),)
NONE_SAID = {SUPPLEMENT: Answer.NONE_REPORTED}


def names(medications: MedicationList) -> list[str]:
    return [one.facts.called for one in medications.items]


class TestWhatIsAdded:
    def test_new_items_stand_after_those_on_the_list_and_before_those_left_out(self) -> None:
        latest = listing(item(1, "Water"), item(2, "Soap", left_out_since=1))
        following = merged(latest, sent("Tea"), sent("Salt", left_out=True), sent("Sand"))
        assert names(following) == ["Water", "Tea", "Sand", "Soap", "Salt"]
        assert [one.left_out_since for one in following.items] == [None, None, None, 1, 2]

    def test_an_item_is_on_record_as_sent_by_the_system_and_said_by_the_patient(self) -> None:
        following = merged(listing(), sent("Tea", informant=BY_PATIENT))
        for attribution in (following.items[0].attribution, following.attribution):
            assert (attribution.informant, attribution.collection_mode) == (BY_PATIENT, CollectionMode.IMPORT)
            assert (attribution.recorder, attribution.recorded_at) == (SYSTEM, NOW)

    def test_a_version_that_several_people_spoke_for_is_put_down_to_none_of_them(self) -> None:
        following = merged(listing(), sent("Tea", informant=BY_PATIENT), sent("Salt"))
        assert following.attribution.informant is None

    def test_items_answer_for_their_category_also_where_none_was_said_before(self) -> None:
        following = merged(listing(answers=NONE_SAID), sent("Tea", category=SUPPLEMENT))
        assert following.answers[SUPPLEMENT].answer is Answer.ITEMS_REPORTED
        assert following.answers[Category.PRESCRIPTION].answer is Answer.NOT_ASKED

    def test_an_item_entered_in_error_is_kept_and_is_not_current(self) -> None:
        following = merged(
            listing(), sent("Tea", status=Status.ENTERED_IN_ERROR, error_reason="another patient's")
        )
        assert (following.items[0].error_reason, following.current_items) == ("another patient's", ())

    def test_two_doses_of_one_medicine_stay_two(self) -> None:
        doses = sent("Water", strength="5 mg"), sent("Water", strength="10 mg"), sent("Water")
        following = merged(listing(), *doses)
        assert [one.facts.strength for one in following.items] == ["5 mg", "10 mg", None]
        assert merged(following, *reversed(doses)) is following

    def test_two_entries_that_say_the_same_stay_two_and_are_both_known_the_next_time(self) -> None:
        following = merged(listing(), sent("Water"), sent("Water"))
        assert names(following) == ["Water", "Water"]
        assert merged(following, sent("Water"), sent("Water")) is following

    def test_what_a_person_changed_since_is_not_sent_anew_by_the_same_without_an_identifier(self) -> None:
        following = merged(listing(), sent("Water"), sent("Soap"))
        water, soap = following.items
        changed = replace(water, facts=replace(water.facts, strength="5 mg"))
        corrected = replace(following, items=(changed, soap))
        assert merged(corrected, sent("Water"), sent("Soap")) is corrected

    def test_what_is_no_longer_current_and_is_sent_again_is_looked_at_again(
        self,
    ) -> None:
        following = merged(listing(), sent("Water"))
        (water,) = following.items
        for status, reason in ((Status.STOPPED, None), (Status.ENTERED_IN_ERROR, "a slip")):
            ended = replace(water, facts=replace(water.facts, status=status), error_reason=reason)
            again = merged(replace(following, items=(ended,)), sent("Water"))
            assert [one.facts.status for one in again.items] == [status, Status.ACTIVE]

    def test_two_doses_that_a_sender_gave_one_identifier_stay_two(self) -> None:
        doses = sent("Water", ORDER, strength="5 mg"), sent("Water", ORDER, strength="10 mg")
        following = merged(listing(), *doses)
        assert len(following.items) == 2
        assert merged(following, *reversed(doses)) is following

    def test_two_ids_of_ours_are_two_items_whatever_number_both_have_elsewhere(self) -> None:
        two = sent("Water", ORDER, item_id=UUID(int=8)), sent("Water", ORDER, item_id=UUID(int=9))
        following = merged(listing(), *two)
        assert len(following.items) == 2
        assert merged(following, *two) is following

    def test_one_entry_that_came_twice_is_one_item(self) -> None:
        assert names(merged(listing(), sent("Water", ORDER), sent("Water", ORDER))) == ["Water"]


class TestWhatStays:
    def test_what_nobody_spoke_of_stays_as_it_is(self) -> None:
        latest = listing(item(1, "Water"), item(2, "Soap", status=Status.STOPPED), answers=NONE_SAID)
        following = merged(latest, sent("Tea"))
        assert following.items[:2] == latest.items
        assert following.answers[SUPPLEMENT] == latest.answers[SUPPLEMENT]

    def test_nothing_at_all_changes_nothing(self) -> None:
        latest = listing(item(1, "Water"), answers=NONE_SAID)
        assert merged(latest) is latest
        not_asked = said(SUPPLEMENT, Answer.NOT_ASKED)
        assert merged(latest, answers=(not_asked,)) is latest

    def test_an_item_left_out_elsewhere_stands_as_left_out(self) -> None:
        gone = item(1, "Water", left_out_since=1)
        latest = listing(gone)
        assert merged(latest, sent("Water", left_out=True)) is latest
        changed = merged(latest, sent("Water", item_id=gone.id, strength="5 mg", left_out=True))
        assert changed.items[0].left_out_since == 1

    def test_an_item_of_an_earlier_list_that_is_spoken_of_anew_is_back(self) -> None:
        latest = listing(item(1, "Water", left_out_since=1))
        following = merged(latest, sent("Water", item_id=UUID(int=1), strength="5 mg"))
        assert following.items[0].current

    def test_an_item_on_the_list_is_not_taken_off_it_by_a_sender_whose_list_came_without_it(self) -> None:
        latest = listing(item(1, "Water"))
        following = merged(latest, sent("Water", item_id=UUID(int=1), strength="5 mg", left_out=True))
        assert following.items[0].current

    def test_an_item_that_a_nurse_marked_as_a_slip_stays_one_and_news_of_it_is_an_item_to_look_at(
        self,
    ) -> None:
        first = merged(listing(), sent("Water", ORDER))
        slip = replace(
            first.items[0],
            facts=replace(first.items[0].facts, status=Status.ENTERED_IN_ERROR),
            error_reason="a slip",
        )
        marked = listing(slip)
        assert merged(marked, sent("Water", ORDER)) is marked
        following = merged(marked, sent("Water", ORDER, strength="5 mg"))
        assert following.items[0] == slip
        assert len(following.current_items) == 1
        assert merged(following, sent("Water", ORDER, strength="5 mg")) is following

    def test_a_name_that_differs_is_kept_to_be_asked_about(self) -> None:
        latest = listing(item(1, "Water"))
        following = merged(latest, reported_name="Test Patient 02")
        assert (following.version, following.reported_name) == (2, "Test Patient 02")
        assert merged(following).reported_name == "Test Patient 02"
        assert merged(following, reported_name="Test Patient 02") is following


class TestAnswers:
    @pytest.mark.parametrize("answer", [Answer.NONE_REPORTED, Answer.UNKNOWN, Answer.DECLINED])
    def test_a_persons_answer_is_kept_with_who_gave_it_and_not_without(self, answer: Answer) -> None:
        latest = listing()
        kept = merged(latest, answers=(said(SUPPLEMENT, answer),)).answers[SUPPLEMENT]
        assert kept.answer is answer
        assert kept.attribution is not None
        assert kept.attribution.informant == BY_PATIENT
        assert merged(latest, answers=(said(SUPPLEMENT, answer, None),)) is latest

    @pytest.mark.parametrize("lower", [Answer.NOT_ASKED, Answer.UNKNOWN, Answer.DECLINED])
    def test_none_that_a_person_said_is_not_undone_by_less(self, lower: Answer) -> None:
        latest = listing(answers=NONE_SAID)
        assert merged(latest, answers=(said(SUPPLEMENT, lower),)) is latest

    def test_none_does_not_undo_that_something_is_taken(self) -> None:
        latest = listing(answers={SUPPLEMENT: Answer.ITEMS_REPORTED})
        assert merged(latest, answers=(said(SUPPLEMENT, Answer.NONE_REPORTED),)) is latest

    @pytest.mark.parametrize("answer", [Answer.NONE_REPORTED, Answer.UNKNOWN, Answer.DECLINED])
    def test_an_answer_against_current_items_is_refused_with_its_place(self, answer: Answer) -> None:
        answers = (said(Category.PRESCRIPTION, Answer.UNKNOWN), said(SUPPLEMENT, answer))
        on_file = listing(item(1, "Water", category=SUPPLEMENT))
        for latest, items in ((on_file, ()), (listing(), (sent("Tea", category=SUPPLEMENT),))):
            with pytest.raises(RefusedError) as refused:
                merged(latest, *items, answers=answers)
            assert [(f.pointer, f.code) for f in refused.value.faults] == [
                ("/answers/1", "contradicts_items")
            ]


class TestRefusals:
    def test_two_entries_that_say_different_things_of_one_item_are_refused_with_the_place(self) -> None:
        latest = listing(item(1, "Water"))
        known = {"item_id": UUID(int=1)}
        with pytest.raises(RefusedError) as refused:
            merged(latest, sent("Tea", **known), sent("Salt"), sent("Soap", **known))
        assert [fault.pointer for fault in refused.value.faults] == ["/items/2"]
        assert names(merged(latest, sent("Tea", **known), sent("Tea", **known))) == ["Tea"]

    def test_a_list_does_not_grow_beyond_measure(self) -> None:
        full = merged(listing(), *(sent(f"Tea {number}") for number in range(MOST_ITEMS)))
        assert merged(full, sent("Tea 1")) is full
        with pytest.raises(RefusedError) as refused:
            merged(full, sent("Salt"))
        assert refused.value.faults[0].code == "too_many"


Import = tuple[tuple[SentItem, ...], tuple[SentAnswer, ...]]


def taken(latest: MedicationList, sending: Import) -> MedicationList:
    """The list after an import; one that is refused changes nothing."""
    try:
        return merged(latest, *sending[0], answers=sending[1])
    except RefusedError:
        return latest


@steady
@given(lists_of_alikes(), imports(), imports())
def test_nothing_that_was_on_the_list_is_taken_away(
    latest: MedicationList, first: Import, second: Import
) -> None:
    for sending in (first, second):
        following = taken(latest, sending)
        kept = [one for one in following.items if latest.item(one.id)]
        assert {one.id for one in kept} == {one.id for one in latest.items}
        spoken = {one.id for one in match_sent(latest, sending[0]).items if one}
        for before in latest.items:
            after = following.item(before.id)
            assert after is not None
            assert after == before or before.id in spoken
            assert after.left_out_since is None or before.left_out_since == after.left_out_since
        latest = following


@steady
@given(lists_of_alikes(), imports())
def test_the_same_import_twice_gives_the_very_same_list(latest: MedicationList, sending: Import) -> None:
    following = taken(latest, sending)
    assert taken(following, sending) is following


@steady
@given(lists_of_alikes(), imports())
def test_every_entry_stands_on_the_list_once(latest: MedicationList, sending: Import) -> None:
    following = taken(latest, sending)
    matches = match_sent(following, sending[0])
    if following is not latest:
        assert None not in matches.items
    own = [one.id for place, one in enumerate(matches.items) if one and place not in matches.repeats]
    assert len(own) == len(set(own))


@steady
@given(lists_of_alikes(), imports())
def test_no_answer_comes_to_say_less(latest: MedicationList, sending: Import) -> None:
    rank = {Answer.NOT_ASKED: 0, Answer.UNKNOWN: 1, Answer.DECLINED: 1, Answer.NONE_REPORTED: 2}
    following = taken(latest, sending)
    for category in Category:
        before, after = latest.answers[category], following.answers[category]
        assert rank.get(after.answer, 3) >= rank.get(before.answer, 3)
        assert before == after or before.answer is not after.answer
        if after.answer is Answer.NONE_REPORTED and after != before:
            assert SentAnswer(category, Answer.NONE_REPORTED, BY_PATIENT) in sending[1]


@steady
@given(lists_of_alikes(), imports())
def test_the_order_of_the_list_is_kept_and_the_new_stands_in_the_order_sent(
    latest: MedicationList, sending: Import
) -> None:
    following = taken(latest, sending)
    on_list = [one.id for one in following.items if one.left_out_since is None]
    before = [one.id for one in latest.items if one.id in on_list and one.left_out_since is None]
    assert [one for one in on_list if one in before] == before
    new = [one.id.int for one in following.items if not latest.item(one.id) and one.left_out_since is None]
    assert all(earlier < later for earlier, later in pairwise(new))


def test_the_origin_of_an_item_names_what_was_sent_last() -> None:
    first = SentItem(sent("Water").facts, origin=Origin((ORDER,), "completed", "order", "2020", "Test Nurse"))
    following = merged(listing(), first)
    origin = merged(following, sent("Water", ORDER, note="cold")).items[0].origin
    assert origin is not None
    assert (origin.status, origin.intent, origin.recorder) == (None, None, None)
