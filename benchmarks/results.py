"""Writes what was measured: ``results.json`` for programs, ``results.md`` for people."""

import json
import os
import platform
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

JSON_FILE = Path(__file__).with_name("results.json")
TABLE_FILE = Path(__file__).with_name("results.md")
_HEAD_FILE = Path(__file__).with_name("results_head.md")
_KEPT_RUNS = 2


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
    """Write both files.

    A run of every row stands beside the one before it; one of some rows takes their place in the last run.
    """
    runs: list[dict[str, Any]] = json.loads(JSON_FILE.read_text("utf-8")) if JSON_FILE.exists() else []
    if not runs or {one.row for one in measured} == set(order):
        runs.append({"day": datetime.now(UTC).date().isoformat(), "machine": _machine(), "rows": []})
    kept = {one["row"]: one for one in runs[-1]["rows"]} | {one.row: asdict(one) for one in measured}
    runs[-1]["rows"] = [kept[name] for name in order if name in kept]
    runs = runs[-_KEPT_RUNS:]
    JSON_FILE.write_text(json.dumps(runs, indent=2, ensure_ascii=False) + "\n", "utf-8")
    tables = (
        f"## {run['day']}\n\n{run['machine']}\n\n{table([Result(**row) for row in run['rows']])}"
        for run in reversed(runs)
    )
    TABLE_FILE.write_text(_HEAD_FILE.read_text("utf-8") + "\n" + "\n".join(tables), "utf-8")


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
