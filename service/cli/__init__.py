"""Console commands; each reads its arguments, calls one action and says what happened."""

import os

import click

from service.cli.audit import audit
from service.cli.backups import back_up_database, restore_database
from service.cli.catalogues import catalogues
from service.cli.clients import clients
from service.cli.database import db
from service.cli.demo import demo
from service.cli.guidance import guidance
from service.cli.importing import import_files
from service.cli.people import clinics, keys, staff
from service.cli.printing import print_sheets
from service.cli.serving import config, serve


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="medication-checklist", prog_name="medication-checklist")
def main() -> None:
    """Keep medication lists and issue pre-treatment disclosure checklists."""
    # Databases, sheets and keys that a command writes are for its owner only.
    os.umask(0o077)


for command in (
    audit,
    back_up_database,
    catalogues,
    clients,
    clinics,
    config,
    db,
    demo,
    guidance,
    import_files,
    keys,
    print_sheets,
    restore_database,
    serve,
    staff,
):
    main.add_command(command)

__all__ = ["main"]
