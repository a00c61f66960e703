"""Promise 7 in cards: none claims that anything was checked, and each says that nothing was.

Planted faults that the check catches: a summary that calls a list complete; a detail that says that no
interactions were found; a card that does not say "not checked"; one that is of another urgency.
"""

from typing import Any

import pytest
from hypothesis import given

from service.domain.cards.cards import Whose
from service.domain.medications.medication_list import MedicationList
from service.formats.cds_hooks.card import card_document
from tests.domain.made_up import lists_of_alikes
from tests.formats.cds_hooks.made_cards import ADDRESSES, UNKNOWN_HERE, card_of
from tests.promises.sheets import few
from tests.promises.test_promise_7_never_safe import NOT_CHECKED, claims_in, texts_in, whole_list

Json = dict[str, Any]


def assert_claims_nothing(card: Json) -> None:
    assert card["detail"].splitlines()[0] == NOT_CHECKED
    assert card["indicator"] == "info"
    assert [text for text in texts_in(card) if claims_in(text)] == []


@few
@given(lists_of_alikes())
def test_no_card_of_any_list_claims_a_check(medications: MedicationList) -> None:
    assert_claims_nothing(card_document(card_of(medications), ADDRESSES))


def test_a_card_of_a_list_without_a_gap_claims_nothing() -> None:
    assert_claims_nothing(card_document(card_of(whole_list()), ADDRESSES))


@pytest.mark.parametrize("whose", [whose for whose in Whose if whose is not Whose.ON_FILE])
def test_a_card_without_a_list_claims_nothing(whose: Whose) -> None:
    assert_claims_nothing(card_document(card_of(None, whose=whose), UNKNOWN_HERE))


@pytest.mark.parametrize(
    "fault",
    [
        {"summary": "Disclosure complete"},
        {"summary": "All clear: nothing to report"},
        {"detail": f"{NOT_CHECKED}\n\nNo interactions were found."},
        {"detail": "The list is on file."},
        {"indicator": "warning"},
    ],
)
def test_a_planted_claim_is_found(fault: Json) -> None:
    with pytest.raises(AssertionError):
        assert_claims_nothing({**card_document(card_of(whole_list()), ADDRESSES), **fault})
