"""The rows of many clients at once: how much longer the slowest wait than the middle, and on a slow disk."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median

from benchmarks.databases import KINDS, MissingError, two_databases
from benchmarks.effort import times
from benchmarks.load import Asked, Found, check_kept, post_at_once
from benchmarks.results import Goal, Result, no_figure, result
from benchmarks.sameness import DifferentError
from benchmarks.sides import Side, WrongAnswerError, running_sides
from benchmarks.slow_disk import slow_disk
from benchmarks.works import check_same_work

_CLIENTS = (16, 64)
_LABELS = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
_TAIL_GOAL, _DISK_GOAL = Goal(3), Goal(1.5, at_least=True)
_TAILS = {
    (kind, clients): f"POST /v1/intake, {clients} clients at once, {_LABELS[kind]}: p99 against p50"
    for kind in KINDS
    for clients in _CLIENTS
}
_DISK = "POST /v1/intake, 16 clients at once, SQLite, fsync of 2 ms: throughput against the floor"
NAMES = [*_TAILS.values(), _DISK]
_NO_FIGURE = (MissingError, DifferentError, WrongAnswerError)


@dataclass(frozen=True, slots=True)
class _Round:
    """What a side did in one window: answers a second, milliseconds, and each client's number of answers."""

    a_second: float
    middle: float
    late: float
    answers: list[int]

    @property
    def tail(self) -> float:
        return self.late / self.middle


def measure(wanted: list[str]) -> Iterator[Result]:
    """The rows wanted."""
    for kind in KINDS:
        yield from _tails_on(kind, [clients for clients in _CLIENTS if _TAILS[kind, clients] in wanted])
    if _DISK in wanted:
        yield _disk_row()


def _tails_on(kind: str, all_clients: list[int]) -> Iterator[Result]:
    if not all_clients:
        return
    open_rows = list(all_clients)
    try:
        with _sides(kind, {}) as sides:
            for clients in all_clients:
                found = _tail(_TAILS[kind, clients], *_measured(sides, clients))
                open_rows.remove(clients)
                yield found
    except _NO_FIGURE as error:
        for clients in open_rows:
            yield no_figure(_TAILS[kind, clients], _TAIL_GOAL, str(error))


def _disk_row() -> Result:
    try:
        with slow_disk() as environment, _sides("sqlite", environment) as sides:
            ours, least = _measured(sides, 16)
    except _NO_FIGURE as error:
        return no_figure(_DISK, _DISK_GOAL, str(error))
    ratios = [one.a_second / other.a_second for one, other in zip(ours, least, strict=True)]
    took = f"the floor commits each by itself; {_told(ours)} against {_told(least)}"
    return result(_DISK, median(ratios), min(ratios), max(ratios), _DISK_GOAL, took)


def _tail(name: str, ours: list[_Round], least: list[_Round]) -> Result:
    tails = [one.tail for one in ours]
    uneven = min((one.answers for one in ours), key=lambda answers: min(answers) / max(answers))
    took = (
        f"{_told(ours)}, {min(uneven)} to {max(uneven)} answers a client where they differ most; "
        f"the floor {_told(least)}: {median(one.tail for one in least):.2f}"
    )
    return result(name, median(tails), min(tails), max(tails), _TAIL_GOAL, took)


def _told(rounds: list[_Round]) -> str:
    a_second, middle, late = (
        median(getattr(one, name) for one in rounds) for name in ("a_second", "middle", "late")
    )
    return f"{a_second:.0f} a second, p50 {middle:.0f} ms, p99 {late:.0f} ms"


@contextmanager
def _sides(kind: str, environment: dict[str, str]) -> Iterator[tuple[Side, Side]]:
    with two_databases(kind) as urls, running_sides(urls, environment) as sides:
        check_same_work(*sides)
        yield sides


def _measured(sides: tuple[Side, Side], clients: int) -> tuple[list[_Round], list[_Round]]:
    """The rounds of the service and of the floor, in turns; what was acknowledged is there afterwards."""
    rounds: tuple[list[_Round], list[_Round]] = [], []
    for number in range(times(3)):
        for side, done in zip(sides, rounds, strict=True):
            found = _posted(side, times(clients, 2), f"{clients}-{number}")
            done.append(_round(side, found))
            check_kept(side.database_url, found)
    return rounds


def _posted(side: Side, clients: int, batch: str) -> Found:
    asked = Asked(
        port=side.connection.port,
        secret=side.keys.intake,
        clients=clients,
        mark=f"at-once-{batch}-",
        warm_up=float(times(2)),
        seconds=float(times(8)),
    )
    return post_at_once(asked)


def _round(side: Side, found: Found) -> _Round:
    """Raises WrongAnswerError where one of the service's clients got less than half of its share."""
    answers = [len(of_client) for of_client in found.latencies]
    taken = sorted(1000 * seconds for of_client in found.latencies for seconds in of_client)
    share = len(taken) / len(answers)
    if not taken or (side.name == "service" and min(answers) < share / 2):
        raise WrongAnswerError(f"a client got {min(answers)} answers, and {share:.1f} would be its share")
    return _Round(len(taken) / times(8), median(taken), taken[int(0.99 * len(taken))], answers)
