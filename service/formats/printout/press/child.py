"""A typesetter as the process that started it sees it: a child that sets one job after another."""

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import orjson

from service.formats.printout.fonts import FOLDER_VARIABLE, fonts_folder

# A child needs no secret and no database.
_NOT_FOR_CHILDREN = ("MEDICATION_CHECKLIST_", "DATABASE_URL", "PG")


class PressError(Exception):
    """It could not be set: too much at once, too long, or the process was ended."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the typesetter tells of the job, and the PDF, whole."""

    told: dict[str, Any]
    pdf: bytes


class Typesetter:
    """A child process. It ends by ``end``, when a job fails, and with the process that started it."""

    def __init__(self) -> None:
        """Start it; it takes a job at once. Raises PressError where it cannot be started."""
        self.jobs = 0
        try:
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", "service.formats.printout.press.typesetter"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=_environment(),
            )
        except OSError as error:
            raise PressError("The process that prints could not be started.") from error

    def is_alive(self) -> bool:
        """Whether it can be given a job."""
        return self._process.poll() is None

    def set(self, write_job: Callable[[], bytes], most_seconds: float) -> Answer:
        """Have a job set. Raises PressError when that takes too long or the child dies; it has ended then."""
        self.jobs += 1
        with self._ended_after(most_seconds):
            # The job is held no longer than until it is sent: a day's sheets are large.
            self._send(write_job())
            return self._answer()

    def end(self) -> None:
        """End it, whatever it does, and leave nothing of it."""
        self._process.kill()
        self._process.communicate()

    @contextmanager
    def _ended_after(self, seconds: float) -> Iterator[None]:
        overdue = threading.Event()

        def give_up() -> None:
            overdue.set()
            self._process.kill()

        timer = threading.Timer(seconds, give_up)
        timer.start()
        try:
            yield
        except (OSError, ValueError):
            self.end()
            why = "It took too long to print." if overdue.is_set() else "The process that prints ended early."
            raise PressError(why) from None
        except BaseException:
            self.end()
            raise
        finally:
            timer.cancel()

    def _send(self, job: bytes) -> None:
        assert self._process.stdin is not None  # noqa: S101 -- it was asked for
        self._process.stdin.write(b"%d\n" % len(job))
        self._process.stdin.write(job)
        self._process.stdin.flush()

    def _answer(self) -> Answer:
        assert self._process.stdout is not None  # noqa: S101 -- it was asked for
        told = orjson.loads(self._process.stdout.readline())
        # Read at its length, it stands in the memory once.
        pdf = self._process.stdout.read(told["length"])
        if len(pdf) != told["length"]:
            raise BrokenPipeError
        return Answer(told, pdf)


def _environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(_NOT_FOR_CHILDREN)}
    return {
        **kept,
        "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
        FOLDER_VARIABLE: str(fonts_folder()),
    }
