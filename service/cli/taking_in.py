"""What every ``import`` does alike: it takes in, or only says what would come of it; tells; and sums up."""

import json
import os
import signal
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import FrameType
from typing import Any, TextIO

import click

from service.actions.import_results import EntryResult, EntryStatus, ImportRefusedError, ImportResult
from service.actions.imports import import_reading
from service.actions.work import Door, Work, perform
from service.formats.findings import Issue, Reading, Severity

NOTHING, SOMETHING_REFUSED = 1, 3
KEPT = (EntryStatus.CREATED, EntryStatus.UPDATED, EntryStatus.UNCHANGED)
_ADDRESSES = {"location", "patient"}
_WITH_THE_REST = Issue(
    Severity.INFORMATION, "informational", "Something else in this file is refused, and so all of it."
)


class _NothingKeptError(Exception):
    """Undoes what a dry run did, and brings its result out."""

    def __init__(self, result: ImportResult) -> None:
        super().__init__("A dry run keeps nothing.")
        self.result = result


def take_in(door: Door, reading: Reading, *, keep: bool) -> ImportResult:
    """Take in a document in one transaction, which is undone where nothing is to be kept."""

    def act(work: Work) -> ImportResult:
        result = import_reading(work, reading)
        if not keep:
            raise _NothingKeptError(result)
        return result

    try:
        return perform(door, act)
    except _NothingKeptError as dry:
        return dry.result
    except ImportRefusedError as refused:
        return _undone(refused.result)


def _undone(result: ImportResult) -> ImportResult:
    """Of a file that is refused no entry is kept; where none has a fault of its own, the Bundle has."""
    entries = tuple(
        EntryResult(one.place, one.resource_type, EntryStatus.NOT_KEPT, (*one.issues, _WITH_THE_REST))
        if one.status in KEPT
        else one
        for one in result.entries
    )
    if any(issue.severity is Severity.ERROR for issue in result.beside):
        entries = (EntryResult("Bundle", "Bundle", EntryStatus.REFUSED, result.beside), *entries)
    return ImportResult(entries)


@dataclass(slots=True)
class Telling:
    """Where the lines go, one for each entry or row, and how many of them there were of each status.

    What a dry run made has no address, since it is not there.
    """

    out: TextIO
    dry_run: bool
    counts: Counter[EntryStatus] = field(default_factory=Counter)

    def tell(self, lines: Iterable[dict[str, Any]]) -> None:
        """Write some lines out at once, so that they outlive an interruption."""
        for line in lines:
            self.counts[EntryStatus(line["status"])] += 1
            told = {**line, **dict.fromkeys(_ADDRESSES & line.keys())} if self.dry_run else line
            self.out.write(json.dumps(told, ensure_ascii=False) + "\n")
        self.out.flush()

    def sum_up(self, of_what: str) -> None:
        """Say what came of all of it, and end with the status that says so."""
        said = ", ".join(f"{self.counts[status]} {status.value.replace('_', ' ')}" for status in EntryStatus)
        click.echo(f"{of_what}: {said}", err=True)
        if self.dry_run:
            click.echo("This was a dry run; nothing was kept.", err=True)
        if not any(self.counts[status] for status in KEPT):
            click.echo("Nothing was imported.", err=True)
            sys.exit(NOTHING)
        if self.counts[EntryStatus.REFUSED]:
            sys.exit(SOMETHING_REFUSED)


def counted(number: int, what: str) -> str:
    """How many of something there are, in words."""
    return f"{number} {what}{'s' * (number != 1)}"


class Stopping:
    """Hears the signals to end, so that what is in hand is ended first. A second one ends at once."""

    def __init__(self) -> None:
        self.by: int | None = None

    def __bool__(self) -> bool:
        return self.by is not None

    def hear(self, by: int, _frame: FrameType | None) -> None:
        """Remember the signal; the next one does what it always did."""
        self.by = by
        signal.signal(signal.SIGINT, signal.default_int_handler)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)

    def end(self, done: str) -> None:
        """Say how far it came, and end with the status of a program that the signal ended."""
        click.echo(f"Interrupted: {done}. The same command goes on from there.", err=True)
        sys.exit(128 + (self.by or 0))


@contextmanager
def stopping() -> Iterator[Stopping]:
    """Listen for the signals to end while the block runs."""
    heard = Stopping()
    before = {one: signal.signal(one, heard.hear) for one in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield heard
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)


def is_shown(out: TextIO) -> bool:
    """Whether a bar can be shown: on a terminal where no lines go."""
    try:
        same = os.isatty(out.fileno())
    except OSError:
        same = False
    return sys.stderr.isatty() and not same
