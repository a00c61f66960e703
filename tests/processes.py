"""Programs and the processes that a process started, and waiting for what is to come about."""

import os
import shutil
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path


def program(name: str) -> str | None:
    """Where a program is, also where servers are kept that the path does not lead to."""
    return shutil.which(name, path=f"{os.environ.get('PATH', os.defpath)}:/usr/sbin:/sbin")


def children_of(pid: int) -> list[int]:
    """Every process that it started, and that those started."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(path.read_text().rpartition(")")[2].split()[1])
        except (OSError, ValueError):
            continue
        if parent == pid:
            found += [int(path.parent.name), *children_of(int(path.parent.name))]
    return found


def kill_all(pid: int) -> None:
    """End a process and all that it started at once, as a machine that has no memory left does."""
    everybody = (pid, *children_of(pid))
    for one in everybody:
        with suppress(ProcessLookupError):
            os.kill(one, signal.SIGKILL)
    until(lambda: not any(map(_runs, everybody)))


def _runs(pid: int) -> bool:
    """Whether it still holds its files; who has ended and was not asked for its status holds none."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


def until(holds: Callable[[], object], seconds: float = 30) -> None:
    """Wait until it holds; fails when it does not in time."""
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "it did not come about in time"
        time.sleep(0.02)
