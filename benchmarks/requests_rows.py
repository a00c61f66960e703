"""The rows of requests: an intake with a checklist, and reading a checklist, on each database."""

from collections.abc import Iterator

from benchmarks.databases import KINDS, MissingError, two_databases
from benchmarks.effort import times
from benchmarks.results import Goal, Result, no_figure, result
from benchmarks.rounds import Requests, Spread, measure_servers
from benchmarks.sameness import DifferentError, check_same_counts
from benchmarks.sides import Side, WrongAnswerError, running_sides
from benchmarks.works import check_same_work, get_checklist, post_intake

_ROUNDS = 15
_WORKS: dict[str, tuple[Requests, int, dict[str, Goal]]] = {
    "POST /v1/intake, 20 items": (post_intake, 6, {"sqlite": Goal(3), "postgresql": Goal(2)}),
    "GET /v1/checklists/{id}": (get_checklist, 20, {"sqlite": Goal(3), "postgresql": Goal(2.5)}),
}
_LABELS = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
_DRIVERS = {"sqlite": "sqlite3", "postgresql": "psycopg"}


def _names(kind: str, work: str) -> tuple[str, str]:
    return f"{work}, {_LABELS[kind]}: CPU", f"{work}, {_LABELS[kind]}: wall"


NAMES = [name for kind in KINDS for work in _WORKS for name in _names(kind, work)]


def measure(wanted: list[str]) -> Iterator[Result]:
    """The rows wanted; both times of a work are measured at once."""
    for kind in KINDS:
        works = [work for work in _WORKS if any(name in wanted for name in _names(kind, work))]
        if works:
            yield from (one for one in _on(kind, works) if one.row in wanted)


def _on(kind: str, works: list[str]) -> Iterator[Result]:
    open_works = list(works)
    try:
        with two_databases(kind) as urls, running_sides(urls) as (service, floor):
            check_same_work(service, floor)
            for work in works:
                found = list(_measured(kind, work, service, floor))
                open_works.remove(work)
                yield from found
    except (MissingError, DifferentError, WrongAnswerError) as error:
        for work in open_works:
            processor, wall = _names(kind, work)
            yield no_figure(processor, _WORKS[work][2][kind], str(error))
            yield no_figure(wall, None, str(error))


def _measured(kind: str, work: str, service: Side, floor: Side) -> Iterator[Result]:
    requests, turns, goals = _WORKS[work]
    processor, wall = measure_servers(service, floor, requests, rounds=times(_ROUNDS), turns=times(turns))
    check_same_counts(service.database_url, floor.database_url)
    names = _names(kind, work)
    yield _result(names[0], processor, goals[kind], f"raw WSGI, raw {_DRIVERS[kind]}, orjson")
    yield _result(names[1], wall, None, "the same, as the one client sees it")


def _result(name: str, found: Spread, goal: Goal | None, floor: str) -> Result:
    took = f"{floor}; {found.least:.2f} ms a request against {found.ours:.2f} ms"
    return result(name, found.ratio, found.low, found.high, goal, took)
