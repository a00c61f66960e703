"""The rows of CDS Hooks: the card that answers a call with 20 medicines, against HealthChain's same card."""

import json
from collections.abc import Iterator
from statistics import median

from benchmarks.databases import MissingError
from benchmarks.effort import times
from benchmarks.hooks_load import Answered
from benchmarks.hooks_sides import HookSide, our_side, their_side
from benchmarks.results import Goal, Result, no_figure, result
from benchmarks.sameness import DifferentError, check_same
from benchmarks.sides import WrongAnswerError

_CALLED = "CDS Hooks, 20 medicines in prefetch, 16 clients"
_KINDS = {True: "a signed token each", False: "no token"}
_THROUGHPUT = {signed: f"{_CALLED}, {kind}: throughput" for signed, kind in _KINDS.items()}
_LATE = {signed: f"{_CALLED}, {kind}: p99" for signed, kind in _KINDS.items()}
NAMES = [name for signed in _KINDS for name in (_THROUGHPUT[signed], _LATE[signed])]
_MORE, _SOONER = Goal(2.5, at_least=True), Goal(1)
_CLIENTS, _ROUNDS, _CALLS = 16, 3, 1200


def measure(wanted: list[str]) -> Iterator[Result]:
    """The rows wanted; throughput and p99 are measured at once."""
    if wanted:
        yield from (one for one in _rows() if one.row in wanted)


def _rows() -> Iterator[Result]:
    open_rows = list(NAMES)
    try:
        with (
            our_side(signed=True) as ours,
            our_side(signed=False) as asked_by_all,
            their_side(ours) as theirs,
        ):
            for signed, side in ((True, ours), (False, asked_by_all)):
                for found in _measured(side, theirs, signed=signed):
                    open_rows.remove(found.row)
                    yield found
    except (MissingError, DifferentError, WrongAnswerError) as error:
        for name in open_rows:
            yield no_figure(name, _MORE if name in _THROUGHPUT.values() else _SOONER, str(error))


def _measured(ours: HookSide, theirs: HookSide, *, signed: bool) -> Iterator[Result]:
    sides = (ours, theirs)
    answers = [_as_sorted(side.answer(_CLIENTS, times(200, 20))) for side in sides]
    check_same("card", *answers)
    rounds = [[side.answer(_CLIENTS, times(_CALLS, 40)) for side in sides] for _ in range(times(_ROUNDS))]
    told = " against ".join(
        f"{median(len(one.latencies) / one.seconds for one in of_side):.0f} a second, "
        f"p99 {1000 * median(map(_late, of_side)):.0f} ms"
        for of_side in zip(*rounds, strict=True)
    )
    against = (
        f"HealthChain's card of the same call, uvicorn with two workers and no token; one process on SQLite, "
        f"which records what it shows: {told}"
    )
    more = [theirs.seconds / ours.seconds for ours, theirs in rounds]
    late = [_late(ours) / _late(theirs) for ours, theirs in rounds]
    yield result(_THROUGHPUT[signed], median(more), min(more), max(more), _MORE, against)
    yield result(_LATE[signed], median(late), min(late), max(late), _SOONER, "the same")


def _late(answered: Answered) -> float:
    """The seconds that 99 of 100 calls took at most."""
    return sorted(answered.latencies)[int(0.99 * len(answered.latencies))]


def _as_sorted(answered: Answered) -> str:
    return json.dumps(json.loads(answered.answer), sort_keys=True)
