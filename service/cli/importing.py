"""``import``: take in files that other systems wrote."""

import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, TextIO, cast

import click

from service.actions.clock import utc_now
from service.actions.import_results import EntryResult, EntryStatus, ImportRefusedError, ImportResult
from service.actions.imports import import_reading
from service.actions.work import Door, Work, perform
from service.cli.database import audit_keys_or_exit, database_url, said_plainly
from service.cli.import_files import Part, files_in, parts_of
from service.cli.known import known_actor
from service.formats.catalogue_files import shipped_catalogues
from service.formats.fhir.naming_by_id import named_by_id
from service.formats.fhir.reading import read
from service.formats.findings import Issue, Severity
from service.store.database import Database

NOTHING, SOMETHING_REFUSED = 1, 3
_KEPT = (EntryStatus.CREATED, EntryStatus.UPDATED, EntryStatus.UNCHANGED)
_URI = re.compile(r"[!-~]{1,200}")
_WITH_THE_REST = Issue(
    Severity.INFORMATION, "informational", "Something else in this file is refused, and so all of it."
)


class _NothingKeptError(Exception):
    """Undoes what a dry run did, and brings its result out."""

    def __init__(self, result: ImportResult) -> None:
        super().__init__("A dry run keeps nothing.")
        self.result = result


def _system(_context: click.Context, _parameter: click.Parameter, text: str | None) -> str | None:
    if text is not None and not _URI.fullmatch(text):
        raise click.BadParameter("Write a URI such as urn:clinic:mrn.")
    return text


@click.group("import")
def import_files() -> None:
    """Take in what other systems wrote. It adds to the lists and never takes away."""


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

    The exit status is 0 when all was kept, 3 when something was refused, and 1 when nothing was kept.

    \b
    Example:
      medication-checklist import fhir exports/ --by nurse.01 --dry-run
      medication-checklist import fhir exports/ --by nurse.01 --result imported.jsonl \\
          --subject-system urn:clinic:old-ehr
    """
    audit_keys, database = audit_keys_or_exit(), Database(database_url())
    counts: Counter[EntryStatus] = Counter()
    try:
        with said_plainly(), click.open_file(result or "-", "w", encoding="utf-8") as told:
            door = Door(
                database,
                audit_keys,
                utc_now,
                known_actor(database, by, clinic),
                "console",
                shipped_catalogues(),
            )
            files = files_in(paths)
            for part in _with_bar(files, shown=result is not None or not sys.stdout.isatty()):
                outcome = _take_in(door, part, subject_system, keep=not dry_run)
                counts.update(one.status for one in outcome.entries)
                _tell(cast("TextIO", told), part, outcome)
    finally:
        database.dispose()
    _sum_up(len(files), counts, dry_run=dry_run)


def _with_bar(files: list[Path], *, shown: bool) -> Iterator[Part]:
    """The parts of the files, patients first, with a bar on a terminal that shows nothing else."""
    passes = [(file, patients) for patients in (True, False) for file in files]
    hidden = not (shown and sys.stderr.isatty())
    with click.progressbar(passes, label="Importing", file=sys.stderr, hidden=hidden) as bar:
        for file, patients in bar:
            yield from parts_of(file, patients=patients)


def _take_in(door: Door, part: Part, subject_system: str | None, *, keep: bool) -> ImportResult:
    if part.document is None:
        issue = Issue(Severity.ERROR, "structure", part.fault or "")
        return ImportResult((EntryResult("", "", EntryStatus.REFUSED, (issue,)),))
    document = named_by_id(part.document, subject_system) if subject_system else part.document
    # Without a system that they are numbers in, two files may mean different things by one id.
    reading = read(document, sender=subject_system)

    def act(work: Work) -> ImportResult:
        result = import_reading(work, reading)
        if not keep:
            raise _NothingKeptError(result)
        return result

    try:
        result = perform(door, act)
    except _NothingKeptError as dry:
        result = dry.result
    except ImportRefusedError as refused:
        result = _undone(refused.result)
    entries = tuple(one for one in result.entries if part.line_of(one.place) not in part.told)
    return replace(result, entries=entries)


def _undone(result: ImportResult) -> ImportResult:
    """Of a file that is refused no entry is kept; where none has a fault of its own, the Bundle has."""
    entries = tuple(
        EntryResult(one.place, one.resource_type, EntryStatus.NOT_KEPT, (*one.issues, _WITH_THE_REST))
        if one.status in _KEPT
        else one
        for one in result.entries
    )
    if any(issue.severity is Severity.ERROR for issue in result.beside):
        entries = (EntryResult("Bundle", "Bundle", EntryStatus.REFUSED, result.beside), *entries)
    return ImportResult(entries)


def _tell(told: TextIO, part: Part, outcome: ImportResult) -> None:
    """One line for each entry, written out at once so that it outlives an interruption."""
    for one in outcome.entries:
        said: dict[str, Any] = {
            "file": str(part.file),
            "line": part.line_of(one.place),
            "type": one.resource_type or None,
            "place": part.within_line(one.place, one.resource_type),
            "status": one.status.value,
            "location": one.location,
            "issues": [_issue(part, one, issue) for issue in (*outcome.beside, *one.issues)],
        }
        told.write(json.dumps(said, ensure_ascii=False) + "\n")
    told.flush()


def _issue(part: Part, one: EntryResult, issue: Issue) -> dict[str, Any]:
    return {
        "severity": issue.severity.value,
        "code": issue.code,
        "detail": issue.detail,
        "place": part.within_line(issue.expression, one.resource_type) if issue.expression else None,
    }


def _sum_up(files: int, counts: Counter[EntryStatus], *, dry_run: bool) -> None:
    said = ", ".join(f"{counts[status]} {status.value.replace('_', ' ')}" for status in EntryStatus)
    click.echo(f"{files} files: {said}", err=True)
    if dry_run:
        click.echo("This was a dry run; nothing was kept.", err=True)
    if not any(counts[status] for status in _KEPT):
        click.echo("Nothing was imported.", err=True)
        sys.exit(NOTHING)
    if counts[EntryStatus.REFUSED]:
        sys.exit(SOMETHING_REFUSED)
