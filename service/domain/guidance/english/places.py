"""Whether a word that turns a meaning stands before what it stands before in a cited sentence."""

from collections.abc import Collection, Iterator

from service.domain.guidance.english.negations import light_after
from service.domain.guidance.english.scope import after, before, is_significant, words_after
from service.domain.guidance.english.turning_words import (
    AVOIDANCE,
    NEGATORS,
    NOT_CLASS,
    ONLY,
    ORDER,
    SHARES,
    WHOLES,
)
from service.domain.guidance.english.words import BE, PLAIN, PREPOSITIONS, STATE_VERBS, SUBJECTS
from service.domain.guidance.word_lists import words
from service.domain.guidance.words import Cited, Tokens

_REACH = 3
"""How many significant words a turn is taken to reach."""
_MEANT = words("it them one this that")
_EVERY = words("every all everyone everybody")


def stands_where_it_stood(statement: Tokens, at: int, cited: Cited, like: Collection[str]) -> bool:
    """Whether the next significant word is one that follows a word of its class in a cited sentence."""
    word = statement[at].word
    if not (word in NEGATORS or word in AVOIDANCE or word in SHARES or word in ORDER or word in ONLY):
        return True
    if word == "once" and before(statement, at) == "at":
        return cited.adjoin(("at", "once"))
    # "before starting treatment" is not "before starting soaps": after these the second word counts too.
    following = _after_feeling(statement, _governed(statement, at, limit=2 if word in ORDER else 1))
    places = [(sentence, place) for sentence, place in _all_places(cited) if _is_like(sentence, place, like)]
    if word in NOT_CLASS and _lost_every(statement, at, places):
        return False
    if not following:
        return any(not _governed(sentence, place) for sentence, place in places)
    reach = 1 if word in ONLY else _REACH
    stood = _stood_under(cited, places, reach, phrase=word in NEGATORS or word in AVOIDANCE)
    counted = [place for place in following if place == following[0] or statement[place].word not in PLAIN]
    if all(cited.keys(statement[place].word) & stood for place in counted):
        return True
    return any(_names_what_is_meant(statement, at, sentence, place, cited) for sentence, place in places)


def _after_feeling(tokens: Tokens, places: tuple[int, ...]) -> tuple[int, ...]:
    """ "When you notice flakes" speaks of the flakes."""
    return tuple(place for place in places if tokens[place].word not in STATE_VERBS) or places


def _is_like(tokens: Tokens, at: int, like: Collection[str]) -> bool:
    """Whether a word of the class stands there; ":" and "|" only where they close a label."""
    word = tokens[at].word
    return word in like and (word not in {":", "|"} or all(token.word != word for token in tokens[:at]))


def _all_places(cited: Cited) -> Iterator[tuple[Tokens, int]]:
    return ((sentence, at) for sentence in cited.sentences for at in range(len(sentence)))


def _names_what_is_meant(statement: Tokens, at: int, sentence: Tokens, place: int, cited: Cited) -> bool:
    """ "Do not use the pen", where the sentence says "do not use it" or "it must not be used"."""
    if sentence[place].word in ORDER or sentence[place].word in SHARES:
        return _stands_for_another(sentence, place)
    if statement[at].word in NOT_CLASS and after(statement, at) in _EVERY:
        return any(token.word in _EVERY for token in sentence[place:])
    if sentence[place].word == "no" and after(statement, at) not in PREPOSITIONS:
        return _is_none_of(
            statement, at, {cited.key(sentence[n].word) for n in _governed(sentence, place)}, cited
        )
    if sentence[place].word == statement[at].word == "none":
        return after(statement, at) in PREPOSITIONS and not _governed(sentence, place)
    return _is_same_act(statement, at, sentence, place, cited)


def _is_same_act(statement: Tokens, at: int, sentence: Tokens, place: int, cited: Cited) -> bool:
    """Whether "take" or "use" is negated in both, of what the sentence calls "it" or of the same thing."""
    here, there = light_after(statement, at)[:1], light_after(sentence, place)[:1]
    if not here or not there or cited.key(statement[here[0]].word) != cited.key(sentence[there[0]].word):
        return False
    if after(sentence, there[0]) in _MEANT:
        return True
    undergoing = _undergoing(sentence, place, there[0])
    named = _undergoing(statement, at, here[0]) or words_after(statement, here[0], limit=1)
    keys = {cited.key(sentence[n].word) for n in undergoing}
    return any(cited.keys(statement[n].word) & keys for n in named)


def _undergoing(tokens: Tokens, negator: int, verb: int) -> tuple[int, ...]:
    """What a negated passive is said of: the words before it, where a "be" follows the "not"."""
    if not any(token.word in BE for token in tokens[negator:verb]):
        return ()
    start = max((place for place in range(negator + 1) if tokens[place].opens), default=0)
    return tuple(place for place in range(start, negator) if is_significant(tokens[place].word))


def _lost_every(statement: Tokens, at: int, places: list[tuple[Tokens, int]]) -> bool:
    """ "It does not work", where it does not work in every patient."""
    kept = any(token.word in _EVERY for token in statement[at:])
    return not kept and all(any(t.word in _EVERY for t in s[place:]) for s, place in places)


def _stands_for_another(tokens: Tokens, at: int) -> bool:
    """Whether a pronoun, or nothing, follows where a statement names the thing: "after that", "some are"."""
    rest = [token.word for token in tokens[at + 1 : at + 4]]
    if rest[:1] == ["of"]:
        return rest[1:2] != [] and rest[1] in _MEANT | {"these", "those"}
    if rest[:1] and rest[0] in SUBJECTS and rest[-1] in _MEANT:
        return True
    if tokens[at].word in SHARES:
        return bool(rest[:1]) and rest[0] in BE | STATE_VERBS
    return rest[:1] == ["that"] and (len(rest) == 1 or rest[1] in SUBJECTS or not rest[1][0].isalnum())


def _is_none_of(statement: Tokens, at: int, keys: set[str], cited: Cited) -> bool:
    """ "You may not notice any change", "it does not need care", where the sentence has "no"."""
    following = [place for place in words_after(statement, at) if statement[place].word != "any"]
    return any(cited.keys(statement[place].word) & keys for place in following[:2])


def _stood_under(cited: Cited, places: list[tuple[Tokens, int]], reach: int, *, phrase: bool) -> set[str]:
    """The keys of what the cited sentences say there, or before a colon; "everybody" is "everyone"."""
    found = {
        sentence[at].word
        for sentence, place in places
        for at in (
            range(place)
            if sentence[place].text in {":", "|"}
            else _governed(sentence, place, reach, phrase=phrase)
        )
    }
    return {cited.key(word) for word in (found | WHOLES if found & WHOLES else found)}


def _governed(tokens: Tokens, at: int, limit: int = _REACH, *, phrase: bool = False) -> tuple[int, ...]:
    """Where the significant words after ``at`` stand; where there is only a light one, that: "before use"."""
    return words_after(tokens, at, limit, phrase=phrase) or light_after(tokens, at)
