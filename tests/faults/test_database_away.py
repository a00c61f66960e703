"""A running service whose database cannot be reached, says nothing or loses its answers: 503 in time."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import requests

from service.domain.access.permissions import Role
from service.store.database.sqlite import driver
from tests.databases import PostgresqlOfTests, SqliteOfTests
from tests.faults.proxy import FaultProxy, fault_proxy
from tests.running_service import NURSE, PASSWORD, RunningService, running_service
from tests.web.lists import posted

QUEUED = 48
"""Three for each of the service's threads."""


@dataclass(frozen=True)
class Away:
    """A service and the proxy before its database."""

    service: RunningService
    proxy: FaultProxy

    def get(self, path: str) -> requests.Response:
        return requests.get(self.service.base_url + path, timeout=60)

    def log_in(self) -> requests.Response:
        log_in = {"login": NURSE, "password": PASSWORD}
        return requests.post(self.service.base_url + "/v1/sessions", json=log_in, timeout=60)


@pytest.fixture(scope="module")
def away(postgresql: PostgresqlOfTests) -> Iterator[Away]:
    with (
        postgresql.database() as url,
        fault_proxy(url) as proxy,
        running_service(proxy.url) as service,
    ):
        yield Away(service, proxy)
        proxy.pass_on()


def post(service: RunningService, key: str | None = None, mark: str | None = None) -> requests.Response:
    body = posted(patient={"identifier": {"system": "urn:clinic:mrn", "value": mark or uuid4().hex}})
    headers = {"Idempotency-Key": key or uuid4().hex, "Authorization": f"Bearer {service.keys[Role.INTAKE]}"}
    return requests.post(f"{service.base_url}/v1/intake", json=body, headers=headers, timeout=60)


def search(service: RunningService) -> requests.Response:
    return service.call(Role.EHR, "GET", "/v1/patients?identifier=urn:clinic:mrn|none")


def search_fhir(service: RunningService) -> requests.Response:
    return service.call(Role.EHR, "GET", "/fhir/Patient?identifier=urn:clinic:mrn|none")


def told_within(seconds: float, call: Callable[..., requests.Response], *args: Any) -> float:
    """Whoever calls is told in time to come back, and nothing else. Returns the seconds it took."""
    began = time.monotonic()
    answer = call(*args)
    took = time.monotonic() - began
    assert answer.status_code == 503, answer.text
    assert int(answer.headers["Retry-After"]) >= 1
    assert took < seconds
    return took


def not_ready_within(seconds: float, away: Away) -> None:
    """What was well is not asked again for a second; then it says that it is not."""
    deadline = time.monotonic() + seconds
    while away.get("/readyz").status_code != 503:
        assert time.monotonic() < deadline
        time.sleep(0.05)
    assert time.monotonic() < deadline


def works_within(seconds: float, service: RunningService) -> None:
    deadline = time.monotonic() + seconds
    while (answer := post(service)).status_code != 201:
        assert time.monotonic() < deadline, answer.text
        time.sleep(0.05)


def test_while_nobody_listens_every_call_is_told_so_at_once_and_all_works_when_somebody_does(
    away: Away,
) -> None:
    works_within(2, away.service)
    away.proxy.refuse()
    for call in (post, search, search_fhir, post):
        told_within(3, call, away.service)
    told_within(3, away.log_in)
    not_ready_within(3, away)
    assert away.get("/healthz").status_code == 200
    away.proxy.pass_on()
    works_within(2, away.service)
    assert away.get("/readyz").status_code == 200


def test_while_the_database_says_nothing_everybody_is_told_in_time_however_many_wait(
    away: Away,
) -> None:
    works_within(2, away.service)
    away.proxy.freeze()
    with ThreadPoolExecutor(QUEUED + 1) as threads:
        ready = threads.submit(not_ready_within, 10, away)
        waiting = [threads.submit(told_within, 10, post, away.service) for _ in range(QUEUED)]
        assert max(wait.result() for wait in waiting) < 10
        ready.result()
    for call in (search, search_fhir):
        told_within(3, call, away.service)
    assert away.get("/healthz").status_code == 200
    away.proxy.pass_on()
    works_within(2, away.service)


def test_what_was_committed_without_an_answer_is_not_done_twice(away: Away) -> None:
    key, mark = uuid4().hex, uuid4().hex
    works_within(2, away.service)
    away.proxy.swallow_at(b"INSERT INTO patients", b"COMMIT")
    told_within(10, post, away.service, key, mark)
    assert away.proxy.held.is_set()
    away.proxy.pass_on()
    works_within(2, away.service)
    before = away.service.call(Role.EHR, "GET", f"/v1/patients?identifier=urn:clinic:mrn|{mark}").json()
    again = post(away.service, key, mark)
    after = away.service.call(Role.EHR, "GET", f"/v1/patients?identifier=urn:clinic:mrn|{mark}").json()
    assert again.status_code == 201
    assert before == after, "the first one was not committed: the test has swallowed nothing"
    assert again.json()["medication_list"]["version"] == 1


@contextmanager
def holding(url: str) -> Iterator[None]:
    """Have the lock of an SQLite file, as a program that writes for long."""
    connection = driver.connect(url.removeprefix("sqlite:///"), isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    yield
    connection.execute("ROLLBACK")
    connection.close()


def test_while_another_program_has_the_file_everybody_is_told_in_time(
    sqlite: SqliteOfTests, tmp_path: Path
) -> None:
    url = sqlite.database(tmp_path)
    with running_service(url) as service:
        works_within(2, service)
        with holding(url), ThreadPoolExecutor(QUEUED) as threads:
            waiting = [threads.submit(told_within, 10, post, service) for _ in range(QUEUED)]
            for wait in waiting:
                wait.result()
            told_within(2, post, service)
            assert search(service).status_code == 200
        works_within(2, service)
