"""``python -m benchmarks.day [KIND]``: what one machine carries of a day, with many patients on file."""

import sys
import time
from statistics import quantiles

from benchmarks.databases import KINDS
from benchmarks.filling import asked_for, filled_databases
from benchmarks.mix import Told, hospital, play

CLIENTS = (16, 64)
_REQUESTS = 2000
_WARM_UP = 320


def main() -> None:
    """Print the throughput and what each kind of request took, for both numbers of clients."""
    for kind in sys.argv[1:] or KINDS:
        with filled_databases(kind, asked_for()) as (url,), hospital(url) as side:
            play(side, clients=16, requests=_WARM_UP)
            for clients in CLIENTS:
                before, began = side.processor_seconds(), time.perf_counter()
                told = play(side, clients=clients, requests=_REQUESTS)
                wall, used = time.perf_counter() - began, side.processor_seconds() - before
                print(
                    f"{kind}, {clients} clients: {_REQUESTS / wall:.0f} requests a second; the server's "
                    f"processors {1000 * used / _REQUESTS:.1f} ms a request; {len(told.errors)} errors"
                )
                print(*_lines(told), *sorted(set(told.errors)), sep="\n", flush=True)


def _lines(told: Told) -> list[str]:
    every = {"all": [one for took in told.took.values() for one in took], **told.took}
    return [_line(name, took) for name, took in every.items() if len(took) > 1]


def _line(name: str, took: list[float]) -> str:
    hundredths = quantiles(took, n=100)
    p50, p99 = 1000 * hundredths[49], 1000 * hundredths[98]
    return f"  {name:<45}{len(took):>6}   p50 {p50:7.1f} ms   p99 {p99:7.1f} ms"


if __name__ == "__main__":
    main()
