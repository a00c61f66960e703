"""Which words of a statement could be verbs, and which verbs the cited sentences ask for.

English has no mark on a verb; what a word is, is read off where the cited sentences have it.
"""

from dataclasses import dataclass

from service.domain.guidance.english.asked import asked_for, is_bare
from service.domain.guidance.english.scope import after, before
from service.domain.guidance.english.turning_words import TURNING
from service.domain.guidance.english.words import (
    ACT_VERBS,
    ADVERBS,
    BE,
    DETERMINERS,
    MODALS,
    NUMBER_WORDS,
    PLAIN,
    PURE_VERBS,
    REQUESTS,
    STATE_VERBS,
    SUBJECTS,
)
from service.domain.guidance.word_lists import words
from service.domain.guidance.words import Cited, Tokens

_NO_VERBS = ADVERBS | words(
    "now today long well personal right suitable important therapy treatment success drug even above below "
    "under out off else again longer minute hour day week month year"
)
_NEVER_VERBS = NUMBER_WORDS - {"double", "triple", "quarter", "second"}
_VERBS_IN_LY = words("rely supply reply comply imply multiply apply")
_NOUN_ENDINGS = ("ment", "ments", "tion", "sion", "ness", "ity")
BETWEEN = ADVERBS | BE | {"not", "never", "have"}


@dataclass(frozen=True)
class CitedVerbs:
    """The cited sentences, asked about verbs."""

    cited: Cited

    def is_purpose(self, word: str) -> bool:
        """ "for the management of", "for minimizing": a purpose that "to manage" says as well."""
        return not self.is_act(word) and any(
            self.cited.key(sentence[at].word) in self.cited.keys(word)
            and sentence[at].word.endswith(("ing", *_NOUN_ENDINGS))
            and any(token.word == "for" for token in sentence[:at])
            for sentence, at in self.cited.places()
        )

    def is_act(self, word: str) -> bool:
        """Whether it is something that is done to a medicine."""
        return bool(self.cited.keys(word) & {self.cited.key(verb) for verb in ACT_VERBS})

    def could_be_verb(self, word: str) -> bool:
        """Whether nothing says that it is no verb."""
        if word in STATE_VERBS or word in {"be", "do"}:
            return True
        if word in _NEVER_VERBS or len(word) == 1 or any(character.isnumeric() for character in word):
            return False
        if word in PLAIN or word in TURNING or word in _NO_VERBS or "-" in word:
            return False
        if word.endswith("ly") and word not in _VERBS_IN_LY:
            return False
        return not self._is_derived_noun(word)

    def could_be_bare_verb(self, word: str) -> bool:
        """The same, in the form that an imperative has."""
        return is_bare(word) and self.could_be_verb(word)

    def _is_derived_noun(self, word: str) -> bool:
        return word.endswith(_NOUN_ENDINGS) and not any(
            form.startswith(word) for form in self.cited.forms(word)
        )

    def is_nominal(self, word: str) -> bool:
        """Whether a cited sentence has the word as a thing or a quality rather than as a verb."""
        return any(
            sentence[at].word == word and not _stands_as_verb(sentence, at)
            for sentence, at in self.cited.places()
        )

    def is_singular(self, word: str) -> bool:
        """Whether a cited sentence has the plural of it as a thing."""
        plurals = {f"{word}s", f"{word}es", f"{word[:-1]}ies"}
        return any(self.is_nominal(plural) for plural in plurals)

    def is_instructed(self, word: str) -> bool:
        """Whether the service or a cited sentence asks for it."""
        return word in REQUESTS or self.is_asked_for(word)

    def is_asked_for(self, word: str, following: str = "") -> bool:
        """Whether a cited sentence asks for it; with ``following``, of what that word names."""
        return any(
            self.cited.key(sentence[at].word) in self.cited.keys(word)
            and asked_for(sentence, at)
            and following in {"", after(sentence, at)}
            for sentence, at in self.cited.places()
        )

    def is_followed_by(self, word: str, following: str) -> bool:
        """Whether both words stand side by side in a cited sentence: "the lotion keeps for a week"."""
        return any(
            self.cited.key(sentence[at].word) == self.cited.key(word)
            and [token.word for token in sentence[at + 1 : at + 2]] == [following]
            for sentence, at in self.cited.places()
        )

    def asks_for(self, rest: list[str]) -> bool:
        """Whether a cited sentence asks for what is asked for: "ask us for a letter"."""
        wanted = next((word for word in rest[rest.index("for") + 1 :] if word not in DETERMINERS), "")
        return any(
            sentence[at].word == "for"
            and any(REQUESTS.get(token.word) == "ask" for token in sentence[:at])
            and wanted in {token.word for token in sentence[at : at + 4]}
            for sentence, at in self.cited.places()
        )

    def is_cited_after(
        self, word: str, governors: set[str], *, exact: bool = False, of_patient: bool = False
    ) -> bool:
        """Whether a cited sentence has the word after one of these words; ``of_patient``: after "you may"."""
        key = self.cited.key(word)
        for sentence, at in self.cited.places():
            same = sentence[at].word == word if exact else self.cited.key(sentence[at].word) == key
            if same and before(sentence, at, BETWEEN) in governors:
                subject = before(sentence, at - 1, BETWEEN | MODALS)
                if not of_patient or subject in SUBJECTS:
                    return True
        return False


def _stands_as_verb(tokens: Tokens, at: int) -> bool:
    previous = before(tokens, at, ADVERBS)
    return (
        previous in SUBJECTS | MODALS | {"to", "who", "which", "not"}
        or tokens[at].word in PURE_VERBS
        or after(tokens, at) in DETERMINERS
        or asked_for(tokens, at)
    )
