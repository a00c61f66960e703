"""What a Spanish statement describes and does not ask for, beside what the cited sentences have."""

from dataclasses import dataclass

from service.domain.guidance.spanish.forms import differ_in_number_or_gender
from service.domain.guidance.spanish.scope import is_named, is_significant, lead_of, opens_clause, previous
from service.domain.guidance.spanish.words import ACT_VERBS, NOUNS
from service.domain.guidance.words import Cited, Tokens


@dataclass(frozen=True)
class Described:
    """One statement beside its sentences; ``at`` is always the place of a word of the statement."""

    tokens: Tokens
    cited: Cited

    def next_key(self, tokens: Tokens, at: int) -> str:
        """The key of the next word that says something; empty at the end."""
        following = (token.word for token in tokens[at + 1 :] if is_significant(token.word))
        return self.cited.key(next(following, ""))

    def is_question(self, at: int) -> bool:
        """ "¿Quiere más información?" asks and tells nobody to do anything."""
        return at > 0 and self.tokens[at - 1].text == "¿"

    def is_used_for(self, at: int) -> bool:
        """ "Se usa para la tos", where a cited sentence has "para la tos" too."""
        if self.tokens[at].word not in {"usa", "usan"} or previous(self.tokens, at) != "se":
            return False
        purposes = {self.next_key(s, place) for s, place in self.cited.places() if s[place].word == "para"}
        return [token.word for token in self.tokens[at + 1 : at + 2]] == ["para"] and (
            self.next_key(self.tokens, at + 1) in purposes
        )

    def is_act(self, word: str) -> bool:
        """Whether it is something that is done to a medicine."""
        return bool(self.cited.keys(word) & {self.cited.key(verb) for verb in ACT_VERBS})

    def is_cited_after(self, word: str, leads: frozenset[str] | set[str], *, exact: bool = False) -> bool:
        """Whether a cited sentence has the word, or in ``exact`` this form of it, led in by one of these."""
        return any(
            lead_of(sentence, at) in leads
            and (
                sentence[at].word == word
                if exact
                else self.cited.key(sentence[at].word) == self.cited.key(word)
            )
            for sentence, at in self.cited.places()
        )

    def is_cited_thing(self, word: str) -> bool:
        """Whether a cited sentence has the word, or the thing in another number or gender."""
        return word in NOUNS or any(
            differ_in_number_or_gender(word, cited) for cited in self.cited.forms(word)
        )

    def is_cited_opening(self, word: str) -> bool:
        """Whether a cited sentence opens a clause with the word."""
        return any(
            sentence[at].word == word and opens_clause(sentence, at) for sentence, at in self.cited.places()
        )

    def is_listed(self, word: str) -> bool:
        """Whether a cited sentence has the word as a thing, so that "y" before it goes on with a list."""
        return any(
            sentence[at].word == word and is_named(sentence, at) for sentence, at in self.cited.places()
        )
