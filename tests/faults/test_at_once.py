"""Many at once: no acknowledged change is lost, and what is posted thrice is there once."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from tests.faults.at_once import duplicates, lost_updates
from tests.guidance_of_tests import guidance_of_tests
from tests.running_service import (
    Service,
    address_of,
    environment_of,
    running_service,
    started,
)
from tests.served_app import served_app


@pytest.fixture
def services(database_url: str) -> Iterator[list[Service]]:
    """One server, and on PostgreSQL a second one on the same database."""
    with running_service(database_url) as first:
        if database_url.startswith("sqlite"):
            yield [first]
            return
        environment = environment_of(database_url)
        second = started(environment)
        yield [first, Service(address_of(environment), first.keys)]
        second.terminate()
        second.wait(timeout=20)


@pytest.fixture
def faulty(database_url: str) -> Iterator[list[Service]]:
    """The application in this process, so that a fault can be planted in it."""
    with served_app(database_url, lambda: datetime.now(UTC), guidance_of_tests()) as service:
        yield [service]


def test_no_acknowledged_change_is_lost_and_what_is_posted_thrice_is_there_once_and_answered_alike(
    services: list[Service],
) -> None:
    assert lost_updates(services) == []
    assert duplicates(services) == []


def test_the_control_a_service_that_looks_at_no_version_loses_updates(
    faulty: list[Service], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("service.web.medications.sent_version", lambda: None)

    assert lost_updates(faulty)


def test_the_control_a_service_that_claims_no_key_does_things_twice(
    faulty: list[Service], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("service.store.idempotency.claim", lambda *_: None)

    assert duplicates(faulty)
