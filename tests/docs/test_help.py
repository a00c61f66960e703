"""Each console command's ``--help`` shows an example, and the documentation names commands that exist."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from service.cli import main
from tests.docs.markdown import documents, name_of

ANY = click.Context(main)


def _commands(group: click.Group, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    for name in group.list_commands(ANY):
        command = group.get_command(ANY, name)
        if isinstance(command, click.Group):
            yield from _commands(command, (*path, name))
        else:
            yield (*path, name)


_WORDS = r"""(?:'[^'\n]*'|"[^"\n]*"|[^`\n|;&>#'"])*"""
"""A command as it is written in a document, up to what ends it outside of quotes."""

COMMANDS = sorted(_commands(main))


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_the_help_of_a_command_shows_an_example_of_it(command: tuple[str, ...]) -> None:
    shown = CliRunner().invoke(main, [*command, "--help"])

    assert shown.exit_code == 0
    _, found, example = shown.output.partition("Example:")
    assert found
    assert f"medication-checklist {' '.join(command)}" in example


@pytest.mark.parametrize("document", documents(), ids=name_of)
def test_a_document_names_commands_and_options_that_exist(document: Path) -> None:
    text = document.read_text("utf-8").replace("\\\n", " ")
    for line in re.findall(rf"(?:`|^|\s)medication-checklist ([a-z]{_WORDS})", text, re.MULTILINE):
        words = shlex.split(line.partition("\n")[0], posix=True)
        command: click.Command = main
        while words and isinstance(command, click.Group):
            inner = command.get_command(ANY, words[0])
            if inner is None:
                break
            command = inner
            words.pop(0)
        assert command is not main, line
        options = {option for parameter in command.params for option in parameter.opts}
        named = {word.partition("=")[0] for word in words if word.startswith("--")}
        assert named <= options | {"--help"}, line
