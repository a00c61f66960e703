"""The limit holds over two servers in processes of their own, asked over the wire."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta

import pytest
import requests

from service.domain.access.limits import limits_of
from service.domain.access.permissions import Role
from tests.guidance_of_tests import guidance_of_tests
from tests.running_service import address_of, environment_of, open_clinic, started

CALLS = 200


@pytest.fixture
def servers(database_url: str) -> Iterator[tuple[list[str], str]]:
    """The addresses of two servers, and a key of the clinic."""
    keys = open_clinic(database_url, guidance_of_tests(), datetime.now(UTC))
    limits = {"MEDICATION_CHECKLIST_CALLS_PER_MINUTE": str(CALLS)}
    with ExitStack() as stack:
        addresses = []
        for _ in range(2):
            environment = environment_of(database_url) | limits
            process = started(environment)
            stack.callback(process.wait, 20)
            stack.callback(process.terminate)
            addresses.append(address_of(environment))
        yield addresses, keys[Role.EHR]


def test_two_servers_let_no_more_through_than_one(servers: tuple[list[str], str]) -> None:
    addresses, key = servers
    session = requests.Session()
    headers = {"Authorization": f"Bearer {key}"}

    def ask(number: int) -> tuple[int, datetime, int]:
        answer = session.get(f"{addresses[number % 2]}/v1/treatments", headers=headers, timeout=30)
        return answer.status_code, datetime.now(UTC), int(answer.headers.get("Retry-After", 0))

    begun = datetime.now(UTC)
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(ask, range(CALLS + 100)))
    ended = max(at for _, at, _ in answers)

    limit = limits_of(CALLS, 0).calls
    windows = 1 if limit.window_end(begun) == limit.window_end(ended) else 2
    let_through = sum(status == 200 for status, _, _ in answers)
    assert {status for status, _, _ in answers} <= {200, 429}
    assert let_through <= windows * CALLS
    assert let_through >= CALLS - 2 * (limit.portion - 1)
    # Who is refused and waits as long as told comes when the minute is over.
    waits = [(at, wait) for status, at, wait in answers if status == 429]
    assert all(1 <= wait <= 60 for _, wait in waits)
    assert all(at + timedelta(seconds=wait) >= limit.window_end(begun) for at, wait in waits)
