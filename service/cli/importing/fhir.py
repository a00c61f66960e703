"""``import fhir``: take in FHIR R4 that other systems wrote."""

import re
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, TextIO

import click

from service.actions.door import Door
from service.actions.import_results import EntryResult, EntryStatus, ImportResult
from service.cli.importing.taking_in import import_options, importing, take_in
from service.cli.importing.telling import counted, is_shown
from service.formats.fhir.files import Part, files_in, parts_of
from service.formats.fhir.naming_by_id import named_by_id
from service.formats.fhir.reading import read
from service.formats.findings import Issue, Severity

_URI = re.compile(r"[!-~]{1,200}")


def _system(_context: click.Context, _parameter: click.Parameter, text: str | None) -> str | None:
    if text is not None and not _URI.fullmatch(text):
        raise click.BadParameter("Write a URI such as urn:clinic:mrn.")
    return text


@click.command("fhir")
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@import_options
@click.option(
    "--subject-system",
    callback=_system,
    metavar="URI",
    help="What the ids in the files are numbers of: Patient/1 is then the identifier URI|1.",
)
def import_fhir(paths: tuple[Path, ...], subject_system: str | None, **chosen: Any) -> None:
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
    files, done = files_in(paths), False
    with importing(**chosen) as at_work:
        telling = at_work.telling
        for part in _with_bar(files, telling.out):
            if at_work.stop:
                break
            result = _read_in(at_work.door, part, subject_system, keep=not telling.dry_run)
            telling.tell(_lines(part, result))
        else:
            done = True
    if at_work.stop and not done:
        at_work.stop.end(f"{telling.counts.total()} entries were taken in")
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
