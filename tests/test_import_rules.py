"""The direction of travel between the rooms, read from the imports as they stand in the source.

    web -> actions -> store -> domain        web -> formats -> domain

``domain`` reaches nothing but the standard library, through any chain. Each framework has its own rooms.
Migrations know nothing of the service, and no module needs itself to be imported.
"""

import ast
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

MAY_IMPORT = {
    "domain": {"domain"},
    "store": {"store", "domain"},
    "formats": {"formats", "domain"},
    "actions": {"actions", "store", "domain"},
    "web": {"web", "actions", "store", "formats", "domain", "config"},
    "app": {"web", "actions", "store", "formats", "domain", "config"},
    "cli": {"cli", "app", "web", "actions", "store", "formats", "domain", "config"},
    "config": set[str](),
}
"""Room by room; of ``formats``, actions may import ``OF_FORMATS``; of ``store``, web only takes classes."""

OF_FORMATS = ("service.formats.fhir", "service.formats.findings", "service.formats.client_assertions")
"""What comes from other systems can only be judged inside the transaction that it is judged by."""

ONLY_IN = {
    "flask": {"web", "app", "cli"},
    "flask_smorest": {"web", "app", "cli"},
    "marshmallow": {"web", "app", "cli"},
    "sqlalchemy": {"store"},
    "alembic": {"store"},
    "click": {"cli"},
    "joserfc": {"formats", "cli"},
}


@dataclass(frozen=True)
class Import:
    """``name`` is what is taken from the module, None for the module itself; ``later`` when not at once."""

    by: str
    module: str
    name: str | None
    later: bool

    @property
    def room(self) -> str:
        return room_of(self.by)

    def __str__(self) -> str:
        return f"{self.by} imports {self.module}" + (f".{self.name}" if self.name else "")


def room_of(module: str) -> str:
    """The room of a module of the service; the package itself is only the map on the door."""
    return module.split(".")[1] if "." in module else ""


def imports_in(root: Path, package: str) -> tuple[Import, ...]:
    paths = sorted((root / package).rglob("*.py"))
    modules = {_dotted(root, path): path for path in paths}
    return tuple(found for name, path in modules.items() for found in _imports_of(name, path, modules))


def _dotted(root: Path, path: Path) -> str:
    return ".".join(path.relative_to(root).with_suffix("").parts).removesuffix(".__init__")


def _imports_of(by: str, path: Path, modules: Mapping[str, Path]) -> Iterator[Import]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    at_once = {id(node) for statement in tree.body for node in _run_at_once(statement)}
    package = by if path.name == "__init__.py" else by.rpartition(".")[0]
    for node in ast.walk(tree):
        later = id(node) not in at_once
        if isinstance(node, ast.Import):
            yield from (Import(by, alias.name, None, later) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) + 1 - node.level] if node.level else []
            source = ".".join([*above, *([node.module] if node.module else [])])
            for alias in node.names:
                whole = f"{source}.{alias.name}"
                taken = (whole, None) if whole in modules else (source, alias.name)
                yield Import(by, *taken, later)


def _run_at_once(node: ast.AST) -> Iterator[ast.AST]:
    """The node and what is in it, without functions' bodies and what is for the type checker only."""
    typing_only = isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
    if typing_only or isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
        return
    yield node
    for child in ast.iter_child_nodes(node):
        yield from _run_at_once(child)


def faults_in(root: Path) -> list[str]:
    """Every breach of the rule in the tree under ``root``, as sentences."""
    imports = imports_in(root, "service")
    faults = [fault for found in imports for fault in _faults_of(found)]
    faults += [
        f"{found}: migrations never import the service"
        for found in imports_in(root, "migrations")
        if found.module.split(".")[0] == "service"
    ]
    return faults + _foreign_to_domain(imports) + _cycles(imports)


def _faults_of(found: Import) -> Iterator[str]:
    package = found.module.split(".")[0]
    if package == "service" and not _allowed(found):
        yield f"{found}: not the direction of travel"
    if package in ONLY_IN and found.room not in ONLY_IN[package]:
        yield f"{found}: {package} stands only in {', '.join(sorted(ONLY_IN[package]))}"


def _allowed(found: Import) -> bool:
    to = room_of(found.module)
    if found.room == "web" and to == "store":
        return found.name is not None and found.name[0].isupper()
    if found.room == "actions" and to == "formats":
        return found.module.startswith(OF_FORMATS)
    return to in {"", found.room} or to in MAY_IMPORT.get(found.room, set())


def _foreign_to_domain(imports: tuple[Import, ...]) -> list[str]:
    """What ``domain`` reaches beyond the standard library; ``importlib`` would hide what it reaches."""
    by_module: dict[str, list[Import]] = {}
    for found in imports:
        by_module.setdefault(found.by, []).append(found)
    to_visit = [module for module in by_module if room_of(module) == "domain"]
    visited, faults = set(to_visit), []
    while to_visit:
        for found in by_module.get(to_visit.pop(), ()):
            package = found.module.split(".")[0]
            if package == "service":
                to_visit += [found.module] if found.module not in visited else []
                visited.add(found.module)
            elif package not in sys.stdlib_module_names or package == "importlib":
                faults.append(f"{found}: the domain reaches nothing but the standard library")
    return faults


def _cycles(imports: tuple[Import, ...]) -> list[str]:
    """Circles of modules, and of the parts of a room: a folder in it is one, and each module beside it."""
    at_once = [found for found in imports if not found.later and found.module.startswith("service.")]
    modules = [(found.by, found.module) for found in at_once]
    parts = [(_part_of(by), _part_of(module)) for by, module in modules]
    return _cycle_in("import cycle", modules) + _cycle_in(
        "cycle of parts", [p for p in parts if p[0] != p[1]]
    )


