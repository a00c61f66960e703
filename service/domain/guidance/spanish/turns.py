"""Rule 4 of the guidance check for Spanish: a statement does not turn what its sentences mean."""

from collections.abc import Collection, Iterator

from service.domain.guidance.spanish.forms import is_infinitive
from service.domain.guidance.spanish.scope import clause_numbers, is_significant, words_after
from service.domain.guidance.spanish.turning_words import (
    AVOIDANCE,
    CAUSES,
    NEGATORS,
    NEVER,
    NO_ONE,
    NOT_CLASS,
    ORDER,
    SHARES,
    TURNING,
    WHOLES,
)
from service.domain.guidance.spanish.words import (
    CONJUNCTIONS,
    EVALUATIONS,
    FUNCTION,
    PLAIN,
    PREPOSITIONS,
    SUBORDINATORS,
)
from service.domain.guidance.turns import Turning, lost_negations
from service.domain.guidance.words import Cited, Finding, Tokens

_PREFIXES = ("des", "in", "im", "ir", "anti", "no", "dis")
_REACH = 3
"""How many significant words a negation of a cited sentence is taken to reach at least."""
_REACH_HERE = 6
"""How many it may reach in a statement, which names what the sentence calls "lo"."""
_PHRASE_ENDS = CONJUNCTIONS | SUBORDINATORS
_NUMBERED = frozenset({"más", "menos", "mayor", "menor"})
_GROUPS = (NEVER, NO_ONE, WHOLES, SHARES, CAUSES)


def turned(statement: Tokens, cited: Cited) -> Iterator[Finding]:
    """Words that turn the meaning, and words that have lost their negation."""
    yield from _TURNING.findings(statement, cited)
    yield from _lost_negations(statement, cited)
    yield from _other_evaluations(statement, cited)


def _same_class(word: str, cited: Cited) -> frozenset[str]:
    """The cited words that allow ``word``; in Spanish "no … nunca" is one negation, so "no" needs any."""
    if word in NOT_CLASS:
        return cited.words & (NOT_CLASS | NEVER | NO_ONE)
    for group in _GROUPS:
        if word in group:
            return cited.words & group
    if word in ORDER:
        return frozenset(name for name in cited.words if ORDER.get(name) == ORDER[word])
    if word in AVOIDANCE:
        return frozenset(cited.forms(word))
    return cited.words & {word}


def _stands_where_it_stood(statement: Tokens, at: int, cited: Cited, like: Collection[str]) -> bool:
    """Whether the next significant word is one that follows a word of its class in a cited sentence."""
    word = statement[at].word
    if word in _NUMBERED:
        return _next_number(statement, at) in {"", *_numbers_after(word, cited)}
    if not (word in NEGATORS or word in AVOIDANCE or word in ORDER) or _is_concord(statement, at):
        return True
    following = _governed(statement, at, 2)
    if not following:
        return any(not _governed(sentence, place, 3) for sentence, place in _places(cited, like))
    stood = {
        cited.key(sentence[place].word)
        for sentence, position in _places(cited, like)
        for place in _governed(sentence, position, 3)
    }
    return bool(cited.keys(statement[following[0]].word) & stood)


def _governed(tokens: Tokens, at: int, limit: int) -> tuple[int, ...]:
    """Where the words stand that the word is said of: one for a negation, at most ``limit`` for "antes"."""
    if tokens[at].word in NO_ONE and tokens[at + 1 : at + 2] and tokens[at + 1].word in PREPOSITIONS:
        # "15 gotas por la mañana y ninguna por la noche" denies what was said before.
        return ()
    return words_after(tokens, at, limit if tokens[at].word in ORDER else 1)


def _places(cited: Cited, like: Collection[str]) -> Iterator[tuple[Tokens, int]]:
    return ((sentence, at) for sentence, at in cited.places() if sentence[at].word in like)


def _next_number(tokens: Tokens, at: int) -> str:
    """The figure in "más de 40"; empty where there is none."""
    following = [token.word for token in tokens[at + 1 : at + 3]]
    if following[:1] == ["de"] and following[-1][0].isnumeric():
        return following[-1]
    return ""


def _numbers_after(word: str, cited: Cited) -> set[str]:
    return {_next_number(sentence, at) for sentence, at in _places(cited, frozenset({word}))}


def _is_concord(tokens: Tokens, at: int) -> bool:
    """Whether an earlier negation of the clause has the word under it: "no tome nunca"."""
    clauses = clause_numbers(tokens)
    spoken = tokens[at].word in NEVER | NO_ONE | {"nada", "nadie", "ni"}
    return spoken and any(
        tokens[place].word in NOT_CLASS and clauses[place] == clauses[at] for place in range(at)
    )


def _is_opposite(word: str, cited: Cited) -> bool:
    if word in cited.words or word in PLAIN:
        return False
    stripped = (word.removeprefix(start).lstrip("-") for start in _PREFIXES if word.startswith(start))
    return any(rest not in FUNCTION and bool(cited.forms(rest)) for rest in stripped)


def _negated(tokens: Tokens, reach: int) -> frozenset[int]:
    """Where the words stand that are under a negation: what follows it, to the next "y", "si" or "que"."""
    return frozenset(
        place
        for at, token in enumerate(tokens)
        if token.word in (NEGATORS | AVOIDANCE) - {"excepto", "salvo"} and _governed(tokens, at, 1)
        for place in _phrase(tokens, at, reach)
    )


def _phrase(tokens: Tokens, at: int, reach: int) -> Iterator[int]:
    for place in words_after(tokens, at, reach):
        between = {token.word for token in tokens[at + 1 : place]}
        if between & _PHRASE_ENDS or tokens[place].word in NEGATORS:
            return
        yield place


def _lost_negations(statement: Tokens, cited: Cited) -> Iterator[Finding]:
    negated: set[str] = set()
    plain: set[str] = set()
    for sentence in cited.sentences:
        under = _negated(sentence, _REACH)
        for at, token in enumerate(sentence):
            if token.is_word and token.word not in FUNCTION:
                (negated if at in under else plain).add(cited.key(token.word))
    yield from lost_negations(statement, cited, negated - plain, _negated(statement, _REACH_HERE), WHOLES)


def _other_evaluations(statement: Tokens, cited: Cited) -> Iterator[Finding]:
    """ "Los aceites son importantes", where it is important to tell about them."""
    stood = {_evaluated(sentence, at, cited) for sentence, at in cited.places()}
    for at, token in enumerate(statement):
        if token.word in EVALUATIONS and _evaluated(statement, at, cited) not in stood:
            yield Finding(token.text, "is said of something else than in the cited sentence")


def _evaluated(tokens: Tokens, at: int, cited: Cited) -> str:
    """What is called important: "to" for an act, else the word before it; empty for any other word."""
    if tokens[at].word not in EVALUATIONS:
        return ""
    following = tokens[at + 1].word if at + 1 < len(tokens) else ""
    if following == "que" or is_infinitive(following):
        return "to"
    before = (token.word for token in reversed(tokens[:at]) if is_significant(token.word))
    return f"is {cited.key(next(before, ''))}"


_TURNING = Turning(TURNING, _same_class, _stands_where_it_stood, _is_opposite, is_exempt=lambda *_: False)
