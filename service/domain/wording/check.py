"""Checks the service's own fixed words: plain words and words for labels, and no claim about a medicine.

The catalogue asks, names fields and says what the record holds. What a medicine does is guidance's to say.
A translation is held to the same rules by its own language's lists.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType

from service.domain.guidance.english import contracted
from service.domain.guidance.words import Token, tokens_of
from service.domain.wording.english import FORM_KEYS, STAFF_KEYS
from service.domain.wording.english_words import ENGLISH_LISTS
from service.domain.wording.spanish_words import SPANISH_LISTS
from service.domain.wording.word_lists import WordLists

_PLACES = re.compile(r"\{[a-z_]+\}")

WORD_LISTS: Mapping[str, WordLists] = MappingProxyType({"en": ENGLISH_LISTS, "es": SPANISH_LISTS})
"""The lists of each language that a catalogue is shipped in."""


@dataclass(frozen=True, slots=True)
class WordingRefusal:
    """Why a text of the catalogue is refused."""

    key: str
    word: str
    detail: str


def check_wording(texts: Mapping[str, str], lists: WordLists = ENGLISH_LISTS) -> tuple[WordingRefusal, ...]:
    """Every word of every text that the service's own wording may not use; empty when all is well."""
    return tuple(
        WordingRefusal(key, word, detail)
        for key, text in texts.items()
        for word, detail in _faults(text, _allowed(key, lists), lists)
    )


def _allowed(key: str, lists: WordLists) -> frozenset[str]:
    if key in STAFF_KEYS:
        return lists.labels | lists.staff_labels
    return lists.labels | lists.form_labels if key in FORM_KEYS else lists.labels


def _faults(text: str, allowed: frozenset[str], lists: WordLists) -> Iterator[tuple[str, str]]:
    said = _PLACES.sub(" ", text)
    yield from _unknown(said, allowed, lists)
    yield from _interactions(said.casefold(), lists)
    yield from _claims(said, lists)


def _unknown(said: str, allowed: frozenset[str], lists: WordLists) -> Iterator[tuple[str, str]]:
    for token in tokens_of(said, contracted):
        if not token.is_word:
            if token.text not in lists.marks:
                yield token.text, "is not a mark of plain text"
        elif any(character.isnumeric() for character in token.text) or (
            token.word in lists.numbers and token.word not in allowed
        ):
            yield token.text, "is a number; numbers come from the record"
        elif not allowed.issuperset(token.word.split("-")):
            yield token.text, "is neither a plain word nor a word for labels"


def _interactions(said: str, lists: WordLists) -> Iterator[tuple[str, str]]:
    for sentence in lists.not_checked:
        said = sentence.sub(" ", said)
    for word in lists.checking.findall(said):
        yield word, "stands only where the text says that no interaction check was made"


def _claims(said: str, lists: WordLists) -> Iterator[tuple[str, str]]:
    """In a sentence that speaks of medicines, "may" and its like claim and "take" at the start instructs."""
    for sentence in _sentences(tokens_of(said, contracted)):
        if {token.word for token in sentence} & lists.about_medicines:
            for token in sentence:
                if token.word in lists.claims:
                    yield token.text, "makes a claim about a medicine"
            for finding in lists.instructions(sentence):
                yield finding.word, "tells someone what to do with a medicine"


def _sentences(tokens: tuple[Token, ...]) -> Iterator[tuple[Token, ...]]:
    starts = [at for at, token in enumerate(tokens) if token.opens]
    for start, end in pairwise([*starts, len(tokens)]):
        yield tokens[start:end]
