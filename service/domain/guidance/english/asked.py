"""Which words a sentence of a document asks for: "report it", "it is important to report"."""

from service.domain.guidance.english.scope import after, before
from service.domain.guidance.english.stand_ins import IRREGULAR
from service.domain.guidance.english.turning_words import AVOIDANCE, ORDER
from service.domain.guidance.english.words import (
    ACT_VERBS,
    ADVERBS,
    BE,
    CONDITIONS,
    CONJUNCTIONS,
    DETERMINERS,
    EVALUATIONS,
    OBLIGATIONS,
    PREPOSITIONS,
)
from service.domain.guidance.word_lists import words
from service.domain.guidance.words import Tokens

OBJECTS = DETERMINERS | words("it them us me yourself")


def is_bare(word: str) -> bool:
    """Whether a word could be a verb's plain form, which an imperative has."""
    if word in IRREGULAR:
        return False
    if word.endswith("ing"):
        return not any(vowel in word[:-3] for vowel in "aeiouy")
    if word.endswith("ed"):
        return word.endswith("eed")
    return not word.endswith("s") or word.endswith("ss")


def asked_for(tokens: Tokens, at: int) -> bool:
    """Whether the sentence asks for the word: "it is important to report", "should report"."""
    governor = before(tokens, at, ADVERBS | {"not", "never", "be"})
    if governor in OBLIGATIONS:
        return True
    if governor in {"and", "or"} and _goes_on_asking(tokens, at):
        return True
    if not is_bare(tokens[at].word):
        return False
    if governor == "to":
        place = _last_before(tokens, at, "to")
        lead = before(tokens, place, ADVERBS)
        # "Visits are important to assess it" gives a purpose; only "it is important to" asks.
        asks = lead not in EVALUATIONS or before(tokens, place - 1, ADVERBS | BE) in {"it", ""}
        return asks and lead in EVALUATIONS | words("need needs have has ought")
    if governor == "do":
        lead = before(tokens, _last_before(tokens, at, "do"))
        return _is_opening(lead) or lead in CONJUNCTIONS | {","}
    known = tokens[at].word in ACT_VERBS | AVOIDANCE
    opens = _is_opening(governor) or (governor in {",", "so"} and _follows_condition(tokens, at))
    named = any(token.text[0].isupper() for token in tokens[at + 1 : at + 2])
    return opens and (named or known or _object_of(tokens, at) in OBJECTS | PREPOSITIONS)


def _object_of(tokens: Tokens, at: int) -> str:
    """The word after a verb, or after another one that is joined to it: "wash and dry your hands"."""
    following = after(tokens, at)
    return after(tokens, at + 2) if following in {"and", "or"} else following


def _goes_on_asking(tokens: Tokens, at: int) -> bool:
    """ "Wash and dry it", "must be folded and returned", "Put it on, and take it off"."""
    before_and = at - 2
    if tokens[at - 1].word not in {"and", "or"} or before_and < 0:
        return False
    opening = next((place for place in range(at - 1, -1, -1) if tokens[place].opens), at)
    objective = after(tokens, at) in OBJECTS and opening < before_and
    return asked_for(tokens, before_and) or (objective and asked_for(tokens, opening))


def _follows_condition(tokens: Tokens, at: int) -> bool:
    """ "If it lasts, phone us", "it is cold, so wear it": the clause that says what to do then."""
    opening = next((token.word for token in reversed(tokens[:at]) if token.opens), "")
    if tokens[at - 1].text == ",":
        return opening in CONDITIONS or opening in ORDER
    return tokens[at - 1].word == "so" and tokens[at - 2].text == ","


def _is_opening(previous: str) -> bool:
    """Whether nothing stands before: also in a cell, after a label and after a semicolon."""
    return previous in {"", "|", ":", ";", "-", "–", "•"}


def _last_before(tokens: Tokens, at: int, word: str) -> int:
    return next(place for place in range(at - 1, -1, -1) if tokens[place].word == word)
