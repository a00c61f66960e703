"""A command is loaded when it is asked for, and carries nothing of the others."""

import os
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from service.cli import main
from service.cli.groups import Group
from service.cli.guidance.commands import guidance

SLOW_TO_LOAD = {"alembic", "flask", "granian", "psycopg", "sqlalchemy", "typst"}
ASK = "import sys, service.cli; service.cli.main(sys.argv[1:], standalone_mode=False); print(*sys.modules)"


def loaded(*words: str) -> set[str]:
    run = subprocess.run([sys.executable, "-c", ASK, *words], check=True, capture_output=True, text=True)
    return set(run.stdout.split())


@pytest.mark.parametrize("command", ["check", "draft", "review"])
def test_guidance_is_worked_on_without_a_database_or_a_server(command: str) -> None:
    assert loaded("guidance", command, "--help") & SLOW_TO_LOAD == set()


@pytest.mark.parametrize("words", [("guidance", "list"), ("staff", "add"), ("print",), ("import", "csv")])
def test_only_who_changes_the_tables_loads_what_migrates(words: tuple[str, ...]) -> None:
    assert loaded(*words, "--help") & {"alembic", "sqlalchemy"} == {"sqlalchemy"}


@pytest.mark.parametrize("group", [main, guidance], ids=["main", "guidance"])
def test_each_command_is_found_by_the_name_that_help_shows(group: Group) -> None:
    context = click.Context(group)
    names = group.list_commands(context)

    found = [group.get_command(context, name) for name in names]

    assert [command and command.name for command in found] == names == sorted(names)
    assert group.get_command(context, "no such command") is None


def test_what_a_command_writes_is_for_its_owner_only_and_what_is_written_after_it_as_before(
    tmp_path: Path,
) -> None:
    database = tmp_path / "checklist.sqlite"
    before = os.umask(0o022)
    try:
        run = CliRunner().invoke(main, ["db", "upgrade"], env={"DATABASE_URL": f"sqlite:///{database}"})
        (tmp_path / "after").touch()
    finally:
        os.umask(before)

    assert run.exit_code == 0, run.output
    assert database.stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "after").stat().st_mode & 0o777 == 0o644
