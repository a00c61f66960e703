"""HAProxy as ``deploy/`` configures it sends a request that may have been done to nobody else."""

import os
import tempfile
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import requests

from tests.faults.cluster.deployed import Site
from tests.faults.cluster.processes import Processes, wait_for
from tests.faults.cluster.proxy import make_certificate, start_proxy, told
from tests.processes import program


class Answering(ThreadingHTTPServer):
    """A made-up process of the service: ready, or draining; it counts what it is sent."""

    daemon_threads = True

    def __init__(self, address: str, *, hangs_up: bool) -> None:
        super().__init__((address, 8000), Handler)
        self.hangs_up = hangs_up
        self.ready = True
        self.posts = 0
        self.seen: list[dict[str, str]] = []


class Handler(BaseHTTPRequestHandler):
    server: Answering

    def do_GET(self) -> None:
        self._answer(200 if self.server.ready or self.path != "/readyz" else 503)

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.server.posts += 1
        self.server.seen.append({name.lower(): value for name, value in self.headers.items()})
        if self.server.hangs_up:
            self.close_connection = True
            return
        self._answer(201)

    def _answer(self, status: int) -> None:
        self.send_response(status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *args: Any) -> None:
        """Say nothing."""


@pytest.fixture
def site() -> Iterator[Site]:
    if program("haproxy") is None or os.getuid() != 0:
        reason = "HAProxy on port 443 needs the package 'haproxy' and root"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    # The way to a socket may not be long.
    with tempfile.TemporaryDirectory(prefix="proxy-") as folder:
        site, processes = Site(Path(folder)), Processes(Path(folder))
        make_certificate(site)
        start_proxy(site, processes)
        yield site
        processes.kill_all()


def serve(site: Site, number: int, *, hangs_up: bool = False) -> Answering:
    server = Answering(site.address("app", number), hangs_up=hangs_up)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    return server


def ask(site: Site, method: str, path: str, **kwargs: Any) -> requests.Response:
    session = requests.Session()
    session.trust_env = False
    return session.request(
        method,
        f"https://{site.proxy}{path}",
        verify=str(site.folder / "certificate.pem"),
        timeout=20,
        **kwargs,
    )


def status(site: Site) -> int:
    """What a caller is answered, or nought where nobody listens yet."""
    try:
        return ask(site, "GET", "/readyz").status_code
    except requests.ConnectionError:
        return 0


def test_a_post_whose_answer_was_cut_is_an_unknown_outcome_and_is_sent_to_nobody_else(site: Site) -> None:
    servers = [serve(site, number, hangs_up=True) for number in (1, 2)]
    wait_for("HAProxy", lambda: status(site) == 200, 10)

    cut = ask(site, "POST", "/v1/intake", data=b"{}")

    assert (cut.status_code, cut.json()["code"], cut.headers["Retry-After"]) == (502, "unavailable", "2")
    assert cut.headers["Content-Type"] == "application/problem+json"
    assert sum(server.posts for server in servers) == 1


def test_who_is_about_to_end_is_sent_nothing_more_and_a_caller_cannot_say_who_he_is(site: Site) -> None:
    first, second = serve(site, 1), serve(site, 2)
    wait_for("HAProxy", lambda: status(site) == 200, 10)

    first.ready = False
    wait_for("HAProxy to leave the first", lambda: "DOWN" in told(site, "app1"), 10)
    before = first.posts

    made_up = {"X-Forwarded-For": "192.0.2.99", "X-Forwarded-Proto": "http"}
    for _ in range(4):
        assert ask(site, "POST", "/v1/intake", data=b"{}", headers=made_up).status_code == 201
    seen = second.seen[-1]
    assert seen["x-forwarded-proto"] == "https"
    assert seen["x-forwarded-for"].startswith("127.")

    assert first.posts == before

    second.ready = False
    wait_for("HAProxy to leave the second", lambda: "DOWN" in told(site, "app2"), 10)
    nobody = ask(site, "GET", "/v1/patients")
    assert (nobody.status_code, nobody.json()["code"], nobody.headers["Retry-After"]) == (
        503,
        "unavailable",
        "2",
    )
