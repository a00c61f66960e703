"""``serve`` and ``config check``: the server, and what the environment tells it."""

import fcntl
import gc
import os
import re
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

import click
from granian.constants import Interfaces

from service.cli.draining import DrainingServer, app_that_drains
from service.cli.role import check_role
from service.config import VARIABLES, ConfigurationError, Settings, Variable, read_settings, release

_MOST_SECONDS_TO_END = 8
"""What is still under way so long after the signal, such as a large print, is ended unanswered."""
SECRETS = ("SECRET_KEY", "AUDIT_KEY", "METRICS_TOKEN")
"""How the names of variables end whose values are shown nowhere."""


def settings_or_exit() -> Settings:
    """Read the environment, or say what is wrong with it and end with status 2."""
    try:
        return read_settings(os.environ)
    except ConfigurationError as error:
        click.echo(f"The service cannot start:\n{error}", err=True)
        sys.exit(2)


def run_server(settings: Settings) -> None:
    """Serve until a signal ends it: one process with threads, since SQLite has one writer."""
    # What is loaded by now stays; if the serving process looked through it for garbage, it would copy it.
    gc.collect()
    gc.freeze()
    with _temporary_files():
        DrainingServer(
            "service.cli.draining:app_that_drains",
            address=settings.host,
            port=settings.port,
            interface=Interfaces.WSGI,
            workers=1,
            blocking_threads=settings.threads,
            drain_seconds=settings.drain_seconds,
            workers_kill_timeout=_MOST_SECONDS_TO_END,
            log_access=False,
            log_level="error",
            # Left to find it by its name, the server would look in the folder that it was started in first.
        ).serve(target_loader=app_that_drains, wrap_loader=False)


@contextmanager
def _temporary_files() -> Iterator[None]:
    """Keep all temporary files in one folder, removed by the process that ends last.

    Who sets a sheet or a batch may be ended while it does, and then removes nothing.
    """
    with tempfile.TemporaryDirectory(prefix="medication-checklist-", ignore_cleanup_errors=True) as folder:
        # What cleans up old temporary files on a machine leaves a folder alone that is locked.
        fcntl.flock(os.open(folder, os.O_RDONLY), fcntl.LOCK_SH)
        os.environ["TMPDIR"] = tempfile.tempdir = folder
        yield


@click.command()
def serve() -> None:
    """Serve the API, from the environment's settings.

    \b
    Example:
      MEDICATION_CHECKLIST_SECRET_KEY=… MEDICATION_CHECKLIST_AUDIT_KEY=… PORT=8080 medication-checklist serve
    """
    settings = settings_or_exit()
    check_role(settings)
    click.echo(f"Serving on http://{settings.host}:{settings.port} (stop with Ctrl-C)", err=True)
    run_server(settings)


def _shown(variable: Variable) -> str:
    """A variable's value without anything secret: no key, and no password of an address."""
    value = os.environ.get(variable.name) or variable.default
    if value is None:
        return "(not set)"
    if variable.name.endswith(SECRETS):
        return "(set)"
    return re.sub(r"(://[^/@:]*):[^/@]*@", r"\1:***@", value)


@click.group()
def config() -> None:
    """Look at the configuration."""


@config.command()
def check() -> None:
    """Say which release this is and what each variable means and holds, and whether the service could start.

    \b
    Example:
      medication-checklist config check
    """
    click.echo(f"Release {release()}")
    for variable in VARIABLES:
        click.echo(f"{variable.name}={_shown(variable)}\n    {variable.meaning}")
    check_role(settings_or_exit())
    click.echo("The service can start.")
