"""The languages that the guidance check can judge; a text in any other is refused."""

from service.domain.guidance.english import ENGLISH
from service.domain.guidance.language import Language
from service.domain.guidance.spanish import SPANISH
from service.domain.guidance.words import tokens_of

LANGUAGES = (ENGLISH, SPANISH)


def language_of(tag: str) -> Language | None:
    """The language of a BCP 47 tag, of whatever region; None where the rules do not know it."""
    primary = tag.casefold().partition("-")[0]
    return next((language for language in LANGUAGES if language.tag == primary), None)


def is_written_in(text: str, language: Language) -> bool:
    """Whether no other known language has more of its plain words in a text.

    Rules that read a text as another language's would miss its negations and hedges.
    """
    return _plain_words(text, language) == max(_plain_words(text, known) for known in LANGUAGES)


def _plain_words(text: str, language: Language) -> int:
    vocabulary = language.vocabulary
    return sum(token.word in vocabulary.plain for token in tokens_of(text, vocabulary.parts))
