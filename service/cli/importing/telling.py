"""What is told of an import: a line of JSON for each entry or row, and a sum at the end."""

import json
import os
import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, TextIO

import click

from service.actions.import_results import EntryStatus

NOTHING, SOMETHING_REFUSED = 1, 3
"""The exit status where nothing was kept, and where something was refused."""
KEPT = (EntryStatus.CREATED, EntryStatus.UPDATED, EntryStatus.UNCHANGED)
_ADDRESSES = {"location", "patient"}


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


def is_shown(out: TextIO) -> bool:
    """Whether a bar can be shown: on a terminal where no lines go."""
    try:
        same = os.isatty(out.fileno())
    except OSError:
        same = False
    return sys.stderr.isatty() and not same
