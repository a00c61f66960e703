"""Rule 6 of the guidance check: a statement asks for nothing that its sentences do not ask for.

English has no mark on an imperative, so the rule is turned around: a word that could be a verb must stand
where it is no instruction: after its subject, where it is a noun, or as the cited sentence has it.
"""

from collections.abc import Iterator

from service.domain.guidance.english.asked import OBJECTS, is_bare
from service.domain.guidance.english.asking import misused_request
from service.domain.guidance.english.described import RELATIVES, Described
from service.domain.guidance.english.scope import after, before
from service.domain.guidance.english.stand_ins import STAND_INS
from service.domain.guidance.english.turning_words import ORDER
from service.domain.guidance.english.verbs import BETWEEN, CitedVerbs
from service.domain.guidance.english.words import (
    ADVERBS,
    BE,
    CONDITIONS,
    CONJUNCTIONS,
    DETERMINERS,
    EVALUATIONS,
    FUNCTION,
    HELP,
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
from service.domain.guidance.word_lists import words
from service.domain.guidance.words import Cited, Finding, Tokens

_BEFORE_THINGS = words("another other same own")
_OTHERS = words("we they people")
"""Whom "do not" tells nothing: it says what they do not do."""
_OPENED_BY = {
    "do": SUBJECTS | {"your", "not"},
    "does": {"not"},
    "have": SUBJECTS | {"your"},
    "be": {"sure"},
    "make": {"sure"},
}
"""Questions ("Do you take …?"), "do not" and "make sure", after which the verb that matters comes."""


def requested(statement: Tokens, cited: Cited) -> Iterator[Finding]:
    """Every verb that asks or allows something that neither the service nor a cited sentence asks for."""
    rule = _Requests(statement, cited, CitedVerbs(cited))
    for at, token in enumerate(statement):
        if token.is_word and (detail := rule.refuses(at)):
            yield Finding(token.text, detail)


class _Requests(Described):
    """One statement beside its sentences, asked word by word."""

    def refuses(self, at: int) -> str:
        """Why the word at ``at`` is an instruction of its own; empty when it is none."""
        word = self.tokens[at].word
        if word in {"not", "never"}:
            return ""
        if word == "sure" or word in REQUESTS:
            return misused_request(self.tokens, at, self.verbs)
        if word in PEOPLE or word in MODALS or after(self.tokens, at) in _OPENED_BY.get(word, ()):
            return ""
        if word == "make" and [token.word for token in self.tokens[at + 1 : at + 3]] == ["a", "list"]:
            return ""
        if word in NEEDED - {"needed"} and after(self.tokens, at) not in {"to", "not"}:
            needed = self.is_evaluated(at) or self.is_needed_so(at)
            return "" if needed else "says that it is needed, and no cited sentence does"
        return self._unasked(at)

    def _unasked(self, at: int) -> str:
        """The same for a word that is neither a request, a person nor a modal."""
        word = self.tokens[at].word
        governor = before(self.tokens, at, BETWEEN)
        if governor in MODALS:
            return self._after_modal(at, governor)
        of_another = governor == "do" and before(self.tokens, self.last(at, "do")) in _OTHERS
        if of_another or governor in {"does", "did"}:
            # "We do not know" and "if it does not stop" ask nothing of a patient.
            return ""
        if governor == "to" and before(self.tokens, at) != "have":
            return self._after_to(at)
        if self.verbs.is_act(word):
            return self._act(at)
        asks = self.verbs.could_be_bare_verb(word) and not self._licensed(at)
        return "asks for something that no cited sentence asks for" if asks else ""

    def _after_modal(self, at: int, modal: str) -> str:
        word = self.tokens[at].word
        place = self.last(at, modal)
        of_patient = before(self.tokens, place) in SUBJECTS
        if (
            of_patient
            and word in {"have", "get"}
            and not (self.cited.words & POSSIBILITY or self.is_evaluated(at) or self.is_called_to(at))
        ):
            return f'"{modal}" allows or foretells it, and no cited sentence does'
        if word in FUNCTION or self.verbs.is_instructed(word):
            return ""
        own = of_patient and at == place + 1 and word not in STATE_VERBS and self.verbs.could_be_verb(word)
        if self.verbs.is_cited_after(word, {modal}, of_patient=own):
            return ""
        if modal in OBLIGATIONS:
            return f'"{modal}" makes an instruction of it that no cited sentence gives'
        if not (own or self.verbs.is_act(word)) or self.is_description(at, modal):
            return ""
        return f'"{modal}" allows or foretells it, and no cited sentence does'

    def _after_to(self, at: int) -> str:
        word = self.tokens[at].word
        lead = before(self.tokens, self.last(at, "to"))
        obliged = lead in words("need needs have has are is ought")
        if self.verbs.is_instructed(word) or word == "know" or (word == "have" and self.is_evaluated(at)):
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
        if self.verbs.is_instructed(word) or self.is_noun(at, previous) or previous in ORDER:
            return ""
        if self.is_forbidden(at) or self.is_dosed(at):
            return ""
        if word.endswith("ing"):
            allowed = (
                self.is_progressive(at)
                or previous in {"patients", "people"}
                or self.verbs.is_cited_after(word, {previous})
            )
        elif is_bare(word):
            allowed = self._licensed(at)
        else:
            passive = before(self.tokens, at, ADVERBS | {"not", "been", "being"}) in BE
            dated = any(token.word in ORDER for token in self.tokens[max(0, at - 4) : at])
            allowed = not passive or dated or word in self.cited.words or self.is_done_by_another(at)
        return "" if allowed else "tells the patient what to do with a medicine, and no cited sentence does"

    def _licensed(self, at: int) -> bool:
        """Whether a bare verb stands where it is no instruction."""
        word = self.tokens[at].word
        previous = before(self.tokens, at, ADVERBS)
        if self.verbs.is_instructed(word):
            return True
        if previous in SUBJECTS:
            return self.subject_depends(at, word)
        # "You are allergic": what stands after a form of "be" is no imperative.
        is_quality = previous in BE - {"be"} and not self.verbs.is_act(word)
        is_thing = previous in _BEFORE_THINGS | RELATIVES | DETERMINERS | (PREPOSITIONS - {"to"})
        if is_quality or is_thing or previous[:1].isnumeric() or self.is_cited_together(at, previous):
            return True
        if previous in CONJUNCTIONS | {"", ","} or not previous[:1].isalnum():
            return self._continues(at, previous)
        if self.verbs.is_act(word):
            return False
        governed = previous.endswith("s") or previous in PEOPLE | HELP
        return governed or self.verbs.is_nominal(word) or self.verbs.is_singular(word)

    def _continues(self, at: int, previous: str) -> bool:
        """Whether a word after a comma or conjunction goes on with a list or a licensed verb."""
        word = self.tokens[at].word
        if previous in {"and", "or"} and self._shares_governor(at):
            return True
        if self.verbs.is_act(word) or word in STATE_VERBS or after(self.tokens, at) in OBJECTS:
            return False
        return self.verbs.is_nominal(word) or (
            self.verbs.is_singular(word) and previous != "" and self.in_list(at)
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
