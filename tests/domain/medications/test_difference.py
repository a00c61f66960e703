"""What changed between two versions of a list, as a nurse with an old sheet needs to know it."""

from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import given

from service.domain.medications.categories import Answer, Category
from service.domain.medications.difference import (
    AnswerChange,
    Difference,
    ItemChangeKind,
    difference,
    version_changes,
)
from service.domain.medications.items import Item, ItemFacts, Status
from service.domain.medications.medication_list import MedicationList
from service.domain.medications.whole_list import WholeList, replace_list
from tests.domain.made_up import PATIENT_SAID, item, listing, lists_of_alikes, new_ids, sent_alikes, steady


def kinds(before: MedicationList, after: MedicationList) -> list[tuple[str, ItemChangeKind]]:
    return [(change.after.facts.called, change.kind) for change in difference(before, after).items]


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        (None, item(1), ItemChangeKind.ADDED),
        (item(1, left_out_since=1), item(1), ItemChangeKind.ADDED),
        (item(1, status=Status.STOPPED), item(1), ItemChangeKind.ADDED),
        (item(1), item(1, note="daily"), ItemChangeKind.CHANGED),
        (item(1), item(1, status=Status.UNKNOWN), ItemChangeKind.CHANGED),
        (item(1), item(1, left_out_since=2), ItemChangeKind.LEFT_OUT),
        (None, item(1, left_out_since=2), ItemChangeKind.LEFT_OUT),
        (item(1, status=Status.STOPPED), item(1, left_out_since=2), ItemChangeKind.LEFT_OUT),
        (item(1), item(1, status=Status.STOPPED), ItemChangeKind.STOPPED),
        (None, item(1, status=Status.STOPPED), ItemChangeKind.STOPPED),
        (item(1, left_out_since=1), item(1, status=Status.STOPPED), ItemChangeKind.STOPPED),
        (item(1), item(1, status=Status.ENTERED_IN_ERROR), ItemChangeKind.ENTERED_IN_ERROR),
        (
            item(1, status=Status.STOPPED),
            item(1, status=Status.ENTERED_IN_ERROR),
            ItemChangeKind.ENTERED_IN_ERROR,
        ),
    ],
)
def test_what_happened_to_an_item_has_one_word(
    before: Item | None, after: Item, kind: ItemChangeKind
) -> None:
    earlier = listing(*([before] if before else []))
    assert kinds(earlier, listing(after, version=2)) == [("Water", kind)]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (item(1), item(1)),
        (item(1, left_out_since=1), item(1, left_out_since=1)),
        (item(1, status=Status.STOPPED), item(1, status=Status.STOPPED)),
        (None, item(1, status=Status.ENTERED_IN_ERROR)),
    ],
)
def test_an_item_of_which_nothing_new_was_said_is_no_change(before: Item | None, after: Item) -> None:
    earlier = listing(*([before] if before else []))
    assert difference(earlier, listing(after, version=2)).items == ()


def test_a_changed_item_names_the_facts_that_differ() -> None:
    before = listing(item(1, "Water", strength="5 mg"))
    after = listing(item(1, "Soap", strength="5 mg", note="daily"), version=2)
    (change,) = difference(before, after).items
    assert change.fields == ("name", "note")
    assert (change.before, change.after) == (before.items[0], after.items[0])


def test_an_item_that_is_taken_again_names_the_facts_that_differ_from_before() -> None:
    before = listing(item(1, "Water", status=Status.STOPPED, strength="5 mg"))
    after = listing(item(1, "Water", strength="10 mg"), version=2)
    (change,) = difference(before, after).items
    assert (change.kind, change.fields) == (ItemChangeKind.ADDED, ("status", "strength"))


def test_items_are_told_apart_by_their_id_and_never_by_their_name() -> None:
    before = listing(item(1, "Water"), item(2, "Water"))
    after = listing(item(1, "Water"), item(2, "Water", status=Status.STOPPED), version=2)
    assert [change.after.id for change in difference(before, after).items] == [UUID(int=2)]


def test_changes_stand_in_the_order_of_the_later_list() -> None:
    after = listing(item(3, "Tea"), item(1, "Soap"), item(2, "Air"), version=2)
    assert [name for name, _ in kinds(listing(), after)] == ["Tea", "Soap", "Air"]


def test_another_answer_is_a_change_and_the_same_answer_by_another_person_is_none() -> None:
    before = listing(answers={Category.SUPPLEMENT: Answer.NONE_REPORTED})
    after = listing(item(1, category=Category.SUPPLEMENT), version=2)
    assert difference(before, after).answers == (
        AnswerChange(Category.SUPPLEMENT, Answer.NONE_REPORTED, Answer.ITEMS_REPORTED),
    )
    assert difference(before, replace(before, version=2)).empty


def test_two_patients_lists_are_not_compared() -> None:
    with pytest.raises(ValueError, match="not one patient's"):
        difference(listing(), replace(listing(), patient_id=UUID(int=99)))


def test_each_version_of_a_list_tells_what_it_changed_and_the_first_what_it_says() -> None:
    first, second = listing(item(1)), replace(listing(item(1), item(2)), version=2)
    third = replace(listing(item(1), item(2), item(3)), version=3)
    told = list(version_changes([first, second, third]))
    assert [(one.version, [x.after.id.int for x in one.changes.items]) for one in told] == [
        (1, [1]),
        (2, [2]),
        (3, [3]),
    ]
    assert told[0].attribution == first.attribution
    assert list(version_changes([second, third])) == told[2:]


@steady
@given(lists_of_alikes())
def test_a_list_does_not_differ_from_itself(medications: MedicationList) -> None:
    assert difference(medications, medications).empty


@steady
@given(lists_of_alikes(), sent_alikes())
def test_what_differs_is_all_it_takes_to_make_the_old_list_say_what_the_new_one_says(
    before: MedicationList, whole: WholeList
) -> None:
    after = replace_list(before, whole, PATIENT_SAID, new_id=new_ids(1 << 100))
    assert applied(before, difference(before, after)) == said_by(after)


Said = tuple[dict[UUID, tuple[ItemFacts, bool]], dict[Category, Answer]]


def said_by(medications: MedicationList) -> Said:
    """What a list says: the items that stand on a sheet, where they stand, and the answers."""
    items = {
        one.id: (one.facts, one.current)
        for one in medications.items
        if one.facts.status is not Status.ENTERED_IN_ERROR
    }
    return items, {category: said.answer for category, said in medications.answers.items()}


def applied(before: MedicationList, changes: Difference) -> Said:
    items, answers = said_by(before)
    for change in changes.items:
        items.pop(change.after.id, None)
        if change.kind is not ItemChangeKind.ENTERED_IN_ERROR:
            items[change.after.id] = (change.after.facts, change.after.current)
    answers |= {change.category: change.after for change in changes.answers}
    return items, answers
