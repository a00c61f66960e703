"""Rule 4 of the guidance check: a statement does not turn what its sentences mean."""

from collections.abc import Collection, Iterator

from service.domain.guidance.english.evaluations import other_evaluations
from service.domain.guidance.english.negations import lost
from service.domain.guidance.english.places import stands_where_it_stood
from service.domain.guidance.english.scope import before, words_after
from service.domain.guidance.english.turning_words import (
    AVOIDANCE,
    CAUSES,
    NOT_CLASS,
    ORDER,
    SAFETY,
    SHARES,
    TURNING,
    WHOLES,
)
from service.domain.guidance.english.words import FUNCTION
from service.domain.guidance.turns import Turning
from service.domain.guidance.words import Cited, Finding, Tokens

_PREFIXES = ("non", "un", "in", "im", "ir", "dis", "anti", "mis", "de")
_SUFFIXES = ("less", "free")


def turned(statement: Tokens, cited: Cited) -> Iterator[Finding]:
    """Words that turn the meaning, and words that have lost their negation."""
    yield from _TURNING.findings(statement, cited)
    for at, token in enumerate(statement):
        if token.word == "but" and "but" not in cited.words and _is_exception(statement, at):
            yield Finding(token.text, "may make an exception, and no cited sentence does")
    yield from _unless(statement, cited)
    yield from lost(statement, cited)
    yield from other_evaluations(statement, cited)


def _unless(statement: Tokens, cited: Cited) -> Iterator[Finding]:
    """ "If it is late", where the sentence says "unless it is late"."""
    but_for = _keys_under("unless", cited) - _keys_under("if", cited) - _keys_under("when", cited)
    for at, token in enumerate(statement):
        following = words_after(statement, at, limit=1) if token.word in {"if", "when"} else ()
        if any(cited.keys(statement[place].word) & but_for for place in following):
            yield Finding(token.text, "says when, and the cited sentence says when not")


def _keys_under(word: str, cited: Cited) -> set[str]:
    return {
        cited.key(sentence[place].word)
        for sentence, at in cited.places()
        if sentence[at].word == word
        for place in words_after(sentence, at)
    }


def _turns_nothing(statement: Tokens, at: int, cited: Cited) -> bool:
    """ "Make sure", and "not … any", which says "no": where that may stand is decided of the "not"."""
    word = statement[at].word
    if word == "sure":
        return before(statement, at) in {"be", "make"}
    if word == "after" and [token.word for token in statement[at + 1 : at + 2]] == ["that"]:
        return "then" in cited.words and not words_after(statement, at)
    earlier = {token.word for token in statement[max(at - 4, 0) : at]}
    return word == "any" and "no" in cited.words and "not" in earlier


def _same_class(word: str, cited: Cited) -> Collection[str]:
    """The cited words that allow ``word``."""
    if word in AVOIDANCE or word in SAFETY:
        return cited.forms(word)
    if word in CAUSES:
        return CAUSES & cited.words or _reasons(cited)
    if word in ORDER:
        likened = {"if", ":", "|"} if ORDER[word] == "when" else set()
        spoken = cited.words | {token.text for sentence in cited.sentences for token in sentence}
        return [name for name in spoken if ORDER.get(name) == ORDER[word] or name in likened]
    for group in (NOT_CLASS, WHOLES, SHARES):
        if word in group:
            return group & cited.words
    return cited.words & {word}


def _reasons(cited: Cited) -> frozenset[str]:
    """ "It is cold, so wear a coat", "Why we ask": reasons without "because"."""
    given = (
        s[at].word for s, at in cited.places() if (s[at].word, before(s, at)) in {("so", ","), ("why", "")}
    )
    return frozenset(given)


def _is_exception(tokens: Tokens, at: int) -> bool:
    """ "all packs, but empty ones"."""
    start = max((place for place in range(at + 1) if tokens[place].opens), default=0)
    return any(token.word in WHOLES for token in tokens[start:at])


def _is_opposite(word: str, cited: Cited) -> bool:
    if word in cited.words or word in FUNCTION:
        return False
    stripped = [word.removeprefix(start).lstrip("-") for start in _PREFIXES if word.startswith(start)]
    stripped += [word.removesuffix(end).rstrip("-") for end in _SUFFIXES if word.endswith(end)]
    return any(rest not in FUNCTION and cited.forms(rest) for rest in stripped)


_TURNING = Turning(TURNING, _same_class, stands_where_it_stood, _is_opposite, _turns_nothing)
