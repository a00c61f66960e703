"""Two clinics on each database."""

from uuid import UUID

import pytest

from service.store.database import Database, Reach
from tests.store.records import add_clinic


@pytest.fixture
def clinic_id(database: Database) -> UUID:
    with database.transaction(Reach.ALL) as connection:
        return add_clinic(connection)


@pytest.fixture
def other_clinic_id(database: Database) -> UUID:
    with database.transaction(Reach.ALL) as connection:
        return add_clinic(connection)
