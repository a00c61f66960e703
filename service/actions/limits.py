"""Keeps callers to their limits: over all processes by one count, which each takes portions of.

Between two portions a process asks nobody. What is left of one when its window ends is lost, so a caller may
get less than the limit by what processes hold, and never more.
"""

import threading
from dataclasses import dataclass, field
from datetime import datetime

from service.actions.door import Door, refusal_event
from service.domain.access.limits import Limit, LimitKind
from service.domain.audit.events import AuditEvent
from service.store import audit_chain as chain_store
from service.store import limits as limit_store
from service.store.database import Database, Reach, UnavailableError, reach_only

_MOST_HELD = 10_000


class LimitReachedError(Exception):
    """Nothing is left in this window; ``retry_after`` is in seconds."""

    def __init__(self, kind: LimitKind, retry_after: int) -> None:
        super().__init__("A limit was reached.")
        self.kind = kind
        self.retry_after = retry_after


@dataclass(slots=True)
class _Held:
    """What this process holds of somebody's window, and what it knows of it.

    One thread at a time is ``asking`` for a portion: another, told that nothing is left, would not see what
    the first is about to put here.
    """

    asking: threading.Lock = field(default_factory=threading.Lock)
    left: int = 0
    portions: int = 0
    used_up: bool = False
    told: bool = False


class Limiter:
    """The limits of one process; safe to share between threads."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._mutex = threading.Lock()
        self._held: dict[tuple[str, datetime], _Held] = {}

    def take(self, limit: Limit, who: str, now: datetime) -> int | None:
        """Use one up; where nothing is left, the seconds until there is."""
        if limit.most == 0:
            return None
        held = self._known(limit, who, now)
        if self._use(held):
            return None
        with held.asking:
            # Another thread may have asked meanwhile.
            let_through = self._use(held) or self._use_of_another_portion(limit, who, now, held)
        return None if let_through else limit.seconds_left(now)

    def _use(self, held: _Held) -> bool:
        with self._mutex:
            if held.left == 0:
                return False
            held.left -= 1
            return True

    def _use_of_another_portion(self, limit: Limit, who: str, now: datetime, held: _Held) -> bool:
        if held.used_up:
            return False
        number = self._portion(limit, who, now, held)
        if number is None:
            held.used_up = True
            return False
        with self._mutex:
            held.portions += 1
            held.left += limit.size_of(number) - 1
        return True

    def give_back(self, limit: Limit, who: str, now: datetime) -> None:
        """Take back what ``take`` used up at ``now``: it turned out not to count."""
        if limit.most:
            with self._mutex:
                self._holding(limit, who, limit.window_end(now), now).left += 1

    def wait_known(self, limit: Limit, who: str, now: datetime) -> int | None:
        """The seconds to wait where this process knows that nothing is left; uses nothing up."""
        held = self._held.get((_counted(limit, who), limit.window_end(now)))
        known = held is not None and held.used_up and held.left == 0
        return limit.seconds_left(now) if known else None

    def is_first_to_tell(self, limit: Limit, who: str, now: datetime, door: Door | None = None) -> bool:
        """Whether nobody told yet, in any process, that a window is used up.

        With a ``door`` it is then on record, as refused to its actor. Raises UnavailableError where it cannot
        be.
        """
        held = self._known(limit, who, now)
        if held.told:
            return False
        try:
            first = self._tell(limit, who, now, door)
        except UnavailableError:
            first = True
            if door is not None:
                _tell_without_database(limit, door)
        held.told = True
        return first

    def _tell(self, limit: Limit, who: str, now: datetime, door: Door | None) -> bool:
        with self._database.transaction(Reach.CREDENTIALS) as connection:
            first = limit_store.tell_once(connection, _counted(limit, who), limit.window_end(now))
            if first and door is not None:
                reach_only(connection, door.actor.clinic_id)
                chain_store.append_events(connection, [_event(limit, door)], door.audit_keys)
        return first

    def _portion(self, limit: Limit, who: str, now: datetime, held: _Held) -> int | None:
        """The number of the portion taken.

        Reading goes on where nothing can be written: the limit then holds for this process alone.
        """
        try:
            return self._take_portion(limit, who, now)
        except UnavailableError:
            return held.portions + 1 if held.portions < limit.portions else None

    def _take_portion(self, limit: Limit, who: str, now: datetime) -> int | None:
        with self._database.transaction(Reach.CREDENTIALS) as connection:
            return limit_store.take_portion(
                connection, _counted(limit, who), limit.window_end(now), limit.portions, now
            )

    def _known(self, limit: Limit, who: str, now: datetime) -> _Held:
        with self._mutex:
            return self._holding(limit, who, limit.window_end(now), now)

    def _holding(self, limit: Limit, who: str, ends_at: datetime, now: datetime) -> _Held:
        key = (_counted(limit, who), ends_at)
        if len(self._held) >= _MOST_HELD and key not in self._held:
            # What is thrown away early is lost, and read again where it was used up.
            self._held = {key: held for key, held in self._held.items() if key[1] > now}
            if len(self._held) >= _MOST_HELD:
                self._held.clear()
        return self._held.setdefault(key, _Held())


def _tell_without_database(limit: Limit, door: Door) -> None:
    if door.spare_record is None:
        raise UnavailableError("The database takes no record of what was refused.")
    door.spare_record([_event(limit, door)])


def _event(limit: Limit, door: Door) -> AuditEvent:
    return refusal_event(door, {"limit": limit.kind.value})


def _counted(limit: Limit, who: str) -> str:
    return f"{limit.kind}/{who}"
