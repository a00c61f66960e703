"""What other systems send: Bundles to /fhir, and single resources below it."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any, NoReturn

from flask import Response, current_app
from werkzeug.exceptions import MethodNotAllowed

from service.actions.import_results import EntryResult, EntryStatus, ImportRefusedError, ImportResult
from service.actions.imports import import_reading
from service.actions.work import Work
from service.domain.access.permissions import Permission
from service.formats.fhir.outcome import status_of_refusal
from service.formats.fhir.reading import read
from service.formats.fhir.reading.readers import called
from service.formats.fhir.writing.elements import weak_tag
from service.formats.fhir.writing.responses import EntryResponse, response_bundle
from service.formats.findings import Issue, Reading, Severity
from service.store.idempotency import Reply
from service.web.auth import needs, require_scope
from service.web.current import actor, run_once
from service.web.fhir.blueprint import (
    FhirRefusedError,
    FhirRoutes,
    fhir_needs,
    outcome_reply,
    resource_reply,
)
from service.web.fhir.negotiation import in_json
from service.web.fhir.representations import representation
from service.web.fhir.searches import fhir_base
from service.web.fhir.sent import preferred, sent_resource

routes = FhirRoutes("imports", __name__)
_BUNDLE = "Bundle"
_STATUS: Mapping[EntryStatus, int] = MappingProxyType(
    {
        EntryStatus.CREATED: 201,
        EntryStatus.UPDATED: 200,
        EntryStatus.UNCHANGED: 200,
        EntryStatus.NOT_KEPT: 200,
    }
)


@routes.post("")
@routes.post("/")
@needs(Permission.WRITE_LISTS)
@in_json
def post_bundle() -> Response:
    """Take in a Bundle: a batch entry by entry, any other as a whole or not at all."""
    return _import(sent_resource(_BUNDLE), _bundle_reply)


@routes.post("/Patient")
@fhir_needs(Permission.WRITE_PATIENTS, "Patient", "c")
@in_json
def post_patient() -> Response:
    """Find a patient by identifier, or make one."""
    return _import(sent_resource("Patient"), _single_reply)


@routes.post("/MedicationStatement")
@fhir_needs(Permission.WRITE_LISTS, "MedicationStatement", "c")
@in_json
def post_statement() -> Response:
    """Add an item to a list, or say more of one."""
    return _import(sent_resource("MedicationStatement"), _single_reply)


@routes.post("/MedicationRequest")
@fhir_needs(Permission.WRITE_LISTS, "MedicationRequest", "c")
@in_json
def post_request() -> Response:
    """The same, sent as a plan or an order."""
    return _import(sent_resource("MedicationRequest"), _single_reply)


@routes.post("/List")
@fhir_needs(Permission.WRITE_LISTS, "List", "c")
@in_json
def post_list() -> Response:
    """Say what was answered for a category."""
    return _import(sent_resource("List"), _single_reply)


@routes.post("/<resource_type>")
@needs(Permission.WRITE_LISTS)
def post_another(resource_type: str) -> NoReturn:
    """Refuse by name what is not taken here."""
    _refuse_type(resource_type)


@routes.get("/<resource_type>")
@needs(Permission.READ_LISTS)
def get_another(resource_type: str) -> NoReturn:
    """Refuse by name what is not here."""
    _refuse_type(resource_type)


def _refuse_type(resource_type: str) -> NoReturn:
    """405 for a type that is here and takes other methods, else 404."""
    methods = {
        method
        for rule in current_app.url_map.iter_rules()
        if rule.rule == f"/fhir/{resource_type}"
        for method in rule.methods or ()
    }
    if methods:
        raise MethodNotAllowed(sorted(methods))
    detail = f"There is no {called(resource_type)} here."
    if resource_type == _BUNDLE:
        detail = "A Bundle is sent to /fhir itself."
    raise FhirRefusedError(404, [Issue(Severity.ERROR, "not-supported", detail)])


def _import(
    document: dict[str, Any], reply_of: Callable[[Work, Reading, ImportResult], Response]
) -> Response:
    reading = read(document, sender=str(actor().id), base=fhir_base())
    for entry in reading.entries:
        if entry.said is not None:
            require_scope(actor(), entry.resource_type, "u" if entry.method == "PUT" else "c")

    def act(work: Work) -> Reply:
        made = reply_of(work, reading, import_reading(work, reading))
        return Reply(made.status_code, tuple(made.headers), made.get_data())

    try:
        return run_once(act)
    except ImportRefusedError as error:
        raise FhirRefusedError(status_of_refusal(error.issues), error.issues) from None


def _bundle_reply(work: Work, reading: Reading, result: ImportResult) -> Response:
    """What is to be said of the Bundle itself stands with the first entry, as there is no other place."""
    entries = [
        EntryResponse(_entry_status(one), one.location, one.version, one.issues) for one in result.entries
    ]
    if result.beside:
        first = entries[0] if entries else EntryResponse(200)
        entries[:1] = [replace(first, issues=(*result.beside, *first.issues))]
    return resource_reply(response_bundle(reading.bundle_type, entries, work.now))


def _entry_status(one: EntryResult) -> int:
    return status_of_refusal(one.issues) if one.status is EntryStatus.REFUSED else _STATUS[one.status]


def _single_reply(work: Work, _: Reading, result: ImportResult) -> Response:
    one, wanted = result.entries[0], preferred("return")
    headers = {}
    if one.location:
        headers = {"Location": f"{fhir_base()}/{one.location}", "ETag": weak_tag(str(one.version))}
    status = _STATUS[one.status]
    made = one.status in (EntryStatus.CREATED, EntryStatus.UPDATED)
    if wanted == "minimal" and made:
        return Response(status=status, headers=headers)
    if one.location and (wanted == "representation" or (made and wanted is None)):
        resource = representation(work, one.location)
        if resource is not None:
            return resource_reply(resource, status, headers)
    return outcome_reply(status, one.issues, headers)
