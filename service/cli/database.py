"""``db``: bring the database to this release's tables, and write it anew."""

import sys

import click

from service.cli.opening import database_url, said_plainly
from service.store.database.migrations import migrate
from service.store.vacuum import NotWrittenAnewError, write_anew


@click.group()
def db() -> None:
    """Manage the database's tables."""


@db.command()
def upgrade() -> None:
    """Run every migration that is still to be run.

    \b
    Example:
      DATABASE_URL=postgresql://clinic@localhost/checklists medication-checklist db upgrade
    """
    with said_plainly():
        migrate(database_url())
    click.echo("The database is up to date.")


@db.command()
def vacuum() -> None:
    """Write the database's file, or the tables with patients' data, anew: nothing deleted is left in them.

    Nobody can use them meanwhile. On SQLite it is needed once, where the database was made by a release
    that did not erase; on PostgreSQL after every erasure that is not to wait for chance.

    \b
    Example:
      medication-checklist db vacuum
    """
    try:
        write_anew(database_url())
    except NotWrittenAnewError as error:
        click.echo(str(error), err=True)
        sys.exit(1)
    click.echo("The database is written anew.")
