"""Runs the shell examples of a document, one after the other in one shell, and reads what each printed."""

import json
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.docs.markdown import Block, blocks
from tests.running_service import COMMAND

_MARK = "--8<-- example"
ANYTHING = "…"


@dataclass(frozen=True)
class Example:
    """A shell block, what it printed, and the block that shows what it prints, where there is one."""

    block: Block
    printed: str
    shown: Block | None


def run_examples(name: str, folder: Path) -> list[Example]:
    """Paste every ``sh`` block of a document into a shell in the folder; all of them must succeed."""
    found = blocks(name)
    shown_after = {id(block): after for block, after in zip(found, [*found[1:], None], strict=True)}
    commands = [block for block in found if block.language == "sh"]
    script = "".join(f"{block.text}\nprintf '\\n{_MARK}\\n'\n" for block in commands)
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    ran = subprocess.run(
        ["bash", "-eu", "-c", script],
        cwd=folder,
        env=environment | {"PATH": f"{COMMAND.parent}{os.pathsep}{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    printed = ran.stdout.split(f"\n{_MARK}\n")
    assert ran.returncode == 0, (
        f"{name}, the example of line {commands[len(printed) - 1].line}: {ran.stderr}{printed[-1]}"
    )
    return [
        Example(block, said.strip(), _shown(shown_after[id(block)]))
        for block, said in zip(commands, printed[:-1], strict=True)
    ]


def _shown(block: Block | None) -> Block | None:
    return block if block is not None and block.language in ("json", "text") else None


def is_as_shown(printed: str, shown: Block) -> bool:
    """Whether an example printed what the document shows; ``…`` in it stands for anything."""
    if shown.language == "json":
        return _agrees(json.loads(printed), json.loads(shown.text))
    lines, expected = printed.splitlines(), shown.text.strip().splitlines()
    return len(lines) == len(expected) and all(
        line == wanted or (ANYTHING in wanted and line.startswith(wanted.partition(ANYTHING)[0]))
        for line, wanted in zip(lines, expected, strict=True)
    )


def _agrees(answer: Any, shown: Any) -> bool:
    """``"…"`` is any value; as a member of an object it says that there are more members."""
    if shown == ANYTHING:
        return True
    if isinstance(shown, dict) and isinstance(answer, dict):
        more = ANYTHING in shown
        named = {key: value for key, value in shown.items() if key != ANYTHING}
        same_keys = set(named) <= set(answer) if more else set(named) == set(answer)
        return same_keys and all(_agrees(answer[key], value) for key, value in named.items())
    if isinstance(shown, list) and isinstance(answer, list):
        return len(shown) == len(answer) and all(map(_agrees, answer, shown))
    return bool(answer == shown) and type(answer) is type(shown)
