"""``print``: a day's sheets, or named ones, as one PDF, set as the pages set it."""

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
from service.actions.clock import utc_now
from service.actions.work import Door, perform
from service.cli.database import audit_keys_or_exit, database_url, said_plainly
from service.cli.known import known_actor
from service.domain.batches import BatchRequest
from service.formats.catalogue_files import shipped_catalogues
from service.formats.printout import BatchPdf, PressError
from service.store.database import Database
from service.web.fields import Day
from service.web.printing import file_name, print_batch

NOT_ALL_PRINTED = 3


def _day(_context: click.Context, _parameter: click.Parameter, text: str | None) -> date | None:
    try:
        return None if text is None else Day.parse(text)
    except ValueError:
        raise click.BadParameter("Write a date such as 2026-12-01.") from None


@click.command("print")
@click.option("--date", "day", callback=_day, metavar="YYYY-MM-DD", help="Everybody who is planned for it.")
@click.option("--checklist", "ids", type=click.UUID, multiple=True, metavar="ID", help="A sheet by its id.")
@click.option("--renew/--as-they-are", default=None, help="Issue anew what is out of date.  [--date: yes]")
@click.option("--by", required=True, metavar="LOGIN", help="The member of staff who prints.")
@click.option("--clinic", help="The clinic's name, to be sure that LOGIN is of it.")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path, allow_dash=True), help="The PDF.")
def print_sheets(
    *,
    day: date | None,
    ids: tuple[UUID, ...],
    renew: bool | None,
    by: str,
    clinic: str | None,
    output: Path | None,
) -> None:
    """Print sheets into one PDF, each in its patient's paper, size and language, behind a cover for staff.

    Without --output the file is named after the day. A sheet that cannot be printed is named on the cover and
    the others are printed; the exit status is then 3. It is 1 when nothing was printed.

    \b
    Example:
      medication-checklist print --date 2026-12-01 --by nurse.01
      medication-checklist print --by nurse.01 --output two.pdf \\
          --checklist 01920000-0000-7000-8000-000000000000 \\
          --checklist 01920000-0000-7000-8000-000000000001
    """
    audit_keys, database = audit_keys_or_exit(), Database(database_url())
    try:
        with said_plainly():
            request = BatchRequest(day, ids, renew)
            actor = known_actor(database, by, clinic)
            door = Door(database, audit_keys, utc_now, actor, "console", shipped_catalogues())
            batch = perform(door, lambda work: gather_batch(work, plan_batch(work, request)))
        printed = _set(batch, lambda: print_batch(batch, door.catalogues))
    except PressError as error:
        click.echo(str(error), err=True)
        sys.exit(1)
    finally:
        database.dispose()
    path = output or Path(file_name(batch))
    with cast("BinaryIO", click.open_file(str(path), "wb", atomic=str(path) != "-")) as file:
        file.write(printed.pdf)
    _say(path, batch, printed)


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
