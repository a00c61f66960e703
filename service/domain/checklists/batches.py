"""A print batch: which sheets are printed together, in which order, and what its cover tells of each.

The cover is told from the issued documents alone, so that it never says anything else than the sheets.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from service.domain.checklists.document import Document
from service.domain.checklists.gaps import GapKind
from service.domain.errors import Fault, NotFoundError, RefusedError
from service.domain.medications.categories import Answer, Category

MOST_SHEETS = 500


class NothingPlannedError(NotFoundError):
    """Nobody has a sheet for the day that was asked for."""

    code = "nothing_planned"


@dataclass(frozen=True, slots=True)
class BatchRequest:
    """Every sheet of a day, or the named ones in their order; ``renew``: issue anew what is old.

    For a day that is the rule, for named sheets only where it is asked for.
    """

    day: date | None = None
    checklist_ids: tuple[UUID, ...] = ()
    renew: bool | None = None

    def __post_init__(self) -> None:
        if (self.day is None) == (not self.checklist_ids):
            detail = "Name a date or at least one checklist, and not both."
            raise RefusedError(Fault("/date", "date_or_checklists", detail))

    @property
    def renews(self) -> bool:
        """Whether an old sheet is issued anew."""
        return self.day is not None if self.renew is None else self.renew


@dataclass(frozen=True, slots=True)
class BatchPlan:
    """What is printed, in this order: the effect of a request, from which the PDF can be made again.

    ``renewed`` are those of ``checklist_ids`` that were issued for this batch, ``missing`` what was named
    and is not of this clinic.
    """

    made_at: datetime
    day: date | None
    checklist_ids: tuple[UUID, ...]
    renewed: frozenset[UUID] = frozenset()
    missing: tuple[UUID, ...] = ()


def plan_document(plan: BatchPlan) -> dict[str, Any]:
    """The plan as JSON-ready data, to be kept."""
    return {
        "made_at": plan.made_at.isoformat(),
        "day": plan.day.isoformat() if plan.day else None,
        "checklists": [str(checklist_id) for checklist_id in plan.checklist_ids],
        "renewed": sorted(map(str, plan.renewed)),
        "missing": [str(checklist_id) for checklist_id in plan.missing],
    }


def plan_from(document: Document) -> BatchPlan:
    """The plan that was kept."""
    return BatchPlan(
        made_at=datetime.fromisoformat(document["made_at"]),
        day=date.fromisoformat(document["day"]) if document["day"] else None,
        checklist_ids=tuple(map(UUID, document["checklists"])),
        renewed=frozenset(map(UUID, document["renewed"])),
        missing=tuple(map(UUID, document["missing"])),
    )


def in_order_of_asking(document: Document) -> tuple[int, bool, str, str]:
    """How a day's sheets are ordered: whoever was not asked first, then who has other gaps, each by name."""
    name, gaps = document["patient"]["name"], len(document["gaps"])
    first = 0 if not_asked(document) else 1 if gaps else 2
    return first, name is None, (name or "").casefold(), document["code"]


@dataclass(frozen=True, slots=True)
class CategoryOnCover:
    """What a sheet says of one category: its answer and the number of its items."""

    category: Category
    answer: Answer
    items: int


def strip_of(document: Document) -> tuple[CategoryOnCover, ...]:
    """The strip of categories of an issued sheet."""
    sections = {section["id"]: section["lines"] for section in document["sections"]}
    return tuple(
        CategoryOnCover(category, _answer(sections[category]), number_of_items(sections[category]))
        for category in Category
    )


def number_of_items(lines: Sequence[Mapping[str, Any]]) -> int:
    """How many of a section's lines are items."""
    return sum("item" in line for line in lines)


def not_asked(document: Document) -> tuple[Category, ...]:
    """The categories that nobody asked about yet."""
    gaps = document["gaps"]
    return tuple(Category(gap["category"]) for gap in gaps if gap["kind"] == GapKind.CATEGORY_NOT_ASKED)


def _answer(lines: Sequence[Mapping[str, Any]]) -> Answer:
    """A category's answer: by its line or, where there is none, by its items."""
    for line in lines:
        if line["kind"] == "record" and "answer" in line:
            return Answer(line["answer"])
        if line.get("key") == "answer.not_asked":
            return Answer.NOT_ASKED
    return Answer.ITEMS_REPORTED
