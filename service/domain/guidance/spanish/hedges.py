"""Rule 5 of the guidance check for Spanish: what the cited sentence hedges, the statement hedges too."""

from collections.abc import Iterator

from service.domain.guidance.spanish.forms import is_future_or_past, is_infinitive
from service.domain.guidance.spanish.scope import clause_numbers, is_significant, previous, words_after
from service.domain.guidance.spanish.turning_words import ABOUT, SHARES
from service.domain.guidance.spanish.words import (
    ADVICE,
    CALLED_TO,
    DUTIES,
    FREQUENCY,
    MEDICINES,
    PLAIN,
    POSSIBILITY,
    POSSIBILITY_VERBS,
    REQUESTS,
)
from service.domain.guidance.words import Cited, Finding, Tokens

_SUPPOSED = POSSIBILITY - POSSIBILITY_VERBS


def hardened(statement: Tokens, cited: Cited) -> Iterator[Finding]:
    """Words that say more firmly what a cited sentence says with a hedge, and firmer words of its own."""
    yield from _firmer_words(statement, cited)
    for sentence in cited.sentences:
        for at, token in enumerate(sentence):
            if token.word in SHARES:
                yield from _unshared(statement, cited, sentence, at)
            elif token.word in ABOUT:
                yield from _exact(statement, sentence, at)
            elif _frequency(sentence, at):
                yield from _unqualified(statement, cited, sentence, at)
            elif token.word in POSSIBILITY and previous(sentence, at) != "no":
                yield from _asserted(statement, cited, sentence, at)


def _firmer_words(statement: Tokens, cited: Cited) -> Iterator[Finding]:
    named = {_frequency(sentence, at) for sentence, at in cited.places()}
    for at, token in enumerate(statement):
        if _frequency(statement, at) not in {"", *named}:
            yield Finding(token.text, "says how often, and no cited sentence does")
        if token.word in DUTIES and cited.words & ADVICE and not cited.words & DUTIES:
            yield Finding(token.text, "is firmer than what the cited sentence advises")
        if token.is_word and is_future_or_past(token.word) and token.word not in cited.words:
            if _is_called_to(statement, at, cited):
                continue
            yield Finding(token.text, "tells what will be or was, and no cited sentence does")


def _is_called_to(statement: Tokens, at: int, cited: Cited) -> bool:
    """ "Tendrá un análisis de sangre": what the clinic does with a patient at times that a sentence names."""
    following = {statement[place].word for place in words_after(statement, at, 2)}
    return statement[at].word in {"tendrá", "tendrán"} and any(
        word in CALLED_TO and cited.forms(word) for word in following
    )


def _frequency(tokens: Tokens, at: int) -> str:
    """How often the word says that something is; "dos veces" counts and says nothing of the kind."""
    if tokens[at].word == "veces":
        return "sometimes" if previous(tokens, at) in {"a", "algunas"} else ""
    return FREQUENCY.get(tokens[at].word, "")


def _said(statement: Tokens, cited: Cited, sentence: Tokens, places: tuple[int, ...]) -> Iterator[int]:
    """Where the statement says a word that stands at ``places`` of the cited sentence.

    Not where it says it just as another, unhedged place of a cited sentence does: after the same word.
    """
    keys = {cited.key(sentence[place].word) for place in places}
    unhedged = {
        (cited.key(previous(other, at)), cited.key(other[at].word))
        for other, at in cited.places()
        if other is not sentence or at not in places
    }
    for at, token in enumerate(statement):
        before = cited.key(previous(statement, at))
        if token.is_word and any((before, key) not in unhedged for key in cited.keys(token.word) & keys):
            yield at


def _finding(statement: Tokens, at: int, hedge: str) -> Finding:
    return Finding(statement[at].text, f'stands under "{hedge}" in the cited sentence')


def _unshared(statement: Tokens, cited: Cited, sentence: Tokens, hedge: int) -> Iterator[Finding]:
    """ "algunas formas de tos": not every form, and not the cough as such."""
    shared = {p for at, t in enumerate(statement) if t.word in SHARES for p in words_after(statement, at, 3)}
    for at in _said(statement, cited, sentence, words_after(sentence, hedge, 3)):
        if at not in shared:
            yield _finding(statement, at, sentence[hedge].word)


def _exact(statement: Tokens, sentence: Tokens, hedge: int) -> Iterator[Finding]:
    """ "aprox. 100 ml": the figure stays a rough one."""
    figure = next((token.word for token in sentence[hedge + 1 : hedge + 4] if token.word[0].isnumeric()), "")
    for at, token in enumerate(statement):
        near = {other.word for other in statement[max(at - 3, 0) : at]}
        if token.word == figure and not near & ABOUT:
            yield _finding(statement, at, sentence[hedge].word)


def _clause(tokens: Tokens, at: int) -> tuple[int, ...]:
    """Where the significant words of the clause around ``at`` stand."""
    clauses = clause_numbers(tokens)
    return tuple(
        place
        for place, token in enumerate(tokens)
        if place != at and clauses[place] == clauses[at] and is_significant(token.word)
    )


def _unqualified(statement: Tokens, cited: Cited, sentence: Tokens, hedge: int) -> Iterator[Finding]:
    """ "suelen ser leves", "normalmente dura": the same clause says how often."""
    name = _frequency(sentence, hedge)
    clauses = clause_numbers(statement)
    for at in _said(statement, cited, sentence, _clause(sentence, hedge)):
        beside = (place for place in range(len(statement)) if clauses[place] == clauses[at])
        if not any(_frequency(statement, p) == name or statement[p].word in POSSIBILITY for p in beside):
            yield _finding(statement, at, sentence[hedge].word)


def _asserted(statement: Tokens, cited: Cited, sentence: Tokens, hedge: int) -> Iterator[Finding]:
    """ "puede cambiar": the verb stays under a hedge of its own, and what follows it in a hedged clause."""
    places = tuple(place for place in _clause(sentence, hedge) if place > hedge)
    clauses = clause_numbers(statement)
    for at in _said(statement, cited, sentence, places):
        word = statement[at].word
        if word in PLAIN and word not in MEDICINES:
            continue
        beside = tuple(place for place in range(len(statement)) if clauses[place] == clauses[at])
        first = sentence[places[0]].word
        if is_infinitive(first) and cited.key(first) in cited.keys(word):
            fits = _hedges_verb(statement, at, beside)
        else:
            supposed = sentence[hedge].word in _SUPPOSED
            fits = _hedges_thing(statement, at, tuple(p for p in beside if p < at) if supposed else beside)
        if not fits:
            yield _finding(statement, at, sentence[hedge].word)


def _hedges_verb(statement: Tokens, at: int, beside: tuple[int, ...]) -> bool:
    """ "puede cambiar", "es posible que cambie"; a present tense after "puede" would be another verb."""
    earlier = {statement[place].word for place in beside if place < at}
    return bool(earlier & _SUPPOSED) or (
        is_infinitive(statement[at].word) and bool(earlier & POSSIBILITY_VERBS)
    )


def _hedges_thing(statement: Tokens, at: int, beside: tuple[int, ...]) -> bool:
    spoken = {statement[place].word for place in beside}
    return bool(spoken & POSSIBILITY) or (
        statement[at].word in MEDICINES and any(word in REQUESTS for word in spoken)
    )
