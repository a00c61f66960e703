"""``backup`` and ``restore``: a copy of an SQLite database while the service runs, and back."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from service.cli.opening import database_url
from service.store.database.backups import DIGEST, BackupRefusedError, back_up, restore


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except BackupRefusedError as error:
        click.echo(str(error), err=True)
        sys.exit(1)


@click.command("backup")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def back_up_database(file: Path) -> None:
    """Copy the database into FILE, and its SHA-256 into FILE.sha256, while the service runs.

    The copy is of one moment, and SQLite's own check of it has passed. For SQLite; PostgreSQL has its own
    tools. Nothing is overwritten.

    \b
    Example:
      medication-checklist backup /backups/checklists-2026-12-01.sqlite3
    """
    with _told():
        digest = back_up(database_url(), file)
    click.echo(f"{digest}  {file}")
    click.echo(f"Keep {file.name}{DIGEST} with it.", err=True)


@click.command("restore")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def restore_database(file: Path) -> None:
    """Make the database that DATABASE_URL names from the backup in FILE.

    A backup in which a byte has changed is refused, and so is a place where there is a database already.
    Start the service on it afterwards; where it is a later release, run "db upgrade" first.

    \b
    Example:
      DATABASE_URL=sqlite:///again.sqlite3 medication-checklist restore /backups/checklists-2026-12-01.sqlite3
    """
    with _told():
        restore(file, database_url())
    click.echo("Restored.")
