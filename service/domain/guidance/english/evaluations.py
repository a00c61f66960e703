"""What the cited sentences call important or needed, and whether a statement calls something else so."""

from collections.abc import Iterator

from service.domain.guidance.english.scope import after, before, clause_numbers, is_significant
from service.domain.guidance.english.turning_words import ORDER, TURNING, TURNS
from service.domain.guidance.english.words import ADVERBS, BE, CONDITIONS, EVALUATIONS, PLAIN
from service.domain.guidance.words import Cited, Finding, Tokens


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


def other_evaluations(statement: Tokens, cited: Cited) -> Iterator[Finding]:
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
