"""How long a module and a function of the service may be: what is longer has more than one thing to say.

A function's docstring does not count: what a command says of itself on the terminal stands there.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MOST_LINES_OF_A_MODULE, MOST_LINES_OF_A_FUNCTION = 200, 25


def too_long(path: Path) -> Iterator[str]:
    """The module if it is too long, and each of its functions that is."""
    source = path.read_text(encoding="utf-8")
    lines = len(source.splitlines())
    if lines > MOST_LINES_OF_A_MODULE:
        yield f"{path.name} has {lines} lines"
    for node in ast.walk(ast.parse(source)):
        if (
            isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
            and length(node) > MOST_LINES_OF_A_FUNCTION
        ):
            yield f"{path.name}: {node.name} has {length(node)} lines"


def length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """From its first line to its last, without its decorators and its docstring."""
    lines = (function.end_lineno or function.lineno) - function.lineno + 1
    if ast.get_docstring(function) is None:
        return lines
    docstring = function.body[0]
    return lines - ((docstring.end_lineno or docstring.lineno) - docstring.lineno + 1)


@pytest.mark.parametrize("room", sorted(path.name for path in (ROOT / "service").iterdir() if path.is_dir()))
def test_no_module_and_no_function_is_long(room: str) -> None:
    found = [said for path in sorted((ROOT / "service" / room).rglob("*.py")) for said in too_long(path)]
    assert found == []


def test_the_wiring_and_the_settings_are_not_long_either() -> None:
    found = [said for path in sorted((ROOT / "service").glob("*.py")) for said in too_long(path)]
    assert found == []


def test_a_planted_long_function_and_a_planted_long_module_are_found(tmp_path: Path) -> None:
    body = "    x = 1\n" * MOST_LINES_OF_A_FUNCTION
    (tmp_path / "long.py").write_text(f'def long():\n    """Says\n    much."""\n{body}', encoding="utf-8")
    (tmp_path / "longer.py").write_text("x = 1\n" * (MOST_LINES_OF_A_MODULE + 1), encoding="utf-8")
    assert list(too_long(tmp_path / "long.py")) == ["long.py: long has 26 lines"]
    assert list(too_long(tmp_path / "longer.py")) == ["longer.py has 201 lines"]


def test_a_function_of_the_most_lines_passes_whatever_its_docstring_says(tmp_path: Path) -> None:
    body = "    x = 1\n" * (MOST_LINES_OF_A_FUNCTION - 1)
    path = tmp_path / "right.py"
    path.write_text('def right():\n    """Says' + "\n    more" * 9 + f'"""\n{body}', encoding="utf-8")
    assert list(too_long(path)) == []
