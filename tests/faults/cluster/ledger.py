"""What was sent and what was acknowledged, kept outside of what is tested."""

import threading
import time
from collections import Counter
from dataclasses import dataclass, field


@dataclass
class Kept:
    """A patient: every acknowledged item of the list with the version that it made."""

    patient_id: str
    items: dict[str, int] = field(default_factory=dict)


class Ledger:
    """Safe to share between threads. An item's name is as good as a key: each is sent for one write only."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.patients: dict[str, Kept] = {}
        self.outcomes: Counter[str] = Counter()
        self.sent_again = 0
        self.slowest = 0.0
        self.stale_reads: list[str] = []
        self.abandoned: list[str] = []
        self._last = time.monotonic()
        self.longest_gap = 0.0

    def acknowledge(self, identifier: str, patient_id: str, item: str, version: int) -> None:
        """A write was acknowledged: this item made this version."""
        with self._lock:
            kept = self.patients.setdefault(identifier, Kept(patient_id))
            kept.items[item] = version
            now = time.monotonic()
            self.longest_gap = max(self.longest_gap, now - self._last)
            self._last = now

    def start_watch(self) -> None:
        """From now on the longest time without an acknowledgement counts."""
        with self._lock:
            self._last, self.longest_gap = time.monotonic(), 0.0

    def stop_watch(self) -> float:
        """The longest time without an acknowledgement, one that has not come yet included; in seconds."""
        with self._lock:
            return max(self.longest_gap, time.monotonic() - self._last)

    def note(self, outcome: str, seconds: float, *, again: bool) -> None:
        """How a request ended, and when; ``again`` where its outcome is unknown, so that it is sent again."""
        with self._lock:
            self.slowest = max(self.slowest, seconds)
            self.outcomes[outcome] += 1
            self.sent_again += again

    def note_stale_read(self, what: str) -> None:
        """Somebody read less than what had been acknowledged to them."""
        with self._lock:
            self.stale_reads.append(what)

    def abandon(self, what: str) -> None:
        """Nobody will ever know whether this was done."""
        with self._lock:
            self.abandoned.append(what)

    @property
    def acknowledged(self) -> int:
        """How many writes were acknowledged."""
        with self._lock:
            return sum(len(kept.items) for kept in self.patients.values())
