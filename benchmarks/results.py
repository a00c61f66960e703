"""Writes what was measured: ``results.json`` for programs, ``results.md`` for people."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

JSON_FILE = Path(__file__).with_name("results.json")
TABLE_FILE = Path(__file__).with_name("results.md")

_HEAD = """\
# Measured against the floor

Written by `make bench`; `make bench ROW=intake` measures only the rows with that word in their name and
leaves the others as they were.

A ratio is what the service takes, divided by what its *floor* takes: the same work written by hand with the
least code that is still correct and durable (`benchmarks/floor/`). Both run under the same server with as
many threads, each on its own database made by the same migrations, and are measured in turns in one run. CPU
is what the server's own processes use, as user and for the system; wall is what one client waits. The ratio
is the middle of all rounds; low and high are those of single rounds. Milliseconds are of the machine that ran
this and mean nothing by themselves.

Before a row of requests is measured, both sides post the same form and read its sheet: the answers must be
equal byte for byte but for ids, codes, times and digests, each digest must be that of its content, and every
table must hold the same rows. Afterwards every table must again hold as many rows on both sides. A row where
that fails has no figure.

"""
_FOOT = """
The floor checks the key (SHA-256), the shape, words, lengths and characters of what is sent, writes the audit
events and the kept reply of the Idempotency-Key, and commits durably: SQLite with a write-ahead log,
`synchronous=FULL` and `BEGIN IMMEDIATE`; PostgreSQL with fsync, its statements not prepared, as a pooler in
transaction mode needs it. It builds the whole checklist by hand; nothing of the service's runs in it but the
catalogue of fixed words and, for texts with odd characters, the text rule. The service's own pure function
for a checklist (`prepare` and its document) would have saved the floor that work and hidden the service's;
what it takes against the floor's own is a row by itself. The floor does not do what the rows never ask
for: patients on file, sheets out of date, staff sessions, pointers in refusals, and finding a JSON key that
stands twice.
"""


@dataclass(frozen=True, slots=True)
class Result:
    """One row. Without a ratio it was not measured, or what was measured was wrong."""

    row: str
    ratio: float | None
    low: float | None
    high: float | None
    goal: float | None
    met: bool | None
    floor: str


def result(row: str, ratio: float, low: float, high: float, goal: float | None, floor: str) -> Result:
    """A measured row."""
    met = None if goal is None else ratio <= goal
    return Result(row, round(ratio, 2), round(low, 2), round(high, 2), goal, met, floor)


def no_figure(row: str, goal: float | None, reason: str) -> Result:
    """A row that gave no figure, and why."""
    return Result(
        row, None, None, None, goal, None if goal is None else False, f"no figure: {reason}".replace("|", "/")
    )


def write(measured: list[Result], order: list[str]) -> None:
    """Write both files; rows that were not measured now stay as they were."""
    kept: dict[str, dict[str, Any]] = {}
    if JSON_FILE.exists():
        kept = {one["row"]: one for one in json.loads(JSON_FILE.read_text("utf-8"))}
    kept |= {one.row: asdict(one) for one in measured}
    rows = [kept[name] for name in order if name in kept]
    JSON_FILE.write_text(json.dumps(rows, indent=2, ensure_ascii=False) + "\n", "utf-8")
    TABLE_FILE.write_text(_HEAD + table([Result(**row) for row in rows]) + _FOOT, "utf-8")


def table(rows: list[Result]) -> str:
    """The rows as a Markdown table."""
    lines = ["| row | ratio | low – high | goal | met | floor |", "|---|---|---|---|---|---|"]
    for row in rows:
        figures = ("–", "–") if row.ratio is None else (f"{row.ratio:.2f}", f"{row.low:.2f} – {row.high:.2f}")
        goal = "–" if row.goal is None else f"≤ {row.goal:g}"
        met = {None: "no goal", True: "yes", False: "**no**"}[row.met]
        lines.append(f"| {row.row} | {' | '.join(figures)} | {goal} | {met} | {row.floor} |")
    return "\n".join(lines) + "\n"
