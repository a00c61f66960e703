"""A page of another origin, in a real browser: it may ask, and may read what it is answered, errors too."""

from collections.abc import Iterator
from threading import Thread
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from werkzeug.serving import make_server

from service.store.database import Database
from tests.browser.sheet_server import SheetServer
from tests.cds_calls import ADDRESSES, sign
from tests.signed_tokens import Signer
from tests.web.cds_hooks.conftest import Hooks
from tests.web.cds_hooks.test_tokens import ISSUER, TOLD, registered

SIGN = ADDRESSES["order-sign"]
ASK = """
async ([address, method, body, token]) => {
  const headers = body === null ? {} : {"Content-Type": "application/json"};
  if (token) headers["Authorization"] = `Bearer ${token}`;
  const sent = body === null ? undefined : JSON.stringify(body);
  const answer = await fetch(address, {method, headers, body: sent});
  return [answer.status, await answer.text(), answer.headers.get("X-Request-Id")];
}
"""


@pytest.fixture
def address(hooks: Hooks) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, hooks.app, threaded=True)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()


@pytest.fixture
def page(browser: Browser, sheets: SheetServer) -> Iterator[Page]:
    """A page that another host served."""
    opened = browser.new_page()
    sheets.served["/"] = b"<!doctype html><title>An EHR</title>"
    opened.goto(sheets.url)
    yield opened
    opened.close()


def test_a_page_of_another_origin_asks_is_answered_and_tells_what_came_of_it(
    hooks: Hooks, database: Database, page: Page, address: str
) -> None:
    ehr = registered(hooks.app, database, hooks.clinic, hooks.clock)

    def ask(path: str, method: str = "POST", body: Any = None, token: str | None = None) -> tuple[int, str]:
        status, text, request_id = page.evaluate(ASK, [address + path, method, body, token])
        assert request_id
        return status, text

    def token_for(path: str) -> str:
        return Signer(ISSUER, f"http://localhost{path}", now=hooks.clock.now).token()

    assert ask("/cds-services", "GET")[0] == 200
    for token in (None, token_for(SIGN)):
        status, text = ask(SIGN, body=sign(), token=token)
        assert status == 200
        assert "Disclosure incomplete" in text
    assert ask(f"{SIGN}/feedback", body=TOLD, token=token_for(f"{SIGN}/feedback")) == (200, "")
    for path, body, token, status in (
        (SIGN, sign(), "nonsense", 401),
        (SIGN, {}, None, 400),
        ("/cds-services/nothing", sign(), None, 404),
        (SIGN, sign(prefetch={}), None, 412),
    ):
        refused = ask(path, body=body, token=token)
        assert refused[0] == status
        assert "urn:medication-checklist:problem" in refused[1]
    assert ehr.client.issuer == ISSUER


def test_the_same_page_may_read_nothing_else_here(page: Page, address: str) -> None:
    assert (
        page.evaluate("(address) => fetch(address).then(() => 'read', () => 'refused')", address) == "refused"
    )
