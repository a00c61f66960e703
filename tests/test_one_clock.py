"""What time it is, is asked in one module and handed on; no other asks a clock, the database's included."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
THE_CLOCK = "service/actions/clock.py"
# The database says by its own clock for how long a commit of its own has hung.
A_DATABASES_OWN = "service/store/database/outage.py"
_OF_DATES = {"now", "utcnow", "today"}
_OF_TIME = {"time", "time_ns", "localtime", "gmtime", "ctime", "strftime"}
_OF_DATABASES = {"now", "current_timestamp", "current_date", "current_time", "sysdate", "statement_timestamp"}
_SQL = ("CURRENT_TIMESTAMP", "CURRENT_DATE", "now()", "clock_timestamp", "datetime('now'")


def clock_reads(source: str) -> Iterator[str]:
    """Every place where a source asks what time it is, other than for how long something takes."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute):
            of = ast.unparse(node.value).rpartition(".")[2]
            asked = {"datetime": _OF_DATES, "date": _OF_DATES, "time": _OF_TIME, "func": _OF_DATABASES}
            if node.attr in asked.get(of, set()):
                yield f"{node.lineno}: {of}.{node.attr}"
        elif isinstance(node, ast.ImportFrom) and node.module == "time":
            yield from (f"{node.lineno}: {alias.name}" for alias in node.names if alias.name in _OF_TIME)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from (f"{node.lineno}: {word}" for word in _SQL if word in node.value)


def test_only_the_clock_asks_what_time_it_is() -> None:
    paths = [*(ROOT / "service").rglob("*.py"), *(ROOT / "migrations").rglob("*.py")]
    found = {
        str(path.relative_to(ROOT)): reads
        for path in paths
        if (reads := list(clock_reads(path.read_text("utf-8"))))
    }

    assert {path: len(reads) for path, reads in found.items()} == {THE_CLOCK: 1, A_DATABASES_OWN: 1}


@pytest.mark.parametrize(
    "planted",
    [
        "from datetime import datetime, UTC\nat = datetime.now(UTC)",
        "import datetime\nat = datetime.datetime.utcnow()",
        "from datetime import date\non = date.today()",
        "ask = datetime.now",
        "import time\nbegan = time.time()",
        "from time import time\nbegan = time()",
        "from sqlalchemy import func\nselect(func.now())",
        "text('DELETE FROM x WHERE at < CURRENT_TIMESTAMP')",
    ],
)
def test_the_control_a_second_clock_is_found(planted: str) -> None:
    assert list(clock_reads(planted))


def test_how_long_something_takes_is_no_question_for_the_clock() -> None:
    assert not list(clock_reads("import time\nbegan = time.monotonic()\nrest = time.perf_counter()"))
