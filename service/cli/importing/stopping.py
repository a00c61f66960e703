"""Signals to end, heard between two transactions, so that what is in hand is ended first."""

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

import click


class Stopping:
    """Hears the signals to end, so that what is in hand is ended first. A second one ends at once."""

    def __init__(self) -> None:
        self.by: int | None = None

    def __bool__(self) -> bool:
        return self.by is not None

    def hear(self, by: int, _frame: FrameType | None) -> None:
        """Remember the signal; the next one does what it always did."""
        self.by = by
        signal.signal(signal.SIGINT, signal.default_int_handler)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)

    def end(self, done: str) -> None:
        """Say how far it came, and end with the status of a program that the signal ended."""
        click.echo(f"Interrupted: {done}. The same command goes on from there.", err=True)
        sys.exit(128 + (self.by or 0))


@contextmanager
def stopping() -> Iterator[Stopping]:
    """Listen for the signals to end while the block runs."""
    heard = Stopping()
    before = {one: signal.signal(one, heard.hear) for one in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield heard
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)
