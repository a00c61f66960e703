"""Reading a request's body: its length and, where it is JSON, its type and what ``json_text`` refuses."""

from typing import Any

from flask import Request
from werkzeug.exceptions import RequestEntityTooLarge

from service.formats.json_text import BodyRefusedError, parse_json


def read_json(request: Request) -> Any:
    """The request's JSON value. Raises BodyRefusedError, and RequestEntityTooLarge over the limit.

    Refused are other media types, and what is no JSON that can be read in one way only.
    """
    return parse_json(read_body(request))


def read_body(request: Request) -> bytes:
    """The body of a request that says it is JSON, whole. Raises like ``read_json``."""
    if request.mimetype != "application/json" and not request.mimetype.endswith("+json"):
        raise BodyRefusedError(415, "media_type", "Send the body as application/json.")
    return whole_body(request)


def whole_body(request: Request) -> bytes:
    """The body, of whatever kind. Raises RequestEntityTooLarge over the limit.

    Raises BodyRefusedError where the connection ended before the body did.
    """
    body = request.get_data(cache=True)
    if request.content_length is not None and len(body) < request.content_length:
        raise BodyRefusedError(400, "cut_short", "The body ended before the length that was said.")
    limit = request.max_content_length
    # Werkzeug cuts a chunked body at the limit without a word; what is as long as that may have been cut.
    if request.content_length is None and limit is not None and len(body) >= limit:
        raise RequestEntityTooLarge
    return body
