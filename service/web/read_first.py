"""What every request is asked before anything looks at it: can it be read, in one way, and whole."""

from collections.abc import Callable
from typing import ParamSpec, TypeVar
from urllib.parse import unquote_to_bytes

from flask import current_app, g, request
from werkzeug.exceptions import LengthRequired, NotFound, RequestEntityTooLarge

from service.formats.json_text import BodyRefusedError
from service.web.json_body import whole_body

P = ParamSpec("P")
R = TypeVar("R")
FORM = "application/x-www-form-urlencoded"
FORM_WITH_FILE = "multipart/form-data"
_MOST_FIELDS = 10_000
"""A form of a section with 1000 lines has 4 fields for each."""
_MOST_PARTS = 40
"""Of a form with a file, which has a few fields beside it."""


def takes_file(view: Callable[P, R]) -> Callable[P, R]:
    """Mark a view whose form may have a file: for any other, nothing takes the parts of a body apart."""
    view.takes_file = True  # type: ignore[attr-defined]
    return view


def read_first() -> None:
    """Refuse what is not UTF-8, too long or in parts, and read a form whole.

    Raises BodyRefusedError, and LengthRequired, NotFound and RequestEntityTooLarge.
    """
    address = request.environ["PATH_INFO"].encode("latin-1")
    _check_utf8("address", address)
    if b"\0" in address:
        # Nothing is called so, and a database that is asked for it breaks.
        raise NotFound
    _check_utf8("query", unquote_to_bytes(request.query_string))
    most = current_app.config["MAX_CONTENT_LENGTH"]
    if request.content_length is not None and request.content_length > most:
        raise RequestEntityTooLarge
    if request.headers.get("Content-Encoding", "identity") != "identity":
        raise BodyRefusedError(415, "media_type", "Send the body as it is, not compressed.")
    if request.mimetype.startswith("multipart/"):
        _read_form_with_file()
    if request.mimetype == FORM:
        body = whole_body(request)
        if body.count(b"&") >= _MOST_FIELDS:
            raise RequestEntityTooLarge
        _require_length(body)
        _check_utf8("body", unquote_to_bytes(body.replace(b"+", b" ")))
    g.was_read = True


def was_read() -> bool:
    """Whether the request at hand can be looked at: its form is at hand whole."""
    return bool(g.get("was_read"))


def _read_form_with_file() -> None:
    view = current_app.view_functions.get(request.endpoint or "")
    whole = request.mimetype == FORM_WITH_FILE and "boundary" in request.mimetype_params
    if not (whole and getattr(view, "takes_file", False)):
        # The library that takes the parts apart would do so before anybody asks.
        raise BodyRefusedError(415, "media_type", f"Send the body whole: as {FORM} or as JSON.")
    request.max_form_parts = _MOST_PARTS
    body = whole_body(request)
    _require_length(body)
    # A field that is not UTF-8 is read with a sign for each loss; what else has that sign, came with it.
    lost = "".join(text for pair in request.form.items(multi=True) for text in pair).count("\ufffd")
    if lost > body.count("\ufffd".encode()):
        raise BodyRefusedError(400, "not_utf8", "The body is not valid UTF-8.")


def _require_length(body: bytes) -> None:
    """Nobody could tell a form that was cut from one with fewer fields. Raises LengthRequired."""
    if body and request.content_length is None:
        raise LengthRequired


def _check_utf8(what: str, text: bytes) -> None:
    try:
        text.decode("utf-8")
    except UnicodeDecodeError:
        raise BodyRefusedError(400, "not_utf8", f"The {what} is not valid UTF-8.") from None
