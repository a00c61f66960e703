"""How much memory a server's processes hold, in MB (10^6 bytes)."""

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import psutil

_EVERY_SECONDS = 0.05


def counted_once(processes: Sequence[psutil.Process]) -> float:
    """All of it, and what they share once (PSS; where the system does not tell, what is their own)."""
    infos = [process.memory_full_info() for process in processes]
    return sum(float(getattr(info, "pss", info.uss)) for info in infos) / 1e6


def of_their_own(processes: Sequence[psutil.Process]) -> float:
    """What is shared with no other process (USS)."""
    return sum(float(process.memory_full_info().uss) for process in processes) / 1e6


@contextmanager
def most_of_their_own(processes: Sequence[psutil.Process]) -> Iterator[list[float]]:
    """What is their own, asked for again and again while the block runs."""
    seen, ended = [of_their_own(processes)], threading.Event()

    def look() -> None:
        while not ended.wait(_EVERY_SECONDS):
            seen.append(of_their_own(processes))

    looking = threading.Thread(target=look)
    looking.start()
    try:
        yield seen
    finally:
        ended.set()
        looking.join()
