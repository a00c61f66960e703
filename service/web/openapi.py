"""The OpenAPI 3.1 document: what the blueprints say of themselves, and what is true of every operation."""

from typing import Any

from flask import Flask
from flask_smorest import Api

from service.formats.problem import MEDIA_TYPE
from service.web import (
    audit,
    batches,
    checklists,
    guidance,
    intake,
    intake_links,
    medications,
    patient_data,
    patients,
    sessions,
    sign_offs,
    worklist,
)

TITLE = "Medication disclosure checklist"
VERSION = "1"
_LOG_IN = "/v1/sessions"
_ERRORS = {
    "400": "The body cannot be read as JSON.",
    "401": "No valid key.",
    "403": "The role of the key may not do this.",
    "404": "There is no such thing in this clinic.",
    "406": "None of the media types asked for can be had.",
    "409": "It does not fit what is on file.",
    "412": "The change was made from a version that is not the latest.",
    "413": "The body is too large.",
    "415": "The body is not JSON.",
    "422": "What was sent breaks a rule; every fault is named with its pointer.",
    "428": "If-Match is needed.",
    "429": "Too many calls or failures; Retry-After says in how many seconds there are more.",
    "503": "The database does not answer, or nothing can be printed now; see Retry-After.",
}
_PROBLEM = {
    "type": "object",
    "required": ["type", "title", "status", "code", "detail", "request_id"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "code": {"type": "string"},
        "detail": {"type": "string"},
        "request_id": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["pointer", "code", "detail"],
                "properties": {
                    "pointer": {"type": "string"},
                    "code": {"type": "string"},
                    "detail": {"type": "string"},
                },
            },
        },
    },
}
_IDEMPOTENCY_KEY = {
    "in": "header",
    "name": "Idempotency-Key",
    "required": False,
    "schema": {"type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[ -~]+$"},
    "description": "The same key and body answers the first reply again, for 24 hours.",
}
_RETRY_AFTER = {
    "Retry-After": {
        "required": True,
        "schema": {"type": "integer", "minimum": 1},
        "description": "In how many seconds to ask again.",
    }
}
_PARTS = (
    intake,
    intake_links,
    patients,
    patient_data,
    medications,
    guidance,
    checklists,
    batches,
    sign_offs,
    worklist,
    sessions,
    audit,
)
_PATIENT = ("/v1/patients/{patient_id}", "patch")
_IF_MATCH = {
    "in": "header",
    "name": "If-Match",
    "schema": {"type": "string"},
    "description": "The ETag of the version that the change was made from.",
}


def register(app: Flask) -> None:
    """Mount every part of the API and keep its document in ``app.extensions["openapi"]``."""
    app.config.update(
        API_TITLE=TITLE,
        API_VERSION=VERSION,
        OPENAPI_VERSION="3.1.0",
        OPENAPI_URL_PREFIX=None,
    )
    api = Api(app)
    for part in _PARTS:
        api.register_blueprint(part.blueprint)
    document: dict[str, Any] = api.spec.to_dict()
    _complete(document)
    app.extensions["openapi"] = document


def _complete(document: dict[str, Any]) -> None:
    document["info"]["description"] = (
        "Keeps medication lists and issues pre-treatment disclosure checklists. "
        "Nothing here checks for interactions."
    )
    components = document["components"]
    components["schemas"] = {
        name: schema
        for name, schema in components["schemas"].items()
        if name not in ("Error", "PaginationMetadata")
    } | {"Problem": _PROBLEM}
    components["responses"] = {}
    components["securitySchemes"] = {"bearer": {"type": "http", "scheme": "bearer"}}
    for path, operations in document["paths"].items():
        shared = operations.get("parameters", [])
        for method, operation in operations.items():
            if method != "parameters":
                _complete_operation(path, method, operation, shared)


def _complete_operation(path: str, method: str, operation: dict[str, Any], shared: list[Any]) -> None:
    if path != _LOG_IN:
        operation["security"] = [{"bearer": []}]
    operation["responses"] = {
        status: answer for status, answer in operation["responses"].items() if status.startswith("2")
    } | {status: _problem(text) for status, text in _errors(path, method, operation).items()}
    parameters = operation.setdefault("parameters", [])
    if method == "post" and path != _LOG_IN:
        parameters.append(_IDEMPOTENCY_KEY)
    if _carries_version(path, method):
        whole = path.endswith("/medication-list")
        parameters.append(_IF_MATCH | {"required": whole})
    named = {parameter["name"] for parameter in parameters if parameter["in"] == "path"}
    shared[:] = [parameter for parameter in shared if parameter["name"] not in named]


def _carries_version(path: str, method: str) -> bool:
    """Whether a change may say which version it was made from."""
    return method != "get" and ("/medication-list" in path or (path, method) == _PATIENT)


def _errors(path: str, method: str, operation: dict[str, Any]) -> dict[str, str]:
    """Which of the errors an operation can answer."""
    statuses = {"401", "422", "429", "503"} | (set() if path == _LOG_IN else {"403", "404"})
    if "requestBody" in operation:
        statuses |= {"400", "413", "415", "409"}
    if _carries_version(path, method):
        statuses |= {"412"} | ({"428"} if method == "put" else set())
    if "/checklists/{" in path and method == "get":
        statuses |= {"406", "409"}
    return {status: text for status, text in _ERRORS.items() if status in statuses}


def _problem(text: str) -> dict[str, Any]:
    reference = {"$ref": "#/components/schemas/Problem"}
    answer = {"description": text, "content": {MEDIA_TYPE: {"schema": reference}}}
    return answer | ({"headers": _RETRY_AFTER} if "Retry-After" in text else {})
