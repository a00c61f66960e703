"""What was measured is written for programs and for people: the last run, and the one before it."""

import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks import results
from benchmarks.__main__ import GROUPS
from benchmarks.results import Goal, Result, no_figure, read, result, written

ORDER = ["one", "two"]
FOR_PROGRAMS = {"row", "ratio", "low", "high", "goal", "met", "floor"}


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("JSON_FILE", "BEFORE_FILE", "TABLE_FILE"):
        monkeypatch.setattr(results, name, tmp_path / getattr(results, name).name)
    return tmp_path


def figure(row: str, value: float, unit: str = "") -> Result:
    return result(row, value, value - 1, value + 1, Goal(3), "the floor", unit)


def rows_in(file: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(file.read_text("utf-8"))
    return found


def test_programs_find_one_row_after_the_other_with_what_they_are_promised(folder: Path) -> None:
    results.write([figure("two", 4, "s"), figure("one", 2)], ORDER)
    one, two = rows_in(folder / "results.json")
    assert one.keys() >= FOR_PROGRAMS
    assert (one["row"], one["ratio"], one["low"], one["high"], one["goal"]) == ("one", 2, 1, 3, "≤ 3")
    assert (one["met"], one["floor"]) == (True, "the floor")
    assert (two["ratio"], two["figure"], two["unit"], two["met"]) == (None, 4, "s", False)


def test_a_whole_run_stands_beside_the_one_before_and_some_rows_take_their_places(folder: Path) -> None:
    results.write([figure("one", 1), figure("two", 1)], ORDER)
    results.write([figure("one", 2), figure("two", 2)], ORDER)
    results.write([figure("two", 5)], ORDER)
    assert [row["ratio"] for row in rows_in(folder / "results.json")] == [2, 5]
    assert [row["ratio"] for row in rows_in(folder / "results_before.json")] == [1, 1]
    table = (folder / "results.md").read_text("utf-8")
    assert table.index("| two | 5.00 |") < table.index("| two | 1.00 |")


def test_a_row_without_a_figure_is_read_back_with_its_reason() -> None:
    missing = no_figure("one", Goal(3), "nothing | is installed")
    assert read(written(missing)) == missing


def test_what_is_kept_has_the_rows_that_there_are() -> None:
    kept = json.loads((Path(results.__file__).parent / "results.json").read_text("utf-8"))
    names = [name for group in GROUPS for name in group.NAMES]
    assert [row["row"] for row in kept if row["row"] not in names] == []
    assert all(row.keys() >= FOR_PROGRAMS for row in kept)
