"""What is sent below /fhir: a resource as JSON of R4, and how its answer is wanted."""

from typing import Any

from flask import request
from werkzeug.http import parse_list_header, parse_options_header

from service.formats.fhir.codes import FHIR_VERSION, MEDIA_TYPE
from service.formats.fhir.parsing import parse_fhir
from service.formats.findings import Issue, Severity
from service.web.fhir.blueprint import FhirRefusedError
from service.web.json_body import read_body

_TYPES = (MEDIA_TYPE, "application/json")


def sent_resource(resource_type: str) -> dict[str, Any]:
    """The resource of this type in the request. Raises FhirRefusedError and BodyRefusedError."""
    kind, options = parse_options_header(request.headers.get("Content-Type", ""))
    version = options.get("fhirversion", FHIR_VERSION)
    if kind.lower() not in _TYPES or not FHIR_VERSION.startswith(version):
        detail = f"Send the body as {MEDIA_TYPE} of FHIR {FHIR_VERSION}; no other form, such as XML, is read."
        raise FhirRefusedError(415, [Issue(Severity.ERROR, "not-supported", detail)])
    document = parse_fhir(read_body(request))
    if document.get("resourceType") != resource_type:
        detail = f"At this address a {resource_type} is taken."
        raise FhirRefusedError(400, [Issue(Severity.ERROR, "invalid", detail, "resourceType")])
    return document


def preferred(name: str) -> str | None:
    """What the client would rather have, by its ``Prefer`` header; None where it says nothing of it."""
    sent = ",".join(request.headers.getlist("Prefer")).replace(";", ",")
    pairs = (one.partition("=") for one in parse_list_header(sent))
    return next((value.strip() for key, _, value in pairs if key.strip().lower() == name), None)
