"""Items below /fhir: read in either view, searched for in the one that the clinic gives them in."""

from uuid import UUID

from flask import Response

from service.actions import exports as actions
from service.domain.access.clinics import ItemExport
from service.domain.access.permissions import Permission
from service.formats.fhir.search_parameters import SEARCHES
from service.formats.fhir.whose import sought_in
from service.formats.fhir.writing.items import RESOURCE_TYPES, told_of_view, write_item
from service.web.current import run
from service.web.fhir.blueprint import FhirRoutes, fhir_needs
from service.web.fhir.negotiation import in_json
from service.web.fhir.replies import versioned_reply
from service.web.fhir.searches import list_page_reply, sent_search

routes = FhirRoutes("items", __name__)
_STATEMENT, _REQUEST = ItemExport.MEDICATION_STATEMENT, ItemExport.MEDICATION_REQUEST


@routes.get("/MedicationStatement/<uuid:item_id>")
@fhir_needs(Permission.READ_LISTS, "MedicationStatement", "r")
@in_json
def get_statement(item_id: UUID) -> Response:
    """Read an item as a statement."""
    return _read(item_id, _STATEMENT)


@routes.get("/MedicationRequest/<uuid:item_id>")
@fhir_needs(Permission.READ_LISTS, "MedicationRequest", "r")
@in_json
def get_request(item_id: UUID) -> Response:
    """Read an item as a plan that was reported."""
    return _read(item_id, _REQUEST)


@routes.get("/MedicationStatement")
@fhir_needs(Permission.READ_LISTS, "MedicationStatement", "s")
@in_json
def search_statements() -> Response:
    """Search for items as statements."""
    return _search(_STATEMENT)


@routes.post("/MedicationStatement/_search")
@fhir_needs(Permission.READ_LISTS, "MedicationStatement", "s")
@in_json
def post_statement_search() -> Response:
    """The same with the parameters in the body."""
    return _search(_STATEMENT)


@routes.get("/MedicationRequest")
@fhir_needs(Permission.READ_LISTS, "MedicationRequest", "s")
@in_json
def search_requests() -> Response:
    """Search for items as plans that were reported."""
    return _search(_REQUEST)


@routes.post("/MedicationRequest/_search")
@fhir_needs(Permission.READ_LISTS, "MedicationRequest", "s")
@in_json
def post_request_search() -> Response:
    """The same with the parameters in the body."""
    return _search(_REQUEST)


def _read(item_id: UUID, style: ItemExport) -> Response:
    subject = f"{RESOURCE_TYPES[style]}/{item_id}"
    medication_list = run(lambda work: actions.export_list_of_item(work, item_id, subject)).lists[0]
    item = next(one for one in medication_list.items if one.id == item_id)
    return versioned_reply(write_item(item, medication_list, style))


def _search(style: ItemExport) -> Response:
    search = sent_search(SEARCHES[RESOURCE_TYPES[style]])
    sought = sought_in(search)
    found = run(lambda work: actions.find_lists(work, sought, only_as=style))
    written = [write_item(item, one, style) for one in found.lists for item in one.items]
    return list_page_reply(
        [resource for resource in written if search.fits(resource)],
        search,
        found.lists,
        sought.offset,
        told_of_view(found.clinic.item_export, style),
    )
