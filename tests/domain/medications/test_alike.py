"""Items that may be the same one: told by equality alone, and never merged."""

from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain.codings import Coding
from service.domain.medications.alike import AlikeKind, alike_items
from service.domain.medications.items import Item, Status
from service.domain.medications.medication_list import MedicationList
from tests.domain.made_up import item, listing, lists_of_alikes, steady

CODE = Coding("urn:s", "1", "Water")


def found(*items: Item) -> list[tuple[AlikeKind, list[int]]]:
    return [(one.kind, [i.id.int for i in one.items]) for one in alike_items(listing(*items))]


@pytest.mark.parametrize("other", ["Water", "water", "WATER", "  Water ", "\u00a0water"])
def test_a_name_is_the_same_but_for_capitals_and_blanks(other: str) -> None:
    assert found(item(1, "Water"), item(2, "Soap"), item(3, other)) == [(AlikeKind.SAME_NAME, [1, 3])]


@pytest.mark.parametrize("other", ["Waters", "Wat er", "Acqua", "H2O"])
def test_another_name_for_the_same_thing_is_another_name(other: str) -> None:
    assert found(item(1, "Water"), item(2, other)) == []


def test_two_doses_of_one_medicine_are_two_items_to_be_looked_at() -> None:
    assert found(item(1, strength="5 mg"), item(2, strength="10 mg")) == [(AlikeKind.SAME_NAME, [1, 2])]


def test_one_code_in_one_system_is_the_same_whatever_it_is_called() -> None:
    same = replace(CODE, display="Another")
    other_system = replace(CODE, system="urn:other")
    items = [item(1, "Water", codings=(CODE,)), item(2, "Soap", codings=(other_system, same))]
    assert found(*items, item(3, "Tea", codings=(other_system,))) == [
        (AlikeKind.SAME_CODE, [1, 2]),
        (AlikeKind.SAME_CODE, [2, 3]),
    ]


def test_items_with_both_in_common_are_named_once() -> None:
    assert found(item(1, codings=(CODE, CODE)), item(2, codings=(CODE,))) == [(AlikeKind.SAME_NAME, [1, 2])]


def test_an_item_on_an_earlier_list_is_looked_at_too_and_one_that_has_ended_is_not() -> None:
    stopped, in_error = item(3, status=Status.STOPPED), item(4, status=Status.ENTERED_IN_ERROR)
    assert found(item(1), item(2, left_out_since=1), stopped, in_error) == [(AlikeKind.SAME_NAME, [1, 2])]


def test_items_without_a_name_have_no_name_in_common() -> None:
    assert found(item(1, None, description="white"), item(2, None, description="white")) == []


def renamed(medications: MedicationList, names: dict[str, str]) -> MedicationList:
    def new(one: Item) -> Item:
        name = one.facts.name
        return replace(one, facts=replace(one.facts, name=names[name] if name else None))

    return replace(medications, items=tuple(map(new, medications.items)))


@steady
@given(lists_of_alikes(), st.permutations(["Examplin", "Soap", "Tea", "Clay"]))
def test_other_names_that_are_told_apart_alike_give_the_same_groups(
    medications: MedicationList, names: list[str]
) -> None:
    known = sorted({one.facts.name for one in medications.items if one.facts.name})
    other = renamed(medications, dict(zip(known, names, strict=False)))

    def groups(of: MedicationList) -> list[tuple[AlikeKind, list[UUID]]]:
        return [(one.kind, [i.id for i in one.items]) for one in alike_items(of)]

    assert groups(other) == groups(medications)
