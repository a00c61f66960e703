"""``python -m benchmarks.profile [REQUESTS]``: in which room and library a request's processor time goes.

The stack is looked at every millisecond of processor time while this process answers requests by itself,
without a server. Time within a library counts for the room that called it.
"""

import io
import signal
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any
from urllib.parse import unquote

from flask import Flask

from benchmarks.clinic import AUDIT_KEY, Keys, set_up_clinic
from benchmarks.databases import KINDS, two_databases
from benchmarks.sides import Request
from benchmarks.works import posted, reading, sheet_of
from service.app import create_app
from service.config import read_settings

REQUESTS = 1000
_EVERY_SECONDS = 0.001
SETTINGS = {
    "MEDICATION_CHECKLIST_SECRET_KEY": "a secret of the benchmarks " * 2,
    "MEDICATION_CHECKLIST_AUDIT_KEY": AUDIT_KEY,
    "MEDICATION_CHECKLIST_CALLS_PER_MINUTE": "0",
    "MEDICATION_CHECKLIST_FAILURES_PER_MINUTE": "0",
}
Shares = Counter[tuple[str, str]]
"""Samples by room and by library (or the room itself) that was at work in it."""


def main() -> None:
    """Print a table for each request on each database."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else REQUESTS
    for kind in KINDS:
        with two_databases(kind) as (url, _):
            keys = set_up_clinic(url)
            app = create_app(read_settings({**SETTINGS, "DATABASE_URL": url}))
            for name, shares in measure(app, keys, number):
                print(f"\n{name}, {kind}\n{as_table(shares)}", flush=True)
            app.extensions["house"].database.dispose()


def measure(app: Flask, keys: Keys, number: int) -> Iterator[tuple[str, Shares]]:
    """The shares of posting lists of 20 items, then of reading their sheets."""
    sampled, receipts = _sampled(app, [posted(keys.intake) for _ in range(number)])
    yield "POST /v1/intake", sampled
    sampled, _ = _sampled(app, [reading(keys.ehr, sheet_of(receipt)) for receipt in receipts])
    yield "GET /v1/checklists/{id}", sampled


def _sampled(app: Flask, requests: list[Request]) -> tuple[Shares, list[bytes]]:
    """The shares of all but the first tenth, which also makes what is made once; and every answer."""
    shares: Shares = Counter()
    first = len(requests) // 10
    answers = [call(app, request) for request in requests[:first]]
    with _sampling(shares):
        answers += [call(app, request) for request in requests[first:]]
    return shares, answers


def as_table(shares: Shares) -> str:
    """Percentages: each room with what it calls, and below it the largest of what is in it."""
    whole, lines = shares.total(), []
    rooms: Counter[str] = Counter()
    for (room, _), samples in shares.items():
        rooms[room] += samples
    for room, samples in rooms.most_common():
        inside = [(name, part) for (of, name), part in shares.most_common() if of == room]
        most = ", ".join(f"{name} {100 * part / whole:.1f}" for name, part in inside[:6])
        lines.append(f"{100 * samples / whole:5.1f} %  {room:<10} {most}")
    return "\n".join(lines)


def call(app: Flask, request: Request) -> bytes:
    """The application's answer. Raises AssertionError for another status than the one it must have."""
    given: list[str] = []

    def start_response(status: str, *_: Any) -> None:
        given.append(status)

    body = request.body or b""
    answer = app(_environ(request, body), start_response)  # type: ignore[arg-type]
    whole = b"".join(answer)
    getattr(answer, "close", lambda: None)()
    assert given[0].startswith(str(request.status)), given
    return whole


def _environ(request: Request, body: bytes) -> dict[str, Any]:
    headers = {name.upper().replace("-", "_"): value for name, value in request.headers.items()}
    content_type = headers.pop("CONTENT_TYPE", "")
    return {
        "REQUEST_METHOD": request.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote(request.path),
        "QUERY_STRING": "",
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "CONTENT_TYPE": content_type,
        "CONTENT_LENGTH": str(len(body)) if body else "",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
        **{f"HTTP_{name}": value for name, value in headers.items()},
    }


@contextmanager
def _sampling(shares: Shares) -> Iterator[None]:
    def look(_signal: int, frame: FrameType | None) -> None:
        shares[_place(frame)] += 1

    before = signal.signal(signal.SIGPROF, look)
    signal.setitimer(signal.ITIMER_PROF, _EVERY_SECONDS, _EVERY_SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def _place(frame: FrameType | None) -> tuple[str, str]:
    """The innermost of our rooms on the stack, and what is at work in it."""
    innermost = None
    while frame is not None:
        name = str(frame.f_globals.get("__name__", ""))
        innermost = innermost or name
        if name.startswith("service."):
            room = name.split(".")[1]
            return room, room if innermost.startswith("service.") else innermost.split(".")[0]
        frame = frame.f_back
    return "(outside)", (innermost or "").split(".")[0]


if __name__ == "__main__":
    main()
