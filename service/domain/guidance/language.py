"""What the guidance check has to know of a language."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from service.domain.guidance.statements import StatementSection
from service.domain.guidance.words import Cited, Finding, Tokens, Vocabulary

_Compare = Callable[[Tokens, Cited], Iterator[Finding]]


@dataclass(frozen=True)
class Notable:
    """Words of a language at which a note for the reviewer may be due.

    ``conditions`` open a clause that says when something holds; ``negators`` say no; ``light`` words say
    nothing of which something could be left out; a number beside one of ``limits``
    is a limit; ``joints`` part what is said of one column from the next.
    """

    conditions: frozenset[str]
    negators: frozenset[str]
    light: frozenset[str]
    limits: frozenset[str]
    joints: frozenset[str]


@dataclass(frozen=True)
class Language:
    """A language's words, and the rules that rest on its grammar.

    ``tag`` is the first part of its BCP 47 tag. ``stemmer`` names what gives the stem of a word; the caller
    of the check has it. Rules 2 and 3 are the same in every language, over its ``vocabulary``. ``turned``,
    ``hardened`` and ``requested`` are rules 4 to 6. Without the document stand words about ``safety``, which
    none but a cited sentence allows, and ``requested_by_shape``. A draft proposes the first of ``sections``
    that a sentence has a word of; no rule looks at it. ``notable`` are words that notes look for.
    """

    tag: str
    stemmer: str
    vocabulary: Vocabulary
    safety: frozenset[str]
    turned: _Compare
    hardened: _Compare
    requested: _Compare
    requested_by_shape: Callable[[Tokens], Iterator[Finding]]
    sections: Sequence[tuple[StatementSection, frozenset[str]]]
    notable: Notable
