"""What is done before and after every request: it gets an id, and its answer the headers that guard it."""

import secrets
import string

from flask import Flask, Response, g, request

from service.store.database import Database
from service.web.read_first import read_first

_ID_SIGNS = frozenset(string.ascii_letters + string.digits + "-_.")
_MOST_ID_LENGTH = 64
# Nothing is ever fetched from elsewhere, and no script or style stands inside a page.
_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


def register(app: Flask) -> None:
    """Do it for every request of the application, in this order."""
    app.before_request(_name_request)
    app.before_request(read_first)
    app.before_request(Database.begin_request)
    app.teardown_request(lambda _error: Database.end_request())
    app.after_request(_add_headers)


def _name_request() -> None:
    """Take the caller's request id where it is harmless, else make one."""
    sent = request.headers.get("X-Request-Id", "")
    harmless = 0 < len(sent) <= _MOST_ID_LENGTH and set(sent) <= _ID_SIGNS
    g.request_id = sent if harmless else secrets.token_hex(8)


def _add_headers(response: Response) -> Response:
    given = {name.lower() for name, _ in response.headers}
    added = [(name, value) for name, value in _HEADERS.items() if name.lower() not in given]
    added.append(("X-Request-Id", g.get("request_id", "")))
    if "cache-control" not in given:
        # Only files that are everybody's say that they may be kept.
        added.append(("Cache-Control", "no-store"))
    if request.is_secure:
        added.append(("Strict-Transport-Security", "max-age=31536000; includeSubDomains"))
    response.headers.extend(added)
    return response
