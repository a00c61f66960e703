"""Measures two sides in turns (A B A B …), so that whatever else the machine does meets both."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

from benchmarks.sides import Request, Side

_A_TURN = 10
Requests = Callable[[Side, int], list[Request]]


@dataclass(frozen=True, slots=True)
class Spread:
    """The middle of the rounds' ratios, the lowest and the highest; what each side took, in milliseconds."""

    ratio: float
    low: float
    high: float
    ours: float
    least: float


@dataclass(frozen=True, slots=True)
class Cost:
    """What requests took of the server's processors and of the client's time, in seconds a request."""

    processor: float
    wall: float


def spread(pairs: list[tuple[float, float]]) -> Spread:
    """From one pair of seconds (ours, the floor's) a round."""
    ratios = [ours / least for ours, least in pairs]
    ours, least = (1000 * median(side) for side in zip(*pairs, strict=True))
    return Spread(median(ratios), min(ratios), max(ratios), ours, least)


def measure_servers(
    service: Side, floor: Side, requests: Requests, *, rounds: int, turns: int
) -> tuple[Spread, Spread]:
    """Processor time and wall time a request, one at a time over one kept connection to each side.

    A round is some turns of ten requests to the one side, then ten to the other.
    """
    _round((service, floor), requests, turns)
    costs = [_round((service, floor), requests, turns) for _ in range(rounds)]
    return (
        spread([(ours.processor, least.processor) for ours, least in costs]),
        spread([(ours.wall, least.wall) for ours, least in costs]),
    )


def _round(sides: tuple[Side, Side], requests: Requests, turns: int) -> list[Cost]:
    batches = [(side, requests(side, turns * _A_TURN)) for side in sides]
    before = [side.processor_seconds() for side in sides]
    walls = [0.0, 0.0]
    for start in range(0, turns * _A_TURN, _A_TURN):
        for place, (side, batch) in enumerate(batches):
            walls[place] += _seconds_of(side, batch[start : start + _A_TURN])
    used = [side.processor_seconds() - then for side, then in zip(sides, before, strict=True)]
    number = turns * _A_TURN
    return [Cost(processor / number, wall / number) for processor, wall in zip(used, walls, strict=True)]


def _seconds_of(side: Side, batch: list[Request]) -> float:
    start = time.perf_counter()
    for request in batch:
        side.ask(request)
    return time.perf_counter() - start


def measure_calls(
    ours: Callable[[], object], least: Callable[[], object], *, rounds: int, number: int, warm_up: int = 2
) -> Spread:
    """Wall time of calls from this process."""
    for call in (ours, least) * bool(warm_up):
        _seconds(call, warm_up)
    return spread([(_seconds(ours, number), _seconds(least, number)) for _ in range(rounds)])


def _seconds(call: Callable[[], object], number: int) -> float:
    start = time.perf_counter()
    for _ in range(number):
        call()
    return (time.perf_counter() - start) / number
