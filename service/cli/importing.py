"""``import``: take in files that other systems wrote."""

import re
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, TextIO, cast

import click

from service.actions.clock import utc_now
from service.actions.import_results import EntryResult, EntryStatus, ImportResult
from service.actions.work import Door
from service.cli.database import audit_keys_or_exit, database_url, said_plainly
from service.cli.import_files import Part, files_in, parts_of
from service.cli.importing_csv import import_csv
from service.cli.known import known_actor
from service.cli.taking_in import Telling, counted, is_shown, stopping, take_in
from service.formats.catalogue_files import shipped_catalogues
from service.formats.fhir.naming_by_id import named_by_id
from service.formats.fhir.reading import read
from service.formats.findings import Issue, Severity
from service.store.database import Database

_URI = re.compile(r"[!-~]{1,200}")


def _system(_context: click.Context, _parameter: click.Parameter, text: str | None) -> str | None:
    if text is not None and not _URI.fullmatch(text):
        raise click.BadParameter("Write a URI such as urn:clinic:mrn.")
    return text


@click.group("import")
def import_files() -> None:
    """Take in what other systems wrote. It adds to the lists and never takes away."""


import_files.add_command(import_csv)


@import_files.command("fhir")
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--by", required=True, metavar="LOGIN", help="The member of staff who imports.")
@click.option("--clinic", help="The clinic's name, to be sure that LOGIN is of it.")
@click.option("--dry-run", is_flag=True, help="Do everything, say what came of it, and keep nothing.")
@click.option("--result", type=click.Path(dir_okay=False), metavar="FILE.jsonl", help="Where the lines go.")
@click.option(
    "--subject-system",
    callback=_system,
    metavar="URI",
    help="What the ids in the files are numbers of: Patient/1 is then the identifier URI|1.",
)
def import_fhir(
    *,
    paths: tuple[Path, ...],
    by: str,
    clinic: str | None,
    dry_run: bool,
    result: str | None,
    subject_system: str | None,
) -> None:
    """Take in FHIR R4: resources and Bundles in .json files, or a resource on each line of .ndjson files.

    Of folders, the files in them are taken in, and Patients first. A file is kept as a whole or not at all;
    of a batch, and of .ndjson, each entry by itself. The same again changes nothing, so that what was
    interrupted can be started anew. A line of JSON tells what became of each entry.

    The exit status is 0 when all was kept, 3 when something was refused, 1 when nothing was kept, and 130 or
    143 when a signal ended it early.

    \b
    Example:
      medication-checklist import fhir exports/ --by nurse.01 --dry-run
      medication-checklist import fhir exports/ --by nurse.01 --result imported.jsonl \\
          --subject-system urn:clinic:old-ehr
    """
    audit_keys, database = audit_keys_or_exit(), Database(database_url())
    files, done = files_in(paths), False
    try:
        with (
            said_plainly(),
            click.open_file(result or "-", "w", encoding="utf-8") as out,
            stopping() as stop,
        ):
            door = Door(
                database,
                audit_keys,
                utc_now,
                known_actor(database, by, clinic),
                "console",
                shipped_catalogues(),
            )
            telling = Telling(cast("TextIO", out), dry_run)
            for part in _with_bar(files, telling.out):
                if stop:
                    break
                telling.tell(_lines(part, _read_in(door, part, subject_system, keep=not dry_run)))
            else:
                done = True
    finally:
        database.dispose()
    if stop and not done:
        stop.end(f"{telling.counts.total()} entries were taken in")
    telling.sum_up(counted(len(files), "file"))


def _with_bar(files: list[Path], out: TextIO) -> Iterator[Part]:
    """The parts of the files, patients first, with a bar on a terminal that shows nothing else."""
    passes = [(file, patients) for patients in (True, False) for file in files]
    with click.progressbar(passes, label="Importing", file=sys.stderr, hidden=not is_shown(out)) as bar:
        for file, patients in bar:
            yield from parts_of(file, patients=patients)


def _read_in(door: Door, part: Part, subject_system: str | None, *, keep: bool) -> ImportResult:
    if part.document is None:
        issue = Issue(Severity.ERROR, "structure", part.fault or "")
        return ImportResult((EntryResult("", "", EntryStatus.REFUSED, (issue,)),))
    document = named_by_id(part.document, subject_system) if subject_system else part.document
    # Without a system that they are numbers in, two files may mean different things by one id.
    result = take_in(door, read(document, sender=subject_system), keep=keep)
    entries = tuple(one for one in result.entries if part.line_of(one.place) not in part.told)
    return replace(result, entries=entries)


def _lines(part: Part, outcome: ImportResult) -> Iterator[dict[str, Any]]:
    """One line for each entry."""
    for one in outcome.entries:
        yield {
            "file": str(part.file),
            "line": part.line_of(one.place),
            "type": one.resource_type or None,
            "place": part.within_line(one.place, one.resource_type),
            "status": one.status.value,
            "location": one.location,
            "issues": [_issue(part, one, issue) for issue in (*outcome.beside, *one.issues)],
        }


def _issue(part: Part, one: EntryResult, issue: Issue) -> dict[str, Any]:
    return {
        "severity": issue.severity.value,
        "code": issue.code,
        "detail": issue.detail,
        "place": part.within_line(issue.expression, one.resource_type) if issue.expression else None,
    }
