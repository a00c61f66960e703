"""What callers are told who are not let in, or who asked too often."""

from flask import Flask, Response, request

from service.actions.limits import LimitReachedError
from service.actions.sessions import LogInRefusedError
from service.domain.access.clients import ClientRefusedError
from service.domain.access.limits import LimitKind
from service.domain.errors import ConflictError, ForbiddenError
from service.web.auth import UnauthenticatedError
from service.web.client_refusals import SENTENCES, log_refusal
from service.web.errors import domain_problem, problem
from service.web.figures import figures
from service.web.limits import count_conflict, count_failure

_BEARER = {"WWW-Authenticate": "Bearer"}


def register(app: Flask) -> None:
    """Handle what only those who come in raise."""
    app.register_error_handler(UnauthenticatedError, _unauthenticated)
    app.register_error_handler(ClientRefusedError, _client_refused)
    app.register_error_handler(LogInRefusedError, _log_in)
    app.register_error_handler(LimitReachedError, _limit_reached)
    app.register_error_handler(ConflictError, _conflict)
    app.register_error_handler(ForbiddenError, _forbidden)


def _unauthenticated(_error: UnauthenticatedError) -> Response:
    # Who shows nothing guesses nothing.
    if "Authorization" in request.headers:
        figures().refused("key", "none")
        too_many = count_failure()
    else:
        too_many = None
    if too_many:
        return _limit_reached(too_many)
    return problem(401, "unauthenticated", "Send a valid key as Authorization: Bearer.", headers=_BEARER)


def _client_refused(error: ClientRefusedError) -> Response:
    log_refusal(error.reason)
    too_many = count_failure()
    if too_many:
        return _limit_reached(too_many)
    return problem(401, "unauthenticated", SENTENCES[error.reason], headers=_BEARER)


def _conflict(error: ConflictError) -> Response:
    too_many = count_conflict(error)
    return _limit_reached(too_many) if too_many else domain_problem(error)


def _forbidden(error: ForbiddenError) -> Response:
    figures().refused("permission", "missing")
    return domain_problem(error)


def _log_in(error: LogInRefusedError) -> Response:
    if error.retry_after is not None:
        headers = {"Retry-After": str(error.retry_after)}
        return problem(429, "too_many_failures", "Too many failed log-ins. Try again later.", headers=headers)
    return problem(401, "log_in_refused", "Log-in and password do not fit.", headers=_BEARER)


def _limit_reached(error: LimitReachedError) -> Response:
    headers = {"Retry-After": str(error.retry_after)}
    if error.kind is LimitKind.CALLS:
        detail = "Too many calls. Nothing was done. Wait as long as Retry-After says."
        return problem(429, "too_many_calls", detail, headers=headers)
    if error.kind is LimitKind.CONFLICTS:
        detail = "Too many intakes contradicted who is on file. Nothing is taken in until Retry-After."
        return problem(429, "too_many_conflicts", detail, headers=headers)
    detail = "Too many keys or tokens that are none came from this address."
    return problem(429, "too_many_failures", detail, headers=headers)
