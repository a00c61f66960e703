"""Issued checklists below /fhir: the document, its Composition, where it stands, and the PDF of it."""

from uuid import UUID

from flask import Response, request

from service.actions import checklists, documents
from service.actions.checklists import IssuedChecklist
from service.actions.documents import FiledSheet
from service.domain.access.permissions import Permission
from service.domain.checklists.state import state_document
from service.formats.fhir.codes import MEDIA_TYPE
from service.formats.fhir.search_parameters import SEARCHES
from service.formats.fhir.sheets_sought import sheets_in
from service.formats.fhir.writing.compositions import write_composition, write_document
from service.formats.fhir.writing.document_references import PDF, write_binary, write_document_reference
from service.formats.fhir.writing.elements import Element
from service.web.current import run
from service.web.fhir.blueprint import FhirRoutes, fhir_needs, resource_reply
from service.web.fhir.negotiation import in_json
from service.web.fhir.searches import fhir_base, page_reply, sent_search
from service.web.printing import print_sheet
from service.web.replies import MOST_PER_PAGE, PER_PAGE

routes = FhirRoutes("documents", __name__)
_COMPOSITION, _REFERENCE = "Composition", "DocumentReference"


@routes.get("/Composition/<uuid:checklist_id>")
@fhir_needs(Permission.READ_CHECKLISTS, _COMPOSITION, "r")
@in_json
def get_composition(checklist_id: UUID) -> Response:
    """Read the sections of a sheet."""
    return resource_reply(_composition(_read(checklist_id)))


@routes.get("/Composition/<uuid:checklist_id>/$document")
@fhir_needs(Permission.READ_CHECKLISTS, _COMPOSITION, "r")
@in_json
def get_document(checklist_id: UUID) -> Response:
    """The same with all that it refers to, as one document."""
    return resource_reply(_document(_read(checklist_id)))


@routes.get("/Bundle/<uuid:checklist_id>")
@fhir_needs(Permission.READ_CHECKLISTS, "Bundle", "r")
@in_json
def get_bundle(checklist_id: UUID) -> Response:
    """The same document by its own id."""
    return resource_reply(_document(_read(checklist_id)))


@routes.get("/DocumentReference/<uuid:checklist_id>")
@fhir_needs(Permission.READ_CHECKLISTS, _REFERENCE, "r")
@in_json
def get_reference(checklist_id: UUID) -> Response:
    """Where a sheet is to be had, and whether it is still the one to use."""
    return resource_reply(reference_to(run(lambda work: documents.get_filed_sheet(work, checklist_id))))


@routes.get("/Binary/<uuid:checklist_id>")
@fhir_needs(Permission.READ_CHECKLISTS, "Binary", "r")
def get_binary(checklist_id: UUID) -> Response:
    """The PDF of a sheet: as it is or, where FHIR is asked for, inside a resource."""
    issued = run(lambda work: checklists.get_checklist(work, checklist_id, printed=True))
    pdf = print_sheet(issued)
    wanted = request.accept_mimetypes.best_match([PDF, MEDIA_TYPE, "application/json"])
    if request.args.get("_format", wanted) in (None, PDF):
        reply = Response(pdf, content_type=PDF)
    else:
        reply = resource_reply(write_binary(checklist_id, pdf))
    reply.headers["Vary"] = "Accept"
    return reply


@routes.get("/Composition")
@fhir_needs(Permission.READ_CHECKLISTS, _COMPOSITION, "s")
@in_json
def search_compositions() -> Response:
    """Search for the sheets of a patient, newest first."""
    return _search_compositions()


@routes.post("/Composition/_search")
@fhir_needs(Permission.READ_CHECKLISTS, _COMPOSITION, "s")
@in_json
def post_composition_search() -> Response:
    """The same with the parameters in the body."""
    return _search_compositions()


@routes.get("/DocumentReference")
@fhir_needs(Permission.READ_CHECKLISTS, _REFERENCE, "s")
@in_json
def search_references() -> Response:
    """Search for where the sheets of a patient are to be had, newest first."""
    return _search_references()


@routes.post("/DocumentReference/_search")
@fhir_needs(Permission.READ_CHECKLISTS, _REFERENCE, "s")
@in_json
def post_reference_search() -> Response:
    """The same with the parameters in the body."""
    return _search_references()


def _search_compositions() -> Response:
    search = sent_search(SEARCHES[_COMPOSITION])
    sought, size = sheets_in(search), search.page_size(PER_PAGE, MOST_PER_PAGE)
    page = run(lambda work: documents.find_sheets(work, sought, size))
    shown = [_composition(issued) for issued in page.items]
    cursor = str(page.items[-1].id) if page.more and shown else None
    return page_reply(shown, search, total=None, next_cursor=cursor)


def _search_references() -> Response:
    search = sent_search(SEARCHES[_REFERENCE])
    sought, size = sheets_in(search), search.page_size(PER_PAGE, MOST_PER_PAGE)
    page = run(lambda work: documents.find_filed_sheets(work, sought, size))
    shown = [reference_to(filed) for filed in page.items]
    cursor = str(page.items[-1].sheet.id) if page.more and shown else None
    return page_reply(shown, search, total=None, next_cursor=cursor)


def _read(checklist_id: UUID) -> IssuedChecklist:
    return run(lambda work: checklists.get_checklist(work, checklist_id, printed=False))


def _composition(issued: IssuedChecklist) -> Element:
    return write_composition(issued.document, state_document(issued.state, issued.words), issued.words)


def _document(issued: IssuedChecklist) -> Element:
    state = state_document(issued.state, issued.words)
    return write_document(issued.document, state, issued.words, fhir_base())


def reference_to(filed: FiledSheet) -> Element:
    """Where a sheet is to be had, as a resource."""
    return write_document_reference(
        filed.document, filed.sheet.status, filed.words, fhir_base(), filed.replaces
    )
