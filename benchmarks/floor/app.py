"""The WSGI application of the floor: who asks, which of the two works, and the same headers."""

import hashlib
import os
import re
import secrets
from collections.abc import Callable, Iterable
from datetime import datetime
from http import HTTPStatus
from typing import Any

import orjson

from benchmarks.floor import ids, statements
from benchmarks.floor.asking import Answer, Asked, Caller
from benchmarks.floor.database import open_database
from benchmarks.floor.guidance import FixedParts
from benchmarks.floor.intake import take_intake
from benchmarks.floor.reading import read_checklist

_BODY_LIMIT = 2 * 1024 * 1024
_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = (
    ("Content-Security-Policy", _POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
    ("Cache-Control", "no-store"),
    ("Vary", "Accept"),
)
_REQUEST_ID = re.compile(r"[A-Za-z0-9_.-]{1,64}")
_CHECKLIST = re.compile(r"/v1/checklists/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})")


class Floor:
    """The application."""

    def __init__(self, url: str, audit_key: str) -> None:
        self._database = open_database(url)
        self._audit_key = audit_key.encode()
        self._guidance: dict[Any, FixedParts] = {}

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer one request."""
        sent = environ.get("HTTP_X_REQUEST_ID", "")
        request_id = sent if _REQUEST_ID.fullmatch(sent) else secrets.token_hex(8)
        status, body = self._answer(environ, request_id)
        kind = "application/json"
        if status not in (200, 201):
            kind = "application/problem+json"
            body = orjson.dumps(
                {"status": status, "title": HTTPStatus(status).phrase, "request_id": request_id}
            )
        own = [("Content-Type", kind), ("Content-Length", str(len(body))), ("X-Request-Id", request_id)]
        start_response(f"{status} {HTTPStatus(status).phrase}", [*own, *_HEADERS])
        return [body]

    def close(self) -> None:
        """Close this thread's connection."""
        self._database.close()

    def _answer(self, environ: dict[str, Any], request_id: str) -> Answer:
        now = ids.now()
        caller = self._caller(environ.get("HTTP_AUTHORIZATION", ""), now)
        if caller is None:
            return 401, b""
        asked = Asked(self._database, caller, now, request_id, self._guidance, self._audit_key)
        method, path = environ["REQUEST_METHOD"], environ["PATH_INFO"]
        if method == "POST" and path == "/v1/intake":
            return _posted(asked, environ)
        checklist = _CHECKLIST.fullmatch(path)
        if method != "GET" or checklist is None:
            return 404, b""
        return read_checklist(asked, checklist[1]) if caller.role != "intake" else (403, b"")

    def _caller(self, authorization: str, now: datetime) -> Caller | None:
        scheme, _, secret = authorization.partition(" ")
        if scheme.lower() != "bearer":
            return None
        key = hashlib.sha256(secret.strip().encode()).hexdigest()
        sought = (key, self._database.instant(now))
        row = self._database.connection.execute(self._database.sql(statements.FIND_KEY), sought).fetchone()
        return Caller(*row) if row else None


def _posted(asked: Asked, environ: dict[str, Any]) -> Answer:
    if environ.get("CONTENT_TYPE", "").partition(";")[0].strip() != "application/json":
        return 415, b""
    body = environ["wsgi.input"].read(_BODY_LIMIT + 1)
    if len(body) > _BODY_LIMIT:
        return 413, b""
    return take_intake(asked, body, environ.get("HTTP_IDEMPOTENCY_KEY"))


def create_app() -> Floor:
    """The application on the database of the environment."""
    return Floor(os.environ["DATABASE_URL"], os.environ["MEDICATION_CHECKLIST_AUDIT_KEY"])
