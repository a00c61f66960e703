"""Promise 2 in cards: calls that differ only in the names of medicines are answered with the same cards.

Planted faults that the check catches: a card that names an item; one of another urgency for a known name; one
that counts a known name of the EHR's record twice. The name of the treatment itself is what a card is for.
"""

import json
from collections.abc import Callable
from dataclasses import replace
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain.cards.asked import SentPart, SentRecord, SentStatus
from service.domain.cards.cards import Card
from service.domain.cards.orders import ordered
from service.domain.medications.medication_list import MedicationList
from service.formats.cds_hooks.card import card_document
from service.formats.cds_hooks.discovery import SERVICES
from service.formats.cds_hooks.request import read_request
from tests.cds_calls import bundle, order, patient, sign, statement
from tests.domain.made_up import chances, item, listing
from tests.formats.cds_hooks.made_cards import ADDRESSES, card_of
from tests.guidance_of_tests import guidance_of_tests
from tests.promises.sheets import few, named_lists
from tests.promises.test_promise_2_blind_to_names import KNOWN_TO_INTERACT, renamed, renaming_of
from tests.strategies import texts

Json = dict[str, Any]
SIGN = SERVICES["disclosure-order-sign"]
TREATMENT = guidance_of_tests().treatment
Answer = Callable[[MedicationList, Json], Json]

names = texts().filter(lambda text: "examplinib" not in text.casefold())


def answer(medications: MedicationList, body: Json) -> Json:
    """The card that answers a call, as it is made from the list and from what was read of the call."""
    asked = read_request(SIGN, body)
    assert ordered(asked.orders, TREATMENT)
    return card_document(card_of(medications, sent=dict(asked.sent)), ADDRESSES)


def call_with(names: list[str]) -> Json:
    """A treatment is signed for a patient whose record in the EHR has medicines of these names."""
    half = len(names) // 2
    orders = [order(name, number, status="active") for number, name in enumerate(names[:half])]
    sent = {
        "patient": patient(),
        "medicationRequests": bundle(*orders),
        "medicationStatements": bundle(*(statement(name) for name in names[half:])),
    }
    return sign(order(), *(order(name, number + 50) for number, name in enumerate(names)), prefetch=sent)


def assert_blind(
    medications: MedicationList,
    other: MedicationList,
    of_record: list[str],
    of_other_record: list[str],
    answered: Answer = answer,
) -> None:
    assert answered(medications, call_with(of_record)) == answered(other, call_with(of_other_record))


@few
@given(named_lists(), chances, st.lists(st.tuples(names, names), max_size=6))
def test_other_names_on_the_list_and_in_the_record_give_the_same_card(
    medications: MedicationList, chance: Random, pairs: list[tuple[str, str]]
) -> None:
    other = renamed(medications, renaming_of(medications, chance))
    assert_blind(medications, other, [one for one, _ in pairs], [two for _, two in pairs])


def test_medicines_of_the_record_are_counted_whether_their_names_are_alike_or_not() -> None:
    alike, different = ["Water"] * 6, ["Water", "Soap", "Air", "Chalk", "Sand", "Wood"]
    assert_blind(listing(), listing(), alike, different)


@few
@given(named_lists())
def test_no_card_has_a_name_of_the_list(medications: MedicationList) -> None:
    coded = renamed(medications, {n: f"zq{i}qz" for i, n in enumerate(_names_on(medications))})
    assert "zq" not in json.dumps(answer(coded, call_with(["zqwaterqz"])))


def _names_on(medications: MedicationList) -> list[str]:
    facts = [one.facts for one in medications.items]
    return sorted({text for fact in facts for text in (fact.name, fact.description) if text})


def naming(medications: MedicationList, body: Json) -> Json:
    made = answer(medications, body)
    called = ", ".join(one.facts.called for one in medications.current_items)
    return {**made, "detail": f"{made['detail']}\n\n{called}"}


def warning(medications: MedicationList, body: Json) -> Json:
    known = any(one.facts.called in KNOWN_TO_INTERACT for one in medications.current_items)
    return {**answer(medications, body), "indicator": "warning" if known else "info"}


def counting_twice(medications: MedicationList, body: Json) -> Json:
    again = json.dumps(body["prefetch"]).count("Warfarin")
    card: Card = card_of(medications)
    sent = {**card.sent, SentRecord.ORDERS: SentPart(SentStatus.WHOLE, 1 + again)}
    return card_document(replace(card, sent=sent), ADDRESSES)


@pytest.mark.parametrize("fault", [naming, warning, counting_twice])
def test_a_planted_look_at_a_name_is_found(fault: Answer) -> None:
    known, harmless = listing(item(1, "Warfarin")), listing(item(1, "Water"))
    assert_blind(known, harmless, ["Warfarin", "Tea"], ["Water", "Tea"])
    with pytest.raises(AssertionError):
        assert_blind(known, harmless, ["Warfarin", "Tea"], ["Water", "Tea"], fault)
