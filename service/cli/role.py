"""Whether PostgreSQL's policies hold for the role that the service logs in as: asked before it serves."""

import sys

import click

from service.config import Settings
from service.store.database import Database, Reach, RefusedByDatabaseError, UnavailableError
from service.store.database.reach import role_beyond_policies

_BEYOND = (
    "DATABASE_URL logs in as {role}, a role that PostgreSQL holds to no row-level security: a superuser, or "
    "one with BYPASSRLS. A query that forgot its clinic would be answered with every clinic's rows."
)
_HOW_TO_MAKE_ONE = (
    "Make a plain role for the service and give it the database; docs/operators.md has the statements "
    "(“The service's role”)."
)


def check_role(settings: Settings) -> None:
    """End with status 2 where no policy holds for the service's role; a demo is only warned.

    A database that does not answer now is not waited for: the service starts, and is not ready.
    """
    role = _role_beyond_policies(settings.database_url)
    if role is None:
        return
    said = f"{_BEYOND.format(role=role)}\n{_HOW_TO_MAKE_ONE}"
    if settings.mode == "production":
        click.echo(f"The service cannot start:\n{said}", err=True)
        sys.exit(2)
    click.echo(f"Warning: {said}", err=True)


def _role_beyond_policies(url: str) -> str | None:
    database = Database(url)
    try:
        if database.kind != "postgresql":
            return None
        with database.transaction(Reach.CREDENTIALS, reads_only=True) as connection:
            return role_beyond_policies(connection)
    except (UnavailableError, RefusedByDatabaseError):
        return None
    finally:
        database.dispose()
