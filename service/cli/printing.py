"""``print``: a day's sheets, named ones, or a new one for a patient, as one PDF, set as the pages set it."""

import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from datetime import date
from pathlib import Path
from typing import BinaryIO, cast
from uuid import UUID

import click

from service.actions.batches import Batch, gather_batch, plan_batch
from service.actions.door import Door
from service.actions.issuing import ChecklistRequest
from service.actions.performing import perform
from service.cli.doors import staff_door
from service.cli.printing_patient import PatientsSheet, issue_sheet, set_sheet_or_exit, sheets_file
from service.domain.checklists.batches import BatchRequest
from service.domain.checklists.treatments import MOST_TREATMENTS
from service.domain.patients.patients import Identifier
from service.formats.printout import BatchPdf, PressError
from service.web.fields import Day
from service.web.printing import file_name, print_batch

NOT_ALL_PRINTED = 3


def _day(_context: click.Context, _parameter: click.Parameter, text: str | None) -> date | None:
    try:
        return None if text is None else Day.parse(text)
    except ValueError:
        raise click.BadParameter("Write a date such as 2026-12-01.") from None


def _identifier(_context: click.Context, _parameter: click.Parameter, text: str | None) -> Identifier | None:
    try:
        return None if text is None else Identifier.parse(text)
    except ValueError:
        raise click.BadParameter("Write system|value, such as 'urn:clinic:mrn|000123'.") from None


@click.command("print")
@click.option("--date", "day", callback=_day, metavar="YYYY-MM-DD", help="Everybody who is planned for it.")
@click.option("--checklist", "ids", type=click.UUID, multiple=True, metavar="ID", help="A sheet by its id.")
@click.option("--patient", callback=_identifier, metavar="SYSTEM|VALUE", help="A new sheet for one patient.")
@click.option(
    "--treatment",
    "treatments",
    multiple=True,
    metavar="ID",
    help="With --patient: what the sheet is for.",
)
@click.option("--planned-start", callback=_day, metavar="YYYY-MM-DD", help="With --patient: when it starts.")
@click.option("--renew/--as-they-are", default=None, help="Issue anew what is out of date.  [--date: yes]")
@click.option("--by", required=True, metavar="LOGIN", help="The member of staff who prints.")
@click.option("--clinic", help="The clinic's name, to be sure that LOGIN is of it.")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path, allow_dash=True), help="The PDF.")
def print_sheets(
    *,
    day: date | None,
    ids: tuple[UUID, ...],
    patient: Identifier | None,
    treatments: tuple[str, ...],
    planned_start: date | None,
    renew: bool | None,
    by: str,
    clinic: str | None,
    output: Path | None,
) -> None:
    """Print sheets into one PDF, each in its patient's paper, size and language, behind a cover for staff.

    With --patient a checklist is issued from the patient's latest list, and its sheet is printed alone.
    Without --output the file is named after the day, or after the code of the one sheet. A sheet that cannot
    be printed is named on the cover and the others are printed; the exit status is then 3. It is 1 when
    nothing was printed.

    \b
    Example:
      medication-checklist print --date 2026-12-01 --by nurse.01
      medication-checklist print --by nurse.01 --patient 'urn:clinic:mrn|000123' --treatment sorafenib
      medication-checklist print --by nurse.01 --output two.pdf \\
          --checklist 01920000-0000-7000-8000-000000000000 \\
          --checklist 01920000-0000-7000-8000-000000000001
    """
    wanted = _sheet_wanted(
        patient, treatments, planned_start, others=day is not None or bool(ids), renew=renew
    )
    with staff_door(by, clinic) as door:
        if wanted is None:
            _print_batch(door, BatchRequest(day, ids, renew), output)
        else:
            _print_one(door, wanted, output)


def _sheet_wanted(
    patient: Identifier | None,
    treatments: tuple[str, ...],
    planned_start: date | None,
    *,
    others: bool,
    renew: bool | None,
) -> PatientsSheet | None:
    """What is wanted of one patient, or None. Raises UsageError for options that do not go together."""
    if patient is None:
        if treatments or planned_start is not None:
            raise click.UsageError("--treatment and --planned-start say what is printed for --patient.")
        return None
    if others or renew is not None:
        raise click.UsageError("--patient issues one new sheet; it does not go with other sheets.")
    if not treatments:
        raise click.UsageError("Name what the sheet is for: --treatment ID. “guidance list” names them.")
    if len(set(treatments)) < len(treatments) or len(treatments) > MOST_TREATMENTS:
        raise click.UsageError(f"One sheet is for at most {MOST_TREATMENTS} treatments, each named once.")
    return PatientsSheet(patient, ChecklistRequest(treatments, planned_start))


def _print_one(door: Door, wanted: PatientsSheet, output: Path | None) -> None:
    issued = perform(door, lambda work: issue_sheet(work, wanted))
    pdf = set_sheet_or_exit(issued)
    path = output or sheets_file(issued)
    _write(path, pdf)
    click.echo(f"1 sheet, {path}", err=True)


def _print_batch(door: Door, request: BatchRequest, output: Path | None) -> None:
    batch = perform(door, lambda work: gather_batch(work, plan_batch(work, request)))
    try:
        printed = _set(batch, lambda: print_batch(batch, door.catalogues))
    except PressError as error:
        click.echo(str(error), err=True)
        sys.exit(1)
    path = output or Path(file_name(batch))
    _write(path, printed.pdf)
    _say(path, batch, printed)


def _write(path: Path, pdf: bytes) -> None:
    with cast("BinaryIO", click.open_file(str(path), "wb", atomic=str(path) != "-")) as file:
        file.write(pdf)


def _set(batch: Batch, work: Callable[[], BatchPdf]) -> BatchPdf:
    """Set the batch with a bar on a terminal; it shows the time, since the typesetter tells nothing."""
    number = len(batch.sheets)
    with (
        ThreadPoolExecutor(1) as pool,
        click.progressbar(
            length=1,
            label=f"Setting {number} sheets",
            file=sys.stderr,
            hidden=not sys.stderr.isatty(),
            show_eta=False,
            item_show_func=lambda seconds: None if seconds is None else f"{seconds} s",
        ) as bar,
    ):
        began, made = time.monotonic(), pool.submit(work)
        while not wait([made], timeout=1).done:
            bar.current_item = round(time.monotonic() - began)
            bar.render_progress()
        bar.update(1)
    return made.result()


def _say(path: Path, batch: Batch, printed: BatchPdf) -> None:
    click.echo(f"{len(batch.sheets)} sheets, {path}", err=True)
    if printed.failed:
        click.echo(f"{printed.failed} were not printed. The cover names them, with the reason.", err=True)
        sys.exit(NOT_ALL_PRINTED)
