"""What only the wire can carry: lengths that lie, chunks over the limit or without end, odd requests."""

import json
import socket
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from urllib.parse import urlsplit

import pytest

from service.domain.access.permissions import Role
from tests.databases import SqliteOfTests
from tests.running_service import RunningService, running_service
from tests.web.lists import posted

LIMIT = 2 * 1024 * 1024
GOOD = json.dumps(posted("Water")).encode()
CHUNKED = "Transfer-Encoding: chunked"
JSON, FORM = "application/json", "application/x-www-form-urlencoded"
# Whole where it is cut at the limit: what stands behind it would be lost without a word.
LONG_FORM = (b"grant_type=client_credentials&client_assertion=" + b"x" * LIMIT).ljust(LIMIT + 9, b"x")


def chunk(body: bytes) -> bytes:
    return b"%x\r\n" % len(body) + body + b"\r\n"


@pytest.fixture(scope="module")
def service(sqlite: SqliteOfTests, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningService]:
    with running_service(sqlite.database(tmp_path_factory.mktemp("wire"))) as running:
        yield running


def connected(service: RunningService) -> socket.socket:
    address = urlsplit(service.base_url)
    return socket.create_connection((address.hostname, address.port), timeout=20)


def head(service: RunningService, start: str, *lines: str) -> bytes:
    key = f"Authorization: Bearer {service.keys[Role.EHR]}"
    return "\r\n".join([start, "Host: localhost", "Connection: close", key, *lines, "", ""]).encode("latin-1")


def answered(service: RunningService, *sent: bytes) -> tuple[int, bytes]:
    """The status and all that is answered; 0 where the connection is closed without an answer."""
    with closing(connected(service)) as connection:
        # The server may answer and close before it has read all of it.
        with suppress(OSError):
            for part in sent:
                connection.sendall(part)
        answer = b""
        with suppress(OSError):
            while part := connection.recv(65536):
                answer += part
    return (int(answer.split()[1]) if answer.startswith(b"HTTP/") else 0), answer


def still_right(service: RunningService) -> bool:
    """The service answers, and nobody is on file."""
    found = service.call(Role.EHR, "GET", "/v1/patients")
    return found.status_code == 200 and found.json()["items"] == []


@pytest.mark.parametrize(
    ("address", "kind", "body"),
    [
        ("/v1/intake", JSON, GOOD.ljust(LIMIT)),
        ("/v1/intake", JSON, GOOD.ljust(LIMIT + 1)),
        ("/v1/intake", JSON, GOOD.ljust(4 * LIMIT)),
        ("/fhir", "application/fhir+json", GOOD.ljust(LIMIT + 1)),
        ("/fhir/Patient/_search", FORM, b"_id=x&".ljust(LIMIT + 9, b"&")),
        ("/smart/token", FORM, LONG_FORM),
        ("/log-in", FORM, LONG_FORM),
        ("/search", FORM, LONG_FORM),
    ],
)
def test_chunks_over_the_limit_are_refused_and_never_cut(
    service: RunningService, address: str, kind: str, body: bytes
) -> None:
    start = head(service, f"POST {address} HTTP/1.1", f"Content-Type: {kind}", "Transfer-Encoding: chunked")
    for size in (len(body), 64 * 1024):
        parts = [chunk(body[place : place + size]) for place in range(0, len(body), size)]
        assert answered(service, start, *parts, b"0\r\n\r\n")[0] == 413, size
    assert still_right(service)


def test_chunks_without_an_end_are_answered_once_they_are_over_the_limit(service: RunningService) -> None:
    start = head(service, "POST /v1/intake HTTP/1.1", f"Content-Type: {JSON}", "Transfer-Encoding: chunked")
    part = chunk(b" " * 64 * 1024)
    assert answered(service, start, *[part] * 200)[0] in (413, 0)
    assert still_right(service)


LIES = {
    "shorter than the body": (f"Content-Length: {len(GOOD) - 9}", {400}),
    "below zero": ("Content-Length: -1", {400, 0}),
    "in words": ("Content-Length: many", {400, 0}),
    "beyond all": ("Content-Length: " + "9" * 40, {400, 413, 0}),
    "over the limit": (f"Content-Length: {LIMIT + 1}", {413}),
    "two lengths": (f"Content-Length: {len(GOOD)}\r\nContent-Length: 5", {400, 0}),
    "a length and chunks": (f"Content-Length: {len(GOOD)}\r\nTransfer-Encoding: chunked", {400, 413, 0}),
    "chunks of another kind": ("Transfer-Encoding: gzip, chunked", {400, 501, 0}),
    "compressed": (f"Content-Length: {len(GOOD)}\r\nContent-Encoding: gzip", {415}),
}


@pytest.mark.parametrize("name", LIES)
def test_a_length_or_an_encoding_that_lies_keeps_nothing(service: RunningService, name: str) -> None:
    line, statuses = LIES[name]
    start = head(service, "POST /v1/intake HTTP/1.1", f"Content-Type: {JSON}", line)
    assert answered(service, start, GOOD)[0] in statuses
    assert still_right(service)


