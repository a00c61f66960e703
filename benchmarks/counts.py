"""``python -m benchmarks.counts [--write]``: whether the main job has become more work than it was.

``counts.json`` keeps what ``counting`` found, for each system and minor version of Python. The status is 1
where a count has grown by more than ``MOST_GROWTH``. ``--write`` keeps the counts of this Python anew.
"""

import json
import os
import platform
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.counting import Counts

FILE = Path(__file__).with_name("counts.json")
MOST_GROWTH = 0.05
MOST_GROWTH_ELSEWHERE = 0.2
"""By how much a count may be over that of another version of Python, where there is none of this one's."""
HERE = f"{platform.system()}, Python {sys.version_info.major}.{sys.version_info.minor}"
COUNTING = (sys.executable, "-m", "benchmarks.counting")


class CountingError(Exception):
    """Nothing could be counted; the message is what the process said."""


def count(command: Sequence[str] = COUNTING) -> Counts:
    """What the main job takes, in a process of its own, whose sets are in the same order every time.

    Raises CountingError where it ends otherwise than well.
    """
    environment = os.environ | {"PYTHONHASHSEED": "0"}
    run = subprocess.run(command, env=environment, check=False, capture_output=True, text=True)
    if run.returncode:
        raise CountingError(run.stderr)
    counts: Counts = json.loads(run.stdout)
    return counts


def kept_for(where: str, kept: dict[str, Counts]) -> tuple[str, float]:
    """Whose counts to compare with, and by how much they may be exceeded.

    Without counts of this Python it is the nearest version's, and more must be let through.
    """
    if where in kept:
        return where, MOST_GROWTH
    return min(kept, key=lambda other: abs(_minor(other) - _minor(where))), MOST_GROWTH_ELSEWHERE


def _minor(where: str) -> int:
    return int(where.rpartition(".")[2])


def grown(found: Counts, before: Counts, most: float) -> Iterator[str]:
    """A line for each count that is missing or has grown by more than ``most``."""
    for request, counts in before.items():
        for of, number in counts.items():
            now = found.get(request, {}).get(of)
            if now is None:
                yield f"{request}: no {of} were counted"
            elif now > number * (1 + most):
                yield f"{request}: {now:,} {of}, {now / number - 1:+.1%} (kept: {number:,})"


def main() -> int:
    """Compare, or write."""
    kept: dict[str, Counts] = json.loads(FILE.read_text("utf-8"))
    found = count()
    if sys.argv[1:] == ["--write"]:
        FILE.write_text(json.dumps(dict(sorted((kept | {HERE: found}).items())), indent=2) + "\n", "utf-8")
        return 0
    where, most = kept_for(HERE, kept)
    if where != HERE:
        print(f"No counts are kept for {HERE}: up to {most:.0%} over those of {where} is let through.")
    faults = list(grown(found, kept[where], most))
    print("\n".join(faults) or f"The main job takes no more than {most:.0%} over what it took ({where}).")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
