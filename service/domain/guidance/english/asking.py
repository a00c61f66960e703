"""What the service itself may ask of a patient, and where its verbs would ask for something else."""

from collections.abc import Iterator

from service.domain.guidance.english.scope import before
from service.domain.guidance.english.verbs import CitedVerbs
from service.domain.guidance.english.words import (
    ACT_VERBS,
    ADVERBS,
    CONJUNCTIONS,
    DETERMINERS,
    KEPT,
    OBLIGATIONS,
    PEOPLE,
    PREPOSITIONS,
    REQUESTS,
)
from service.domain.guidance.word_lists import words
from service.domain.guidance.words import Finding, Tokens

_KEEP_BETWEEN = DETERMINERS | words("up regular follow-up own")


def misused_request(tokens: Tokens, at: int, verbs: CitedVerbs) -> str:
    """Why one of the service's verbs, or "sure", asks for something else here; empty when it does not.

    To keep a medicine is to go on taking it; to ask for one is to want it.
    """
    verb = REQUESTS.get(tokens[at].word)
    rest = [token.word for token in tokens[at + 1 :]]
    if verb == "ask":
        return (
            "asks for a thing; it may ask only about one"
            if _asks_for(rest) and not verbs.asks_for(rest)
            else ""
        )
    if verb == "keep":
        return "" if _is_kept(rest, verbs) else "asks to keep something other than a list, a visit or touch"
    to_make_sure = verb is None and before(tokens, at) in {"", "be", "make", "and", ","}
    if to_make_sure and rest[:1] and rest[0] not in {"to", "that", "you", "your"}:
        return "asks to make sure of something that is no request"
    return ""


def _asks_for(rest: list[str]) -> bool:
    end = next((n for n, other in enumerate(rest) if other in {".", ";", "about"}), len(rest))
    return "for" in rest[:end]


def _is_kept(rest: list[str], verbs: CitedVerbs) -> bool:
    kept = next((other for other in rest if other not in _KEEP_BETWEEN), "")
    following = rest[0] if rest else ""
    cited = verbs.is_asked_for("keep", following) or (
        following in PREPOSITIONS and verbs.is_followed_by("keep", following)
    )
    return (rest != [] and cited) or kept in KEPT | PEOPLE or (kept in REQUESTS and kept.endswith("ing"))


def requested_by_shape(statement: Tokens) -> Iterator[Finding]:
    """What is an instruction whatever the document says about it: "take", "stop", "should use"."""
    for at, token in enumerate(statement):
        previous = before(statement, at, ADVERBS | {"not", "be"})
        opens = previous in CONJUNCTIONS | {"", "do", ","} or not previous[:1].isalnum()
        if token.word in ACT_VERBS | {"avoid"} and (opens or previous in OBLIGATIONS):
            yield Finding(token.text, "is an instruction, and without the document no sentence can allow it")
