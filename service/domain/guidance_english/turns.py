"""Rule 4 of the guidance check: a statement does not turn what its sentences mean."""

from collections.abc import Collection, Iterator

from service.domain.guidance_english.scope import (
    after,
    before,
    clause_numbers,
    is_significant,
    words_after,
)
from service.domain.guidance_english.turning_words import (
    AMOUNTS,
    AVOIDANCE,
    CAUSES,
    NEGATORS,
    NOT_CLASS,
    ONLY,
    ORDER,
    SHARES,
    TURNS,
    WHOLES,
)
from service.domain.guidance_english.words import ADVERBS, BE, CONDITIONS, EVALUATIONS, FUNCTION, PLAIN
from service.domain.guidance_words import Cited, Finding, Tokens

_PREFIXES = ("non", "un", "in", "im", "ir", "dis", "anti", "mis", "de")
_SUFFIXES = ("less", "free")
_REACH = 3
"""How many significant words a turn is taken to reach."""
_KEPT_NEGATED = (NEGATORS | {"avoid", "avoids", "avoiding", "avoided"}) - {"unless", "except"}

TURNING = TURNS | WHOLES | SHARES | AMOUNTS | CAUSES | frozenset(ORDER)
"""Every word that this rule decides about."""


def turned(statement: Tokens, cited: Cited) -> Iterator[Finding]:
    """Words that turn the meaning, and words that have lost their negation."""
    for at, token in enumerate(statement):
        if token.word == "sure" and before(statement, at) in {"be", "make"}:
            continue
        like = _same_class(token.word, cited)
        if token.word in TURNING and not like:
            yield Finding(token.text, "turns or widens the meaning, and no cited sentence has it")
        elif token.word in TURNING and not _stands_where_it_stood(statement, at, cited, like):
            yield Finding(
                token.text, "does not stand before the word that it stands before in the cited sentence"
            )
        elif _is_opposite(token.word, cited):
            yield Finding(token.text, "is the opposite of a cited word")
        elif token.word == "but" and "but" not in cited.words and _is_exception(statement, at):
            yield Finding(token.text, "may make an exception, and no cited sentence does")
    yield from _lost_negations(statement, cited)
    yield from _other_evaluations(statement, cited)


def evaluated_keys(cited: Cited) -> frozenset[str]:
    """What the cited sentences call important or needed: the words that stand before that word."""
    return frozenset(
        cited.key(sentence[place].word)
        for sentence, at in cited.places()
        if sentence[at].word in EVALUATIONS
        for place in _evaluated(sentence, at)
    )


def _evaluated(tokens: Tokens, at: int) -> list[int]:
    """The subject of "… is important": the significant words of its clause; none for "it is important"."""
    if before(tokens, at, BE | ADVERBS) in {"it", "this", "that"}:
        return []
    clauses = clause_numbers(tokens)
    start = max((place for place in range(at) if tokens[place].opens), default=0)
    if tokens[start].word in ORDER or tokens[start].word in CONDITIONS:
        # "While you are treated, visits are important": what leads in is not called so.
        start = next((place for place in range(start, at) if tokens[place].word == ","), start)
    return [
        place
        for place in range(start, at)
        if clauses[place] == clauses[at] and tokens[place].is_word and is_significant(tokens[place].word)
    ]


def _other_evaluations(statement: Tokens, cited: Cited) -> Iterator[Finding]:
    """ "Supplements are important", "all important medicines", where it is important to tell about them."""
    keys = evaluated_keys(cited)
    for at, token in enumerate(statement):
        if token.word not in EVALUATIONS | {"needed"} or token.word in TURNS:
            continue
        others = [
            place
            for place in _evaluated(statement, at)
            if statement[place].word not in PLAIN and not cited.keys(statement[place].word) & keys
        ]
        following = after(statement, at)
        if others or (
            following[:1].isalpha() and is_significant(following) and following not in TURNING | {"part"}
        ):
            yield Finding(token.text, "is said of something else than in the cited sentence")


def _same_class(word: str, cited: Cited) -> Collection[str]:
    """The cited words that allow ``word``."""
    if word in AVOIDANCE:
        return cited.forms(word)
    for group in (NOT_CLASS, WHOLES, SHARES, CAUSES):
        if word in group:
            return group & cited.words
    if word in ORDER:
        return [name for name in cited.words if ORDER.get(name) == ORDER[word]]
    return cited.words & {word}


def _stands_where_it_stood(statement: Tokens, at: int, cited: Cited, like: Collection[str]) -> bool:
    """Whether the next significant word is one that follows a word of its class in a cited sentence."""
    word = statement[at].word
    if not (word in NEGATORS or word in AVOIDANCE or word in SHARES or word in ORDER or word in ONLY):
        return True
    if word == "once" and before(statement, at) == "at":
        return cited.adjoin(("at", "once"))
    # "before starting treatment" is not "before starting soaps": after these the second word counts too.
    following = _governed(statement, at, limit=2 if word in ORDER else 1)
    reach = 1 if word in ONLY else _REACH
    stood = _stood_under(cited, like, reach, phrase=word in NEGATORS or word in AVOIDANCE)
    counted = [place for place in following if place == following[0] or statement[place].word not in PLAIN]
    return bool(counted) and all(cited.keys(statement[place].word) & stood for place in counted)


def _stood_under(cited: Cited, like: Collection[str], reach: int, *, phrase: bool) -> set[str]:
    """The keys of what the cited sentences say under these words; "everybody" is "everyone" there."""
    found = {
        sentence[place].word
        for sentence, position in cited.places()
        if sentence[position].word in like
        for place in _governed(sentence, position, reach, phrase=phrase)
    }
    return {cited.key(word) for word in (found | WHOLES if found & WHOLES else found)}


def _governed(tokens: Tokens, at: int, limit: int = _REACH, *, phrase: bool = False) -> tuple[int, ...]:
    """Where the significant words after ``at`` stand; where there is only a light one, that: "before use"."""
    return words_after(tokens, at, limit, phrase=phrase) or _light_after(tokens, at)


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


def _lost_negations(statement: Tokens, cited: Cited) -> Iterator[Finding]:
    negated, plain = _negated_keys(cited)
    wholes = {cited.key(whole) for whole in WHOLES}
    lost = negated - plain
    lost |= wholes if lost & wholes else set()
    covered = {
        place
        for at, token in enumerate(statement)
        if token.word in NEGATORS or token.word in AVOIDANCE
        for place in _negated_places(statement, at)
    }
    for at, token in enumerate(statement):
        if token.is_word and at not in covered and cited.keys(token.word) & lost:
            yield Finding(token.text, "is negated in the cited sentence and not here")


def _negated_keys(cited: Cited) -> tuple[set[str], set[str]]:
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
    return words_after(tokens, at) + _light_after(tokens, at)


def _light_after(tokens: Tokens, at: int) -> tuple[int, ...]:
    return tuple(
        place
        for place in range(at + 1, min(at + 4, len(tokens)))
        if tokens[place].is_word
        and tokens[place].word not in FUNCTION
        and not is_significant(tokens[place].word)
    )
