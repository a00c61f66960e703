"""What is expected of a database that cannot be used."""

import time
from collections.abc import Callable

import pytest

from service.store.database import Database, Reach, UnavailableError
from tests.store.records import add_clinic


def refuses_work(database: Database) -> None:
    """Whatever is asked of it, it says that it is unavailable, within three seconds."""
    began = time.monotonic()
    for ask in (database.check, lambda: write(database)):
        expect_unavailable(ask)
    assert time.monotonic() - began < 6


def write(database: Database) -> None:
    """Add a clinic."""
    with database.transaction(Reach.ALL) as connection:
        add_clinic(connection)


def expect_unavailable(ask: Callable[[], None]) -> None:
    """That it is unavailable is told without a word of SQL."""
    with pytest.raises(UnavailableError) as told:
        ask()
    assert "SELECT" not in str(told.value)
    assert "INSERT" not in str(told.value)
