"""English for the guidance check: its words, and rules 4 to 6 as its grammar needs them."""

from service.domain.guidance.english.asking import requested_by_shape
from service.domain.guidance.english.hedges import hardened
from service.domain.guidance.english.requests import requested
from service.domain.guidance.english.scope import before
from service.domain.guidance.english.sections import SECTIONS
from service.domain.guidance.english.stand_ins import IRREGULAR, STAND_INS
from service.domain.guidance.english.turning_words import AVOIDANCE, NEGATORS, SAFETY, TURNING
from service.domain.guidance.english.turns import turned
from service.domain.guidance.english.words import (
    CONDITIONS,
    FIGURES,
    FREQUENCY,
    MEDICINES,
    MODALS,
    NOTED_CONDITIONS,
    NUMBER_WORDS,
    PLAIN,
    PREPOSITIONS,
)
from service.domain.guidance.language import Language, Notable
from service.domain.guidance.word_lists import words
from service.domain.guidance.words import Tokens, Vocabulary

_CONTRACTED = {"n't": "not", "'re": "are", "'ve": "have", "'ll": "will", "'d": "would"}
_WHOLE = {"can't": ("cannot",), "won't": ("will", "not"), "shan't": ("shall", "not")}
_IS = frozenset({"it's", "that's", "what's", "who's", "there's", "here's", "he's", "she's"})
_ENDINGS = frozenset({"", "s", "es", "d", "ed", "ing", "e", "y", "ies", "ied", "ly", "ment", "ments"}) | {
    "ion",
    "ions",
    "ation",
    "ations",
    "ement",
    "ements",
    "ness",
    "iness",
}
"""A shared stem alone is not enough: "several" has the stem of "severe", "effective" that of "effects"."""


def contracted(text: str) -> tuple[str, ...]:
    """The words of a word: contractions are taken apart, a possessive ``'s`` is dropped."""
    word = text.casefold()
    if word in _WHOLE:
        return _WHOLE[word]
    if word in _IS:
        return (text[:-2], "is")
    for ending, meaning in _CONTRACTED.items():
        if word.endswith(ending):
            return (text[: -len(ending)], meaning)
    return (text.removesuffix("'s"),)


def _says_it(sentence: Tokens) -> bool:
    """Whether the sentence says "it" as its subject or object; not "no effect on it"."""
    return any(
        token.word in {"it", "them"} and before(sentence, at) not in PREPOSITIONS
        for at, token in enumerate(sentence)
    )


def _is_ending(ending: str, shared: str) -> bool:
    doubled = bool(shared) and ending[:1] == shared[-1] and ending[1:] in {"ed", "ing"}
    return ending in _ENDINGS or doubled


ENGLISH = Language(
    tag="en",
    stemmer="english",
    vocabulary=Vocabulary(
        parts=contracted,
        refers=_says_it,
        is_ending=_is_ending,
        plain=PLAIN,
        decided_elsewhere=TURNING | MODALS | frozenset(FREQUENCY),
        medicines=MEDICINES,
        stand_ins=STAND_INS,
        irregular=IRREGULAR,
        numbers=NUMBER_WORDS,
        figures=FIGURES,
        only_after={
            "long": words("how"),
            "but": words(","),
            "time": words("each every"),
            "old": words("year years"),
            "older": words("or and than people patients adults children anyone those"),
            "younger": words("or and than people patients adults children anyone those"),
        },
        titles=frozenset({"dr", "prof", "mr", "mrs", "ms"}),
        letters=frozenset(),
        marks=frozenset(),
    ),
    safety=SAFETY,
    turned=turned,
    hardened=hardened,
    requested=requested,
    requested_by_shape=requested_by_shape,
    sections=SECTIONS,
    notable=Notable(
        conditions=CONDITIONS | NOTED_CONDITIONS,
        negators=NEGATORS | AVOIDANCE,
        light=PLAIN | MODALS,
        limits=words("up least most more less under over below above within max"),
        joints=words("and but or"),
    ),
)
