"""The cover of a batch: one row for each sheet, and first of all each sheet that is not in the print."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from service.domain.checklists.batches import not_asked
from service.domain.wording import direction_of
from service.formats.isolated_text import fixed
from service.formats.printout.layout.cover_people import CoverWords
from service.formats.printout.layout.cover_rows import (
    FailedRow,
    SheetOfBatch,
    SheetRow,
    failed_row,
    missing_row,
    printed_row,
)
from service.formats.printout.layout.facts import Fact, local_time
from service.formats.printout.layout.head import around_numbers
from service.formats.printout.unprintable import UnprintableError

Failure = tuple[SheetOfBatch, UnprintableError | None]
"""A sheet that could not be set, and the letter that it failed for, where it was one."""
_LABELS = {
    **{name: f"batch.{name}" for name in ("failed", "failed_more", "pages", "patient", "categories")},
    "to_ask": "batch.to_ask",
    "reason": "sheet.withdrawn_reason",
}


@dataclass(frozen=True, slots=True)
class BatchHead:
    """What the cover says of the whole batch; instants and days are as JSON has them."""

    clinic: str
    paper: str
    time_zone: str
    made_at: str
    made_by: str
    day: str | None
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cover:
    """Everything that is printed on the cover."""

    language: str
    direction: str
    paper: str
    title: str
    names_several: str
    not_checked: str
    page: tuple[str, str, str]
    facts: tuple[Fact, ...]
    numbers: tuple[Fact, ...]
    failed: tuple[FailedRow, ...]
    sheets: tuple[SheetRow, ...]
    labels: Mapping[str, str]


def cover_of(
    head: BatchHead, printed: Sequence[SheetOfBatch], failed: Sequence[Failure], said: CoverWords
) -> Cover:
    """The cover of what is printed and of what failed."""
    language = said.words.language
    return Cover(
        language=language,
        direction=direction_of(language),
        paper=head.paper,
        title=_title(head, said),
        names_several=said.text("batch.names_several"),
        not_checked=said.text("notice.not_checked"),
        page=around_numbers(said.text("batch.page", page="\0", pages="\0")),
        facts=_facts(head, said),
        numbers=_numbers(head, printed, failed, said),
        failed=(
            *(failed_row(sheet, error, said) for sheet, error in failed),
            *(missing_row(sent, said) for sent in head.missing),
        ),
        sheets=tuple(printed_row(sheet, said) for sheet in printed),
        labels={name: said.text(key) for name, key in _LABELS.items()},
    )


def _title(head: BatchHead, said: CoverWords) -> str:
    if head.day is None:
        return said.text("batch.title")
    return said.text("batch.title_of_day", date=said.words.date(date.fromisoformat(head.day)))


def _facts(head: BatchHead, said: CoverWords) -> tuple[Fact, ...]:
    return (
        Fact(said.text("batch.clinic"), said.recorded(head.clinic)),
        Fact(said.text("batch.made"), fixed(local_time(head.made_at, head.time_zone, said.words))),
        Fact(said.text("batch.made_by"), said.recorded(head.made_by)),
    )


def _numbers(
    head: BatchHead, printed: Sequence[SheetOfBatch], failed: Sequence[Failure], said: CoverWords
) -> tuple[Fact, ...]:
    sheets = (*printed, *(sheet for sheet, _ in failed))
    numbers = {
        "number": len(printed),
        "number_failed": len(failed) + len(head.missing),
        "number_to_ask": sum(bool(not_asked(sheet.document)) for sheet in sheets),
    }
    return tuple(Fact(said.text(f"batch.{name}"), fixed(str(number))) for name, number in numbers.items())
