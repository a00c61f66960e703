"""Which words stand under a negation, and which of them a statement says without one."""

from collections.abc import Iterator

from service.domain.guidance.english.scope import after, before, clause_numbers, is_significant, words_after
from service.domain.guidance.english.stand_ins import IRREGULAR
from service.domain.guidance.english.turning_words import AVOIDANCE, NEGATORS, WHOLES
from service.domain.guidance.english.words import BE, FUNCTION
from service.domain.guidance.turns import lost_negations
from service.domain.guidance.words import Cited, Finding, Tokens

_REACH_HERE = 6
"""How many words a negation of a statement reaches."""
_KEPT_NEGATED = (NEGATORS | {"avoid", "avoids", "avoiding", "avoided"}) - {"unless", "except"}


def lost(statement: Tokens, cited: Cited) -> Iterator[Finding]:
    """What is negated in the cited sentences and not in the statement."""
    negated, plain = _negated_and_plain(cited)
    covered = {
        place
        for at, token in enumerate(statement)
        if token.word in NEGATORS or token.word in AVOIDANCE
        for place in _covered(statement, at)
    }
    yield from lost_negations(statement, cited, negated - plain, covered, WHOLES)


def _covered(tokens: Tokens, at: int) -> tuple[int, ...]:
    """What a negation of a statement denies, which names what the sentence calls "it"."""
    return words_after(tokens, at, _REACH_HERE) + light_after(tokens, at) + _undergoing(tokens, at)


def _undergoing(tokens: Tokens, at: int) -> tuple[int, ...]:
    """The subject of a negated passive: "the pen is not cured by it", "the pen must not be shaken"."""
    following = after(tokens, at, BE)
    done = before(tokens, at) in BE and (following.endswith("ed") or following in IRREGULAR)
    if not done and after(tokens, at) != "be":
        return ()
    clauses = clause_numbers(tokens)
    return tuple(place for place in range(at) if clauses[place] == clauses[at] and tokens[place].is_word)


def negated_keys(cited: Cited) -> set[str]:
    """The keys of the cited words that stand under a negation."""
    return _negated_and_plain(cited)[0]


def _negated_and_plain(cited: Cited) -> tuple[set[str], set[str]]:
    """The keys of the cited words that a negation stands before, and of those that stand without one too."""
    negated: set[str] = set()
    plain: set[str] = set()
    for sentence in cited.sentences:
        under = {
            place
            for at, token in enumerate(sentence)
            if token.word in _KEPT_NEGATED
            for place in _negated_places(sentence, at)
        }
        negated |= {cited.key(sentence[place].word) for place in under}
        plain |= {
            cited.key(token.word) for at, token in enumerate(sentence) if token.is_word and at not in under
        }
    return negated, plain


def _negated_places(tokens: Tokens, at: int) -> tuple[int, ...]:
    """The words under a negation, light ones too: "do not use it if it is cloudy"."""
    return words_after(tokens, at) + light_after(tokens, at)


def light_after(tokens: Tokens, at: int) -> tuple[int, ...]:
    """Where words such as "take" and "use" stand, of the three words after ``at``."""
    return tuple(
        place
        for place in range(at + 1, min(at + 4, len(tokens)))
        if tokens[place].is_word
        and tokens[place].word not in FUNCTION
        and not is_significant(tokens[place].word)
    )
