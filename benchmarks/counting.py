"""``python -m benchmarks.counting``: count what a request of the main job takes, and print it as JSON.

Instructions are those of Python's own machine, so they see a loop that does nothing; allocations are those of
everything in the process, so they see a copy that a library makes. Both are the same from run to run.
"""

import gc
import inspect
import json
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import memray
from flask import Flask

from benchmarks.clinic import set_up_clinic
from benchmarks.databases import two_databases
from benchmarks.profile import SETTINGS, call
from benchmarks.sides import Request
from benchmarks.works import posted, reading, sheet_of
from service.app import create_app
from service.config import read_settings

_REQUESTS = 10
Counts = dict[str, dict[str, int]]
"""For each request, how many there are of each of what is counted."""


def main() -> None:
    """Print the counts of this process, in which nothing else is done."""
    with two_databases("sqlite") as (url, _):
        keys = set_up_clinic(url)
        app = create_app(read_settings({**SETTINGS, "DATABASE_URL": url}))
        sheets = [sheet_of(call(app, posted(keys.intake))) for _ in range(_REQUESTS)]
        counts: Counts = {
            "POST /v1/intake, 20 items": _counted(app, lambda: [posted(keys.intake) for _ in sheets]),
            "GET /v1/checklists/{id}": _counted(app, lambda: [reading(keys.ehr, sheet) for sheet in sheets]),
        }
        app.extensions["house"].database.dispose()
    json.dump(counts, sys.stdout)


def _counted(app: Flask, requests: Callable[[], list[Request]]) -> dict[str, int]:
    """What one request takes, when what is made once has been made."""

    def answer(batch: list[Request]) -> None:
        for request in batch:
            call(app, request)

    answer(requests())
    gc.collect()
    gc.disable()
    try:
        whole = {
            "instructions": _instructions(answer, requests()),
            "allocations": _allocations(answer, requests()),
        }
    finally:
        gc.enable()
    return {of: round(number / _REQUESTS) for of, number in whole.items()}


def _instructions(answer: Callable[[list[Request]], None], batch: list[Request]) -> int:
    found = 0

    def trace(frame: FrameType, event: str, _argument: Any) -> Any:
        nonlocal found
        frame.f_trace_lines, frame.f_trace_opcodes = False, True
        found += event == "opcode"
        return trace

    own = inspect.currentframe()
    assert own is not None
    own.f_trace_opcodes = True  # Python 3.12 hears of no instruction unless a frame asked before it looks
    sys.settrace(trace)
    try:
        answer(batch)
    finally:
        sys.settrace(None)
    return found


def _allocations(answer: Callable[[list[Request]], None], batch: list[Request]) -> int:
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        file = Path(folder) / "allocations"
        with memray.Tracker(file, trace_python_allocators=True):
            answer(batch)
        return memray.FileReader(os.fspath(file)).metadata.total_allocations


if __name__ == "__main__":
    main()
