"""What the wording of one language is checked against: closed lists of words, and how it denies a check."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from service.domain.guidance.words import Finding, Token


@dataclass(frozen=True, slots=True)
class WordLists:
    """The lists of one language.

    ``form_labels`` and ``staff_labels`` are further words of the form and of the staff's pages. ``checking``
    finds the words for a check of interactions, which stand in ``not_checked`` sentences alone. In a sentence
    with one of ``about_medicines``, ``claims`` are refused, and so is what ``instructions`` finds.
    """

    labels: frozenset[str]
    form_labels: frozenset[str]
    staff_labels: frozenset[str]
    numbers: frozenset[str]
    marks: frozenset[str]
    checking: re.Pattern[str]
    not_checked: tuple[re.Pattern[str], ...]
    about_medicines: frozenset[str]
    claims: frozenset[str]
    instructions: Callable[[tuple[Token, ...]], Iterator[Finding]]
