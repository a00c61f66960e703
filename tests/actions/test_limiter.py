"""Limits hold over processes: each with a limiter of its own, all with one count."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from itertools import count
from time import sleep

import pytest

from service.actions.limits import Limiter, _Held
from service.domain.access.limits import Limit, limits_of
from service.store.database import Database, UnavailableError

NOW = datetime(2026, 11, 23, 9, 30, 12, tzinfo=UTC)
CALLS = limits_of(100, 0).calls
WHO = "key/1"


class CountsAlone(Limiter):
    """The planted fault: what was used up is known to one process only."""

    def _take_portion(self, limit: Limit, who: str, now: datetime) -> int | None:
        taken = self.__dict__.setdefault("taken", count(1))
        number = next(taken)
        return number if number <= limit.portions else None


class CannotWrite(Limiter):
    """The database takes no write."""

    def _take_portion(self, limit: Limit, who: str, now: datetime) -> int | None:
        raise UnavailableError("The disk is full.")


@pytest.fixture
def processes(database_url: str) -> Iterator[list[Database]]:
    """The database as three processes see it."""
    opened = [Database(database_url) for _ in range(3)]
    yield opened
    for database in opened:
        database.dispose()


def let_through(limiters: list[Limiter], limit: Limit, calls: int, at_once: int = 6) -> int:
    """How many of so many calls are let through, when they come to all processes in turn and at once."""
    with ThreadPoolExecutor(at_once) as pool:
        waits = pool.map(lambda n: limiters[n % len(limiters)].take(limit, WHO, NOW), range(calls))
        return sum(wait is None for wait in waits)


def faults_of(limiters: list[Limiter], limit: Limit) -> list[str]:
    """What is wrong when far more calls come than the limit lets through."""
    through = let_through(limiters, limit, 3 * limit.most)
    held = len(limiters) * (limit.portion - 1)
    faults = []
    if through > limit.most:
        faults.append(f"{through} were let through")
    if through < limit.most - held:
        faults.append(f"only {through} were let through")
    return faults


@pytest.mark.parametrize("most", [1, 7, 100, 250])
def test_the_limit_holds_over_processes_and_little_of_it_is_lost(
    processes: list[Database], most: int
) -> None:
    limit = limits_of(most, 0).calls

    assert faults_of([Limiter(database) for database in processes], limit) == []


def test_control_a_count_of_each_process_is_found(processes: list[Database]) -> None:
    assert faults_of([CountsAlone(database) for database in processes], CALLS) == ["300 were let through"]


def test_one_process_uses_the_limit_up_to_the_last_call(database: Database) -> None:
    assert let_through([Limiter(database)], limits_of(107, 0).calls, 200) == 107


class SlowToTell(Limiter):
    """Between what the database answers and what the process makes of it, other threads have their turn."""

    def _portion(self, limit: Limit, who: str, now: datetime, held: _Held) -> int | None:
        number = super()._portion(limit, who, now, held)
        if number is not None:
            sleep(0.02)
        return number


def test_nobody_is_refused_while_another_thread_is_about_to_hold_the_last_portion(database: Database) -> None:
    assert let_through([SlowToTell(database)], limits_of(20, 0).calls, 20, at_once=20) == 20


def test_waiting_as_long_as_told_is_enough(database: Database) -> None:
    limiter = Limiter(database)
    let_through([limiter], CALLS, 100)

    wait = limiter.take(CALLS, WHO, NOW)

    assert wait == 48
    assert limiter.take(CALLS, WHO, NOW + timedelta(seconds=wait - 1)) == 1
    assert limiter.take(CALLS, WHO, NOW + timedelta(seconds=wait)) is None


@pytest.mark.parametrize("moved", [timedelta(days=-1), timedelta(days=1), timedelta(days=5000)])
def test_a_clock_that_is_put_elsewhere_shuts_nobody_out(database: Database, moved: timedelta) -> None:
    limiter, other = Limiter(database), Limiter(database)
    let_through([limiter], CALLS, 101)

    assert limiter.take(CALLS, WHO, NOW + moved) is None
    assert other.take(CALLS, WHO, NOW + moved) is None
    # And put right again, what was used up is used up until the window's end, and no longer.
    assert limiter.take(CALLS, WHO, NOW) is not None
    assert limiter.take(CALLS, WHO, NOW + timedelta(minutes=1)) is None


def test_one_callers_calls_are_not_anothers(database: Database) -> None:
    limiter = Limiter(database)
    let_through([limiter], CALLS, 101)

    assert limiter.take(CALLS, "key/2", NOW) is None
    assert limiter.take(limits_of(0, 5).log_ins, WHO, NOW) is None


def test_what_is_given_back_can_be_used_again(database: Database) -> None:
    limiter, limit = Limiter(database), limits_of(0, 1).log_ins
    for _ in range(5):
        assert limiter.take(limit, WHO, NOW) is None
        limiter.give_back(limit, WHO, NOW)

    assert limiter.take(limit, WHO, NOW) is None
    assert limiter.take(limit, WHO, NOW) == 48
    limiter.give_back(limit, WHO, NOW)
    assert limiter.take(limit, WHO, NOW) is None


def test_without_a_limit_nobody_asks_the_database(database: Database) -> None:
    limiter = CannotWrite(database)

    assert [limiter.take(limits_of(0, 0).calls, WHO, NOW) for _ in range(1000)] == [None] * 1000


def test_where_nothing_can_be_written_each_process_keeps_the_limit_by_itself(database: Database) -> None:
    assert let_through([CannotWrite(database)], CALLS, 300) == 100


def test_a_process_knows_what_is_used_up_only_once_it_asked(database: Database) -> None:
    first, second = Limiter(database), Limiter(database)
    let_through([first], CALLS, 101)

    assert first.wait_known(CALLS, WHO, NOW) == 48
    assert second.wait_known(CALLS, WHO, NOW) is None
    assert second.take(CALLS, WHO, NOW) == 48
    assert second.wait_known(CALLS, WHO, NOW) == 48
    assert first.wait_known(CALLS, WHO, NOW + timedelta(minutes=1)) is None


def test_of_all_processes_one_tells_of_a_window(processes: list[Database]) -> None:
    limiters = [Limiter(database) for database in processes]
    let_through(limiters, CALLS, 300)

    assert sum(limiter.is_first_to_tell(CALLS, WHO, NOW) for limiter in limiters * 3) == 1


def test_many_callers_take_no_more_memory_than_there_is_for_them(database: Database) -> None:
    limiter = CannotWrite(database)
    for number in range(10_500):
        limiter.take(CALLS, f"key/{number}", NOW)

    assert len(limiter._held) <= 10_000


def test_a_caller_asks_the_database_once_for_twenty_calls(database: Database) -> None:
    asked = []

    class Counted(Limiter):
        def _take_portion(self, limit: Limit, who: str, now: datetime) -> int | None:
            asked.append(who)
            return super()._take_portion(limit, who, now)

    limiter, limit = Counted(database), limits_of(600, 0).calls
    for _ in range(700):
        limiter.take(limit, WHO, NOW)

    # Thirty portions, and once more to be told that there is none left.
    assert len(asked) == 31
