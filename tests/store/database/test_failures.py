"""What is an outage of a database, and what a faulty statement."""

import pytest
from sqlalchemy.exc import DBAPIError

from service.store.database import RefusedByDatabaseError, UnavailableError
from service.store.database.failures import translated


@pytest.mark.parametrize("state", ["08006", "53100", "53300", "57P01", "57014", "25006", "40P01", "55P03"])
def test_each_kind_of_outage_of_postgresql_is_told_as_such(state: str) -> None:
    class FailureError(Exception):
        sqlstate = state

    assert isinstance(translated(DBAPIError("SELECT 1", {}, FailureError())), UnavailableError)


@pytest.mark.parametrize("state", ["23505", "42P01", "22001", "23001"])
def test_a_faulty_statement_is_not_told_as_an_outage(state: str) -> None:
    class FailureError(Exception):
        sqlstate = state

    assert isinstance(translated(DBAPIError("SELECT 1", {}, FailureError())), RefusedByDatabaseError)
