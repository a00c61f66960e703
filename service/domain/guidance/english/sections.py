"""Words by which a draft proposes the section of a sentence; the first section that has one is proposed."""

from collections.abc import Sequence

from service.domain.guidance.statements import StatementSection
from service.domain.guidance.word_lists import words

SECTIONS: Sequence[tuple[StatementSection, frozenset[str]]] = (
    (
        StatementSection.REPORT,
        words(
            "report reported call effects symptom symptoms reaction reactions immediately emergency "
            "worries severe"
        ),
    ),
    (StatementSection.TELL, words("tell inform mention disclose")),
    (
        StatementSection.WHY,
        words(
            "why because interact interacts interaction interactions affect affects interfere interferes "
            "stronger weaker"
        ),
    ),
    (StatementSection.TELL, words("ask")),
    (
        StatementSection.FOLLOW_UP,
        words(
            "visit visits appointment appointments test tests check-up check-ups checkup checkups monitor "
            "monitored monitoring follow-up bring lasts"
        ),
    ),
)
