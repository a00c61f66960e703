"""What went wrong, as a page that says what can be done and keeps what was typed."""

from collections.abc import Mapping
from http import HTTPStatus

from flask import Flask, Response, current_app, redirect, request, url_for
from flask_wtf.csrf import CSRFError
from werkzeug.wrappers import Response as AnyResponse

from service.web.current import request_id
from service.web.pages.blueprint import FIELD_TWICE, LogInNeededError, Pages
from service.web.pages.rendering import render
from service.web.pages.typed import Typed, held

_KNOWN = frozenset({403, 404, 405, 409, 412, 413, 429, 503})
_KNOWN_CODES = frozenset({"page_too_old", FIELD_TWICE})
_MAY_BE_SENT_AGAIN = frozenset({400, 409, 412, 429, 500, 503})


def register(app: Flask) -> None:
    """Handle what only pages raise."""
    app.register_error_handler(LogInNeededError, _log_in_needed)
    app.register_error_handler(CSRFError, lambda _: error_page(400, "page_too_old"))


def is_page_request() -> bool:
    """Whether a person with a browser asks, for a page or for nothing that there is."""
    if request.blueprint is None:
        return "text/html" in request.headers.get("Accept", "")
    return isinstance(current_app.blueprints.get(request.blueprint), Pages)


def error_page(status: int, code: str, headers: Mapping[str, str] | None = None) -> Response:
    """The page for a status. What was posted can be sent again from it where that can help."""
    known = str(status) if status in _KNOWN else "other"
    kind = code if code in _KNOWN_CODES else known
    # What nobody can read in one way is not to be sent again.
    helps = status in _MAY_BE_SENT_AGAIN and code != FIELD_TWICE
    again = held() if request.method == "POST" and helps else {}
    response = render(
        "error",
        status,
        title=f"error.{kind}",
        more=f"error.{kind}_more",
        again=again,
        path=request.path,
        # What the service itself failed at is looked up in its log by this number.
        number=request_id() if status >= HTTPStatus.INTERNAL_SERVER_ERROR else None,
    )
    response.headers.update(headers or {})
    return response


def _log_in_needed(_error: LogInNeededError) -> AnyResponse:
    """Ask for a log-in, and go on afterwards where it was needed; what was typed is kept meanwhile."""
    if request.method == "POST":
        return render("log_in", 401, again=held(), path=request.path, typed=Typed())
    return redirect(url_for("pages_log_in.get_log_in", to=request.full_path.rstrip("?")))
