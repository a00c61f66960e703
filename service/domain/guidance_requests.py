"""Rule 6 of the guidance check: a statement asks for nothing that its sentences do not ask for.

English has no mark on an imperative, so the rule is turned around: a word that could be a verb must stand
where it is no instruction (after its subject, after a word it is a noun with, or as the cited sentence has it).
"""

from collections.abc import Iterator
from dataclasses import dataclass

from service.domain.guidance_scope import Tokens
from service.domain.guidance_words import Cited, Finding, after, before
from service.domain.plain_words import (
    ACT_VERBS,
    ADVERBS,
    BE,
    CONDITIONS,
    CONJUNCTIONS,
    DETERMINERS,
    EVALUATIONS,
    FUNCTION,
    KEPT,
    MODALS,
    OBLIGATIONS,
    ORDER,
    PEOPLE,
    PLAIN,
    PREPOSITIONS,
    REQUESTS,
    STAND_INS,
    STATE_VERBS,
    SUBJECTS,
    words,
)

_BETWEEN = ADVERBS | BE | {"not", "have"}
_RELATIVES = words("that which who what whatever")
_NOUN_ENDINGS = ("ment", "ments", "tion", "sion", "ness", "ity")
_OPENED_BY = {"do": SUBJECTS | {"your"}, "have": SUBJECTS | {"your"}, "be": {"sure"}, "make": {"sure"}}
"""Questions ("Do you take …?") and "make sure", after which the verb that matters comes."""
_KEEP_BETWEEN = DETERMINERS | words("up regular follow-up own")


def requested(statement: Tokens, cited: Cited) -> Iterator[Finding]:
    """Every verb that asks or allows something that neither the service nor a cited sentence asks for."""
    rule = _Requests(statement, cited)
    for at, token in enumerate(statement):
        if token.is_word and (detail := rule.refuses(at)):
            yield Finding(token.text, detail)


