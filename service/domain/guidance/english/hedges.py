"""Rule 5 of the guidance check: what the cited sentence hedges, the statement hedges too."""

from collections.abc import Iterator

from service.domain.guidance.english.possibility import hedges_thing, hedges_verb, is_possibility
from service.domain.guidance.english.scope import (
    after,
    before,
    clause_after,
    clause_numbers,
    is_significant,
    words_after,
)
from service.domain.guidance.english.turning_words import MOST, ROUGHLY, SHARES
from service.domain.guidance.english.words import (
    ADVICE,
    CONDITIONS,
    DUTIES,
    FREQUENCY,
    HELP,
    MEDICINES,
    NUMBER_WORDS,
    OPEN,
    PEOPLE,
    PLAIN,
    POSSIBILITY,
    REQUESTS,
)
from service.domain.guidance.word_lists import words
from service.domain.guidance.words import Cited, Finding, Tokens

_WHO_WILL = PEOPLE | {"you"}
_SOME_OF_WHOM = words("people patients")


def hardened(statement: Tokens, cited: Cited) -> Iterator[Finding]:
    """Words that say more firmly what a cited sentence says with a hedge, and firmer words of its own."""
    yield from _firmer_words(statement, cited)
    for sentence in cited.sentences:
        for at, token in enumerate(sentence):
            if token.word in SHARES | MOST:
                yield from _unshared(statement, cited, sentence, at)
            elif token.word in ROUGHLY:
                yield from _exact(statement, sentence, at)
            elif _says_how_often(sentence, at) or _is_help(sentence, at):
                yield from _unqualified(statement, cited, sentence, at)
            elif token.word in POSSIBILITY | OPEN and after(sentence, at) != "not":
                yield from _asserted(statement, cited, sentence, at)


def _firmer_words(statement: Tokens, cited: Cited) -> Iterator[Finding]:
    named = {FREQUENCY[s[at].word] for s, at in cited.places() if _says_how_often(s, at)}
    for at, token in enumerate(statement):
        if _says_how_often(statement, at) and FREQUENCY[token.word] not in named:
            yield Finding(token.text, "says how often, and no cited sentence does")
        if token.word in DUTIES and cited.words & ADVICE and not cited.words & DUTIES:
            yield Finding(token.text, "is firmer than what the cited sentence advises")
        if token.word == "will" and "will" not in cited.words and before(statement, at) not in _WHO_WILL:
            yield Finding(token.text, "makes certain what no cited sentence says will be")


def _says_how_often(tokens: Tokens, at: int) -> bool:
    """Whether the word says how often; "How often" over a column asks for it."""
    return tokens[at].word in FREQUENCY and before(tokens, at) != "how"


def _is_help(tokens: Tokens, at: int) -> bool:
    return tokens[at].word in HELP and after(tokens, at) == "to"


def _said(statement: Tokens, cited: Cited, sentence: Tokens, places: tuple[int, ...]) -> Iterator[int]:
    """Where the statement says a word that stands at ``places`` of the cited sentence.

    Not where it says it just as another, unhedged place of a cited sentence does: after the same word.
    """
    keys = {cited.key(sentence[place].word) for place in places}
    unhedged = {
        (_previous_key(other, at, cited), cited.key(other[at].word))
        for other, at in cited.places()
        if other is not sentence or at not in places
    }
    for at, token in enumerate(statement):
        for key in cited.keys(token.word) & keys:
            if (_previous_key(statement, at, cited), key) not in unhedged:
                yield at


def _previous_key(tokens: Tokens, at: int, cited: Cited) -> str:
    return cited.key(before(tokens, at))


def _unshared(statement: Tokens, cited: Cited, sentence: Tokens, hedge: int) -> Iterator[Finding]:
    """ "certain enzymes": not enzymes as such."""
    shared = {p for at, t in enumerate(statement) if t.word in SHARES for p in words_after(statement, at)}
    wide = (at for at, token in enumerate(statement) if token.word in MOST or _is_subject(statement, at))
    shared |= {place for at in wide for place in clause_after(statement, at)}
    of_people = after(sentence, hedge) in _SOME_OF_WHOM
    for at in _said(statement, cited, sentence, words_after(sentence, hedge)):
        hedged = of_people and _may_be_so_for_you(statement, at)
        asked = _is_supposed(statement, at) and _is_requested(statement, at)
        if at not in shared and not hedged and not asked:
            yield Finding(statement[at].text, f'stands under "{sentence[hedge].word}" in the cited sentence')


