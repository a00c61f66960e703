"""Replies: JSON bodies, versions as ETags, pages with cursors."""

import base64
import binascii
import re
from collections.abc import Callable, Mapping
from typing import Any, TypeVar
from urllib.parse import urlencode
from uuid import UUID

import orjson
from flask import Response, request

from service.actions.paging import Page
from service.domain.errors import Fault, RefusedError
from service.store.idempotency import Reply

T = TypeVar("T")
_TAG = re.compile(r'"([0-9a-z]{1,64})"')
MOST_PER_PAGE = 100
PER_PAGE = 20
_VERSION = re.compile(r"[0-9]{1,9}")
_VERSION_TAG = re.compile(rf'"({_VERSION.pattern})"')


def reply(data: object, status: int = 200, **headers: str) -> Reply:
    """A JSON reply that can be kept and given again, from data or from JSON text as bytes.

    Header names are written with ``_`` for ``-``.
    """
    named = [("Content-Type", "application/json")]
    named += [(name.replace("_", "-"), value) for name, value in headers.items()]
    return Reply(status, tuple(named), data if isinstance(data, bytes) else orjson.dumps(data))


def response(data: object, status: int = 200, **headers: str) -> Response:
    """The same as a response at once."""
    made = reply(data, status, **headers)
    return Response(made.body, made.status, list(made.headers))


def version_tag(version: int) -> str:
    """The ETag of a version."""
    return f'"{version}"'


def sent_version() -> int | None:
    """The version that ``If-Match`` names; None without the header or with ``*``.

    Anything but one strong tag of ours is version 0, which is stale for everybody.
    """
    sent = request.headers.get("If-Match", "*").strip()
    if sent == "*":
        return None
    tag = _VERSION_TAG.fullmatch(sent)
    return int(tag[1]) if tag else 0


def tag(version: str) -> str:
    """The ETag of a version that is not counted."""
    return f'"{version}"'


def sent_tag() -> str | None:
    """What the tag that ``If-Match`` names holds; None without the header or with ``*``.

    Anything but one strong tag is stale for everybody.
    """
    sent = request.headers.get("If-Match", "*").strip()
    if sent == "*":
        return None
    found = _TAG.fullmatch(sent)
    return found[1] if found else ""


def page(found: Page[T], document: Callable[[T], Mapping[str, Any]], cursor_of: str) -> Response:
    """One page: ``items`` and, where there is more, ``next`` and a ``Link`` with the cursor after the last.

    ``cursor_of`` names the attribute that the next page goes on from.
    """
    documents = [document(one) for one in found.items]
    if not found.more:
        return response({"items": documents, "next": None})
    cursor = _cursor(getattr(found.items[-1], cursor_of))
    query = {**request.args.to_dict(), "cursor": cursor}
    address = f"{request.path}?{urlencode(query)}"
    return response({"items": documents, "next": cursor}, Link=f'<{address}>; rel="next"')


def _cursor(value: object) -> str:
    return base64.urlsafe_b64encode(str(value).encode()).decode().rstrip("=")


def id_after(cursor: str | None) -> UUID | None:
    """The id that a cursor goes on from. Raises RefusedError for a cursor that this service never gave."""
    return None if cursor is None else UUID(_read_cursor(cursor, UUID))


def version_before(cursor: str | None) -> int | None:
    """The version that a cursor goes on from. Raises RefusedError."""
    return None if cursor is None else int(_read_cursor(cursor, _version))


def _version(text: str) -> int:
    if not _VERSION.fullmatch(text):
        raise ValueError("not a version")
    return int(text)


def _read_cursor(cursor: str, kind: Any) -> str:
    try:
        text = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True).decode()
        kind(text)
    except (ValueError, binascii.Error) as error:
        raise RefusedError(Fault("/cursor", "cursor", "Not a cursor of this service.")) from error
    return text