def _part_of(module: str) -> str:
    return ".".join(module.split(".")[:3])


def _cycle_in(said: str, arrows: Iterable[tuple[str, str]]) -> list[str]:
    graph: dict[str, set[str]] = {}
    for by, module in arrows:
        graph.setdefault(by, set()).add(module)
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return [f"{said}: " + " -> ".join(reversed(error.args[1]))]
    return []


def test_every_import_goes_from_the_door_towards_the_domain() -> None:
    assert faults_in(ROOT) == []


def test_the_rule_has_a_line_for_every_room() -> None:
    rooms = {path.stem for path in (ROOT / "service").iterdir() if path.name[0] not in "_."}
    assert rooms == set(MAY_IMPORT)


SOUND = {
    "service/__init__.py": "",
    "service/domain/patients/__init__.py": "",
    "service/domain/patients/patients.py": "import re\nfrom service.domain.errors import DomainError\n",
    "service/domain/patients/imports.py": "from service.domain.text import as_said\n",
    "service/domain/text.py": "def as_said(text): ...\n",
    "service/domain/errors.py": "class DomainError(Exception): ...\n",
    "service/store/database.py": "from sqlalchemy import Connection\nclass Database: ...\n",
    "service/store/patients.py": (
        "from service.domain.patients import patients\nfrom service.store.database import Database\n"
    ),
    "service/actions/patients.py": "from service.store import patients as patient_store\n",
    "service/formats/printout/__init__.py": "from service.formats.printout.html import page\n",
    "service/formats/printout/html.py": "import jinja2\nfrom service.domain.patients import patients\n",
    "service/web/pages.py": (
        "import flask\nfrom service.actions import patients\nfrom service.formats.printout import page\n"
        "from service.store.database import Database\n"
    ),
    "service/app.py": "import flask\nfrom service.web import pages\n",
    "service/cli/__init__.py": "import click\nfrom service.app import create_app\n",
    "service/config.py": "import os\n",
    "migrations/versions/0001_first.py": "import sqlalchemy\nfrom alembic import op\n",
}

PLANTED = {
    "the domain asks the store": (
        "service/domain/patients/patients.py",
        "from service.store import patients",
        "direction",
    ),
    "the domain asks the clock's library late": (
        "service/domain/patients/patients.py",
        "def today():\n    import whenever",
        "nothing but the standard library",
    ),
    "the domain imports what it will not name": (
        "service/domain/errors.py",
        "from importlib import import_module",
        "nothing but the standard library",
    ),
    "the domain imports for the type checker": (
        "service/domain/errors.py",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from msgspec import Struct",
        "nothing but the standard library",
    ),
    "the store knows an action": (
        "service/store/database.py",
        "import service.actions.patients",
        "direction",
    ),
    "an action prints": (
        "service/actions/patients.py",
        "from service.formats.printout import page",
        "direction",
    ),
    "a format asks the store": (
        "service/formats/printout/html.py",
        "from service.store.database import Database",
        "direction",
    ),
    "a page saves by itself": (
        "service/web/pages.py",
        "from service.store.patients import insert_patient",
        "direction",
    ),
    "a page takes a whole room of the store": (
        "service/web/pages.py",
        "from service.store import patients",
        "direction",
    ),
    "the configuration wires": (
        "service/config.py",
        "from service.store.database import Database",
        "direction",
    ),
    "an action speaks SQL": (
        "service/actions/patients.py",
        "from sqlalchemy import select",
        "sqlalchemy stands only",
    ),
    "a format knows the request": (
        "service/formats/printout/html.py",
        "from flask import request",
        "flask stands only",
    ),
    "a store checks what comes in": (
        "service/store/patients.py",
        "import marshmallow.fields",
        "marshmallow stands only",
    ),
    "a page asks on the terminal": ("service/web/pages.py", "import click", "click stands only"),
    "a migration uses today's tables": (
        "migrations/versions/0001_first.py",
        "from service.store.tables import patients",
        "migrations never import",
    ),
    "two modules need each other": (
        "service/domain/errors.py",
        "from service.domain.patients import patients",
        "import cycle: service.domain",
    ),
    "two parts of a room need each other": (
        "service/domain/text.py",
        "from service.domain.patients import patients",
        "cycle of parts: service.domain",
    ),
    "a module needs its package, which needs it": (
        "service/formats/printout/html.py",
        "from .. import printout",
        "import cycle: service.formats.printout",
    ),
}


def planted_tree(folder: Path, files: Mapping[str, str]) -> Path:
    for name, source in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(source, encoding="utf-8")
    return folder


def test_a_sound_house_has_no_fault(tmp_path: Path) -> None:
    assert faults_in(planted_tree(tmp_path, SOUND)) == []


@pytest.mark.parametrize("plant", PLANTED)
def test_a_planted_import_against_the_rule_is_found(tmp_path: Path, plant: str) -> None:
    path, source, said = PLANTED[plant]
    faults = faults_in(planted_tree(tmp_path, {**SOUND, path: SOUND[path] + source + "\n"}))
    assert any(said in fault for fault in faults), faults


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("service/actions/patients.py", "from service.formats.fhir.bundle import read_bundle"),
        ("service/actions/patients.py", "from service.formats.client_assertions import verify"),
        ("service/domain/errors.py", "def late():\n    from service.domain.patients import patients"),
        ("service/store/patients.py", "from ..domain import errors"),
    ],
)
def test_what_the_rule_allows_is_no_fault(tmp_path: Path, path: str, source: str) -> None:
    files = {
        **SOUND,
        "service/formats/fhir/bundle.py": "",
        "service/formats/client_assertions.py": "",
        path: SOUND[path] + source + "\n",
    }
    assert faults_in(planted_tree(tmp_path, files)) == []
