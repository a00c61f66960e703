"""A clinic to be sent what no clinic should be sent."""

import pytest
from flask import Flask

from service.store.database import Database
from tests.access.calls import Call
from tests.access.clinics import FilledClinic
from tests.access.conftest import kept_database, served
from tests.access.policy import RULES, Kind

__all__ = ["kept_database", "served"]


@pytest.fixture(scope="module")
def ours(served: Flask, kept_database: Database) -> FilledClinic:
    """Everything that is made on demand is there, so that a request that is refused leaves nothing new."""
    made = FilledClinic(served, kept_database, "First clinic")
    assert all((made.sheet, made.client, made.other_client))
    assert made.shown(Kind.NURSE, RULES["GET /"], Call()).bearer
    return made
