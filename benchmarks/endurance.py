"""``python -m benchmarks.endurance [REQUESTS]``: a server's memory over many requests of all kinds."""

import sys
from collections.abc import Iterator
from statistics import linear_regression

from benchmarks.filling import FEW, filled_databases
from benchmarks.memory import counted_once
from benchmarks.mix import hospital, play
from benchmarks.sides import WrongAnswerError

REQUESTS = 100_000
STEPS = 10
WARM_UP_STEPS = 2
_CLIENTS = 8


def curve(requests: int) -> Iterator[float]:
    """The megabytes of all of a server's processes on SQLite, after each tenth. Raises WrongAnswerError."""
    with filled_databases("sqlite", FEW) as (url,), hospital(url) as side:
        for _ in range(STEPS):
            told = play(side, clients=_CLIENTS, requests=requests // STEPS)
            if told.errors:
                raise WrongAnswerError("; ".join(sorted(set(told.errors))))
            yield counted_once(side.processes())


def growth(megabytes: list[float]) -> float:
    """What the memory grows by from the end of the warm-up to the end, as a line through the steps."""
    after = megabytes[WARM_UP_STEPS:]
    return linear_regression(range(len(after)), after).slope * (len(after) - 1)


def main() -> None:
    """Print the curve and its slope."""
    requests = int(sys.argv[1]) if len(sys.argv) > 1 else REQUESTS
    seen = []
    for megabytes in curve(requests):
        seen.append(megabytes)
        print(f"{len(seen) * requests // STEPS:>8} requests  {megabytes:6.1f} MB", flush=True)
    measured = requests * (STEPS - WARM_UP_STEPS - 1) // STEPS
    print(f"{growth(seen):+.2f} MB over the last {measured} requests")


if __name__ == "__main__":
    main()
