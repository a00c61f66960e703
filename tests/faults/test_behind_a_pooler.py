"""What a pooler in transaction mode refuses or mixes up is never sent to PostgreSQL."""

import re
from collections.abc import Iterator

import pytest

from service.store.database import Database, Reach, RefusedByDatabaseError
from tests.databases import PostgresqlOfTests
from tests.faults.proxy import began, fault_proxy
from tests.faults.test_silent_store import read, write
from tests.store.records import add_clinic

TAKEN = {"user", "database", "application_name", "client_encoding"}
OF_A_SESSION = re.compile(
    rb"\s*(SET(?! LOCAL)|PREPARE|DEALLOCATE|DISCARD|LISTEN|UNLISTEN|DECLARE|LOAD|RESET)\b|.*pg_advisory_lock",
    re.IGNORECASE | re.DOTALL,
)


def start(heard: bytes) -> tuple[set[str], bytes]:
    """The names that a connection begins with, and what comes after them."""
    first, rest = began(heard)
    return {name.decode() for name in first[4:].rstrip(b"\0").split(b"\0")[::2]}, rest


def statements(heard: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Each statement with the name under which it was prepared, which is empty where it was not."""
    while heard:
        kind, length = heard[:1], int.from_bytes(heard[1:5], "big") + 1
        body = heard[5:length]
        if kind == b"P":
            name, words, _ = body.split(b"\0", 2)
            yield name, words
        elif kind == b"Q":
            yield b"", body.rstrip(b"\0")
        heard = heard[length:]


def complaints(connections: list[bytearray]) -> list[str]:
    """The checker."""
    found = []
    for heard in connections:
        names, rest = start(bytes(heard))
        found += [f"starts with {name}" for name in names - TAKEN]
        for name, words in statements(rest):
            if name:
                found.append(f"prepares {words!r}")
            if OF_A_SESSION.match(words):
                found.append(f"sets for the session {words!r}")
    return found


def test_nothing_is_sent_that_holds_for_longer_than_a_transaction(postgresql: PostgresqlOfTests) -> None:
    with postgresql.database() as url, fault_proxy(url) as proxy:
        database = Database(proxy.url)
        for _ in range(8):
            write(database)
            read(database)
            database.check()
        with pytest.raises(RefusedByDatabaseError), database.transaction(Reach.ALL) as connection:
            connection.exec_driver_sql("INSERT INTO clinics (id) VALUES (NULL)")
        database.dispose()
        assert sum(len(list(statements(start(bytes(heard))[1]))) for heard in proxy.sent) > 40
        assert complaints(proxy.sent) == []


def test_a_transaction_is_its_beginning_its_statements_and_its_end(postgresql: PostgresqlOfTests) -> None:
    with postgresql.database() as url, fault_proxy(url) as proxy:
        database = Database(proxy.url)
        write(database)
        (heard,) = proxy.sent
        before = len(heard)
        read(database)
        sent = [words for _, words in statements(bytes(heard[before:]))]
        database.dispose()
    assert [words.split(b" ")[0] for words in sent] == [b"BEGIN", b"SELECT", b"COMMIT"]


def test_control_what_holds_for_longer_is_found(postgresql: PostgresqlOfTests) -> None:
    with postgresql.database() as url, fault_proxy(url) as proxy:
        database = Database(f"{proxy.url}?options=-cwork_mem%3D8MB")
        with database.transaction(Reach.ALL) as connection:
            driver = connection.connection.driver_connection
            assert driver is not None
            driver.prepare_threshold = 0
            add_clinic(connection)
            connection.exec_driver_sql("SET statement_timeout = 0")
        database.dispose()
        found = " ".join(complaints(proxy.sent))
        for word in ("starts with options", "prepares", "sets for the session"):
            assert word in found
