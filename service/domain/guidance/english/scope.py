"""Which words a word governs: the clauses of a text, and the words that follow a negation or a hedge."""

from service.domain.guidance.english.turning_words import ORDER
from service.domain.guidance.english.words import (
    ADVERBS,
    CONDITIONS,
    CONJUNCTIONS,
    FUNCTION,
    MODALS,
    PREPOSITIONS,
)
from service.domain.guidance.word_lists import words
from service.domain.guidance.words import Tokens

_MARKS = frozenset(";:.!?()–—")
_NEW_SUBJECTS = words("it they you we he she this these")
_NEW_PHRASES = _NEW_SUBJECTS | words("the a an your their its which who")
_REASONS = words("because since so")
_LIGHT = words("take takes taking took taken use uses using used get gets getting have has having feel feels")


def clause_numbers(tokens: Tokens) -> tuple[int, ...]:
    """For each token the number of the clause it stands in.

    A clause ends at a mark other than a comma, and at a comma or conjunction that a new subject follows; a
    comma within a list ends none.
    """
    numbers: list[int] = []
    current = 0
    for at, token in enumerate(tokens):
        current += token.word in _MARKS or token.word in _REASONS or _opens_clause(tokens, at)
        numbers.append(current)
    return tuple(numbers)


def _opens_clause(tokens: Tokens, at: int) -> bool:
    word = tokens[at].word
    following = tuple(token.word for token in tokens[at + 1 : at + 3])
    if not following:
        return False
    if word == "," and following[0] in CONJUNCTIONS:
        return following[-1] in _NEW_PHRASES
    if word == ",":
        return following[0] in _NEW_SUBJECTS | {"which", "who"}
    return word in CONJUNCTIONS and following[0] in _NEW_SUBJECTS


def is_significant(word: str) -> bool:
    """Whether a word says something by itself; "take" and "have" only carry the word after them."""
    return word not in FUNCTION and word not in ADVERBS and word not in MODALS and word not in _LIGHT


def words_after(tokens: Tokens, at: int, limit: int = 3, *, phrase: bool = False) -> tuple[int, ...]:
    """Where the next significant words after ``at`` stand, at most ``limit``.

    A mark or a word such as "before" ends them, and for a ``phrase`` a preposition after the first.
    """
    found: list[int] = []
    for place in range(at + 1, len(tokens)):
        word = tokens[place].word
        ends = (
            not tokens[place].is_word
            or word in ORDER
            or word in CONDITIONS
            or (phrase and found and word in PREPOSITIONS)
        )
        if ends or len(found) == limit:
            break
        if is_significant(tokens[place].word):
            found.append(place)
    return tuple(found)


def clause_after(tokens: Tokens, at: int) -> tuple[int, ...]:
    """Where the words after ``at`` stand that are no function words, to the end of its clause."""
    clauses = clause_numbers(tokens)
    return tuple(
        place
        for place in range(at + 1, len(tokens))
        if clauses[place] == clauses[at] and tokens[place].is_word and tokens[place].word not in FUNCTION
    )


def before(tokens: Tokens, at: int, skip: frozenset[str] = frozenset()) -> str:
    """The word or mark before ``at``, passing over ``skip`` and words in -ly; empty at a sentence's start."""
    while at > 0 and not tokens[at].opens:
        at -= 1
        word = tokens[at].word
        if not (word in skip or (skip and word.endswith("ly"))):
            return word
    return ""


def after(tokens: Tokens, at: int, skip: frozenset[str] = frozenset()) -> str:
    """The word or mark after ``at``, passing over ``skip`` and words in -ly; empty at the text's end."""
    for token in tokens[at + 1 :]:
        if not (token.word in skip or (skip and token.word.endswith("ly"))):
            return token.word
    return ""
