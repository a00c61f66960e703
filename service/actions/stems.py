"""The stems of words, which the check of guidance compares. What they are for is told by the rules."""

import snowballstemmer

from service.domain.guidance.languages import language_of
from service.domain.guidance.words import Stem


def stem_of(language: str) -> Stem:
    """What gives the stem of a word of a language, by its BCP 47 tag.

    The check refuses a language that it does not know, so that a word of one is its own stem.
    """
    known = language_of(language)
    return snowballstemmer.stemmer(known.stemmer).stemWord if known else str
