"""Every error as a problem document, with the headers that its status calls for and nothing of the inside."""

import traceback
from collections.abc import Iterable, Mapping
from http import HTTPStatus
from pathlib import Path

import orjson
import structlog
from flask import Flask, Response
from marshmallow import ValidationError
from werkzeug.exceptions import HTTPException

from service.domain.cards.asked import PatientNeededError
from service.domain.checklists.short_code import MistypedCodeError
from service.domain.errors import (
    ConflictError,
    DomainError,
    Fault,
    ForbiddenError,
    NotFoundError,
    RefusedError,
    StaleVersionError,
)
from service.formats.cds_hooks.faults import HookRefusedError
from service.formats.fhir.searching import SearchRefusedError
from service.formats.json_text import BodyRefusedError
from service.formats.printout import PressError, UnprintableError
from service.formats.problem import MEDIA_TYPE, problem_document
from service.store.database import UnavailableError
from service.web.current import request_id
from service.web.faults import faults_in, faults_of
from service.web.fhir.blueprint import FhirRefusedError, is_fhir_request, outcome_reply, refusal
from service.web.figures import figures
from service.web.pages.errors import error_page, is_page_request

RETRY_AFTER_SECONDS = 2
PRINT_AGAIN_AFTER_SECONDS = 30
_DOMAIN_STATUS: Mapping[type[DomainError], int] = {
    RefusedError: 422,
    NotFoundError: 404,
    ConflictError: 409,
    StaleVersionError: 412,
    PatientNeededError: 412,
    ForbiddenError: 403,
}
_CONFLICT_STATUS = {"idempotency_key_reused": 422}
_log = structlog.get_logger()


def problem(
    status: int,
    code: str,
    detail: str,
    faults: Iterable[Fault] = (),
    headers: Mapping[str, str] | None = None,
) -> Response:
    """A problem document as a response; a page says the same as a page, FHIR as an OperationOutcome."""
    if is_fhir_request():
        return refusal(status, detail, faults, headers)
    if is_page_request():
        return error_page(status, code, headers)
    body = problem_document(status, code, detail, request_id=request_id(), faults=faults)
    made = Response(orjson.dumps(body), status, content_type=MEDIA_TYPE)
    made.headers.update(headers or {})
    return made


def register(app: Flask) -> None:
    """Handle every error that can leave a view or the framework."""
    app.register_error_handler(DomainError, domain_problem)
    app.register_error_handler(ValidationError, _validation)
    app.register_error_handler(BodyRefusedError, lambda e: problem(e.status, e.code, e.detail))
    app.register_error_handler(HookRefusedError, _hook)
    app.register_error_handler(MistypedCodeError, lambda e: problem(404, "mistyped_code", str(e)))
    app.register_error_handler(FhirRefusedError, lambda e: outcome_reply(e.status, e.issues))
    app.register_error_handler(SearchRefusedError, lambda e: outcome_reply(400, e.issues))
    app.register_error_handler(UnprintableError, _unprintable)
    app.register_error_handler(PressError, _not_printed)
    app.register_error_handler(UnavailableError, _unavailable)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _unexpected)


def domain_problem(error: DomainError) -> Response:
    """What the domain refuses, with the status that it stands for."""
    known = next(status for kind, status in _DOMAIN_STATUS.items() if isinstance(error, kind))
    status = _CONFLICT_STATUS.get(error.code, known)
    headers = {"ETag": f'"{error.latest}"'} if isinstance(error, StaleVersionError) else {}
    return problem(status, error.code, error.detail, faults_of(error), headers)


def _validation(error: ValidationError) -> Response:
    faults = list(faults_in(error.messages))
    return problem(422, "invalid", "What was sent was refused. Nothing was changed.", faults)


def _hook(error: HookRefusedError) -> Response:
    return problem(400, "invalid_call", str(error), error.faults)


def _unprintable(error: UnprintableError) -> Response:
    place = f"/lines/{error.line_id}" if error.line_id else ""
    return problem(409, "unprintable", str(error), [Fault(place, "no_font", str(error))])


def _not_printed(error: PressError) -> Response:
    _log.error("not_printed", request_id=request_id(), why=str(error))
    headers = {"Retry-After": str(PRINT_AGAIN_AFTER_SECONDS)}
    return problem(503, "not_printed", str(error), headers=headers)


def _unavailable(_error: UnavailableError) -> Response:
    figures().unavailable.inc()
    return problem(
        503,
        "unavailable",
        "The database does not answer. Nothing was acknowledged.",
        headers={"Retry-After": str(RETRY_AFTER_SECONDS)},
    )


def _http(error: HTTPException) -> Response:
    """An error of the framework, with its own headers (405 keeps ``Allow``)."""
    status = error.code or 500
    kept = {
        name: value
        for name, value in error.get_headers()
        if name.lower() not in ("content-type", "content-length")
    }
    if error.response is not None:
        return Response(headers=error.response.headers, status=status)
    code, detail = _OF_THE_FRAMEWORK.get(status, ("refused", HTTPStatus(status).phrase))
    return problem(status, code, detail, headers=kept)


_OF_THE_FRAMEWORK = {
    404: ("no_such_address", "There is nothing at this address."),
    405: ("method_not_allowed", "This address does not answer to this method."),
    406: ("not_acceptable", "Ask for application/json, text/html or application/pdf."),
    411: ("length_needed", "Send a form with its Content-Length."),
    413: ("too_large", "The body is larger than this service takes. Nothing was kept."),
    428: ("if_match_needed", "Send If-Match with the version that the change was made from."),
}


def _unexpected(error: Exception) -> Response:
    """Whatever nobody thought of: answered without a word of the inside.

    The log gets the kind and the places in the code; an error's message may hold a patient's data.
    """
    frames = traceback.extract_tb(error.__traceback__)
    places = [f"{Path(frame.filename).name}:{frame.lineno}" for frame in frames]
    _log.error("unexpected_error", request_id=request_id(), kind=type(error).__name__, places=places)
    return problem(500, "unexpected", "Something went wrong here. Nothing was acknowledged.")
