"""The languages that the guidance check can judge; a text in any other is refused."""

from service.domain.guidance_english import ENGLISH
from service.domain.guidance_language import Language
from service.domain.guidance_spanish import SPANISH

LANGUAGES = (ENGLISH, SPANISH)


def language_of(tag: str) -> Language | None:
    """The language of a BCP 47 tag, of whatever region; None where the rules do not know it."""
    primary = tag.casefold().partition("-")[0]
    return next((language for language in LANGUAGES if language.tag == primary), None)
