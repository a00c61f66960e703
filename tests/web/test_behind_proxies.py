"""Whom the service believes about a caller's address and TLS: its own proxies' last hop, and nobody else."""

from dataclasses import replace

import pytest
from flask import Flask, request

from service.app import create_app
from service.store.database import Database
from tests.web.conftest import settings_of_tests

HSTS = "Strict-Transport-Security"
PROXY = "10.0.0.1"
SPOOFED = {"X-Forwarded-For": "192.0.2.66", "X-Forwarded-Proto": "https"}
# What a proxy makes of them: each adds what it saw itself.
ADDED = {"X-Forwarded-For": "192.0.2.66, 198.51.100.7", "X-Forwarded-Proto": "https, http"}
BEHIND_TLS = {"X-Forwarded-For": "198.51.100.7", "X-Forwarded-Proto": "https"}


def behind(database: Database, proxies: int) -> tuple[Flask, list[tuple[str | None, bool]]]:
    """An application, and a list of whom it saw: address, and whether over TLS."""
    app = create_app(replace(settings_of_tests(), proxies=proxies), database=database)
    seen: list[tuple[str | None, bool]] = []
    app.before_request(lambda: seen.append((request.remote_addr, request.is_secure)))
    return app, seen


def asked(app: Flask, headers: dict[str, str], path: str = "/healthz", method: str = "GET") -> dict[str, str]:
    seen_from = {"REMOTE_ADDR": PROXY}
    with app.test_client().open(path, method=method, headers=headers, environ_base=seen_from) as answer:
        return dict(answer.headers)


def test_without_proxies_no_header_is_believed(database: Database) -> None:
    app, seen = behind(database, 0)

    answered = asked(app, SPOOFED)

    assert seen == [(PROXY, False)]
    assert HSTS not in answered


def test_with_one_proxy_the_last_hop_counts(database: Database) -> None:
    app, seen = behind(database, 1)

    answered = asked(app, ADDED)

    assert seen == [("198.51.100.7", False)]
    assert HSTS not in answered


def test_with_two_proxies_a_header_of_one_alone_is_not_believed(database: Database) -> None:
    app, seen = behind(database, 2)

    asked(app, BEHIND_TLS)
    asked(app, ADDED)

    assert seen == [(PROXY, False), ("192.0.2.66", True)]


def test_no_proxy_says_under_which_name_or_path_the_service_is_reached(database: Database) -> None:
    app, _ = behind(database, 1)
    names: list[str] = []
    app.before_request(lambda: names.append(request.url))

    asked(app, {**BEHIND_TLS, "X-Forwarded-Host": "evil.example", "X-Forwarded-Prefix": "/evil"})

    assert names == ["https://localhost/healthz"]


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/healthz"),
        ("GET", "/static/pages/pages.css"),
        ("GET", "/log-in"),
        ("GET", "/"),
        ("GET", "/v1/patients"),
        ("DELETE", "/v1/patients"),
        ("GET", "/fhir/Patient"),
        ("GET", "/fhir/nothing"),
        ("POST", "/smart/token"),
        ("POST", "/cds-services/nothing"),
        ("POST", "/log-in"),
        ("GET", "/nothing/here"),
    ],
)
def test_behind_tls_every_answer_says_to_come_back_over_tls(
    database: Database, method: str, path: str
) -> None:
    app, _ = behind(database, 1)

    assert asked(app, BEHIND_TLS, path, method)[HSTS].startswith("max-age=31536000")
    assert HSTS not in asked(app, {}, path, method)


def test_a_fault_of_the_service_says_so_too(database: Database) -> None:
    app, _ = behind(database, 1)
    app.view_functions["assets.get_health"] = lambda: 1 // 0

    answer = app.test_client().get("/healthz", headers=BEHIND_TLS)

    assert answer.status_code == 500
    assert answer.headers[HSTS].startswith("max-age=31536000")
