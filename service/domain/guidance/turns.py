"""Rule 4 of the guidance check in every language: words that turn a meaning, and lost negations."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

from service.domain.guidance.words import Cited, Finding, Tokens

_NOWHERE = "turns or widens the meaning, and no cited sentence has it"
_ELSEWHERE = "does not stand before the word that it stands before in the cited sentence"


@dataclass(frozen=True)
class Turning:
    """A language's words that turn a meaning, and its grammar of them.

    ``same_class`` gives the cited words that allow a word; ``stands`` whether it stands in the statement as
    one of them does; ``is_opposite`` whether a word denies a cited one; ``is_exempt`` whether the word at a
    place turns nothing there.
    """

    words: frozenset[str]
    same_class: Callable[[str, Cited], Collection[str]]
    stands: Callable[[Tokens, int, Cited, Collection[str]], bool]
    is_opposite: Callable[[str, Cited], bool]
    is_exempt: Callable[[Tokens, int, Cited], bool]

    def findings(self, statement: Tokens, cited: Cited) -> Iterator[Finding]:
        """Every word of a statement that turns what its sentences mean."""
        for at, token in enumerate(statement):
            if self.is_exempt(statement, at, cited):
                continue
            like = self.same_class(token.word, cited)
            if token.word in self.words and not like:
                yield Finding(token.text, _NOWHERE)
            elif token.word in self.words and not self.stands(statement, at, cited, like):
                yield Finding(token.text, _ELSEWHERE)
            elif self.is_opposite(token.word, cited):
                yield Finding(token.text, "is the opposite of a cited word")


def lost_negations(
    statement: Tokens, cited: Cited, lost: set[str], covered: Collection[int], wholes: frozenset[str]
) -> Iterator[Finding]:
    """Words whose keys are ``lost``, negated in every cited sentence, and that nothing negates here.

    ``covered`` are the places under a negation of the statement. "everybody" is "everyone" under one.
    """
    keys = {cited.key(whole) for whole in wholes}
    lost = lost | keys if lost & keys else lost
    for at, token in enumerate(statement):
        if token.is_word and at not in covered and cited.keys(token.word) & lost:
            yield Finding(token.text, "is negated in the cited sentence and not here")
