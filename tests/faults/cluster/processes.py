"""Processes that a test starts, and ends without fail."""

import contextlib
import os
import pwd
import signal
import subprocess
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TypeVar

import psutil

T = TypeVar("T")
_LOOK_AGAIN_SECONDS = 0.1


class Processes:
    """By name; each writes what it says to ``NAME.log`` in the folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._started: dict[str, subprocess.Popen[bytes]] = {}

    def start(
        self,
        name: str,
        command: Iterable[str | Path],
        environment: Mapping[str, str],
        user: str | None = None,
    ) -> None:
        """Start one, as another user where one is named."""
        person = pwd.getpwnam(user) if user else None
        with (self._folder / f"{name}.log").open("ab") as log:
            self._started[name] = subprocess.Popen(
                [str(part) for part in command],
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                user=person.pw_uid if person else None,
                group=person.pw_gid if person else None,
                extra_groups=[] if person else None,
                env={"PATH": "/usr/bin:/bin:/usr/sbin", "LC_ALL": "C.UTF-8", "HOME": "/", **environment},
                start_new_session=True,
            )

    def runs(self, name: str) -> bool:
        """Whether it was started and has not ended."""
        return name in self._started and self._started[name].poll() is None

    def pid(self, name: str) -> int:
        """Its number."""
        return self._started[name].pid

    def tell(self, name: str, number: signal.Signals) -> None:
        """Send it a signal."""
        self._started[name].send_signal(number)

    def kill(self, name: str) -> None:
        """End it and everything that it started, at once and without a word."""
        kill_tree(self._started[name].pid)
        self._started[name].wait(10)

    def kill_alone(self, name: str) -> None:
        """End it at once; what it started goes on."""
        self._started[name].kill()
        self._started[name].wait(10)

    def wait(self, name: str, seconds: float) -> int:
        """Wait for its end; its exit status."""
        return self._started[name].wait(seconds)

    def said(self, name: str) -> str:
        """The end of what it wrote."""
        return (self._folder / f"{name}.log").read_text("utf-8", "replace")[-3000:]

    def kill_all(self) -> None:
        """End every one that still runs."""
        for name in self._started:
            if self.runs(name):
                self.kill(name)


def tell_tree(pid: int, number: signal.Signals) -> None:
    """Send a signal to a process and all that it started."""
    with contextlib.suppress(psutil.NoSuchProcess):
        process = psutil.Process(pid)
        for one in [process, *process.children(recursive=True)]:
            with contextlib.suppress(ProcessLookupError):
                os.kill(one.pid, number)


def kill_tree(pid: int) -> None:
    """End a process, and all that it started, with the signal that none can catch."""
    tell_tree(pid, signal.SIGKILL)


def children_named(pid: int, word: str) -> list[int]:
    """The processes that a process started and whose command has a word in it."""
    return [child.pid for child in psutil.Process(pid).children() if word in " ".join(child.cmdline())]


def wait_for(what: str, look: Callable[[], T], seconds: float) -> T:
    """Look until there is something, and return it; fails with ``what`` when there is nothing in time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        found = look()
        if found:
            return found
        time.sleep(_LOOK_AGAIN_SECONDS)
    raise AssertionError(f"waited {seconds:g} s in vain for {what}")
