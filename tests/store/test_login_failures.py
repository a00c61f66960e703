"""Log-ins that failed are counted, forgotten, and dropped after a day."""

from datetime import timedelta

from service.store.database import Database, Reach
from service.store.login_failures import clear_login_failures, count_login_failures, record_login_failure
from tests.store.records import NOW


def test_failures_of_a_log_in_are_counted_from_an_instant_and_forgotten(database: Database) -> None:
    with database.transaction(Reach.ALL) as connection:
        for minutes in (0, 1, 1, 20):
            record_login_failure(connection, "nurse", NOW + timedelta(minutes=minutes))
        record_login_failure(connection, "another", NOW)

        assert count_login_failures(connection, "nurse", NOW) == 4
        assert count_login_failures(connection, "nurse", NOW + timedelta(minutes=1)) == 3
        assert count_login_failures(connection, "nobody", NOW) == 0

        clear_login_failures(connection, "nurse")
        assert count_login_failures(connection, "nurse", NOW) == 0
        assert count_login_failures(connection, "another", NOW) == 1


def test_failures_of_long_ago_are_dropped_in_passing(database: Database) -> None:
    with database.transaction(Reach.ALL) as connection:
        record_login_failure(connection, "nurse", NOW)
        record_login_failure(connection, "another", NOW + timedelta(days=2))
        assert count_login_failures(connection, "nurse", NOW) == 0
