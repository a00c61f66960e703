"""How commands open the database that the environment chooses, and what they say where it refuses."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

from service.config import VARIABLES, ConfigurationError, read_audit_keys
from service.domain.audit.chain import AuditKeys
from service.domain.errors import DomainError
from service.store.database import Connection, Database, Reach, RefusedByDatabaseError, UnavailableError


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
