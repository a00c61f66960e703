"""``import csv``: take in lists that a clinic keeps in tables."""

import sys
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

import click

from service.actions.door import Door
from service.actions.import_patients import patients_behind
from service.actions.performing import perform
from service.cli.importing.table_lines import lines_of_file, lines_of_loose, lines_of_rows
from service.cli.importing.taking_in import Importing, import_options, importing, take_in
from service.cli.importing.telling import NOTHING, Telling, counted, is_shown
from service.domain.patients.patients import Identifier
from service.formats.csv_lists.gathering import Gathered, GatheredRow
from service.formats.csv_lists.naming import DELIMITERS, Naming, NamingRefusedError, completed, read_naming
from service.formats.csv_lists.reading import read_rows
from service.formats.csv_lists.tables import Table, TableRefusedError, open_table

_AT_ONCE, _MOST_ROWS, _SECONDS = 100, 1000, 0.2
"""How much is taken in at once: this many patients and rows at most, and about so long, since others who
write wait meanwhile."""
_PAUSE = {"sqlite": 0.1, "postgresql": 0.0}
"""The seconds between two transactions: who waits for SQLite looks ten times a second whether it is free."""
_LOOKED_UP = 500
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)

Person = list[GatheredRow]


def _columns(_context: click.Context, _parameter: click.Parameter, said: Sequence[str]) -> dict[str, str]:
    pairs = [one.partition("=") for one in said]
    if any(not found for _, found, _ in pairs):
        raise click.BadParameter('Write the column and the header, such as name="Medication name".')
    return {name.strip(): header.strip() for name, _, header in pairs}


@click.command("csv")
@click.argument("paths", nargs=-1, required=True, type=_FILE)
@import_options
@click.option(
    "--map",
    "mapping",
    type=_FILE,
    metavar="FILE.toml",
    help="What the files call the columns and their words.",
)
@click.option(
    "--column", multiple=True, callback=_columns, metavar="COLUMN=HEADER", help="The header of a column."
)
@click.option("--ignore", multiple=True, metavar="HEADER", help="Read nothing from this column.")
@click.option("--identifier-system", metavar="URI", help="What identifiers are numbers of.")
@click.option("--item-id-system", metavar="URI", help="What item ids are numbers of.")
@click.option("--delimiter", type=click.Choice([",", ";", "tab"]), help="What stands between two cells.")
@click.option("--encoding", help="Where it is not UTF-8: cp1252, utf-16 and so on.")
def import_csv(
    *,
    paths: tuple[Path, ...],
    mapping: Path | None,
    by: str,
    clinic: str | None,
    dry_run: bool,
    result: str | None,
    **said: Any,
) -> None:
    """Take in lists from text files: a row for each item, or for the answer of a category.

    The rows of one patient are taken in together, wherever they stand in the files; one that is at fault is
    refused with its reason, and the others are kept. The same again changes nothing, so that what was
    interrupted can be started anew. A line of JSON tells what became of each row. An empty cell, and what no
    row speaks of, are never taken for "none".

    The exit status is 0 when all was kept, 3 when something was refused, 1 when nothing was kept, and 130 or
    143 when a signal ended it early.

    \b
    Example:
      medication-checklist import csv lists.csv --by nurse.01 --identifier-system urn:clinic:mrn --dry-run
      medication-checklist import csv lists.csv --by nurse.01 --identifier-system urn:clinic:mrn \\
          --column name="Medication name" --ignore "Row colour" --result imported.jsonl
    """
    naming = _naming(mapping, said)
    with importing(by=by, clinic=clinic, dry_run=dry_run, result=result) as at_work:
        telling = at_work.telling
        gathered = _gathered(paths, naming, telling)
        telling.tell(lines_of_loose(gathered))
        persons = list(gathered.together(_known(at_work.door, list(gathered.patients))))
        done = _take_in_all(at_work, gathered.tables, persons)
    rows = f"{counted(len(persons), 'patient')}, {counted(telling.counts.total(), 'row')}"
    if at_work.stop and done < len(persons):
        at_work.stop.end(f"{done} of {rows}")
    telling.sum_up(rows)


def _naming(mapping: Path | None, said: dict[str, Any]) -> Naming:
    try:
        naming = read_naming(mapping.read_text("utf-8")) if mapping else Naming()
        return completed(
            naming,
            columns=said["column"],
            ignored=frozenset(said["ignore"]),
            identifier_system=said["identifier_system"],
            item_id_system=said["item_id_system"],
            delimiter=DELIMITERS[said["delimiter"]] if said["delimiter"] else None,
            encoding=said["encoding"],
        )
    except NamingRefusedError as refused:
        raise click.UsageError("\n".join(refused.details)) from None
    except UnicodeDecodeError:
        raise click.UsageError("The mapping file is not UTF-8.") from None


def _gathered(paths: Sequence[Path], naming: Naming, telling: Telling) -> Gathered:
    """The rows of all files; ends the command where one of them cannot be read, before anything is kept."""
    gathered, refused = Gathered(), {}
    for path in dict.fromkeys(paths):
        try:
            gathered.add(open_table(path, naming))
        except TableRefusedError as error:
            refused[path] = error.details
    if not refused:
        return gathered
    for path, details in refused.items():
        telling.tell(lines_of_file(path, details))
        click.echo("\n".join(f"{path}: {detail}" for detail in details), err=True)
    click.echo("Nothing was imported.", err=True)
    sys.exit(NOTHING)


def _known(door: Door, identifiers: Sequence[Identifier]) -> dict[Identifier, object]:
    """The ids of the patients who are on file, so that one person's rows come together."""
    known: dict[Identifier, object] = {}
    for start in range(0, len(identifiers), _LOOKED_UP):
        look = partial(patients_behind, identifiers=identifiers[start : start + _LOOKED_UP])
        known |= perform(door, look, reads_only=True)
    return known


def _take_in_all(at_work: Importing, tables: Sequence[Table], persons: Sequence[Person]) -> int:
    """Take in some patients at a time, each whole; how many it came to."""
    door, telling = at_work.door, at_work.telling
    done, at_once, ended = 0, _AT_ONCE // 5, 0.0
    hidden = not is_shown(telling.out)
    with click.progressbar(length=len(persons), label="Importing", file=sys.stderr, hidden=hidden) as bar:
        while done < len(persons) and not at_work.stop:
            some = _some(persons, done, at_once)
            read = read_rows(some, tables)
            time.sleep(max(0.0, ended + _PAUSE[door.database.kind] - time.monotonic()))
            began = time.monotonic()
            result = take_in(door, read.reading, keep=not telling.dry_run)
            ended = time.monotonic()
            telling.tell(lines_of_rows(tables, read.rows, result))
            done += len(some)
            bar.update(len(some))
            at_once = max(1, min(_AT_ONCE, int(len(some) * _SECONDS / (ended - began))))
    return done


def _some(persons: Sequence[Person], start: int, at_once: int) -> Sequence[Person]:
    """The next persons: at least one, and no more rows than are taken in at once."""
    rows, end = 0, start
    while end < len(persons) and end - start < at_once:
        rows += len(persons[end])
        if rows > _MOST_ROWS and end > start:
            break
        end += 1
    return persons[start:end]
