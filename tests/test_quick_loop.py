"""``make quick`` stays quick: what it loads knows no database, no server and no browser."""

import subprocess
import sys
from pathlib import Path

import pytest

DOMAIN = Path(__file__).parent / "domain"
SLOW_TO_LOAD = {"alembic", "flask", "marshmallow", "playwright", "psycopg", "sqlalchemy", "typst"}
OF_EVERY_ROOM = DOMAIN / "wording" / "test_english.py"
LOADED = "import importlib, sys; [*map(importlib.import_module, sys.argv[1:])]; print(*sys.modules)"


def loaded(*modules: str) -> set[str]:
    run = subprocess.run([sys.executable, "-c", LOADED, *modules], check=True, capture_output=True, text=True)
    return set(run.stdout.split())


def test_the_domains_tests_load_nothing_that_is_slow_to_load() -> None:
    tests = sorted(path for path in DOMAIN.rglob("*.py") if path != OF_EVERY_ROOM)
    names = [".".join(path.relative_to(DOMAIN.parents[1]).with_suffix("").parts) for path in tests]
    assert len(names) > 40
    assert loaded(*names) & SLOW_TO_LOAD == set()


@pytest.mark.parametrize("module", ["service.web.queries", "service.store.tables"])
def test_the_control_what_would_be_slow_to_load_is_seen(module: str) -> None:
    assert loaded(module) & SLOW_TO_LOAD
