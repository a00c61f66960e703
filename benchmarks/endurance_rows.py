"""The row of memory over many requests."""

from collections.abc import Iterator

from benchmarks.databases import MissingError
from benchmarks.effort import times
from benchmarks.endurance import WARM_UP_STEPS, curve, growth
from benchmarks.results import Goal, Result, no_figure, result
from benchmarks.sides import WrongAnswerError

NAMES = ["Memory over 5,000 requests: growth"]
_GOAL = Goal(5)


def measure(wanted: list[str]) -> Iterator[Result]:
    """The row, where it is wanted."""
    for name in wanted:
        requests = times(5000, 100)
        try:
            seen = list(curve(requests))
        except (MissingError, WrongAnswerError) as error:
            yield no_figure(name, _GOAL, str(error))
            continue
        after = seen[WARM_UP_STEPS:]
        took = f"after a fifth of {requests:,} requests {after[0]:.0f} MB, after all {after[-1]:.0f} MB"
        figure = growth(seen)
        yield result(name, figure, figure, figure, _GOAL, took, "MB")
