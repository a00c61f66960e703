"""The intake form below /fhir: the Questionnaire, and the responses that it comes back as."""

import orjson
from flask import Response, request

from service.actions import responses as actions
from service.actions.exports import find_lists
from service.actions.intake import IntakeReceipt
from service.actions.work import Work
from service.domain.access.permissions import Permission
from service.domain.errors import NotFoundError, RefusedError
from service.domain.wording import catalogue_for
from service.formats.fhir.codes import CONTENT_TYPE
from service.formats.fhir.intake_questions import QUESTIONNAIRE_ID
from service.formats.fhir.outcome import operation_outcome
from service.formats.fhir.parsing import parse_fhir
from service.formats.fhir.reading.responses import (
    RESPONSE,
    ResponseReading,
    SentResponse,
    read_response,
    read_response_id,
)
from service.formats.fhir.search_parameters import SEARCHES
from service.formats.fhir.whose import sought_in
from service.formats.fhir.writing.elements import Element, weak_tag
from service.formats.fhir.writing.questionnaire_responses import response_id, write_response
from service.formats.fhir.writing.questionnaires import write_questionnaire
from service.formats.findings import Issue, Severity
from service.store.idempotency import Reply
from service.web.current import house, run, run_once
from service.web.fhir.blueprint import FhirRefusedError, FhirRoutes, fhir_needs, resource_reply
from service.web.fhir.negotiation import in_json
from service.web.fhir.replies import versioned_reply
from service.web.fhir.searches import fhir_base, list_page_reply, page_reply, sent_search
from service.web.json_body import read_body

routes = FhirRoutes("questionnaires", __name__)
_QUESTIONNAIRE = "Questionnaire"


@routes.get(f"/Questionnaire/{QUESTIONNAIRE_ID}")
@fhir_needs(Permission.READ_TREATMENTS, _QUESTIONNAIRE, "r")
@in_json
def get_questionnaire() -> Response:
    """The form, in the language that is asked for."""
    return resource_reply(_form(), headers={"Vary": "Accept-Language"})


@routes.get("/Questionnaire")
@fhir_needs(Permission.READ_TREATMENTS, _QUESTIONNAIRE, "s")
@in_json
def search_questionnaires() -> Response:
    """Find the form by its address."""
    return _search()


@routes.post("/Questionnaire/_search")
@fhir_needs(Permission.READ_TREATMENTS, _QUESTIONNAIRE, "s")
@in_json
def post_questionnaire_search() -> Response:
    """The same with the parameters in the body."""
    return _search()


@routes.post("/QuestionnaireResponse")
@fhir_needs(Permission.SUBMIT_INTAKE, RESPONSE, "c")
@in_json
def post_response() -> Response:
    """Take a filled-in form as what the patient takes now: the whole list."""
    reading = read_response(parse_fhir(read_body(request)), base=fhir_base())
    sent = reading.sent
    if sent is None:
        raise FhirRefusedError(422, reading.issues)
    return run_once(lambda work: _kept(_submit(work, sent), reading))


@routes.get("/QuestionnaireResponse/<named>")
@fhir_needs(Permission.READ_LISTS, RESPONSE, "r")
@in_json
def get_response(named: str) -> Response:
    """A version of a list as the answers to the form."""
    known = read_response_id(named)
    if known is None:
        raise NotFoundError("There is no such patient.")
    found = run(lambda work: actions.get_answers(work, *known))
    return versioned_reply(write_response(found, fhir_base()))


@routes.get("/QuestionnaireResponse")
@fhir_needs(Permission.READ_LISTS, RESPONSE, "s")
@in_json
def search_responses() -> Response:
    """Find what a patient's latest list answers to the form."""
    return _search_responses()


@routes.post("/QuestionnaireResponse/_search")
@fhir_needs(Permission.READ_LISTS, RESPONSE, "s")
@in_json
def post_response_search() -> Response:
    """The same with the parameters in the body."""
    return _search_responses()


def _form() -> Element:
    catalogues = house().catalogues
    wanted = (request.args.get("_language"), *request.accept_languages.values())
    return write_questionnaire(fhir_base(), catalogue_for(catalogues, *wanted), tuple(catalogues.values()))


def _search() -> Response:
    search = sent_search(SEARCHES[_QUESTIONNAIRE])
    found = [form for form in (_form(),) if search.fits(form)]
    return page_reply(found[: search.page_size(1)], search, total=len(found))


def _search_responses() -> Response:
    search = sent_search(SEARCHES[RESPONSE])
    sought = sought_in(search)
    found = run(lambda work: find_lists(work, sought))
    written = [write_response(one, fhir_base()) for one in found.lists]
    fitting = [response for response in written if search.fits(response)]
    return list_page_reply(fitting, search, found.lists, sought.offset)


def _submit(work: Work, sent: SentResponse) -> IntakeReceipt:
    """Keep the answers; what the domain refuses is told with its place in the response."""
    try:
        return actions.submit_response(work, sent)
    except RefusedError as refused:
        issues = [
            Issue(Severity.ERROR, "business-rule", fault.detail, sent.places.get(fault.pointer))
            for fault in refused.faults
        ]
        raise FhirRefusedError(422, issues) from refused


def _kept(receipt: IntakeReceipt, reading: ResponseReading) -> Reply:
    """Where the answers are kept, and what is worth knowing about how they were read."""
    version = receipt.medications.version
    told = list(reading.issues)
    if not receipt.changed:
        detail = "The response says nothing: the list stays as it was."
        told.append(Issue(Severity.INFORMATION, "informational", detail))
    headers = (
        ("Content-Type", CONTENT_TYPE),
        ("Location", f"{fhir_base()}/{RESPONSE}/{response_id(receipt.patient.id, version)}"),
        ("ETag", weak_tag(str(version))),
    )
    return Reply(201, headers, orjson.dumps(operation_outcome(told)))
