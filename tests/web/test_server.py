"""The real server on the wire: bodies without a length, a slow end, and what it answers meanwhile."""

import contextlib
import json
import signal
import socket
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from service.domain.access.permissions import Role
from tests.running_service import RunningService, running_service
from tests.web.lists import asked, posted


@pytest.fixture
def service(database_url: str) -> Iterator[RunningService]:
    with running_service(database_url) as running:
        yield running


def chunked(service: RunningService, body: bytes) -> tuple[int, bytes]:
    """Post a body in one chunk, without its length in a header; status and all that was answered."""
    address = urlsplit(service.base_url)
    head = (
        "POST /v1/intake HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
        f"Authorization: Bearer {service.keys[Role.EHR]}\r\n"
        "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
    )
    with socket.create_connection((address.hostname, address.port), timeout=30) as connection:
        # The server may answer and close before it has read all of it.
        with contextlib.suppress(OSError):
            connection.sendall(head.encode() + b"%x\r\n" % len(body) + body + b"\r\n0\r\n\r\n")
        answer = b""
        while part := connection.recv(65536):
            answer += part
    return int(answer.split()[1]), answer


def test_a_chunked_list_is_read_whole(service: RunningService) -> None:
    status, _ = chunked(service, json.dumps(posted("Water", "Soap")).encode())

    assert status == 201
    patient = service.call(Role.EHR, "GET", "/v1/patients").json()["items"][0]["id"]
    found = service.call(Role.EHR, "GET", f"/v1/patients/{patient}/medication-list").json()
    assert [item["name"] for item in found["items"]] == ["Water", "Soap"]


@pytest.mark.parametrize("size", [2 * 1024 * 1024, 20 * 1024 * 1024])
def test_a_chunked_body_over_the_limit_is_refused_and_never_cut(service: RunningService, size: int) -> None:
    # Blanks behind a good list: cut at the limit, it would read as a list that somebody sent.
    body = json.dumps(posted("Water")).encode().ljust(size)

    status, answer = chunked(service, body)

    assert status == 413
    assert b"application/problem+json" in answer
    assert service.call(Role.EHR, "GET", "/v1/patients").json()["items"] == []


def test_a_server_that_is_told_to_stop_ends_by_itself(service: RunningService) -> None:
    service.call(Role.EHR, "POST", "/v1/intake", json=asked("Water"))

    service.process.send_signal(signal.SIGTERM)

    assert service.process.wait(timeout=10) == 0


def test_a_sheet_is_set_by_the_server_itself(service: RunningService) -> None:
    receipt = service.call(Role.EHR, "POST", "/v1/intake", json=asked("Water")).json()

    pdf = service.call(Role.EHR, "GET", receipt["checklist"]["links"]["pdf"])

    assert pdf.status_code == 200
    assert pdf.content.startswith(b"%PDF-")
