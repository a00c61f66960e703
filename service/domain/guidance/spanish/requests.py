"""Rule 6 of the guidance check for Spanish: a statement asks for nothing that its sentences do not ask for.

A word with a verb's ending must stand where it is no instruction: as a thing, under "que" or "si", or as a
cited sentence has it. One that nothing stands before asks for something, and a cited sentence has to ask so.
"""

from collections.abc import Iterator

from service.domain.guidance.spanish.asking import HAS_TO, is_asked_for
from service.domain.guidance.spanish.described import Described
from service.domain.guidance.spanish.forms import (
    could_be_verb,
    is_infinitive,
    looks_imperative,
)
from service.domain.guidance.spanish.scope import (
    clause_numbers,
    is_joined,
    is_mark,
    is_named,
    is_negated,
    is_significant,
    lead_of,
    opens_clause,
    previous,
)
from service.domain.guidance.spanish.stand_ins import STAND_INS
from service.domain.guidance.spanish.turning_words import AVOIDANCE, ORDER, SAFETY, TURNING, WHOLES
from service.domain.guidance.spanish.words import (
    ADVERBS,
    CONJUNCTIONS,
    DETERMINERS,
    EVALUATIONS,
    FREQUENCY,
    KEEPING,
    KEPT,
    MEDICINES,
    OBLIGATIONS,
    POSSIBILITY,
    POSSIBILITY_VERBS,
    REQUESTS,
    SUBORDINATORS,
)
from service.domain.guidance.word_lists import words
from service.domain.guidance.words import Cited, Finding, Tokens

_NO_VERBS = (
    POSSIBILITY | OBLIGATIONS | EVALUATIONS | ADVERBS | frozenset(FREQUENCY) | (TURNING - AVOIDANCE - SAFETY)
)
_SHOWING = words("mostrar enseñar traer incluir")
_OBJECTS = {
    "hacer": KEPT | {"preguntas"},
    **dict.fromkeys(KEEPING, KEPT),
    **dict.fromkeys(_SHOWING, KEPT | MEDICINES),
}
_PURPOSE = frozenset({"para", "sin", "al", "de", "hasta"})


def requested(statement: Tokens, cited: Cited) -> Iterator[Finding]:
    """Every verb that asks or allows something that neither the service nor a cited sentence asks for."""
    rule = _Requests(statement, cited)
    for at, token in enumerate(statement):
        if token.is_word and (detail := rule.refuses(at)):
            yield Finding(token.text, detail)


