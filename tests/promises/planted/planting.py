"""Faults that are planted into a copy of the service, each to be noticed by the test that it names.

The faults stand in ``promise_N.toml``. Each is a piece of the service's own text and what is put in its
place. The text says by itself where the fault is: it stands once in all of ``service/``, whatever file that
is, so that a fault follows when a module moves, and is missed at once when the text is another one.
"""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parents[3]
SOURCES = {".py", ".jinja", ".typ", ".po"}
# What the tests read of the tree beside the service.
_COPIED = ("service", "tests", "migrations", "seed", "docs", "pyproject.toml")
_NOT_COPIED = shutil.ignore_patterns("node_modules", "pictures")


@dataclass(frozen=True)
class PlantedFault:
    """A fault of a promise: ``output`` is what it falsifies, ``seen`` a pattern of what the test says."""

    promise: int
    name: str
    output: str
    old: str
    new: str
    test: str
    seen: str

    def __str__(self) -> str:
        return f"{self.promise}: {self.name}"


def planted_faults() -> list[PlantedFault]:
    """Every fault, in the order of the promises."""
    return [
        PlantedFault(number, **fault)
        for number in range(1, 9)
        for fault in tomllib.loads((Path(__file__).parent / f"promise_{number}.toml").read_text("utf-8"))[
            "fault"
        ]
    ]


def sources(tree: Path) -> dict[Path, str]:
    """The text of every file of the service that a fault may be planted in."""
    found = sorted((tree / "service").rglob("*"))
    return {path: path.read_text("utf-8") for path in found if path.suffix in SOURCES}


def places_of(fault: PlantedFault, texts: dict[Path, str]) -> list[Path]:
    """The files with the fault's text, each as often as it stands there; right is one."""
    return [path for path, text in texts.items() for _ in range(text.count(fault.old))]


@contextmanager
def tree_with(*faults: PlantedFault) -> Iterator[Path]:
    """A copy of the service and its tests with these faults in it."""
    with TemporaryDirectory(prefix="planted-", ignore_cleanup_errors=True) as folder:
        tree = Path(folder)
        for name in _COPIED:
            whole = (ROOT / name).is_dir()
            shutil.copytree(ROOT / name, tree / name, ignore=_NOT_COPIED) if whole else shutil.copy(
                ROOT / name, tree
            )
        for fault in faults:
            (place,) = places_of(fault, sources(tree))
            place.write_text(place.read_text("utf-8").replace(fault.old, fault.new), "utf-8")
        yield tree


def run_in(tree: Path, tests: Iterable[str]) -> tuple[int, str]:
    """Run tests of a tree in a process of their own: pytest's exit status, and what it says."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    ended = subprocess.run(
        [sys.executable, "-m", "pytest", "-n", "0", "-x", "--tb=short", "-p", "no:cacheprovider", *tests],
        cwd=tree,
        env=ours | {"PYTHONPATH": str(tree)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=300,
        check=False,
    )
    return ended.returncode, ended.stdout


def survived(fault: PlantedFault) -> str:
    """What is wrong where the fault's test does not notice it for its reason; empty where it does."""
    with tree_with(fault) as tree:
        status, said = run_in(tree, [fault.test])
    if status != 1:
        return f"{fault}: pytest ended with {status}, which is not that a test failed\n{said}"
    if not re.search(fault.seen, said):
        return f"{fault}: the test failed, and not with {fault.seen!r}\n{said}"
    return ""