@dataclass(frozen=True)
class _Requests:
    """One statement beside its sentences."""

    tokens: Tokens
    cited: Cited

    def refuses(self, at: int) -> str:
        """Why the word at ``at`` is an instruction of its own; empty when it is none."""
        word = self.tokens[at].word
        if word in REQUESTS and REQUESTS[word] in {"keep", "ask"}:
            return self._misused_request(at)
        following = after(self.tokens, at)
        if word in REQUESTS or word in PEOPLE or word in MODALS or following in _OPENED_BY.get(word, ()):
            return ""
        governor = before(self.tokens, at, _BETWEEN)
        if governor in MODALS:
            return self._after_modal(at, governor)
        if governor == "to":
            return self._after_to(at)
        if self._is_act(word):
            return self._act(at)
        if _is_bare(word) and self._could_be_verb(word) and not self._licensed(at):
            return "asks for something that no cited sentence asks for"
        return ""

    def _misused_request(self, at: int) -> str:
        """To keep a medicine is to go on taking it; to ask for one is to want it."""
        word = self.tokens[at].word
        rest = [token.word for token in self.tokens[at + 1 :]]
        if REQUESTS[word] == "ask":
            end = next((n for n, other in enumerate(rest) if other in {".", ";", "about"}), len(rest))
            return "asks for a thing; it may ask only about one" if "for" in rest[:end] else ""
        kept = next((other for other in rest if other not in _KEEP_BETWEEN), "")
        return "" if kept in KEPT | PEOPLE else "asks to keep something other than a list, a visit or touch"

    def _after_modal(self, at: int, modal: str) -> str:
        word = self.tokens[at].word
        if word in FUNCTION or self._is_instructed(word) or self._cited_after(word, {modal}):
            return ""
        if modal in OBLIGATIONS:
            return f'"{modal}" makes an instruction of it that no cited sentence gives'
        if not self._is_act(word) or self._is_description(at, modal):
            return ""
        return f'"{modal}" allows or foretells it, and no cited sentence does'

    def _is_description(self, at: int, modal: str) -> bool:
        """ "medicines you may be taking", "that you might use": what a patient does, not what is allowed."""
        if modal not in {"may", "might"}:
            return False
        place = next(n for n in range(at - 1, -1, -1) if self.tokens[n].word == modal)
        progressive = self.tokens[at].word.endswith("ing")
        subordinate = before(self.tokens, place) in SUBJECTS and not self._opens_clause(place - 1)
        return subordinate and (progressive or _is_bare(self.tokens[at].word))

    def _after_to(self, at: int) -> str:
        word = self.tokens[at].word
        place = next(n for n in range(at - 1, -1, -1) if self.tokens[n].word == "to")
        obliged = before(self.tokens, place) in words("need needs have has are is ought")
        if self._is_instructed(word) or (
            not obliged and self._cited_after(word, {"to", "and", "or"}, exact=True)
        ):
            return ""
        if not (obliged or self._is_act(word) or word in STATE_VERBS):
            stands_in = word in STAND_INS and word not in self.cited.words
            if word in FUNCTION or stands_in or not (_is_bare(word) and self._could_be_verb(word)):
                return ""
        elif obliged and word in FUNCTION - STATE_VERBS:
            return ""
        return '"to" makes an instruction of it that no cited sentence gives'

    def _act(self, at: int) -> str:
        """What is done to a medicine is only ever described, by a clause that depends on another."""
        word = self.tokens[at].word
        previous = before(self.tokens, at, ADVERBS)
        if self._is_instructed(word) or self._is_noun(at, previous) or previous in ORDER:
            return ""
        if word.endswith("ing"):
            allowed = (
                self._is_progressive(at)
                or previous in {"patients", "people"}
                or self._cited_after(word, {previous})
            )
        elif _is_bare(word):
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
        return _is_bare(self.tokens[at].word) and previous in (DETERMINERS | PREPOSITIONS) - {
            "to",
            "that",
            "like",
        }

    def _licensed(self, at: int) -> bool:
        """Whether a bare verb stands where it is no instruction."""
        word = self.tokens[at].word
        previous = before(self.tokens, at, ADVERBS)
        if self._is_instructed(word):
            return True
        if previous in SUBJECTS:
            return self._subject_depends(at, word)
        if previous in _RELATIVES or previous in DETERMINERS | (PREPOSITIONS - {"to"}):
            return True
        if previous in CONJUNCTIONS | {"", ","} or not previous[:1].isalnum():
            return self._continues(at, previous)
        if self._is_act(word):
            return False
        return previous.endswith("s") or self._is_nominal(word) or self._is_singular(word)

    def _subject_depends(self, at: int, word: str) -> bool:
        """ "you take": described where the clause depends on another; "it is important that you take" is not."""
        place = next(n for n in range(at - 1, -1, -1) if self.tokens[n].word in SUBJECTS)
        lead = before(self.tokens, place)
        if lead in EVALUATIONS or (lead == "that" and before(self.tokens, place - 1) in EVALUATIONS):
            return False
        return not (self._opens_clause(place) and self._is_act(word))

    def _continues(self, at: int, previous: str) -> bool:
        """Whether a word after a comma or conjunction goes on with a list or with a verb that was licensed."""
        word = self.tokens[at].word
        if previous in {"and", "or"} and self._shares_governor(at):
            return True
        if self._is_act(word) or word in STATE_VERBS:
            return False
        return self._is_nominal(word) or (self._is_singular(word) and previous != "" and self._in_list(at))

    def _shares_governor(self, at: int) -> bool:
        """ "if you take … or use …", "you take or use", "to assess … and manage" where a sentence says so too."""
        earlier = self.tokens[: at - 1]
        start = max((n for n, token in enumerate(earlier) if token.opens), default=0)
        segment = [token.word for token in earlier[start:]]
        if segment[:1] and segment[0] in CONDITIONS and "," not in segment:
            return True
        if len(segment) > 1 and _is_bare(segment[-1]) and segment[-2] in SUBJECTS | MODALS | {"to"}:
            return not self.refuses(at - 2)
        word = self.tokens[at].word
        return bool({"to", *MODALS} & set(segment)) and self._cited_after(word, {"and", "or"}, exact=True)

    def _in_list(self, at: int) -> bool:
        """Whether the words back to a determiner or preposition are things: "any medicine, drug or supplement"."""
        for token in reversed(self.tokens[:at]):
            if token.word in PEOPLE:
                return False
            if token.word in DETERMINERS | PREPOSITIONS:
                return True
        return False

    def _opens_clause(self, at: int) -> bool:
        previous = before(self.tokens, at)
        return previous in CONJUNCTIONS | {""} or not previous[:1].isalnum()

    def _is_act(self, word: str) -> bool:
        return bool(self.cited.keys(word) & {self.cited.key(verb) for verb in ACT_VERBS})

    def _could_be_verb(self, word: str) -> bool:
        if word in STATE_VERBS or word in {"be", "do"}:
            return True
        if word in PLAIN or "-" in word:
            return False
        return not self._is_derived_noun(word)

    def _is_derived_noun(self, word: str) -> bool:
        return word.endswith(_NOUN_ENDINGS) and not any(
            form.startswith(word) for form in self.cited.forms(word)
        )

    def _is_nominal(self, word: str) -> bool:
        """Whether a cited sentence has the word as a thing or a quality rather than as a verb."""
        return any(
            sentence[at].word == word and not _stands_as_verb(sentence, at)
            for sentence, at in self.cited.places()
        )

    def _is_singular(self, word: str) -> bool:
        """Whether a cited sentence has the plural of it as a thing."""
        plurals = {f"{word}s", f"{word}es", f"{word[:-1]}ies"}
        return any(self._is_nominal(plural) for plural in plurals)

    def _is_instructed(self, word: str) -> bool:
        """Whether the service or a cited sentence asks for it."""
        return word in REQUESTS or any(
            self.cited.key(sentence[at].word) == self.cited.key(word) and _is_asked_for(sentence, at)
            for sentence, at in self.cited.places()
        )

    def _cited_after(self, word: str, governors: set[str], *, exact: bool = False) -> bool:
        return any(
            (
                sentence[at].word == word
                if exact
                else self.cited.key(sentence[at].word) == self.cited.key(word)
            )
            and before(sentence, at, _BETWEEN) in governors
            for sentence, at in self.cited.places()
        )


