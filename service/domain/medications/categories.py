"""The three categories of medicine, each asked for by itself, and what was answered for one."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from service.domain.attribution import Attribution
from service.domain.errors import Fault


class Category(StrEnum):
    """The three kinds of medicine that are asked for one by one."""

    PRESCRIPTION = "prescription"
    OVER_THE_COUNTER = "over_the_counter"
    SUPPLEMENT = "supplement"


CATEGORIES = tuple(Category)
"""The categories in their order, which is that of a sheet."""

UNCATEGORIZED = "uncategorized"
"""How an item without a category is written outside; inside, its category is None."""


class Answer(StrEnum):
    """What is known about a category. Silence is ``not_asked``, never ``none_reported``."""

    ITEMS_REPORTED = "items_reported"
    NONE_REPORTED = "none_reported"
    UNKNOWN = "unknown"
    DECLINED = "declined"
    NOT_ASKED = "not_asked"


@dataclass(frozen=True, slots=True)
class CategoryAnswer:
    """An answer and who gave it.

    Nobody gave ``not_asked``, so it has no attribution; every other answer has one, and "none", "not sure"
    and "rather not say" have one that tells who said it and how.
    """

    answer: Answer
    attribution: Attribution | None = None

    def __post_init__(self) -> None:
        if (self.answer is Answer.NOT_ASKED) != (self.attribution is None):
            raise ValueError("an answer has an attribution, not asked has none")
        if self.said_by_a_person and not (self.attribution and self.attribution.complete):
            raise ValueError(
                f"{self.answer} is a person's answer: it needs an informant and a collection mode"
            )

    @property
    def said_by_a_person(self) -> bool:
        """Whether only a person's explicit answer can have made it."""
        return self.answer in PERSONS_ANSWERS


PERSONS_ANSWERS = frozenset({Answer.NONE_REPORTED, Answer.UNKNOWN, Answer.DECLINED})
NOT_ASKED = CategoryAnswer(Answer.NOT_ASKED)


def contradicted(
    answers: Mapping[Category, Answer], reported: Iterable[Category | None]
) -> tuple[Category, ...]:
    """The categories whose explicit answer cannot stand beside items of that category.

    Current items answer for their category, so none, not sure, rather not say and not asked contradict them.
    """
    present = set(reported)
    return tuple(
        category
        for category in CATEGORIES
        if category in present and answers.get(category, Answer.ITEMS_REPORTED) is not Answer.ITEMS_REPORTED
    )


def answer_faults(
    answers: Mapping[Category, Answer],
    reported: Sequence[Category | None],
    *,
    informant_known: bool,
    mode_known: bool,
) -> list[Fault]:
    """Every fault in a list's answers; pointers are those of a posted list."""
    faults = [
        Fault(
            f"/categories/{category}/answer",
            "contradicts_items",
            f"The answer cannot be {answers[category]} while the list has current items of this category.",
        )
        for category in contradicted(answers, reported)
    ]
    if PERSONS_ANSWERS & set(answers.values()):
        if not informant_known:
            faults.append(Fault("/informant", "required", "An answer needs the person who gave it."))
        if not mode_known:
            faults.append(Fault("/collection_mode", "required", "An answer needs how it was collected."))
    return faults
