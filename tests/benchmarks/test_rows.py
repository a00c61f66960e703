"""Every row can be measured: in miniature, so that a changed interface breaks a test before a measurement."""

import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from benchmarks.__main__ import GROUPS
from benchmarks.effort import IN_MINIATURE
from benchmarks.results import JSON_FILE

ROOT = Path(__file__).parents[2]
NOT_HERE = "is not installed"


@pytest.fixture(autouse=True)
def miniature(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(IN_MINIATURE, "1")
    monkeypatch.setenv("PYTHONPATH", str(ROOT))


@pytest.mark.parametrize("group", GROUPS, ids=lambda group: group.__name__.rpartition(".")[2])
def test_each_row_gives_a_figure(group: ModuleType) -> None:
    measured = list(group.measure(group.NAMES))

    assert [one.row for one in measured] == list(group.NAMES)
    without = {one.row: one.against for one in measured if one.figure is None}
    assert {row: why for row, why in without.items() if not why.endswith(NOT_HERE)} == {}
    if without:
        pytest.skip(f"without {', '.join(sorted(set(without.values())))}: {', '.join(without)}")


def test_nothing_is_measured_that_is_not_wanted() -> None:
    for group in GROUPS:
        assert list(group.measure([])) == []


def test_the_command_measures_a_row_and_keeps_nothing_of_a_miniature() -> None:
    kept = JSON_FILE.read_bytes()

    run = _module("benchmarks", "pure function")

    assert "pure function | " in run.stdout
    assert JSON_FILE.read_bytes() == kept


def test_the_profile_names_the_rooms() -> None:
    printed = _module("benchmarks.profile", "40").stdout

    assert printed.count("POST /v1/intake") == printed.count("GET /v1/checklists/{id}") == 2
    assert " %  store " in printed


def test_the_audit_trail_of_the_benchmark_is_found_whole() -> None:
    printed = _module("benchmarks.audit", "40").stdout

    assert printed.count("40 events in") == 2


def _module(*words: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", *words], cwd=ROOT, capture_output=True, text=True, check=True, timeout=120
    )
