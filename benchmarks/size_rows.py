"""The rows of size: what a request costs with many patients on file, and with a long list.

The service is measured against itself: on two databases at once, or with two lists.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack
from itertools import cycle, islice

import orjson

from benchmarks.clinic import keys_of
from benchmarks.databases import KINDS, MissingError, two_databases
from benchmarks.effort import times
from benchmarks.filling import FEW, a_clinic, asked_for, filled_databases, some_sheets
from benchmarks.forms import form
from benchmarks.results import Goal, Result, no_figure, result
from benchmarks.rounds import Requests, measure_servers
from benchmarks.sides import Request, Side, WrongAnswerError, running_side
from benchmarks.works import posted, reading, sheet_of

_LABELS = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
_SHORT, _LONG = 20, 500
_READ = "Read one checklist, 1 k → 1 M patients"
_READ_GOAL = Goal(1.5)
_LENGTH_GOALS = {"POST": Goal(20), "GET": Goal(10)}
_SHEETS = 4000
_POSTED = 4


def _read_names(kind: str) -> tuple[str, str]:
    return f"{_READ}, {_LABELS[kind]}: CPU", f"{_READ}, {_LABELS[kind]}: wall"


def _length_name(kind: str, method: str) -> str:
    return f"{_SHORT} → {_LONG} items, {method}, {_LABELS[kind]}: CPU"


NAMES = [
    *(name for kind in KINDS for name in _read_names(kind)),
    *(_length_name(kind, method) for kind in KINDS for method in _LENGTH_GOALS),
]


def measure(wanted: list[str]) -> Iterator[Result]:
    """The rows wanted."""
    for kind in KINDS:
        names = _read_names(kind)
        if any(name in wanted for name in names):
            yield from (one for one in _patients(kind) if one.row in wanted)
    for kind in KINDS:
        methods = [method for method in _LENGTH_GOALS if _length_name(kind, method) in wanted]
        if methods:
            yield from _lengths(kind, methods)


def _patients(kind: str) -> Iterator[Result]:
    processor, wall = _read_names(kind)
    number, number_of_few = asked_for(), times(FEW, 100)
    try:
        with filled_databases(kind, number, number_of_few) as urls, ExitStack() as stack:
            many, few = (stack.enter_context(_side(url)) for url in urls)
            found = measure_servers(many, few, _any_sheet, rounds=times(15), turns=times(10))
    except (MissingError, WrongAnswerError) as error:
        yield from (no_figure(name, _READ_GOAL, str(error)) for name in (processor, wall))
        return
    for name, of_round in zip((processor, wall), found, strict=True):
        took = (
            f"{number_of_few:,} patients on file; {of_round.least:.2f} ms a request, "
            f"against {of_round.ours:.2f} ms with {number:,}"
        )
        yield result(name, of_round.ratio, of_round.low, of_round.high, _READ_GOAL, took)


def _side(url: str) -> AbstractContextManager[Side]:
    return running_side("service", url, keys=keys_of(url, a_clinic(url)))


def _any_sheet(side: Side, number: int) -> list[Request]:
    """Each sheet once until all had their turn: what was read before may still be at hand."""
    if not side.sheets:
        side.sheets = some_sheets(side.database_url, a_clinic(side.database_url), _SHEETS)
    side.sheets = side.sheets[number:] + side.sheets[:number]
    return [reading(side.keys.ehr, path) for path in islice(cycle(side.sheets), number)]


def _lengths(kind: str, methods: list[str]) -> Iterator[Result]:
    left = list(methods)
    try:
        with two_databases(kind) as urls, ExitStack() as stack:
            long, short = (stack.enter_context(running_side("service", url)) for url in urls)
            works = _works(long)
            for method in methods:
                found, _ = measure_servers(long, short, works[method], rounds=times(9), turns=times(1))
                took = f"{_SHORT} items; {found.least:.2f} ms a request, against {found.ours:.2f} ms"
                left.remove(method)
                yield result(
                    _length_name(kind, method),
                    *(found.ratio, found.low, found.high),
                    _LENGTH_GOALS[method],
                    took,
                )
    except (MissingError, WrongAnswerError) as error:
        for method in left:
            yield no_figure(_length_name(kind, method), _LENGTH_GOALS[method], str(error))


def _works(long: Side) -> dict[str, Requests]:
    """Posting lists, and reading their sheets; ``long`` is the side with the long ones."""

    def post(side: Side, number: int) -> list[Request]:
        size = _LONG if side is long else _SHORT
        return [posted(side.keys.intake, orjson.dumps(form(size))) for _ in range(number)]

    def get(side: Side, number: int) -> list[Request]:
        if not side.sheets:
            side.sheets = [sheet_of(side.ask(request)) for request in post(side, _POSTED)]
        return [reading(side.keys.ehr, path) for path in islice(cycle(side.sheets), number)]

    return {"POST": post, "GET": get}
