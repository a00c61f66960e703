"""What becomes of the items on file when they are asked again, and of those that nobody spoke of."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain.codings import Coding
from service.domain.errors import RefusedError
from service.domain.medications.categories import Answer, Category
from service.domain.medications.items import ItemFacts, Status
from service.domain.medications.medication_list import MedicationList
from service.domain.medications.still_taking import Spoken, StillTaking, asked_about, said_again
from service.domain.medications.whole_list import ListedItem, WholeList, replace_list
from tests.domain.made_up import PATIENT_SAID, alike_facts, item, listing, lists_of_alikes, new_ids, steady

SUPPLEMENT = Category.SUPPLEMENT
TODAY = replace(PATIENT_SAID, recorded_at=PATIENT_SAID.recorded_at + timedelta(days=30))
YES, NO = Spoken(StillTaking.YES), Spoken(StillTaking.NO)


def asked_again(
    latest: MedicationList,
    spoken: Mapping[UUID, Spoken],
    *new: ItemFacts,
    answers: Mapping[Category, Answer] | None = None,
) -> MedicationList:
    items = said_again(latest, spoken, tuple(ListedItem(facts) for facts in new))
    return replace_list(latest, WholeList(items, answers or {}), TODAY, new_id=new_ids())


@steady
@given(lists_of_alikes(), st.lists(alike_facts(), max_size=3), st.data())
def test_each_item_on_file_is_as_it_was_or_as_it_was_spoken_of(
    latest: MedicationList, new: list[ItemFacts], data: st.DataObject
) -> None:
    asked = asked_about(latest)
    answers = data.draw(st.lists(st.sampled_from([None, YES, NO]), min_size=len(asked), max_size=len(asked)))
    spoken = {one.id: said for one, said in zip(asked, answers, strict=True) if said}
    following = asked_again(latest, spoken, *new)

    for one in asked:
        found = following.item(one.id)
        assert found is not None
        if one.id not in spoken:
            # An item typed anew with the same name may be one of an earlier list, never one that stayed.
            assert found == one or (one.on_earlier_list and found.attribution == TODAY)
        else:
            assert found.attribution == TODAY
            assert found.current is (spoken[one.id] is YES)
    assert {one.id for one in latest.items} <= {one.id for one in following.items}


def test_items_keep_their_order_and_new_ones_come_after_them() -> None:
    latest = listing(item(1, "Water"), item(2, "Soap"), item(3, "Clay"))
    following = asked_again(latest, {UUID(int=2): YES}, ItemFacts("Sand"))
    assert [one.facts.name for one in following.items] == ["Water", "Soap", "Clay", "Sand"]


def test_an_answer_that_stands_on_items_nobody_spoke_of_stands_as_it_was_given() -> None:
    latest = listing(item(1, category=SUPPLEMENT), answers={Category.PRESCRIPTION: Answer.NONE_REPORTED})
    following = asked_again(latest, {}, ItemFacts("Sand", category=Category.OVER_THE_COUNTER))

    assert following.answers[SUPPLEMENT] == latest.answers[SUPPLEMENT]
    assert following.answers[Category.OVER_THE_COUNTER].attribution == TODAY
    # A whole list that does not repeat a "none" does not keep it.
    assert following.answers[Category.PRESCRIPTION].answer is Answer.NOT_ASKED


def test_an_answer_given_today_is_of_today_though_nobody_spoke_of_the_items() -> None:
    latest = listing(item(1, category=SUPPLEMENT))
    following = asked_again(latest, {}, answers={SUPPLEMENT: Answer.ITEMS_REPORTED})
    assert following.answers[SUPPLEMENT].attribution == TODAY


@pytest.mark.parametrize("answer", [Answer.NONE_REPORTED, Answer.UNKNOWN, Answer.DECLINED, Answer.NOT_ASKED])
def test_no_answer_contradicts_an_item_that_nobody_spoke_of(answer: Answer) -> None:
    with pytest.raises(RefusedError) as refused:
        asked_again(listing(item(1, category=SUPPLEMENT)), {}, answers={SUPPLEMENT: answer})
    assert refused.value.faults[0].code == "contradicts_items"


def test_a_new_item_is_never_taken_for_one_that_nobody_spoke_of() -> None:
    following = asked_again(listing(item(1, "Water")), {}, ItemFacts("Water"))
    assert [one.facts.name for one in following.items] == ["Water", "Water"]
    assert len({one.id for one in following.items}) == 2


def test_it_was_not_known_if_it_is_still_taken_and_now_it_is() -> None:
    following = asked_again(listing(item(1, status=Status.UNKNOWN)), {UUID(int=1): YES})
    assert following.items[0].facts.status is Status.ACTIVE


@pytest.mark.parametrize("status", [Status.ACTIVE, Status.ON_HOLD, Status.INTENDED])
def test_still_the_same_keeps_what_is_on_file(status: Status) -> None:
    latest = listing(item(1, status=status, dosage_text="one"))
    assert asked_again(latest, {UUID(int=1): YES}).items[0].facts == latest.items[0].facts


@pytest.mark.parametrize(
    ("changes", "kept"),
    [({"dosage_text": "two"}, True), ({"name": "Water 2"}, False), ({"strength": "9 mg"}, False)],
)
def test_a_code_goes_with_the_name_and_the_strength_that_it_stood_for(
    changes: dict[str, str], *, kept: bool
) -> None:
    codings = (Coding("urn:codes", "1"),)
    latest = listing(item(1, "Water", strength="5 mg", form="drops", codings=codings))
    following = asked_again(latest, {UUID(int=1): Spoken(StillTaking.CHANGED, changes)})

    facts = following.items[0].facts
    assert facts.codings == (codings if kept else ())
    assert facts.form == "drops"
    assert all(getattr(facts, name) == value for name, value in changes.items())


def test_a_change_leaves_a_name_or_a_description() -> None:
    with pytest.raises(RefusedError):
        asked_again(listing(item(1)), {UUID(int=1): Spoken(StillTaking.CHANGED, {"name": None})})


def test_a_list_of_which_nothing_was_spoken_is_silent() -> None:
    items = said_again(listing(item(1)), {}, ())
    assert WholeList(items).silent
    assert not WholeList(items, {SUPPLEMENT: Answer.DECLINED}).silent
