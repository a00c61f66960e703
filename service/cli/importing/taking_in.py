"""What every ``import`` does alike: its options, and a document taken in, or only what would come of it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import reduce
from typing import Any, TextIO, cast

import click

from service.actions.door import Door
from service.actions.import_results import EntryResult, EntryStatus, ImportRefusedError, ImportResult
from service.actions.imports import import_reading
from service.actions.performing import perform
from service.actions.work import Work
from service.cli.doors import staff_door
from service.cli.importing.stopping import Stopping, stopping
from service.cli.importing.telling import KEPT, Telling
from service.formats.findings import Issue, Reading, Severity

_WITH_THE_REST = Issue(
    Severity.INFORMATION, "informational", "Something else in this file is refused, and so all of it."
)
_OPTIONS = (
    click.option("--by", required=True, metavar="LOGIN", help="The member of staff who imports."),
    click.option("--clinic", help="The clinic's name, to be sure that LOGIN is of it."),
    click.option("--dry-run", is_flag=True, help="Do everything, say what came of it, and keep nothing."),
    click.option(
        "--result", type=click.Path(dir_okay=False), metavar="FILE.jsonl", help="Where the lines go."
    ),
)


def import_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options ``by``, ``clinic``, ``dry_run`` and ``result``; see ``importing``."""
    return reduce(lambda made, option: option(made), reversed(_OPTIONS), command)


@dataclass(frozen=True, slots=True)
class Importing:
    """An import at work: who imports where, where its lines go, and whether it is to stop."""

    door: Door
    telling: Telling
    stop: Stopping


@contextmanager
def importing(*, by: str, clinic: str | None, dry_run: bool, result: str | None) -> Iterator[Importing]:
    """Begin an import with the options that all of them have; ends the command where LOGIN is unknown."""
    with (
        staff_door(by, clinic) as door,
        click.open_file(result or "-", "w", encoding="utf-8") as out,
        stopping() as stop,
    ):
        yield Importing(door, Telling(cast("TextIO", out), dry_run), stop)


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
