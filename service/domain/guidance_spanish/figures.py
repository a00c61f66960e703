"""Rule 3 of the guidance check for Spanish: figures and names, and what they stand beside."""

from collections.abc import Iterator

from service.domain.guidance_lexis import misnamed
from service.domain.guidance_spanish.scope import is_significant
from service.domain.guidance_spanish.words import TITLES
from service.domain.guidance_words import Cited, Finding, Tokens


def misplaced(statement: Tokens, cited: Cited) -> Iterator[Finding]:
    """Figures and names that are not in a cited sentence, or stand there beside another word."""
    yield from misnamed(statement, cited)
    for at, token in enumerate(statement):
        beside = _named_after(statement, at, cited)
        if beside and beside not in {
            _named_after(sentence, place, cited) for sentence, place in cited.places()
        }:
            yield Finding(token.text, "does not stand beside what it stands beside in the cited sentence")


def _named_after(tokens: Tokens, at: int, cited: Cited) -> tuple[str, str] | None:
    """A figure with its unit, or a title with its name; None for any other word."""
    word = tokens[at].word
    following = next((token.word for token in tokens[at + 1 : at + 3] if token.word not in {".", "°"}), "")
    if word in TITLES:
        return word, following
    if word[0].isnumeric() and following and following[0].isalpha() and is_significant(following):
        return word, cited.key(following)
    return None