class _Requests(Described):
    """One statement beside its sentences, asked word by word."""

    def refuses(self, at: int) -> str:
        """Why the word at ``at`` is an instruction of its own; empty when it is none."""
        word = self.tokens[at].word
        if self._obliges(at):
            return self._obliged(at)
        if word in POSSIBILITY_VERBS and opens_clause(self.tokens, at):
            return self._allowed(at)
        if word in _NO_VERBS or not self._could_be_verb(at) or self._is_instructed(word):
            return ""
        if word in REQUESTS and (opens_clause(self.tokens, at) or is_infinitive(word)):
            return self._misused_request(at)
        return self._infinitive(at) if is_infinitive(word) else self._finite(at)

    def _could_be_verb(self, at: int) -> bool:
        """ "No uses": after a negation the familiar form asks, too."""
        familiar = self.tokens[at].word.endswith(("as", "es")) and is_negated(self.tokens, at)
        return familiar or could_be_verb(self.tokens[at])

    def _obliges(self, at: int) -> bool:
        word = self.tokens[at].word
        return word in OBLIGATIONS or (word == "que" and previous(self.tokens, at) in HAS_TO)

    def _obliged(self, at: int) -> str:
        following = next((token.word for token in self.tokens[at + 1 :] if is_significant(token.word)), "")
        asked = following in REQUESTS or (is_infinitive(following) and self._is_instructed(following))
        return "" if asked else "makes an instruction that no cited sentence gives"

    def _allowed(self, at: int) -> str:
        """ "Puede tomar …" by itself allows it to the patient, unless the cited sentence opens so."""
        stood = any(
            sentence[place].word in POSSIBILITY_VERBS
            and opens_clause(sentence, place)
            and self.next_key(sentence, place) == self.next_key(self.tokens, at)
            for sentence, place in self.cited.places()
        )
        return "" if stood else "allows it, and no cited sentence does"

    def _misused_request(self, at: int) -> str:
        """To keep a medicine is to go on taking it, and what is made or shown may be anything."""
        verb = REQUESTS[self.tokens[at].word]
        fitting = _OBJECTS.get(verb)
        following = [token.word for token in self.tokens[at + 1 :]]
        if fitting is None or (following and is_joined(following[0]) and verb not in KEEPING):
            return ""
        if verb not in _SHOWING:
            following = [word for word in following if is_significant(word)][:1]
        end = next((n for n, word in enumerate(following) if is_mark(word)), len(following))
        fits = any(word in fitting for word in following[:end])
        return "" if fits else "asks for something other than a list, a note, a visit or medicines"

    def _is_instructed(self, word: str) -> bool:
        """Whether a cited sentence asks for it, in the same form or in one that "debe" may stand before."""
        return any(
            self.cited.key(sentence[at].word) in self.cited.keys(word)
            and is_asked_for(sentence, at)
            and (sentence[at].word == word or is_infinitive(word) or word in STAND_INS)
            for sentence, at in self.cited.places()
        )

    def _infinitive(self, at: int) -> str:
        word = self.tokens[at].word
        lead = lead_of(self.tokens, at)
        refused = "makes an instruction of it that no cited sentence gives"
        if lead in POSSIBILITY_VERBS | frozenset(FREQUENCY):
            cited = self.is_cited_after(word, POSSIBILITY_VERBS | frozenset(FREQUENCY))
            return "" if cited or not self.is_act(word) else "is allowed, and no cited sentence allows it"
        if lead in OBLIGATIONS or (lead == "que" and self._is_instructed(word)):
            return ""
        if lead == "de" and self.tokens[at - 2].word in ORDER:
            return ""
        if lead in _PURPOSE:
            purposeful = not self.is_act(word) or self.is_cited_after(word, {lead}, exact=True)
            return "" if purposeful else refused
        return "" if self.is_cited_after(word, {lead}, exact=True) else refused

    def _finite(self, at: int) -> str:
        word = self.tokens[at].word
        if is_named(self.tokens, at):
            return "" if self.is_cited_thing(word) else "is a thing here and none in the cited sentence"
        if self.is_question(at) or self.is_used_for(at):
            return ""
        if opens_clause(self.tokens, at):
            fits = self.is_cited_opening(word) or (self._goes_on(at) and self.is_listed(word))
            return "" if fits else "asks for something that no cited sentence asks for"
        if self._is_dependent(at):
            return ""
        if word not in self.cited.words or self.is_act(word):
            stood = self.is_cited_after(word, {lead_of(self.tokens, at)}, exact=True)
            return "" if stood else "says that somebody does it, and no cited sentence says so"
        return ""

    def _goes_on(self, at: int) -> bool:
        return lead_of(self.tokens, at) in CONJUNCTIONS | {","}

    def _is_dependent(self, at: int) -> bool:
        """ "que toma", "si tiene", "cuánto dura"; not what is important or has to be."""
        clauses = clause_numbers(self.tokens)
        for place in range(at - 1, -1, -1):
            if clauses[place] != clauses[at] and self.tokens[place + 1].word not in SUBORDINATORS:
                return False
            word = self.tokens[place].word
            if word in SUBORDINATORS:
                return word != "que" or self._describes(place, at)
            if word in CONJUNCTIONS | {","}:
                return False
        return False

    def _describes(self, that: int, at: int) -> bool:
        """Whether "que" adds something to a thing: "todas las que use"; not "que use", "diga que use"."""
        before = lead_of(self.tokens, that)
        if before in EVALUATIONS | CONJUNCTIONS | {"", "para", "de"} or is_mark(before):
            return False
        word = self.tokens[at].word
        if before == "posible":
            return self.is_cited_after(word, POSSIBILITY_VERBS)
        whole = before in DETERMINERS or any(token.word in WHOLES for token in self.tokens[:that])
        return whole or not (self.is_act(word) and looks_imperative(word))