def _is_bare(word: str) -> bool:
    """Whether a word could be a verb's plain form, which an imperative has."""
    if word.endswith("ing"):
        return not any(vowel in word[:-3] for vowel in "aeiouy")
    if word.endswith("ed"):
        return word.endswith("eed")
    return not word.endswith("s") or word.endswith("ss")


def _stands_as_verb(tokens: Tokens, at: int) -> bool:
    previous = before(tokens, at, ADVERBS)
    return (
        previous in SUBJECTS | MODALS | {"to", "who", "which", "not"}
        or after(tokens, at) in DETERMINERS
        or _is_asked_for(tokens, at)
    )


def _is_asked_for(tokens: Tokens, at: int) -> bool:
    """Whether a cited sentence asks for the word: "it is important to report", "should report", "Report any …"."""
    governor = before(tokens, at, ADVERBS | {"not", "be"})
    if governor in OBLIGATIONS:
        return True
    if not _is_bare(tokens[at].word):
        return False
    if governor == "to":
        place = next(n for n in range(at - 1, -1, -1) if tokens[n].word == "to")
        return before(tokens, place, ADVERBS) in EVALUATIONS | words("need needs have has ought")
    opens = governor in {"", "do"}
    return opens and after(tokens, at) in DETERMINERS | PREPOSITIONS | words("it them")


def requested_by_shape(statement: Tokens) -> Iterator[Finding]:
    """What is an instruction whatever the document says about it: "take", "stop", "should use"."""
    for at, token in enumerate(statement):
        previous = before(statement, at, ADVERBS | {"not", "be"})
        opens = previous in CONJUNCTIONS | {"", "do", ","} or not previous[:1].isalnum()
        if token.word in ACT_VERBS | {"avoid"} and (opens or previous in OBLIGATIONS):
            yield Finding(token.text, "is an instruction, and without the document no sentence can allow it")
