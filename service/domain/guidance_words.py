"""Words of statements and of cited sentences, and when two of them are the same word."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from service.domain.plain_words import IRREGULAR, MEDICINES, STAND_INS

Stem = Callable[[str], str]

_TOKEN = re.compile(r"[^\W_]+(?:(?:['’‐‑-]|(?<=\d)[.,/](?=\d))[^\W_]+)*|\S")
_CONTRACTED = {"n't": "not", "'re": "are", "'ve": "have", "'ll": "will", "'d": "would"}
_WHOLE = {"can't": ("cannot",), "won't": ("will", "not"), "shan't": ("shall", "not")}
_IS = frozenset({"it's", "that's", "what's", "who's", "there's", "here's", "he's", "she's"})
_SENTENCE_ENDS = frozenset(".!?")

_ENDINGS = frozenset({"", "s", "es", "d", "ed", "ing", "e", "y", "ies", "ied", "ly", "ment", "ments"}) | {
    "ion",
    "ions",
    "ation",
    "ations",
    "ement",
    "ements",
}
"""The endings in which two forms of one word may differ. A shared stem alone is not enough: "several" has the
stem of "severe", "effective" that of "effects", and "activates" that of "activity"."""


class Finding(NamedTuple):
    """A word that breaks a rule, and why."""

    word: str
    detail: str


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a mark; ``word`` is its small-letter form, ``opens`` says that it opens a sentence."""

    text: str
    word: str
    opens: bool = False

    @property
    def is_word(self) -> bool:
        """Whether it is a word or number rather than a mark."""
        return self.text[0].isalnum()


def tokens_of(text: str) -> tuple[Token, ...]:
    """The words and marks of a text; contractions are taken apart, a possessive ``'s`` is dropped."""
    found: list[Token] = []
    opens = True
    for match in _TOKEN.finditer(text):
        for part in _parts(match[0].replace("’", "'").replace("‐", "-").replace("‑", "-")):
            token = Token(part, part.casefold(), opens and part[0].isalnum())
            opens = (opens and not token.is_word) or part in _SENTENCE_ENDS
            found.append(token)
    return tuple(found)


def _parts(text: str) -> tuple[str, ...]:
    word = text.casefold()
    if word in _WHOLE:
        return _WHOLE[word]
    if word in _IS:
        return (text[:-2], "is")
    for ending, meaning in _CONTRACTED.items():
        if word.endswith(ending):
            return (text[: -len(ending)], meaning)
    return (text.removesuffix("'s"),)


def is_form_of(word: str, other: str) -> bool:
    """Whether two words of one stem differ by no more than an ending: "start" and "starting"."""
    size = next(
        (n for n, (a, b) in enumerate(zip(word, other, strict=False)) if a != b), min(len(word), len(other))
    )
    return all(_is_ending(form[size:], word[:size]) for form in (word, other))


def _is_ending(ending: str, shared: str) -> bool:
    doubled = bool(shared) and ending[:1] == shared[-1] and ending[1:] in {"ed", "ing"}
    return ending in _ENDINGS or doubled


class Cited:
    """The sentences that a statement cites, as words that a statement's words are looked up in."""

    def __init__(self, sentences: tuple[str, ...], stem: Stem) -> None:
        self.sentences = tuple(tokens_of(sentence) for sentence in sentences)
        self._stem = stem

    def key(self, word: str) -> str:
        """What two forms of one word share: the stem of its plain form."""
        return self._stem(IRREGULAR.get(word, word))

    def keys(self, word: str) -> frozenset[str]:
        """The keys of everything that ``word`` may stand for."""
        if word in MEDICINES:
            return frozenset(self.key(medicine) for medicine in MEDICINES)
        return frozenset(self.key(meant) for meant in (word, *STAND_INS.get(word, ())))

    @cached_property
    def words(self) -> frozenset[str]:
        """Every word of the cited sentences, in small letters."""
        return frozenset(token.word for sentence in self.sentences for token in sentence if token.is_word)

    @cached_property
    def surfaces(self) -> frozenset[str]:
        """Every word of the cited sentences as it is written."""
        return frozenset(token.text for sentence in self.sentences for token in sentence)

    @cached_property
    def _by_key(self) -> dict[str, list[str]]:
        by_key: dict[str, list[str]] = {}
        for word in sorted(self.words):
            by_key.setdefault(self.key(word), []).append(word)
        return by_key

    @cached_property
    def compounds(self) -> frozenset[tuple[str, ...]]:
        """The parts of every hyphenated word."""
        return frozenset(tuple(word.split("-")) for word in self.words if "-" in word)

    def forms(self, word: str) -> list[str]:
        """The cited words that ``word`` is a form of."""
        plain = IRREGULAR.get(word, word)
        same = self._by_key.get(self.key(word), [])
        return [cited for cited in same if is_form_of(plain, IRREGULAR.get(cited, cited))]

    def has_key(self, word: str) -> bool:
        """Whether any cited word has this word's stem."""
        return self.key(word) in self._by_key

    def places(self) -> Iterator[tuple[tuple[Token, ...], int]]:
        """Every word of the cited sentences with the sentence it stands in."""
        for sentence in self.sentences:
            for at, token in enumerate(sentence):
                if token.is_word:
                    yield sentence, at

    def adjoin(self, parts: tuple[str, ...]) -> bool:
        """Whether the parts stand side by side in a cited sentence, the last in any form."""
        keys = [self.key(part) for part in parts]
        return any(
            [self.key(token.word) for token in sentence[at : at + len(keys)]] == keys
            for sentence, at in self.places()
        )

    def read(self, text: str) -> tuple[Token, ...]:
        """A statement's tokens, its compounds written as the cited sentences write them."""
        found = tokens_of(text)
        merged: list[Token] = []
        at = 0
        while at < len(found):
            size = self._compound_at(found, at)
            parts = found[at : at + size]
            word = "-".join(part.word for part in parts)
            split = tuple(word.split("-"))
            if size == 1 and "-" in word and word not in self.words and self.adjoin(split):
                merged += [Token(part, part, parts[0].opens and not n) for n, part in enumerate(split)]
            else:
                merged.append(Token("-".join(part.text for part in parts), word, parts[0].opens))
            at += size
        return tuple(merged)

    def _compound_at(self, found: tuple[Token, ...], at: int) -> int:
        """How many tokens at ``at`` make up a cited compound: "over the counter" is "over-the-counter"."""
        for parts in self.compounds:
            if tuple(token.word for token in found[at : at + len(parts)]) == parts:
                return len(parts)
        return 1


def before(tokens: tuple[Token, ...], at: int, skip: frozenset[str] = frozenset()) -> str:
    """The word or mark before ``at``, passing over ``skip`` and words in -ly; empty at a sentence's start."""
    while at > 0 and not tokens[at].opens:
        at -= 1
        word = tokens[at].word
        if not (word in skip or (skip and word.endswith("ly"))):
            return word
    return ""


def after(tokens: tuple[Token, ...], at: int, skip: frozenset[str] = frozenset()) -> str:
    """The word or mark after ``at``, passing over ``skip`` and words in -ly; empty at the text's end."""
    for token in tokens[at + 1 :]:
        if not (token.word in skip or (skip and token.word.endswith("ly"))):
            return token.word
    return ""
