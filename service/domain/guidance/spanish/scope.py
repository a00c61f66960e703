"""Which words a Spanish word governs: clauses, their openings, and the words after a negation or a hedge."""

from service.domain.guidance.spanish.turning_words import ORDER
from service.domain.guidance.spanish.words import (
    ADVERBS,
    CONJUNCTIONS,
    DETERMINERS,
    FUNCTION,
    OBLIGATIONS,
    POSSIBILITY_VERBS,
    PREPOSITIONS,
    PRONOUNS,
)
from service.domain.guidance.word_lists import words
from service.domain.guidance.words import Tokens

_ENDS = frozenset(".;:!?()–—¿¡|•")
_NEW_CLAUSES = words("pero aunque porque pues si cuando mientras")
_AUXILIARIES = OBLIGATIONS | POSSIBILITY_VERBS | words("suele suelen")
_LEADING = ADVERBS | PRONOUNS
_NEGATIONS = words("no nunca jamás ni tampoco")


def clause_numbers(tokens: Tokens) -> tuple[int, ...]:
    """For each token the number of the clause it stands in; a comma alone parts none."""
    numbers: list[int] = []
    current = 0
    for token in tokens:
        current += token.word in _ENDS or token.word in _NEW_CLAUSES
        numbers.append(current)
    return tuple(numbers)


def is_joined(word: str) -> bool:
    """Whether it is a pronoun that is joined to the verb before it."""
    return word.startswith("-") and len(word) > 1


def previous(tokens: Tokens, at: int) -> str:
    """The word or mark before ``at``; empty at a sentence's start."""
    if at == 0 or tokens[at].opens:
        return ""
    return tokens[at - 1].word


def is_object(tokens: Tokens, at: int) -> bool:
    """Whether "la", "los" or "las" is a pronoun, as in "no la tome"."""
    return tokens[at].word in {"la", "los", "las", "lo"} and previous(tokens, at) in _NEGATIONS | PRONOUNS


def is_negated(tokens: Tokens, at: int) -> bool:
    """Whether "no" or "nunca" stands before the word, pronouns between them aside."""
    while at > 0 and not tokens[at].opens:
        at -= 1
        if tokens[at].word not in PRONOUNS and not is_object(tokens, at):
            return tokens[at].word in _NEGATIONS
    return False


def lead_of(tokens: Tokens, at: int) -> str:
    """What stands before a verb with its negation, pronouns and adverbs; empty at a sentence's start."""
    while at > 0 and not tokens[at].opens:
        at -= 1
        if not (tokens[at].word in _LEADING or is_joined(tokens[at].word) or is_object(tokens, at)):
            return tokens[at].word
    return ""


def is_mark(word: str) -> bool:
    """Whether it is a mark between words."""
    return word != "" and not word[0].isalnum() and not is_joined(word)


def opens_clause(tokens: Tokens, at: int) -> bool:
    """Whether the verb at ``at`` has nothing before it that could be its subject."""
    lead = lead_of(tokens, at)
    return lead == "" or lead in CONJUNCTIONS or is_mark(lead)


def is_named(tokens: Tokens, at: int) -> bool:
    """Whether an article, a preposition or a number makes a thing of the word."""
    before = previous(tokens, at)
    if before.isnumeric():
        return True
    return before in DETERMINERS | PREPOSITIONS and not is_object(tokens, at - 1)


def is_significant(word: str) -> bool:
    """Whether a word says something by itself."""
    return word[0].isalnum() and word not in FUNCTION and word not in _AUXILIARIES


def words_after(tokens: Tokens, at: int, limit: int) -> tuple[int, ...]:
    """Where the next significant words after ``at`` stand; a mark or a word such as "antes" ends them."""
    found: list[int] = []
    for place in range(at + 1, len(tokens)):
        word = tokens[place].word
        if is_mark(word) or word in ORDER or len(found) == limit:
            break
        if is_significant(word):
            found.append(place)
    return tuple(found)
