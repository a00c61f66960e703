"""How often somebody may do something: so many times in a window of time, handed out in portions."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from math import ceil

_LARGEST_PORTION = 20
_LEAST_PORTIONS = 10


class LimitKind(StrEnum):
    """What is counted."""

    CALLS = "calls"
    """Calls of somebody who is known."""
    LOG_INS = "log_ins"
    """Log-ins from one address that failed, or are being looked at."""
    CREDENTIALS = "credentials"
    """Keys, tokens and links from one address that are none."""
    CONFLICTS = "conflicts"
    """Intakes that contradict who is on file, by somebody who may not read what is."""


@dataclass(frozen=True, slots=True)
class Limit:
    """At most ``most`` in each window; 0 is no limit.

    Windows are cut out of the time since 1970, so that all processes mean the same one, and a clock that is
    put back or forward leaves nobody shut out for longer than one window.
    """

    kind: LimitKind
    most: int
    window: timedelta

    @property
    def portion(self) -> int:
        """How many a process takes at once, to ask the database seldom: at most a tenth of all."""
        return min(_LARGEST_PORTION, max(1, self.most // _LEAST_PORTIONS))

    @property
    def portions(self) -> int:
        """How many portions a window has."""
        return ceil(self.most / self.portion)

    def size_of(self, number: int) -> int:
        """How many the portion with this number holds, 1 being the first; the last may be smaller."""
        return min(self.portion, self.most - (number - 1) * self.portion)

    def window_end(self, now: datetime) -> datetime:
        """When the window ends that ``now`` is in."""
        length = int(self.window.total_seconds())
        return datetime.fromtimestamp((int(now.timestamp()) // length + 1) * length, UTC)

    def seconds_left(self, now: datetime) -> int:
        """In how many whole seconds the next window has begun."""
        return ceil((self.window_end(now) - now).total_seconds())


@dataclass(frozen=True, slots=True)
class Limits:
    """Every limit of the service."""

    calls: Limit
    log_ins: Limit
    credentials: Limit
    conflicts: Limit


def limits_of(calls_per_minute: int, failures_per_minute: int) -> Limits:
    """The limits where an operator has chosen these two."""
    minute, hour = timedelta(minutes=1), timedelta(hours=1)
    return Limits(
        calls=Limit(LimitKind.CALLS, calls_per_minute, minute),
        log_ins=Limit(LimitKind.LOG_INS, failures_per_minute, minute),
        credentials=Limit(LimitKind.CREDENTIALS, failures_per_minute, minute),
        # A date of birth is one of some 36,000: at this pace it takes a key months to guess one.
        conflicts=Limit(LimitKind.CONFLICTS, 20, hour),
    )