def _is_subject(tokens: Tokens, at: int) -> bool:
    """ "Some of your other medicines may work less": what opens a sentence is what the rest is said of."""
    return tokens[at].opens and tokens[at].word == "some"


def _may_be_so_for_you(statement: Tokens, at: int) -> bool:
    """ "You may feel dizzy", where some people do."""
    clauses = clause_numbers(statement)
    return any(
        clauses[place] == clauses[at] and statement[place].word in {"may", "might"} for place in range(at)
    )


def _exact(statement: Tokens, sentence: Tokens, hedge: int) -> Iterator[Finding]:
    """ "approx. 150 ml": the figure stays a rough one."""
    near = (token.word for token in sentence[hedge + 1 : hedge + 3])
    figure = next((word for word in near if word[0].isnumeric() or word in NUMBER_WORDS), "")
    for at, token in enumerate(statement):
        earlier = {other.word for other in statement[max(at - 3, 0) : at]}
        if token.word == figure and not earlier & ROUGHLY:
            yield Finding(token.text, f'stands under "{sentence[hedge].word}" in the cited sentence')


def _unqualified(statement: Tokens, cited: Cited, sentence: Tokens, hedge: int) -> Iterator[Finding]:
    """ "typically taken", "helps to slow": the same clause says so before the word."""
    often = sentence[hedge].word in FREQUENCY
    places = tuple(p for p in clause_after(sentence, hedge) if is_significant(sentence[p].word) or often)
    clauses = clause_numbers(statement)
    for at in _said(statement, cited, sentence, places if often else places[:3]):
        earlier = [p for p in range(at) if clauses[p] == clauses[at]]
        if not any(
            statement[p].word in (FREQUENCY if often else HELP) or is_possibility(statement, p)
            for p in earlier
        ) and not _is_supposed(statement, at):
            yield Finding(statement[at].text, f'stands under "{sentence[hedge].word}" in the cited sentence')


def _is_supposed(statement: Tokens, at: int) -> bool:
    """Whether the word stands under an "if": "if you have questions, …" says of none how often it is."""
    for place in range(at - 1, -1, -1):
        if statement[place].word in CONDITIONS:
            return True
        if not statement[place].is_word:
            return False
    return False


def _asserted(statement: Tokens, cited: Cited, sentence: Tokens, hedge: int) -> Iterator[Finding]:
    """ "may interact": the verb stays under a hedge of its own, and what follows it in a hedged clause."""
    places = clause_after(sentence, hedge)
    for at in _said(statement, cited, sentence, places):
        word = statement[at].word
        if cited.key(sentence[places[0]].word) in cited.keys(word):
            fits = hedges_verb(statement, at)
        elif word in PLAIN and word not in MEDICINES:
            continue
        else:
            fits = hedges_thing(statement, at) or _only_asked_about(statement, at, cited, sentence, places)
        if not fits:
            yield Finding(statement[at].text, f'stands under "{sentence[hedge].word}" in the cited sentence')


def _only_asked_about(
    statement: Tokens, at: int, cited: Cited, sentence: Tokens, places: tuple[int, ...]
) -> bool:
    """A request claims nothing of a plain word, or of one that is also cited without a hedge."""
    if not _is_requested(statement, at):
        return False
    keys = cited.keys(statement[at].word)
    return statement[at].word in MEDICINES or any(
        cited.key(other[place].word) in keys
        for other, place in cited.places()
        if other is not sentence or place not in places
    )


def _is_requested(tokens: Tokens, at: int) -> bool:
    """Whether the service asks for something in this sentence: "tell your nurse if …"."""
    return any(token.word in REQUESTS for token in _sentence_around(tokens, at))


def _sentence_around(tokens: Tokens, at: int) -> Tokens:
    first = max((place for place in range(at + 1) if tokens[place].opens), default=0)
    last = next((place for place in range(at + 1, len(tokens)) if tokens[place].opens), len(tokens))
    return tokens[first:last]
