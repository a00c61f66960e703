"""``demo``: a clinic with made-up patients is set up, says how to use it, and is served."""

import os
import sys

import click

from service.cli.demo.client import set_up_client
from service.cli.demo.clinic import CLINIC, set_up_clinic
from service.cli.demo.environment import kept_environment, make_folder, write_environment
from service.cli.demo.instructions import instructions
from service.cli.demo.patients import add_patients, tomorrow
from service.cli.serving import SECRETS, settings_or_exit
from service.config import PREFIX
from service.domain.audit.chain import AuditKeys
from service.store.database import Database
from service.store.database.migrations import migrate


@click.command()
def demo() -> None:
    """Set up a demo clinic with made-up patients, say how to use it, and serve it.

    All that it keeps stands in var/ of the folder that it is started in; the keys stand in var/demo.env.
    Started there again it goes on with that.

    \b
    Example:
      PORT=8080 medication-checklist demo
    """
    make_folder()
    kept = kept_environment()
    _set_environment(kept)
    settings = settings_or_exit()
    kept["BASE_URL"] = f"http://{settings.host}:{settings.port}"
    write_environment(kept)
    migrate(settings.database_url)
    database, audit_keys = Database(settings.database_url), AuditKeys(settings.audit_keys)
    try:
        if set_up_clinic(database, audit_keys, kept):
            add_patients(database, audit_keys, kept)
        set_up_client(database, CLINIC, kept)
    finally:
        database.dispose()
    click.echo(instructions(kept, tomorrow()))
    # A process anew: the threads that set the sheets would not be there in the server's forked worker. By -P
    # it takes no module from the folder that the demo is started in.
    os.execv(sys.executable, [sys.executable, "-P", "-m", "service.cli", "serve"])  # noqa: S606 -- our own command


def _set_environment(kept: dict[str, str]) -> None:
    """Set what the server needs and nobody has set."""
    if os.environ.setdefault(PREFIX + "MODE", "demo") == "demo":
        os.environ.setdefault(PREFIX + "OPEN_HOOKS_CLINIC", CLINIC)
    for name in SECRETS:
        os.environ.setdefault(PREFIX + name, kept[name])