@pytest.mark.parametrize(
    ("line", "body"),
    [
        (f"Content-Length: {len(GOOD) + 9}", GOOD),
        (f"Content-Length: {len(GOOD)}", GOOD[:-9]),
        ("Transfer-Encoding: chunked", chunk(GOOD[:-9])),
    ],
)
def test_a_body_that_stops_before_its_end_keeps_nothing_and_holds_nobody_up(
    service: RunningService, line: str, body: bytes
) -> None:
    start = head(service, "POST /v1/intake HTTP/1.1", f"Content-Type: {JSON}", line)
    waiting = [connected(service) for _ in range(3)]
    for connection in waiting:
        connection.sendall(start + body)
    began = time.monotonic()
    assert still_right(service)
    assert time.monotonic() - began < 5
    for connection in waiting:
        connection.close()
    assert still_right(service)


def test_a_form_in_chunks_is_refused_since_nobody_could_tell_whether_it_is_whole(
    service: RunningService,
) -> None:
    start = head(service, "POST /fhir/Patient/_search HTTP/1.1", f"Content-Type: {FORM}", CHUNKED)
    status, answer = answered(service, start, chunk(b"_id=x"), b"0\r\n\r\n")
    assert (status, b"Content-Length" in answer) == (411, True)


def test_a_slow_body_is_taken_whole(service: RunningService) -> None:
    body = json.dumps({"login": "nobody", "password": "x"}).encode()
    length = f"Content-Length: {len(body)}"
    start = head(service, "POST /v1/sessions HTTP/1.1", f"Content-Type: {JSON}", length)
    with closing(connected(service)) as connection:
        connection.sendall(start)
        for place in range(len(body)):
            connection.sendall(body[place : place + 1])
        assert connection.recv(65536).split()[1] == b"401"


ODD: dict[str, tuple[str, set[int]]] = {
    "a method in small letters": ("get /v1/patients HTTP/1.1", {200, 400, 405, 0}),
    "a post in small letters without the token of a form": ("post /log-out HTTP/1.1", {400, 405, 0}),
    "a method of nothing": ("BREW /v1/patients HTTP/1.1", {400, 405, 501, 0}),
    "TRACE": ("TRACE /v1/patients HTTP/1.1", {400, 405, 501}),
    "CONNECT": ("CONNECT localhost:80 HTTP/1.1", {400, 404, 405, 501, 0}),
    "two slashes": ("GET //v1//patients HTTP/1.1", {301, 308, 404}),
    "dots": ("GET /v1/../v1/patients/../../etc/passwd HTTP/1.1", {400, 404}),
    "dots, escaped": ("GET /static/pages/%2e%2e/%2e%2e/%2e%2e/blueprint.py HTTP/1.1", {400, 404}),
    "slashes, escaped": ("GET /static/pages/..%2f..%2fblueprint.py HTTP/1.1", {400, 404}),
    "a zero byte": ("GET /v1/treatments/%00 HTTP/1.1", {400, 404}),
    "a byte that is no letter": ("GET /v1/treatments/%ff HTTP/1.1", {400}),
    "half a surrogate pair": ("GET /v1/treatments/%ed%a0%80 HTTP/1.1", {400}),
    "a raw byte that is no letter": ("GET /v1/treatments/\xff HTTP/1.1", {400, 0}),
    "no letter in the query": ("GET /v1/patients?identifier=a|%ff HTTP/1.1", {400, 0}),
    "no letter in a query's name": ("GET /fhir/Patient?%ff=1 HTTP/1.1", {400}),
    "a blank in the address": ("GET /v1/ patients HTTP/1.1", {400, 0}),
    "another version": ("GET /v1/patients HTTP/9.9", {400, 505, 0}),
    "another host's address": ("GET http://evil.example/healthz HTTP/1.1", {200, 400}),
    "a long address": ("GET /" + "a" * 100_000 + " HTTP/1.1", {400, 404, 414, 431, 0}),
    "ten thousand parameters": ("GET /v1/patients?" + "a=&" * 10_000 + " HTTP/1.1", {400, 414, 422, 431}),
}


@pytest.mark.parametrize("name", ODD)
def test_an_odd_request_is_answered_and_nothing_of_the_inside_is_shown(
    service: RunningService, name: str
) -> None:
    start, statuses = ODD[name]
    status, answer = answered(service, head(service, start))
    assert status in statuses, answer[:300]
    for inside in (b"Traceback", b"granian", b"werkzeug", b"root:", b"evil.example", b"import "):
        assert inside not in answer.split(b"\r\n\r\n", 1)[-1], inside
    assert still_right(service)


@pytest.mark.parametrize(
    "lines", [("X-Long: " + "x" * 1_000_000,), tuple(f"X-{number}: x" for number in range(20_000))]
)
def test_headers_without_end_are_refused(service: RunningService, lines: tuple[str, ...]) -> None:
    assert answered(service, head(service, "GET /v1/patients HTTP/1.1", *lines))[0] in (400, 431, 0)
    assert still_right(service)
