"""Console commands; each reads its arguments, calls one action and says what happened."""

import os
from functools import partial

import click

from service.cli.groups import Group

_COMMANDS = {
    "audit": "service.cli.audit:audit",
    "backup": "service.cli.backups:back_up_database",
    "catalogues": "service.cli.catalogues:catalogues",
    "clients": "service.cli.clients:clients",
    "clinics": "service.cli.people:clinics",
    "config": "service.cli.serving:config",
    "db": "service.cli.database:db",
    "demo": "service.cli.demo.command:demo",
    "guidance": "service.cli.guidance.commands:guidance",
    "import": "service.cli.importing.commands:import_files",
    "keys": "service.cli.people:keys",
    "patients": "service.cli.patients.commands:patients",
    "print": "service.cli.printing:print_sheets",
    "restore": "service.cli.backups:restore_database",
    "serve": "service.cli.serving:serve",
    "staff": "service.cli.people:staff",
}


@click.group(cls=Group, modules=_COMMANDS, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="medication-checklist", prog_name="medication-checklist")
@click.pass_context
def main(context: click.Context) -> None:
    """Keep medication lists and issue pre-treatment disclosure checklists."""
    # Databases, sheets and keys that a command writes are for its owner only.
    context.call_on_close(partial(os.umask, os.umask(0o077)))


__all__ = ["main"]
