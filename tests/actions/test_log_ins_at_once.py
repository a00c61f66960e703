"""What a log-in costs tells nobody whether there is such a person, and many at once are no more tries."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from threading import Barrier
from typing import Any
from uuid import uuid4

import pytest
from argon2 import PasswordHasher
from sqlalchemy import event

from service.actions.sessions import LogInRefusedError, log_in
from service.domain.access.credentials import StaffMember
from service.domain.access.permissions import Role
from service.domain.access.sessions import FAILURE_WINDOW, MOST_FAILURES
from service.store import login_failures as failure_store
from service.store import staff as staff_store
from service.store.database import Database, Reach
from tests.store.records import NOW, add_clinic

PASSWORD, WRONG = "a password of the tests", "not the password at all"
AT_ONCE = 16
# A hash that is quickly looked at, for what is not about how long that takes.
QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)

LogIn = Callable[[Database, str], None]


def person(database: Database, login: str, password_hash: str, *, left: bool = False) -> None:
    with database.transaction(Reach.ALL) as connection:
        member = StaffMember(
            uuid4(),
            add_clinic(connection),
            login,
            "Test Nurse",
            Role.NURSE,
            password_hash,
            NOW if left else None,
        )
        staff_store.insert_staff(connection, member)


def tried(log_in_once: LogIn, databases: list[Database], login: str) -> int:
    """How many passwords are looked at of those that come to two processes at once."""

    def one(number: int) -> bool:
        try:
            log_in_once(databases[number % 2], login)
        except LogInRefusedError as error:
            return error.retry_after is None
        raise AssertionError("the password is wrong")

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return sum(pool.map(one, range(AT_ONCE)))


def wrong(database: Database, login: str) -> None:
    log_in(database, login, WRONG, NOW)


@pytest.fixture
def databases(database_url: str) -> Iterator[list[Database]]:
    opened = [Database(database_url) for _ in range(2)]
    yield opened
    for database in opened:
        database.dispose()


def test_many_log_ins_at_once_are_no_more_tries(databases: list[Database]) -> None:
    person(databases[0], "nurse", QUICK.hash(PASSWORD))

    assert tried(wrong, databases, "nurse") == MOST_FAILURES


def test_control_failures_that_are_counted_afterwards_are_found(databases: list[Database]) -> None:
    person(databases[0], "nurse", QUICK.hash(PASSWORD))
    all_counted = Barrier(AT_ONCE)

    def afterwards(database: Database, login: str) -> None:
        with database.transaction(Reach.CREDENTIALS) as connection:
            failures = failure_store.count_login_failures(connection, login, NOW - FAILURE_WINDOW)
        all_counted.wait(30)
        with database.transaction(Reach.CREDENTIALS) as connection:
            failure_store.record_login_failure(connection, login, NOW)
        raise LogInRefusedError(None if failures < MOST_FAILURES else 1)

    assert tried(afterwards, databases, "nurse") == AT_ONCE


def test_who_logs_in_is_forgiven_every_failure_before(database: Database) -> None:
    person(database, "nurse", QUICK.hash(PASSWORD))
    for _ in range(3):
        for _ in range(MOST_FAILURES - 1):
            with pytest.raises(LogInRefusedError):
                wrong(database, "nurse")
        log_in(database, "nurse", PASSWORD, NOW)


def test_a_closed_log_in_opens_by_itself_and_tries_meanwhile_do_not_keep_it_closed(
    database: Database,
) -> None:
    person(database, "nurse", QUICK.hash(PASSWORD))
    for minutes in range(15):
        with pytest.raises(LogInRefusedError):
            log_in(database, "nurse", WRONG if minutes < 10 else PASSWORD, NOW + timedelta(minutes=minutes))
    for minutes in (14, 15):
        with pytest.raises(LogInRefusedError) as refused:
            log_in(database, "nurse", PASSWORD, NOW + timedelta(minutes=minutes))
        assert refused.value.retry_after == 900

    assert log_in(database, "nurse", PASSWORD, NOW + timedelta(minutes=15, seconds=1)).member.login == "nurse"


@contextmanager
def work_done(database: Database, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Each statement that the database is sent, and the cost of each password that is looked at."""
    done: list[str] = []
    verify = PasswordHasher.verify

    def looked_at(self: PasswordHasher, hash: str, password: str) -> Any:  # noqa: A002 -- the library's name
        done.append(hash.rsplit("$", 2)[0])
        return verify(self, hash, password)

    def sent(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        done.append(statement)

    monkeypatch.setattr(PasswordHasher, "verify", looked_at)
    event.listen(database._engine, "before_cursor_execute", sent)
    yield done
    event.remove(database._engine, "before_cursor_execute", sent)


def test_a_known_person_one_who_has_left_and_nobody_cost_the_same_work(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = PasswordHasher()
    person(database, "nurse", whole.hash(PASSWORD))
    person(database, "gone", whole.hash(PASSWORD), left=True)
    costs = []
    for login, password in (("nurse", WRONG), ("gone", WRONG), ("gone", PASSWORD), ("nobody", WRONG)):
        with work_done(database, monkeypatch) as done, pytest.raises(LogInRefusedError):
            log_in(database, login, password, NOW)
        monkeypatch.undo()
        costs.append(done)

    assert costs == [costs[0]] * 4
    assert sum(part.startswith("$argon2id$") for part in costs[0]) == 1


def test_a_closed_log_in_costs_the_same_for_nobody_and_looks_at_no_password(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    person(database, "nurse", QUICK.hash(PASSWORD))
    with database.transaction(Reach.CREDENTIALS) as connection:
        for login in ("nurse", "nobody") * MOST_FAILURES:
            failure_store.record_login_failure(connection, login, NOW)
    costs = []
    for login in ("nurse", "nobody"):
        with work_done(database, monkeypatch) as done, pytest.raises(LogInRefusedError):
            log_in(database, login, PASSWORD, NOW)
        monkeypatch.undo()
        costs.append(done)

    assert costs[0] == costs[1]
    assert not [part for part in costs[0] if part.startswith("$argon2")]
