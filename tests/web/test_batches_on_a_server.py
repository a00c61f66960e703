"""Printing many sheets on a real server: its memory, and the process that sets them."""

import os
import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest
import requests

from service.actions.clock import utc_now
from service.actions.credentials import authenticate
from service.actions.door import Door
from service.actions.intake import submit_intake
from service.actions.performing import perform
from service.actions.work import Work
from service.domain.access.permissions import Role
from service.store.database import Database
from service.web.schemas.intake import IntakeSchema
from tests.audit_keys import AUDIT_KEYS
from tests.databases import SqliteOfTests
from tests.faults.started_again import server_of
from tests.formats.printout.reading import pdf_pages
from tests.processes import until
from tests.running_service import RunningService, Service, running_service
from tests.web.lists import TREATMENT_ASKED, asked
from tests.web.typesetters import is_typesetter, typesetters, workers

DAY = {"date": TREATMENT_ASKED["planned_start"]}
MIB = 1024


def fill(url: str, key: str, number: int) -> None:
    """Patients of the day, each with a list of one item."""
    database = Database(url)
    actor = authenticate(database, key, utc_now())
    assert actor is not None

    def post_all(work: Work) -> None:
        for patient in range(number):
            submit_intake(work, IntakeSchema().load(asked("Water", mrn=f"{patient:06d}")))

    perform(Door(database, AUDIT_KEYS, utc_now, actor, "set-up"), post_all)
    database.dispose()


def resident(service: RunningService) -> int:
    """The server's memory in KiB."""
    status = "".join(Path(f"/proc/{pid}/status").read_text() for pid in workers(service.process.pid))
    return sum(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS:"))


def post_day(service: Service) -> requests.Response | None:
    """Print the day; None where the server ends before it answers."""
    with suppress(requests.ConnectionError):
        return service.call(Role.EHR, "POST", "/v1/print-batches", json=DAY)
    return None


@pytest.fixture
def service(sqlite: SqliteOfTests, tmp_path: Path) -> Iterator[RunningService]:
    url = sqlite.database(tmp_path)
    with running_service(url) as running:
        fill(url, running.keys[Role.EHR], 200)
        yield running


def test_two_hundred_sheets_leave_the_server_no_larger_and_no_process_behind(service: RunningService) -> None:
    service.call(Role.EHR, "GET", "/v1/worklist", params=DAY)
    before = resident(service)

    printed = post_day(service)

    assert printed is not None
    assert printed.status_code == 200
    assert "Sheets printed 200" in pdf_pages(printed.content)[0]
    assert resident(service) - before < 50 * MIB
    assert typesetters(service.process.pid) == []


@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGKILL], ids=["stopped", "killed"])
def test_a_server_that_ends_while_it_prints_takes_the_typesetter_with_it_and_prints_after_the_next_start(
    sqlite: SqliteOfTests, tmp_path: Path, sent: signal.Signals
) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    url = sqlite.database(tmp_path)
    with server_of(url, TMPDIR=str(temporary)) as server, ThreadPoolExecutor(1) as pool:
        fill(url, server.service.keys[Role.EHR], 20)
        answer = pool.submit(post_day, server.service)
        until(lambda: typesetters(server.process.pid))
        (typesetter,) = typesetters(server.process.pid)
        until(lambda: list(temporary.rglob("*.ttf")))
        # As if the batch had no end.
        os.kill(typesetter, signal.SIGSTOP)
        everybody = workers(server.process.pid)

        for pid in everybody if sent is signal.SIGKILL else everybody[:1]:
            os.kill(pid, sent)

        server.process.wait(timeout=10)
        os.kill(typesetter, signal.SIGCONT)
        until(lambda: not is_typesetter(typesetter), 5)
        assert answer.result() is None
        assert sent is signal.SIGKILL or not list(temporary.iterdir())

        server.start()
        printed = post_day(server.service)
        assert printed is not None
        assert "Sheets printed 20" in pdf_pages(printed.content)[0]
