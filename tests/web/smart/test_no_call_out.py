"""Nothing is fetched for a client: not its keys, not an address that its tokens name."""

import socket
from typing import Any

import pytest

from service.domain.access.clients import Refusal
from tests.signed_tokens import Signer
from tests.web.registered import Registered
from tests.web.smart.test_both_doors import reason_at_the_token_endpoint

ELSEWHERE = "https://keys.example/jwks.json"


@pytest.fixture
def no_way_out(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Every attempt to look a host up or to connect to one, each of which fails."""
    tried: list[Any] = []

    def refuse(*args: Any, **_: Any) -> None:
        tried.append(args[-1])
        raise OSError("there is no way out")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket.socket, "connect_ex", refuse)
    return tried


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_no_token_makes_the_service_call_anybody(registered: Registered, no_way_out: list[Any]) -> None:
    signer: Signer = registered.signer
    for header in ({"jku": ELSEWHERE}, {"x5u": ELSEWHERE}, {"jku": "http://127.0.0.1:1/"}):
        reason = reason_at_the_token_endpoint(registered, signer.token(header))
        assert reason is Refusal.KEY_IN_HEADER
    assert registered.ask(signer.token(iss=ELSEWHERE, sub=ELSEWHERE)).status_code == 401
    assert registered.ask(signer.token()).status_code == 200
    assert no_way_out == []


def test_the_control_a_call_out_is_noticed(no_way_out: list[Any]) -> None:
    with pytest.raises(OSError, match="no way out"):
        socket.create_connection(("keys.example", 443))

    assert no_way_out
