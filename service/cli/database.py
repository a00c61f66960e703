"""``db``: bring the database to this release's tables."""

import os

import click

from service.config import VARIABLES
from service.store.migrations import migrate


def database_url() -> str:
    """The database that the environment chooses, or the default one."""
    variable = VARIABLES[0]
    return os.environ.get(variable.name) or variable.default or ""


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
    migrate(database_url())
    click.echo("The database is up to date.")
