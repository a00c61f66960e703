"""The rows of the server itself: how soon after its start it answers, and what it holds while nobody asks."""

import http.client
import time
from collections.abc import Iterator
from statistics import median

from benchmarks.databases import two_databases
from benchmarks.effort import times
from benchmarks.memory import counted_once
from benchmarks.results import Goal, Result, result
from benchmarks.sides import Side, WrongAnswerError, running_side, starting
from benchmarks.works import get_checklist

START = "Start to first answer"
MEMORY = "Idle memory, default server"
NAMES = [START, MEMORY]
_STARTS = 9
_START_GOAL = Goal(2)
_MEMORY_GOAL = Goal(120)
_PATIENCE_SECONDS = 60
_PAUSE_SECONDS = 0.005


def measure(wanted: list[str]) -> Iterator[Result]:
    """The rows wanted, on a migrated SQLite database."""
    if not wanted:
        return
    with two_databases("sqlite") as (url, _):
        _seconds_to_start(url)  # the first of all compiles what has changed
        if START in wanted:
            yield _start(url)
        if MEMORY in wanted:
            with running_side("service", url) as service:
                yield _memory(service)


def _start(database_url: str) -> Result:
    starts = [_seconds_to_start(database_url) for _ in range(times(_STARTS))]
    alive, ready = ([one[place] for one in starts] for place in (0, 1))
    against = (
        f"from the command until GET /healthz is answered 200, {len(starts)} starts; "
        f"until GET /readyz is {median(ready):.2f} s ({min(ready):.2f} – {max(ready):.2f})"
    )
    return result(START, median(alive), min(alive), max(alive), _START_GOAL, against, unit="s")


def _seconds_to_start(database_url: str) -> tuple[float, float]:
    """Until the server says that it lives, and until it says that it is ready."""
    began = time.perf_counter()
    with starting("service", database_url) as (_, port):
        _until_answered(port, "/healthz")
        alive = time.perf_counter() - began
        _until_answered(port, "/readyz")
        return alive, time.perf_counter() - began


def _until_answered(port: int, path: str) -> None:
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < deadline:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_PATIENCE_SECONDS)
        try:
            connection.request("GET", path)
            if connection.getresponse().status == 200:
                return
        except (ConnectionError, http.client.HTTPException):
            pass
        finally:
            connection.close()
        time.sleep(_PAUSE_SECONDS)
    raise WrongAnswerError(f"service: GET {path}: not answered 200")


def _memory(service: Side) -> Result:
    for request in get_checklist(service, 1):
        service.ask(request)
    each = [counted_once([process]) for process in service.processes()]
    against = (
        f"{len(each)} processes, what they share counted once (PSS): "
        f"{' + '.join(f'{one:.0f}' for one in each)} MB, after 20 intakes and a sheet"
    )
    return result(MEMORY, sum(each), sum(each), sum(each), _MEMORY_GOAL, against, unit="MB")
