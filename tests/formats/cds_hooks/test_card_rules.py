"""The rules that every card keeps: cards of others keep them, and no planted breach passes them."""

import json
from pathlib import Path
from typing import Any

import pytest

from service.formats.cds_hooks.card import card_document
from tests.domain.made_up import listing
from tests.formats.cds_hooks.card_rules import faults_of_card
from tests.formats.cds_hooks.made_cards import ADDRESSES, card_of

CORPUS = Path(__file__).parents[4] / "shared" / "corpus" / "cds-hooks"


def test_the_cards_of_the_corpus_keep_the_same_rules() -> None:
    if not CORPUS.is_dir():
        pytest.skip("the corpus of CDS Hooks is not beside this checkout: ../shared/corpus/cds-hooks")
    cards = json.loads((CORPUS / "inferno-valid_cards.json").read_text("utf-8"))
    assert len(cards) > 3
    for card in cards:
        assert faults_of_card(card) == []


BROKEN: dict[str, dict[str, Any]] = {
    "3": {"detail": ""},
    "3:": {"links": []},
    "83": {"summary": "x" * 140},
    "88": {"indicator": "good"},
    "90": {"source": {"url": "https://a.example"}},
    "107": {"source": {"label": "x", "url": "/relative"}},
    "100": {"overrideReasons": [{"code": "a", "system": "b"}]},
    "93": {"suggestions": [{"label": "x"}]},
    "139": {"links": [{"label": "x", "url": "/a", "type": "absolute"}]},
    "141": {"links": [{"label": "x", "url": "https://a.example", "type": "other"}]},
    "147": {"links": [{"label": "x", "url": "https://a.example", "type": "absolute", "appContext": "x"}]},
    "216": {"source": {"label": "x", "topic": {"system": "a"}}},
    "not of": {"severity": "high"},
}


@pytest.mark.parametrize("number", BROKEN)
def test_a_planted_breach_of_a_rule_is_found(number: str) -> None:
    broken = {**card_document(card_of(listing()), ADDRESSES), **BROKEN[number]}
    assert any(number in fault for fault in faults_of_card(broken))
