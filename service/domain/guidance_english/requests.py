"""Rule 6 of the guidance check: a statement asks for nothing that its sentences do not ask for.

English has no mark on an imperative, so the rule is turned around: a word that could be a verb must stand
where it is no instruction: after its subject, where it is a noun, or as the cited sentence has it.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from service.domain.guidance_english.scope import after, before, words_after
from service.domain.guidance_english.stand_ins import STAND_INS
from service.domain.guidance_english.turning_words import ORDER
from service.domain.guidance_english.turns import evaluated_keys
from service.domain.guidance_english.verbs import BETWEEN, OBJECTS, CitedVerbs, is_bare
from service.domain.guidance_english.words import (
    ACT_VERBS,
    ADVERBS,
    BE,
    CONDITIONS,
    CONJUNCTIONS,
    DETERMINERS,
    EVALUATIONS,
    FUNCTION,
    HELP,
    KEPT,
    MODALS,
    NEEDED,
    OBLIGATIONS,
    PEOPLE,
    POSSIBILITY,
    PREPOSITIONS,
    REQUESTS,
    STATE_VERBS,
    SUBJECTS,
)
from service.domain.guidance_words import Cited, Finding, Tokens, words

_RELATIVES = words("that which who what whatever")
_OPENED_BY = {"do": SUBJECTS | {"your"}, "have": SUBJECTS | {"your"}, "be": {"sure"}, "make": {"sure"}}
"""Questions ("Do you take …?") and "make sure", after which the verb that matters comes."""
_KEEP_BETWEEN = DETERMINERS | words("up regular follow-up own")


def requested(statement: Tokens, cited: Cited) -> Iterator[Finding]:
    """Every verb that asks or allows something that neither the service nor a cited sentence asks for."""
    rule = _Requests(statement, cited, CitedVerbs(cited))
    for at, token in enumerate(statement):
        if token.is_word and (detail := rule.refuses(at)):
            yield Finding(token.text, detail)


@dataclass(frozen=True)
class _Requests:
    """One statement beside its sentences."""

    tokens: Tokens
    cited: Cited
    verbs: CitedVerbs

    def refuses(self, at: int) -> str:
        """Why the word at ``at`` is an instruction of its own; empty when it is none."""
        word = self.tokens[at].word
        if word in {"not", "never"}:
            return ""
        if word in {"sure", *REQUESTS}:
            return self._misused_request(at)
        if word in PEOPLE or word in MODALS or after(self.tokens, at) in _OPENED_BY.get(word, ()):
            return ""
        if word in NEEDED - {"needed"} and after(self.tokens, at) not in {"to", "not"}:
            return "" if self._is_evaluated(at) else "says that it is needed, and no cited sentence does"
        return self._unasked(at)

    def _unasked(self, at: int) -> str:
        """The same for a word that is neither a request, a person nor a modal."""
        word = self.tokens[at].word
        governor = before(self.tokens, at, BETWEEN)
        if governor in MODALS:
            return self._after_modal(at, governor)
        if governor == "to" and before(self.tokens, at) != "have":
            return self._after_to(at)
        if self.verbs.is_act(word):
            return self._act(at)
        if self.verbs.could_be_bare_verb(word) and not self._licensed(at):
            return "asks for something that no cited sentence asks for"
        return ""

    def _misused_request(self, at: int) -> str:
        """To keep a medicine is to go on taking it; to ask for one is to want it."""
        verb = REQUESTS.get(self.tokens[at].word)
        rest = [token.word for token in self.tokens[at + 1 :]]
        if verb == "ask":
            end = next((n for n, other in enumerate(rest) if other in {".", ";", "about"}), len(rest))
            return "asks for a thing; it may ask only about one" if "for" in rest[:end] else ""
        if verb == "keep":
            kept = next((other for other in rest if other not in _KEEP_BETWEEN), "")
            cited = rest[:1] and self.verbs.is_asked_for("keep", rest[0])
            fits = cited or kept in KEPT | PEOPLE or (kept in REQUESTS and kept.endswith("ing"))
            return "" if fits else "asks to keep something other than a list, a visit or touch"
        if verb is None and rest[:1] and rest[0] not in {"to", "that", "you", "your"}:
            return "asks to make sure of something that is no request"
        return ""

    def _after_modal(self, at: int, modal: str) -> str:
        word = self.tokens[at].word
        place = self._last(at, modal)
        of_patient = before(self.tokens, place) in SUBJECTS
        if (
            of_patient
            and word in {"have", "get"}
            and not (self.cited.words & POSSIBILITY or self._is_evaluated(at))
        ):
            return f'"{modal}" allows or foretells it, and no cited sentence does'
        if word in FUNCTION or self.verbs.is_instructed(word):
            return ""
        own = of_patient and at == place + 1 and word not in STATE_VERBS and self.verbs.could_be_verb(word)
        if self.verbs.is_cited_after(word, {modal}, of_patient=own):
            return ""
        if modal in OBLIGATIONS:
            return f'"{modal}" makes an instruction of it that no cited sentence gives'
        if not (own or self.verbs.is_act(word)) or self._is_description(at, modal):
            return ""
        return f'"{modal}" allows or foretells it, and no cited sentence does'

    def _last(self, at: int, word: str) -> int:
        """Where ``word`` last stands before ``at``."""
        return next(place for place in range(at - 1, -1, -1) if self.tokens[place].word == word)

    def _is_evaluated(self, at: int) -> bool:
        """Whether a cited sentence calls needed what follows: "you need regular visits"."""
        following = words_after(self.tokens, at, limit=1)
        keys = evaluated_keys(self.cited)
        return any(self.cited.keys(self.tokens[place].word) & keys for place in following)

    def _is_description(self, at: int, modal: str) -> bool:
        """ "medicines you may be taking", "that you might use": what a patient does, not what is allowed."""
        if modal not in {"may", "might"}:
            return False
        place = self._last(at, modal)
        progressive = self.tokens[at].word.endswith("ing")
        subordinate = before(self.tokens, place) in SUBJECTS and not self._opens_clause(place - 1)
        return subordinate and (progressive or is_bare(self.tokens[at].word))

    def _after_to(self, at: int) -> str:
        word = self.tokens[at].word
        lead = before(self.tokens, self._last(at, "to"))
        obliged = lead in words("need needs have has are is ought")
        if self.verbs.is_instructed(word) or word == "know" or (word == "have" and self._is_evaluated(at)):
            return ""
        if not obliged and (
            self.verbs.is_cited_after(word, {"to", "and", "or"}, exact=True) or self.verbs.is_purpose(word)
        ):
            return ""
        if self.verbs.is_act(word) or word in STATE_VERBS - {"see"}:
            return '"to" makes an instruction of it that no cited sentence gives'
        stands_in = word in STAND_INS and word not in self.cited.words and lead not in EVALUATIONS
        harmless = word in FUNCTION or (
            not obliged and (stands_in or not self.verbs.could_be_bare_verb(word))
        )
        return "" if harmless else '"to" makes an instruction of it that no cited sentence gives'

    def _act(self, at: int) -> str:
        """What is done to a medicine is only ever described, by a clause that depends on another."""
        word = self.tokens[at].word
        previous = before(self.tokens, at, ADVERBS)
        if self.verbs.is_instructed(word) or self._is_noun(at, previous) or previous in ORDER:
            return ""
        if word.endswith("ing"):
            allowed = (
                self._is_progressive(at)
                or previous in {"patients", "people"}
                or self.verbs.is_cited_after(word, {previous})
            )
        elif is_bare(word):
            allowed = self._licensed(at)
        else:
            passive = before(self.tokens, at, ADVERBS | {"not", "been", "being"}) in BE
            dated = any(token.word in ORDER for token in self.tokens[max(0, at - 4) : at])
            allowed = not passive or dated or word in self.cited.words
        return "" if allowed else "tells the patient what to do with a medicine, and no cited sentence does"

    def _is_progressive(self, at: int) -> bool:
        """ "you are taking", where a clause before it is what the sentence is about."""
        place = at - 1
        while place >= 0 and self.tokens[place].word in (ADVERBS | BE | {"have", "has", "not"}):
            place -= 1
        helped = any(token.word in BE for token in self.tokens[max(place - 1, 0) : at])
        return (
            helped
            and place >= 0
            and self.tokens[place].word in SUBJECTS | _RELATIVES
            and not self._opens_clause(place)
        )

    def _is_noun(self, at: int, previous: str) -> bool:
        """ "the use of", "from start to finish": a determiner or preposition makes a noun of a bare word."""
        return is_bare(self.tokens[at].word) and previous in (DETERMINERS | PREPOSITIONS) - {
            "to",
            "that",
            "like",
        }

    def _licensed(self, at: int) -> bool:
        """Whether a bare verb stands where it is no instruction."""
        word = self.tokens[at].word
        previous = before(self.tokens, at, ADVERBS)
        if self.verbs.is_instructed(word):
            return True
        if previous in SUBJECTS:
            return self._subject_depends(at, word)
        if previous in _RELATIVES or previous in DETERMINERS | (PREPOSITIONS - {"to"}):
            return True
        if previous in CONJUNCTIONS | {"", ","} or not previous[:1].isalnum():
            return self._continues(at, previous)
        if self.verbs.is_act(word):
            return False
        governed = previous.endswith("s") or previous in PEOPLE | HELP
        return governed or self.verbs.is_nominal(word) or self.verbs.is_singular(word)

    def _subject_depends(self, at: int, word: str) -> bool:
        """ "what you take" describes; "you take" by itself and "it is important that you take" instruct."""
        place = next(n for n in range(at - 1, -1, -1) if self.tokens[n].word in SUBJECTS)
        lead = before(self.tokens, place)
        if lead in EVALUATIONS or (lead == "that" and before(self.tokens, place - 1) in EVALUATIONS):
            return False
        if not self._opens_clause(place):
            return True
        # "You decide" where the sentence says that the provider does puts the patient in another's place.
        known = word in STATE_VERBS or self.verbs.is_cited_after(word, set(SUBJECTS))
        return known and not self.verbs.is_act(word)

    def _continues(self, at: int, previous: str) -> bool:
        """Whether a word after a comma or conjunction goes on with a list or a licensed verb."""
        word = self.tokens[at].word
        if previous in {"and", "or"} and self._shares_governor(at):
            return True
        if self.verbs.is_act(word) or word in STATE_VERBS or after(self.tokens, at) in OBJECTS:
            return False
        return self.verbs.is_nominal(word) or (
            self.verbs.is_singular(word) and previous != "" and self._in_list(at)
        )

    def _shares_governor(self, at: int) -> bool:
        """ "if you take … or use …", "you take or use", "to assess … and manage" where it is cited so."""
        earlier = self.tokens[: at - 1]
        start = max((n for n, token in enumerate(earlier) if token.opens), default=0)
        segment = [token.word for token in earlier[start:]]
        if segment[:1] and segment[0] in CONDITIONS and "," not in segment:
            return True
        if len(segment) > 1 and is_bare(segment[-1]) and segment[-2] in SUBJECTS | MODALS | {"to"}:
            return not self.refuses(at - 2)
        word = self.tokens[at].word
        governed = bool({"to", *MODALS, *HELP} & set(segment))
        return governed and (
            self.verbs.is_cited_after(word, {"and", "or"}, exact=True) or self.verbs.is_purpose(word)
        )

    def _in_list(self, at: int) -> bool:
        """Whether the words before it are a list of things: "any medicine, drug or supplement"."""
        for token in reversed(self.tokens[:at]):
            if token.word in PEOPLE:
                return False
            if token.word in DETERMINERS | PREPOSITIONS:
                return True
        return False

    def _opens_clause(self, at: int) -> bool:
        previous = before(self.tokens, at)
        return previous in CONJUNCTIONS | {""} or not previous[:1].isalnum()


def requested_by_shape(statement: Tokens) -> Iterator[Finding]:
    """What is an instruction whatever the document says about it: "take", "stop", "should use"."""
    for at, token in enumerate(statement):
        previous = before(statement, at, ADVERBS | {"not", "be"})
        opens = previous in CONJUNCTIONS | {"", "do", ","} or not previous[:1].isalnum()
        if token.word in ACT_VERBS | {"avoid"} and (opens or previous in OBLIGATIONS):
            yield Finding(token.text, "is an instruction, and without the document no sentence can allow it")
