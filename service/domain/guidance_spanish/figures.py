"""Rule 3 of the guidance check for Spanish: titles stay with their names."""

from collections.abc import Iterator

from service.domain.guidance_lexis import misnamed
from service.domain.guidance_spanish.words import TITLES
from service.domain.guidance_words import Cited, Finding, Tokens


def misplaced(statement: Tokens, cited: Cited) -> Iterator[Finding]:
    """Numbers and names as in every language, and "Dr. Vega" that a cited sentence calls "Dra. Vega"."""
    yield from misnamed(statement, cited)
    for at, token in enumerate(statement):
        if token.word in TITLES and all(
            _titled(statement, at) != _titled(*place) for place in cited.places()
        ):
            yield Finding(token.text, "does not stand beside this name in a cited sentence")


def _titled(tokens: Tokens, at: int) -> tuple[str, str]:
    """A word with the word after it."""
    following = (token.word for token in tokens[at + 1 : at + 3] if token.is_word)
    return tokens[at].word, next(following, "")
