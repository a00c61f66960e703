"""The count that all processes share: never more than there is, and gone when its window is long over."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import func, select, text

from service.store.database import Database, Reach
from service.store.limits import KEPT, take_portion, tell_once
from service.store.tables import limit_counts
from tests.store.records import LATER, NOW

WHO = "calls/key/1"


def take(database: Database, most: int = 3, who: str = WHO) -> int | None:
    with database.transaction(Reach.CREDENTIALS) as connection:
        return take_portion(connection, who, LATER, most, NOW)


def test_portions_are_numbered_until_all_are_taken(database: Database) -> None:
    assert [take(database) for _ in range(5)] == [1, 2, 3, None, None]
    assert take(database, who="calls/key/2") == 1


def test_of_many_at_once_each_gets_another_portion_and_nobody_too_many(database: Database) -> None:
    with ThreadPoolExecutor(8) as pool:
        taken = list(pool.map(lambda _: take(database, most=20), range(40)))

    assert sorted(number for number in taken if number) == list(range(1, 21))


def test_of_many_at_once_one_tells(database: Database) -> None:
    take(database)

    def tell(_: int) -> bool:
        with database.transaction(Reach.CREDENTIALS) as connection:
            return tell_once(connection, WHO, LATER)

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(tell, range(16))) == 1


def test_counts_go_when_their_window_is_long_over(database: Database) -> None:
    take(database)

    def kept(now_after: timedelta) -> int:
        with database.transaction(Reach.CREDENTIALS) as connection:
            take_portion(connection, "calls/key/2", LATER + timedelta(days=1), 9, LATER + now_after)
            return connection.execute(select(func.count()).select_from(limit_counts)).scalar_one()

    assert kept(KEPT) == 2
    assert kept(KEPT + timedelta(seconds=1)) == 1


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_what_comes_after_waits_for_the_disk_again(database: Database) -> None:
    def waits() -> list[str]:
        with database.transaction(Reach.CREDENTIALS) as connection:
            before = connection.execute(text("SHOW synchronous_commit")).scalar_one()
            take_portion(connection, WHO, LATER, 9, NOW)
            return [before, connection.execute(text("SHOW synchronous_commit")).scalar_one()]

    # The same connection of the pool each time: nothing else takes one.
    assert waits() == ["on", "off"]
    assert waits() == ["on", "off"]
