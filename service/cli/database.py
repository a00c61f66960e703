"""``db``: bring the database to this release's tables; and how the other commands open it."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

from service.config import VARIABLES, ConfigurationError, read_audit_keys
from service.domain.audit.chain import AuditKeys
from service.domain.errors import DomainError
from service.store.database import Connection, Database, Reach, RefusedByDatabaseError, UnavailableError
from service.store.database.migrations import migrate
from service.store.vacuum import NotWrittenAnewError, write_anew


def database_url() -> str:
    """The database that the environment chooses, or the default one."""
    variable = VARIABLES[0]
    return os.environ.get(variable.name) or variable.default or ""


def audit_keys_or_exit() -> AuditKeys:
    """The keys that sign what a command does to patients' data; ends it with status 2 where there is none."""
    try:
        return AuditKeys(read_audit_keys(os.environ))
    except ConfigurationError as error:
        click.echo(f"What this command does is signed in the audit trail.\n{error}", err=True)
        sys.exit(2)


@contextmanager
def open_transaction() -> Iterator[Connection]:
    """One transaction on the environment's database; what it refuses is said plainly.

    It reads what tells a clinic by its name, and reaches no clinic's rows before that.
    """
    database = Database(database_url())
    try:
        with said_plainly(), database.transaction(Reach.CREDENTIALS) as connection:
            yield connection
    finally:
        database.dispose()


@contextmanager
def said_plainly() -> Iterator[None]:
    """Say what the database or the domain refuses, and end the command with status 1."""
    try:
        yield
    except (UnavailableError, RefusedByDatabaseError):
        click.echo("The database does not answer, or has not been upgraded.", err=True)
        sys.exit(1)
    except DomainError as error:
        faults = getattr(error, "faults", ())
        click.echo("\n".join(fault.detail for fault in faults) or error.detail, err=True)
        sys.exit(1)


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
