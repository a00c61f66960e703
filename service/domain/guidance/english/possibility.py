"""Where a word of possibility hedges a verb or a thing of a statement."""

from service.domain.guidance.english.scope import after, before, clause_numbers, is_significant
from service.domain.guidance.english.words import (
    ACT_VERBS,
    ADVERBS,
    BE,
    CONDITIONS,
    CONJUNCTIONS,
    MODALS,
    POSSIBILITY,
    PRONOUNS,
    REQUESTS,
)
from service.domain.guidance.word_lists import words
from service.domain.guidance.words import Tokens

_NOUN_ENDINGS = ("ion", "ions", "ment", "ments")
_COMES_ABOUT = words("occur happen have get notice feel")
_REACH = 4
"""How many words may stand between "if" and the verb it makes a question of."""


def is_possibility(tokens: Tokens, at: int) -> bool:
    """Whether the word hedges what is said; "you may be taking" and "you can ask" hedge nothing."""
    word = tokens[at].word
    if word not in POSSIBILITY:
        return False
    following = after(tokens, at, ADVERBS | BE | {"have"})
    subject = before(tokens, at)
    passive = after(tokens, at, ADVERBS) == "be" and not following.endswith("ing")
    about_acts = not passive and (
        following.removesuffix("ing") in ACT_VERBS | {"tak", "us"} or following in REQUESTS
    )
    return not (word in MODALS and about_acts and subject in PRONOUNS | {"that"} and subject != "it")


def hedges_verb(statement: Tokens, at: int) -> bool:
    """Whether the verb itself is hedged: "may interact", "if it interacts", "possible that it interacts"."""
    word = statement[at].word
    clauses = clause_numbers(statement)
    earlier = [place for place in range(at) if clauses[place] == clauses[at]]
    if any(statement[place].word in POSSIBILITY - MODALS for place in earlier):
        return True
    if any(statement[place].word in CONDITIONS for place in earlier[-_REACH:]):
        return True
    if word.endswith(_NOUN_ENDINGS):
        return hedges_thing(statement, at)
    place = at - 1
    while place >= 0 and _lies_between(statement, place):
        place -= 1
    return place >= 0 and is_possibility(statement, place) and (not word.endswith("s") or word.endswith("ss"))


def _lies_between(tokens: Tokens, at: int) -> bool:
    """What may stand between a hedge and its verb: "may also interact", "may affect and interact"."""
    word = tokens[at].word
    joined = after(tokens, at) in CONJUNCTIONS and is_significant(word) and tokens[at].is_word
    return word in ADVERBS | BE | {"and", "or"} or word.endswith("ly") or (joined and word not in POSSIBILITY)


def hedges_thing(statement: Tokens, at: int) -> bool:
    """Whether a hedge stands in the thing's clause: before it, or as what is said of it."""
    clauses = clause_numbers(statement)
    for place, token in enumerate(statement):
        if clauses[place] != clauses[at]:
            continue
        if place < at and (is_possibility(statement, place) or token.word in CONDITIONS):
            return True
        comma = before(statement, place) == "," and not _is_aside(statement, at, place)
        related = comma or before(statement, place) in PRONOUNS | CONJUNCTIONS | {"that"}
        comes_about = after(statement, place) in _COMES_ABOUT
        if place > at and is_possibility(statement, place) and (comes_about or not related):
            return True
    return False


def _is_aside(tokens: Tokens, start: int, end: int) -> bool:
    """Whether what stands between is closed in by commas: "those medicines, such as …, may change"."""
    return any(tokens[place].text == "," for place in range(start, end - 1))
