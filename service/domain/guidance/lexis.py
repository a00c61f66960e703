"""Rules 2 and 3 of the guidance check: plain text, its words, numbers and names from the cited sentences."""

import unicodedata
from collections.abc import Iterator

from service.domain.guidance.words import Cited, Finding, Token, Tokens, Vocabulary

_MARKS = frozenset(".,;:?'\"()-–—‘’“”°%/")
_BETWEEN = frozenset("°%/")
"""Marks that say something with what stands beside them: "25 °C", "31.2 %", "beats/min"."""


def unplain(text: str, vocabulary: Vocabulary | None) -> Iterator[Finding]:
    """Characters that plain text does not have: they hide, break or imitate words. Needs no document."""
    marks = _MARKS if vocabulary is None else _MARKS | vocabulary.marks
    if text != unicodedata.normalize("NFC", text):
        yield Finding(text, "is not in Unicode's composed form (NFC)")
    for character in dict.fromkeys(text):
        if not (character.isalnum() or character in marks or character == " "):
            name = unicodedata.name(character, "a control character")
            yield Finding(f"U+{ord(character):04X}", f"{name} is not plain text")


def invented(statement: Tokens, cited: Cited) -> Iterator[Finding]:
    """Rule 2: words that neither a cited sentence nor the plain list has."""
    known = cited.vocabulary
    for at, token in enumerate(statement):
        if not token.is_word or token.word in known.decided_elsewhere or _is_name_or_number(token, known):
            continue
        if not _has_letters_of(known, token.text) and not _is_written_so(token, cited):
            yield Finding(token.text, "has a letter that no cited sentence writes in this word")
        elif not (
            cited.forms(token.word) or (_is_known(token.word, cited) and _stands_after(statement, at, known))
        ):
            yield Finding(token.text, "is in no cited sentence and not on the list of plain words")


def _has_letters_of(vocabulary: Vocabulary, word: str) -> bool:
    return all(letter.isascii() or letter.casefold() in vocabulary.letters for letter in word)


def _stands_after(statement: Tokens, at: int, vocabulary: Vocabulary) -> bool:
    """Whether a word that is plain after one other word stands there."""
    previous = "" if statement[at].opens or at == 0 else statement[at - 1].word
    return previous in vocabulary.only_after.get(statement[at].word, {previous})


def _is_known(word: str, cited: Cited) -> bool:
    if word in cited.vocabulary.plain or cited.forms(word):
        return True
    return any(cited.has_key(meant) for meant in cited.vocabulary.stand_ins.get(word, ()))


def _is_written_so(token: Token, cited: Cited) -> bool:
    lowered = token.text[0].lower() + token.text[1:] if token.opens else token.text
    return token.text in cited.surfaces or lowered in cited.surfaces


def _is_name_or_number(token: Token, vocabulary: Vocabulary) -> bool:
    if token.word in vocabulary.numbers or any(character.isnumeric() for character in token.text):
        return True
    return any(character.isupper() for character in token.text[token.opens :])


def misnamed(statement: Tokens, cited: Cited) -> Iterator[Finding]:
    """Rule 3: numbers, codes and capitals that do not stand so in a cited sentence."""
    known = cited.vocabulary
    for at, token in enumerate(statement):
        if token.text in _BETWEEN and not _stands_between(statement, at, cited):
            yield Finding(token.text, "does not stand beside what it stands beside in the cited sentence")
        unit = _unit_of(statement, at, cited)
        if unit and all(unit != _unit_of(*place, cited) for place in cited.places()):
            yield Finding(token.text, f"does not stand beside “{unit[1]}” in a cited sentence")
        if token.word in known.titles and all(_titled(statement, at) != _titled(*p) for p in cited.places()):
            yield Finding(token.text, "does not stand beside this name in a cited sentence")
        if not token.is_word or not _is_name_or_number(token, known) or _is_written_so(token, cited):
            continue
        if any(character.isnumeric() for character in token.text):
            if token.text not in cited.figures:
                yield Finding(token.text, "is a number or code that no cited sentence has so")
        elif token.word in known.numbers and not _is_cited_number(statement, at, cited):
            yield Finding(token.text, "is a number that no cited sentence has")
        elif token.word not in known.numbers and not (token.text.istitle() and token.word in cited.words):
            yield Finding(token.text, "is written like a name that no cited sentence has so")


def _is_cited_number(statement: Tokens, at: int, cited: Cited) -> bool:
    """Whether it is cited; "Ask first" counts nothing and says "before"."""
    word = statement[at].word
    meant = cited.vocabulary.stand_ins.get(word, ())
    ends = at + 1 == len(statement) or not statement[at + 1].is_word or statement[at - 1].text == ","
    return word in cited.words or (ends and any(cited.has_key(other) for other in meant))


def _unit_of(tokens: Tokens, at: int, cited: Cited) -> tuple[str, str] | None:
    """A figure with the word after it, such as its unit; None where that is a plain word, or none."""
    following = tokens[at + 1].word if at + 1 < len(tokens) else ""
    free = cited.vocabulary.plain | cited.vocabulary.decided_elsewhere
    figure = cited.vocabulary.figures.get(tokens[at].word, tokens[at].word)
    if not figure[0].isnumeric() or not following.isalpha() or following in free:
        return None
    return figure, cited.key(following)


def _titled(tokens: Tokens, at: int) -> tuple[str, str]:
    """A title with the name or initial after it."""
    following = (token.word for token in tokens[at + 1 : at + 3] if token.is_word)
    return tokens[at].word, next(following, "")


def _stands_between(statement: Tokens, at: int, cited: Cited) -> bool:
    """Whether a cited sentence has the mark beside the same words."""
    return any(
        sentence[place].text == statement[at].text and _beside(sentence, place) == _beside(statement, at)
        for sentence in cited.sentences
        for place in range(len(sentence))
    )


def _beside(tokens: Tokens, at: int) -> tuple[str, ...]:
    """The word before a mark and, but for "%", the word after it."""
    after = 1 if tokens[at].text == "%" else 2
    return tuple(token.word for token in tokens[max(at - 1, 0) : at + after])
