"""What is described and not asked for: acts, needs and lists, beside the cited sentences."""

from dataclasses import dataclass

from service.domain.guidance.english.asked import is_bare
from service.domain.guidance.english.evaluations import evaluated_keys
from service.domain.guidance.english.scope import after, before, clause_after, words_after
from service.domain.guidance.english.turning_words import WHOLES
from service.domain.guidance.english.verbs import CitedVerbs
from service.domain.guidance.english.words import (
    ADVERBS,
    BE,
    CALLED_TO,
    CONJUNCTIONS,
    DETERMINERS,
    EVALUATIONS,
    FUNCTION,
    NEEDED,
    PEOPLE,
    PREPOSITIONS,
    STATE_VERBS,
    SUBJECTS,
)
from service.domain.guidance.word_lists import words
from service.domain.guidance.words import Cited, Tokens

RELATIVES = words("that which who what whatever")


@dataclass(frozen=True)
class Described:
    """One statement beside its sentences; ``at`` is always the place of a word of the statement."""

    tokens: Tokens
    cited: Cited
    verbs: CitedVerbs

    def in_list(self, at: int) -> bool:
        """Whether the words before it are a list of things: "any medicine, drug or supplement"."""
        for token in reversed(self.tokens[:at]):
            if token.word in PEOPLE:
                return False
            if token.word in DETERMINERS | PREPOSITIONS:
                return True
        return False

    def opens_clause(self, at: int) -> bool:
        """Whether nothing that goes on stands before it."""
        previous = before(self.tokens, at)
        return previous in CONJUNCTIONS | {""} or not previous[:1].isalnum()

    def last(self, at: int, word: str) -> int:
        """Where ``word`` last stands before ``at``."""
        return next(place for place in range(at - 1, -1, -1) if self.tokens[place].word == word)

    def is_description(self, at: int, modal: str) -> bool:
        """ "medicines you may be taking", "that you might use": what a patient does, not what is allowed."""
        if modal not in {"may", "might"}:
            return False
        place = self.last(at, modal)
        progressive = self.tokens[at].word.endswith("ing")
        subordinate = before(self.tokens, place) in SUBJECTS and not self.opens_clause(place - 1)
        return subordinate and (progressive or is_bare(self.tokens[at].word))

    def is_forbidden(self, at: int) -> bool:
        """ "Do not take a double dose", where the sentence says no of the doubling and not of the taking."""
        if self.tokens[at].word not in {"take", "use"} or before(self.tokens, at) not in {"not", "never"}:
            return False
        denied = {
            self.cited.key(sentence[place].word)
            for sentence, negator in self.cited.places()
            if sentence[negator].word in {"not", "never"}
            for place in words_after(sentence, negator, limit=1)
        }
        following = words_after(self.tokens, at, limit=1)
        return any(self.cited.keys(self.tokens[place].word) & denied for place in following)

    def is_dosed(self, at: int) -> bool:
        """ "Use 1 pen every 2 weeks", where an item says "After that: 1 pen every 2 weeks".

        Not so in the cells of a table, where it may be the number of another column.
        """
        if self.tokens[at].word not in {"take", "use"} or before(self.tokens, at, ADVERBS) == "not":
            return False
        dose = [token.word for token in self.tokens[at + 1 : at + 4]]
        return any(
            [token.word for token in sentence[place : place + 3]] == dose and sentence[place - 1].text == ":"
            for sentence, place in self.cited.places()
            if place > 0 and sentence[place].word[0].isnumeric()
        )

    def is_done_by_another(self, at: int) -> bool:
        """ "The dose is changed only by the clinic": by the one whom a cited sentence names so."""
        agents = (n for n in clause_after(self.tokens, at) if before(self.tokens, n, DETERMINERS) == "by")
        word = self.tokens[at].word
        return any(self.verbs.is_cited_after(word, {self.tokens[n].word}) for n in agents)

    def is_progressive(self, at: int) -> bool:
        """ "you are taking", where a clause before it is what the sentence is about."""
        place = at - 1
        while place >= 0 and self.tokens[place].word in (ADVERBS | BE | {"have", "has", "not"}):
            place -= 1
        helped = any(token.word in BE for token in self.tokens[max(place - 1, 0) : at])
        return (
            helped
            and place >= 0
            and self.tokens[place].word in SUBJECTS | RELATIVES
            and not self.opens_clause(place)
        )

    def is_noun(self, at: int, previous: str) -> bool:
        """ "the use of", "from start to finish": a determiner or preposition makes a noun of a bare word."""
        return is_bare(self.tokens[at].word) and previous in (DETERMINERS | PREPOSITIONS) - {
            "to",
            "that",
            "like",
        }

    def is_evaluated(self, at: int) -> bool:
        """Whether a cited sentence calls needed what follows: "you need regular visits"."""
        following = words_after(self.tokens, at, limit=1)
        keys = evaluated_keys(self.cited)
        return any(self.cited.keys(self.tokens[place].word) & keys for place in following)

    def is_cited_together(self, at: int, previous: str) -> bool:
        """ "upper arm", "sneeze diary": side by side with the same word as in a cited sentence."""
        word = self.tokens[at].word
        free = previous in FUNCTION or not previous[:1].isalpha() or self.verbs.is_act(word)
        return not free and self.cited.adjoin((previous, word))

    def is_needed_so(self, at: int) -> bool:
        """Whether a cited sentence says of the same thing, or by the same one, that it is needed."""
        cited = [(s, place) for s, place in self.cited.places() if s[place].word in NEEDED]
        needing, subject = before(self.tokens, at), self.cited.key(before(self.tokens, at))
        if any(
            subject == self.cited.key(before(s, place)) and needing not in SUBJECTS | {""}
            for s, place in cited
        ):
            return True
        if after(self.tokens, at) in {"it", "this", "that"}:
            return bool(cited) and needing in SUBJECTS | WHOLES
        here = {
            key for n in words_after(self.tokens, at, limit=1) for key in self.cited.keys(self.tokens[n].word)
        }
        return any(
            self.cited.key(s[n].word) in here for s, place in cited for n in words_after(s, place, limit=2)
        )

    def is_called_to(self, at: int) -> bool:
        """ "You will have a blood test": what a clinic does with a patient at times that a sentence names."""
        following = {self.tokens[place].word for place in words_after(self.tokens, at)}
        return any(word in CALLED_TO and self.cited.forms(word) for word in following)

    def subject_depends(self, at: int, word: str) -> bool:
        """ "what you take" describes; "you take" by itself and "it is important that you take" instruct."""
        place = next(n for n in range(at - 1, -1, -1) if self.tokens[n].word in SUBJECTS)
        lead = before(self.tokens, place)
        if lead in EVALUATIONS or (lead == "that" and before(self.tokens, place - 1) in EVALUATIONS):
            return False
        if not self.opens_clause(place):
            return True
        # "You decide" where the sentence says that the provider does puts the patient in another's place.
        known = word in STATE_VERBS or self.verbs.is_cited_after(word, set(SUBJECTS))
        return known and not self.verbs.is_act(word)
