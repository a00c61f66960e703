"""A group of commands that loads each when it is asked for: none carries what only another one needs."""

from collections.abc import Mapping
from importlib import import_module
from typing import Any

import click


class Group(click.Group):
    """Has its commands in ``modules``: for each name ``module:what it is called there``, in their order."""

    def __init__(self, *args: Any, modules: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._modules = modules

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in the order in which help shows them."""
        return list(self._modules)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, loaded now; None where there is none."""
        if cmd_name not in self._modules:
            return None
        module, name = self._modules[cmd_name].split(":")
        command: click.Command = getattr(import_module(module), name)
        return command
