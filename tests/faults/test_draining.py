"""A server that is told to stop first says so to the proxy, works on meanwhile, and then ends."""

import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from service.domain.access.permissions import Role
from tests.databases import SqliteOfTests
from tests.running_service import RunningService, running_service
from tests.web.lists import posted

DRAIN = "MEDICATION_CHECKLIST_DRAIN_SECONDS"


@pytest.fixture
def service(
    request: pytest.FixtureRequest, sqlite: SqliteOfTests, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[RunningService]:
    monkeypatch.setenv(DRAIN, request.param)
    with running_service(sqlite.database(tmp_path)) as running:
        yield running


def readiness(service: RunningService) -> tuple[int, str]:
    answer = requests.get(f"{service.base_url}/readyz", timeout=5)
    return answer.status_code, answer.json()["status"]


def wait_until_draining(service: RunningService) -> None:
    deadline = time.monotonic() + 5
    while readiness(service) != (503, "draining"):
        assert time.monotonic() < deadline
        time.sleep(0.02)


@pytest.mark.parametrize("service", ["3"], indirect=True)
def test_it_says_that_it_will_end_and_works_on_until_then(service: RunningService) -> None:
    assert readiness(service) == (200, "ready")

    service.process.send_signal(signal.SIGTERM)
    wait_until_draining(service)

    # Who comes on a new connection before the proxy has heard is served like before.
    written = service.call(Role.EHR, "POST", "/v1/intake", json=posted("Water"))
    assert written.status_code == 201
    assert requests.get(f"{service.base_url}/healthz", timeout=5).status_code == 200
    assert service.process.wait(timeout=10) == 0


@pytest.mark.parametrize("service", ["60"], indirect=True)
def test_a_second_signal_ends_it_at_once(service: RunningService) -> None:
    service.process.send_signal(signal.SIGTERM)
    wait_until_draining(service)

    service.process.send_signal(signal.SIGTERM)

    assert service.process.wait(timeout=10) == 0
