"""Printing single sheets on a real server: few processes set them all, and none of them can spoil one."""

import array
import fcntl
import os
import signal
import termios
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import requests

from service.domain.access.permissions import Role
from tests.databases import SqliteOfTests
from tests.faults.started_again import Server, server_of
from tests.faults.test_disk_full import no_file_takes_a_byte
from tests.formats.printout.reading import pdf_pages
from tests.processes import kill_all, until
from tests.web.lists import asked
from tests.web.typesetters import is_typesetter, typesetters, workers

NAMES = [f"Water {number}" for number in range(8)]


@pytest.fixture
def temporary(tmp_path: Path) -> Path:
    folder = tmp_path / "temporary"
    folder.mkdir()
    return folder


@pytest.fixture
def server(sqlite: SqliteOfTests, tmp_path: Path, temporary: Path) -> Iterator[Server]:
    with server_of(sqlite.database(tmp_path), TMPDIR=str(temporary)) as running:
        yield running


def issued(server: Server, name: str = "Water", mrn: str = "000123") -> str:
    receipt = server.service.call(Role.EHR, "POST", "/v1/intake", json=asked(name, mrn=mrn))
    checklist_id: str = receipt.json()["checklist"]["id"]
    return checklist_id


def printed(server: Server, checklist_id: str) -> requests.Response:
    return server.service.call(Role.EHR, "GET", f"/v1/checklists/{checklist_id}.pdf")


def the_only_typesetter(server: Server) -> int:
    (typesetter,) = typesetters(server.process.pid)
    return typesetter


def kill_the_typesetter(server: Server) -> None:
    typesetter = the_only_typesetter(server)
    kill_all(typesetter)
    # The system tells its parent of its end after that of its last thread.
    until(lambda: len(list(Path(f"/proc/{typesetter}/task").iterdir())) == 1)


def test_no_typesetter_is_there_before_the_first_sheet_and_one_sets_those_that_follow(server: Server) -> None:
    sheet = issued(server)
    assert typesetters(server.process.pid) == []

    first = printed(server, sheet)
    typesetter = the_only_typesetter(server)

    assert printed(server, sheet).content == first.content
    assert "Water" in "".join(pdf_pages(first.content))
    assert the_only_typesetter(server) == typesetter


def test_sheets_asked_for_at_once_are_each_their_own_and_share_two_typesetters(server: Server) -> None:
    sheets = {name: issued(server, name, mrn=f"{number:06d}") for number, name in enumerate(NAMES)}

    with ThreadPoolExecutor(len(NAMES)) as pool:
        answers = dict(zip(sheets, pool.map(lambda one: printed(server, one), sheets.values()), strict=True))

    for name, answer in answers.items():
        text = "".join(pdf_pages(answer.content))
        assert [other for other in NAMES if other in text] == [name]
    assert len(typesetters(server.process.pid)) in (1, 2)


def test_a_typesetter_that_dies_at_its_work_is_told_as_such_and_the_next_sheet_is_set(server: Server) -> None:
    sheet = issued(server)
    whole = printed(server, sheet)
    typesetter = the_only_typesetter(server)
    os.kill(typesetter, signal.SIGSTOP)
    with ThreadPoolExecutor(1) as pool:
        answer = pool.submit(printed, server, sheet)
        until(lambda: job_is_waiting(typesetter))
        os.kill(typesetter, signal.SIGKILL)

    assert answer.result().status_code == 503
    assert answer.result().json()["code"] == "not_printed"
    assert int(answer.result().headers["Retry-After"]) > 0
    until(lambda: [line for line in list(server.log) if "not_printed" in line and "ended early" in line])
    assert printed(server, sheet).content == whole.content
    assert the_only_typesetter(server) != typesetter


def job_is_waiting(typesetter: int) -> bool:
    """Whether somebody has written to its input what it has not read."""
    with Path(f"/proc/{typesetter}/fd/0").open("rb", buffering=0) as stdin:
        unread = array.array("i", [0])
        fcntl.ioctl(stdin, termios.FIONREAD, unread)
    return unread[0] > 0


def test_a_typesetter_that_was_killed_at_rest_costs_no_sheet(server: Server) -> None:
    sheet = issued(server)
    whole = printed(server, sheet)

    kill_the_typesetter(server)

    assert printed(server, sheet).content == whole.content


def test_a_full_disk_stops_the_first_sheet_alone_and_no_typesetter_after_it(server: Server) -> None:
    sheet = issued(server)
    with no_file_takes_a_byte(server):
        assert printed(server, sheet).json()["code"] == "not_printed"
    whole = printed(server, sheet)
    kill_the_typesetter(server)

    with no_file_takes_a_byte(server):
        assert printed(server, sheet).content == whole.content


@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGKILL], ids=["stopped", "killed"])
def test_a_server_that_ends_takes_its_typesetter_with_it(
    server: Server, temporary: Path, sent: signal.Signals
) -> None:
    printed(server, issued(server))
    typesetter, everybody = the_only_typesetter(server), workers(server.process.pid)

    for pid in everybody if sent is signal.SIGKILL else everybody[:1]:
        os.kill(pid, sent)

    server.process.wait(timeout=10)
    until(lambda: not is_typesetter(typesetter), 5)
    assert sent is signal.SIGKILL or not list(temporary.iterdir())


def test_the_folder_of_the_fonts_is_locked_against_what_cleans_up_while_the_server_runs(
    server: Server, temporary: Path
) -> None:
    (folder,) = temporary.iterdir()
    opened = os.open(folder, os.O_RDONLY)
    try:
        with pytest.raises(BlockingIOError):
            fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
        server.stop()
        fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
    finally:
        os.close(opened)
