"""What every FHIR route shares: who may come in, how a resource is sent, and how an error looks."""

from collections.abc import Callable, Iterable, Mapping
from functools import wraps
from typing import Any, ParamSpec, TypeVar

import orjson
from flask import Blueprint, Response, current_app, g, request

from service.domain.access.permissions import Permission
from service.domain.errors import Fault
from service.formats.fhir.codes import CONTENT_TYPE
from service.formats.fhir.outcome import issues_of_refusal, operation_outcome
from service.formats.findings import Issue
from service.web.auth import needs, require_scope

P = ParamSpec("P")
R = TypeVar("R")


class FhirRoutes(Blueprint):
    """A part of the FHIR face: ``FhirRoutes("patients", __name__)`` answers below ``/fhir``."""

    def __init__(self, name: str, module: str) -> None:
        super().__init__(f"fhir_{name}", module, url_prefix="/fhir")


class FhirRefusedError(Exception):
    """What was sent is refused, with every issue found; nothing was changed."""

    def __init__(self, status: int, issues: Iterable[Issue]) -> None:
        super().__init__("What was sent was refused.")
        self.status = status
        self.issues = tuple(issues)


def is_fhir_request() -> bool:
    """Whether the answer is to be in FHIR's own form: also where below /fhir there is nothing."""
    if request.blueprint is None:
        return request.path == "/fhir" or request.path.startswith("/fhir/")
    return isinstance(current_app.blueprints.get(request.blueprint), FhirRoutes)


def fhir_needs(
    permission: Permission, resource: str, letter: str
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Let only actors with this permission reach a route, and of clients those whose scopes cover it.

    ``letter`` is what is done to resources of this type, one of SMART's ``cruds``.
    """

    def guard(view: Callable[P, R]) -> Callable[P, R]:
        @needs(permission)
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
            require_scope(g.actor, resource, letter)
            return view(*args, **kwargs)

        return guarded

    return guard


def resource_reply(
    resource: Mapping[str, Any], status: int = 200, headers: Mapping[str, str] | None = None
) -> Response:
    """A resource as the response."""
    reply = Response(orjson.dumps(resource), status, content_type=CONTENT_TYPE)
    reply.headers.update(headers or {})
    return reply


def outcome_reply(status: int, issues: Iterable[Issue], headers: Mapping[str, str] | None = None) -> Response:
    """An OperationOutcome as the response."""
    return resource_reply(operation_outcome(issues), status, headers)


def refusal(
    status: int, detail: str, faults: Iterable[Fault] = (), headers: Mapping[str, str] | None = None
) -> Response:
    """What any door refuses, said as an OperationOutcome."""
    return outcome_reply(status, issues_of_refusal(status, detail, faults), headers)
