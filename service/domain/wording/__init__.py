"""The service's own fixed words, in one catalogue: questions, labels and requests to tell the provider.

A catalogue maps a key to a text. English stands here, a module for each part of the outside, and is the
source; another language is a gettext catalogue whose message contexts are the keys. A text may have
``{named}`` places for numbers, dates and words that come from the record or from this catalogue; it never
names a medicine or a substance and never makes a clinical claim (``check`` holds it to that).
"""

from service.domain.wording.catalogue import (
    ENGLISH_BEGINS,
    ENGLISH_CATALOGUE,
    ENGLISH_ENDS,
    ONLY_ENGLISH,
    SOURCE_LANGUAGE,
    Catalogue,
    Catalogues,
    catalogue_for,
    direction_of,
    is_turning,
    marked_english,
    same_language,
)
from service.domain.wording.english import ENGLISH, STAFF_KEYS

__all__ = [
    "ENGLISH",
    "ENGLISH_BEGINS",
    "ENGLISH_CATALOGUE",
    "ENGLISH_ENDS",
    "ONLY_ENGLISH",
    "SOURCE_LANGUAGE",
    "STAFF_KEYS",
    "Catalogue",
    "Catalogues",
    "catalogue_for",
    "direction_of",
    "is_turning",
    "marked_english",
    "same_language",
]
