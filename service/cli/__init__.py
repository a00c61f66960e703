"""Console commands; each reads its arguments, calls one action and says what happened."""

import os
from importlib import import_module

import click

_COMMANDS = {
    "audit": "audit:audit",
    "backup": "backups:back_up_database",
    "catalogues": "catalogues:catalogues",
    "clients": "clients:clients",
    "clinics": "people:clinics",
    "config": "serving:config",
    "db": "database:db",
    "demo": "demo.command:demo",
    "guidance": "guidance.commands:guidance",
    "import": "importing.commands:import_files",
    "keys": "people:keys",
    "patients": "patients.commands:patients",
    "print": "printing:print_sheets",
    "restore": "backups:restore_database",
    "serve": "serving:serve",
    "staff": "people:staff",
}
"""For each command its module in this room, and what it is called there."""


class _Commands(click.Group):
    """Loads a command when it is asked for: a server carries nothing that only the others need."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        module, name = _COMMANDS[cmd_name].split(":")
        command: click.Command = getattr(import_module(f"service.cli.{module}"), name)
        return command


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="medication-checklist", prog_name="medication-checklist")
def main() -> None:
    """Keep medication lists and issue pre-treatment disclosure checklists."""
    # Databases, sheets and keys that a command writes are for its owner only.
    os.umask(0o077)


__all__ = ["main"]
