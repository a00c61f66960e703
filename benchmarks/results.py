"""Writes what was measured: ``results.json`` for programs, ``results.md`` for people.

Programs find one row after the other in ``results.json``, of the last run; ``results_before.json`` has the
run before it in the same form.
"""

import json
import os
import platform
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

JSON_FILE = Path(__file__).with_name("results.json")
BEFORE_FILE = Path(__file__).with_name("results_before.json")
TABLE_FILE = Path(__file__).with_name("results.md")
_HEAD_FILE = Path(__file__).with_name("results_head.md")


@dataclass(frozen=True, slots=True)
class Goal:
    """A bound that the figure must keep to: the most it may be, or (``at_least``) the least."""

    bound: float
    at_least: bool = False

    def is_met(self, figure: float) -> bool:
        """Whether a figure keeps to it; as it is printed, not as the clock had it."""
        return figure >= self.bound if self.at_least else figure <= self.bound

    def __str__(self) -> str:
        return f"{'≥' if self.at_least else '≤'} {self.bound:g}"


@dataclass(frozen=True, slots=True)
class Result:
    """One row. Without a figure it was not measured, or what was measured was wrong.

    ``unit`` is empty for a ratio; ``against`` says what the figure is against and what each side took.
    """

    row: str
    figure: float | None
    low: float | None
    high: float | None
    unit: str
    goal: str | None
    met: bool | None
    against: str


def result(
    row: str, figure: float, low: float, high: float, goal: Goal | None, against: str, unit: str = ""
) -> Result:
    """A measured row."""
    figure = round(figure, 2)
    met = None if goal is None else goal.is_met(figure)
    wanted = None if goal is None else str(goal)
    return Result(row, figure, round(low, 2), round(high, 2), unit, wanted, met, against)


def no_figure(row: str, goal: Goal | None, reason: str) -> Result:
    """A row that gave no figure, and why."""
    wanted, met = (None, None) if goal is None else (str(goal), False)
    return Result(row, None, None, None, "", wanted, met, f"no figure: {reason}".replace("|", "/"))


def write(measured: list[Result], order: list[str]) -> None:
    """Write the files.

    A run of every row stands beside the one before it; one of some rows takes their place in the last run.
    """
    rows, before = _read(JSON_FILE), _read(BEFORE_FILE)
    if {one.row for one in measured} == set(order):
        rows, before = [], rows or before
    kept = {row["row"]: row for row in rows} | {one.row: written(one) for one in measured}
    rows = [kept[name] for name in order if name in kept]
    for file, run in ((JSON_FILE, rows), (BEFORE_FILE, before)):
        file.write_text(json.dumps(run, indent=2, ensure_ascii=False) + "\n", "utf-8")
    tables = (
        f"## {run[0]['day']}\n\n{run[0]['machine']}\n\n{table([read(row) for row in run])}"
        for run in (rows, before)
        if run
    )
    TABLE_FILE.write_text(_HEAD_FILE.read_text("utf-8") + "\n" + "\n".join(tables), "utf-8")


def written(result: Result) -> dict[str, Any]:
    """A row for programs: ``ratio`` is there where the figure is one, ``floor`` is what it is against."""
    return {
        "row": result.row,
        "ratio": None if result.unit else result.figure,
        "low": result.low,
        "high": result.high,
        "goal": result.goal,
        "met": result.met,
        "floor": result.against,
        "figure": result.figure,
        "unit": result.unit,
        "day": datetime.now(UTC).date().isoformat(),
        "machine": _machine(),
    }


def read(row: Mapping[str, Any]) -> Result:
    """The row that was written."""
    same = {name: row[name] for name in ("row", "figure", "low", "high", "unit", "goal", "met")}
    return Result(**same, against=row["floor"])


def _read(file: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(file.read_text("utf-8")) if file.exists() else []
    return found


def table(rows: list[Result]) -> str:
    """The rows as a Markdown table."""
    lines = ["| row | figure | low – high | goal | met | against |", "|---|---|---|---|---|---|"]
    for row in rows:
        figures = "–", "–"
        if row.figure is not None:
            figures = f"{row.figure:.2f} {row.unit}".strip(), f"{row.low:.2f} – {row.high:.2f}"
        met = {None: "no goal", True: "yes", False: "**no**"}[row.met]
        lines.append(f"| {row.row} | {' | '.join(figures)} | {row.goal or '–'} | {met} | {row.against} |")
    return "\n".join(lines) + "\n"


def _machine() -> str:
    return f"{os.cpu_count()} processors, {platform.system()}, Python {platform.python_version()}"
