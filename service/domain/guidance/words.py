"""Words of statements and of cited sentences, and when two of them are the same word."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

Stem = Callable[[str], str]

_TOKEN = re.compile(r"[^\W_]+(?:(?:['’‐‑-]|(?<=\d)[.,/](?=\d))[^\W_]+)*|\S")
_SENTENCE_ENDS = frozenset(".!?")


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


Tokens = tuple[Token, ...]


@dataclass(frozen=True)
class Vocabulary:
    """A language's words for looking a statement's words up in its sentences.

    ``parts`` takes a word apart that is several ("don't"); ``refers`` says whether a sentence calls what the
    document is about "it"; ``is_ending`` says whether forms of one word may
    end so, given what stands before; ``plain`` words are free in every statement; ``decided_elsewhere`` are
    those of which rules 4 to 6 decide. Each of ``stand_ins`` may stand for the cited words beside it;
    ``irregular`` gives a form's plain form. A word of ``only_after`` is plain after one of the words beside
    it only. ``numbers`` are written as words; the figure of a word in ``figures`` may stand for it. A name
    stays beside its title of ``titles``. ``letters`` and ``marks`` are the language's own beyond ASCII.
    """

    parts: Callable[[str], tuple[str, ...]]
    refers: Callable[[Tokens], bool]
    is_ending: Callable[[str, str], bool]
    plain: frozenset[str]
    decided_elsewhere: frozenset[str]
    medicines: frozenset[str]
    stand_ins: Mapping[str, tuple[str, ...]]
    irregular: Mapping[str, str]
    numbers: frozenset[str]
    figures: Mapping[str, str]
    only_after: Mapping[str, frozenset[str]]
    titles: frozenset[str]
    letters: frozenset[str]
    marks: frozenset[str]

    def is_form_of(self, word: str, other: str) -> bool:
        """Whether two words of one stem differ by no more than an ending: "start" and "starting"."""
        alike = zip(word, other, strict=False)
        size = next((n for n, (a, b) in enumerate(alike) if a != b), min(len(word), len(other)))
        return all(self.is_ending(form[size:], word[:size]) for form in (word, other))


def tokens_of(text: str, parts: Callable[[str], tuple[str, ...]]) -> Tokens:
    """The words and marks of a text, each word taken apart by ``parts``."""
    found: list[Token] = []
    opens = True
    for match in _TOKEN.finditer(text):
        for part in parts(match[0].replace("’", "'").replace("‐", "-").replace("‑", "-")):
            token = Token(part, part.casefold(), opens and part[0].isalnum())
            opens = (opens and not token.is_word) or part in _SENTENCE_ENDS
            found.append(token)
    return tuple(found)


class Cited:
    """The sentences that a statement cites, as words that a statement's words are looked up in."""

    def __init__(
        self, sentences: tuple[str, ...], vocabulary: Vocabulary, stem: Stem, name: str | None = None
    ) -> None:
        """``name`` is what the sentences are about; where they say "it", it counts as a last sentence."""
        self.vocabulary = vocabulary
        self.sentences = tuple(tokens_of(sentence, vocabulary.parts) for sentence in sentences)
        if name is not None and any(vocabulary.refers(sentence) for sentence in self.sentences):
            self.sentences += (tokens_of(name, vocabulary.parts),)
        self._stem = stem
        self._read: dict[str, Tokens] = {}

    def key(self, word: str) -> str:
        """What two forms of one word share: the stem of its plain form."""
        return self._stem(self.plain_form(word))

    def plain_form(self, word: str) -> str:
        """The plain form of an irregular form, or the word itself."""
        return self.vocabulary.irregular.get(word, word)

    def keys(self, word: str) -> frozenset[str]:
        """The keys of everything that ``word`` may stand for."""
        if word in self.vocabulary.medicines:
            return frozenset(self.key(medicine) for medicine in self.vocabulary.medicines)
        return frozenset(self.key(meant) for meant in (word, *self.vocabulary.stand_ins.get(word, ())))

    @cached_property
    def words(self) -> frozenset[str]:
        """Every word of the cited sentences, in small letters."""
        return frozenset(token.word for sentence in self.sentences for token in sentence if token.is_word)

    @cached_property
    def figures(self) -> frozenset[str]:
        """The figures of the numbers that the cited sentences write as words."""
        return frozenset(figure for word, figure in self.vocabulary.figures.items() if word in self.words)

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
        plain = self.plain_form(word)
        same = self._by_key.get(self.key(word), [])
        return [cited for cited in same if self.vocabulary.is_form_of(plain, self.plain_form(cited))]

    def has_key(self, word: str) -> bool:
        """Whether any cited word has this word's stem."""
        return self.key(word) in self._by_key

    def places(self) -> Iterator[tuple[Tokens, int]]:
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

    def read(self, text: str) -> Tokens:
        """A statement's tokens, its compounds written as the cited sentences write them."""
        if text not in self._read:
            self._read[text] = self._compounded(text)
        return self._read[text]

    def _compounded(self, text: str) -> Tokens:
        found = tokens_of(text, self.vocabulary.parts)
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

    def _compound_at(self, found: Tokens, at: int) -> int:
        """How many tokens at ``at`` make up a cited compound: "over the counter" is "over-the-counter"."""
        for parts in self.compounds:
            if tuple(token.word for token in found[at : at + len(parts)]) == parts:
                return len(parts)
        return 1
