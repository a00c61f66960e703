"""What asks for something by its form in Spanish: "agite", "no lo tire", "debe agitar"."""

from collections.abc import Iterator

from service.domain.guidance.spanish.forms import is_infinitive, looks_imperative
from service.domain.guidance.spanish.scope import is_joined, lead_of, opens_clause, previous
from service.domain.guidance.spanish.words import (
    BE_AND_HAVE,
    DETERMINERS,
    EVALUATIONS,
    OBLIGATIONS,
    PREPOSITIONS,
    PRONOUNS,
    REQUESTS,
)
from service.domain.guidance.word_lists import words
from service.domain.guidance.words import Finding, Tokens

HAS_TO = words("hay tiene tienen tener habrá")
"""Before "que" these oblige."""
_ACTS_BY_SHAPE = words(
    "tome tomen toma tomar use usen usa usar deje dejen deja empiece comience inicie continúe siga cambie "
    "pruebe coma come beba bebe trague inyecte aplique ponga pare suspenda interrumpa reanude aumente "
    "reduzca baje suba evite eviten evita"
)


def is_asked_for(tokens: Tokens, at: int) -> bool:
    """Whether a cited sentence asks for the word: "Agite", "bébalas", "No lo tire", "debe agitar"."""
    word = tokens[at].word
    lead = lead_of(tokens, at)
    if is_infinitive(word):
        return lead in OBLIGATIONS | EVALUATIONS or (
            lead == "que" and previous(tokens, at - 1) in {"hay", "tiene"}
        )
    if not opens_clause(tokens, at) or word in BE_AND_HAVE | PREPOSITIONS | DETERMINERS | PRONOUNS:
        return False
    joined = at + 1 < len(tokens) and is_joined(tokens[at + 1].word)
    return joined or word in REQUESTS or looks_imperative(word)


def requested_by_shape(statement: Tokens) -> Iterator[Finding]:
    """What is an instruction whatever the document says about it: "tome", "deje", "evite"."""
    for at, token in enumerate(statement):
        acts = token.word in _ACTS_BY_SHAPE and opens_clause(statement, at)
        obliged = is_infinitive(token.word) and lead_of(statement, at) in OBLIGATIONS
        if acts or (obliged and token.word not in REQUESTS):
            yield Finding(token.text, "is an instruction, and without the document no sentence can allow it")
