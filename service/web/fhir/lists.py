"""Lists below /fhir: one for each category, read and searched for."""

from flask import Response

from service.actions import exports as actions
from service.domain.access.permissions import Permission
from service.domain.errors import NotFoundError
from service.formats.fhir.ids import read_list_id
from service.formats.fhir.search_parameters import SEARCHES
from service.formats.fhir.whose import sought_in
from service.formats.fhir.writing.lists import categories_of, write_list
from service.web.current import run
from service.web.fhir.blueprint import FhirRoutes, fhir_needs
from service.web.fhir.negotiation import in_json
from service.web.fhir.replies import versioned_reply
from service.web.fhir.searches import list_page_reply, sent_search

routes = FhirRoutes("lists", __name__)
_LIST = "List"


@routes.get("/List/<list_id>")
@fhir_needs(Permission.READ_LISTS, _LIST, "r")
@in_json
def get_list(list_id: str) -> Response:
    """Read the List of a category."""
    named = read_list_id(list_id)
    if named is None:
        raise NotFoundError("There is no such patient.")
    found = run(lambda work: actions.export_list(work, named.patient_id, f"{_LIST}/{named}"))
    medication_list, clinic = found.lists[0], found.clinic
    if named.category not in categories_of(medication_list):
        raise NotFoundError("There is no such List.")
    return versioned_reply(
        write_list(medication_list, named.category, clinic.item_export, clinic.none_export)
    )


@routes.get("/List")
@fhir_needs(Permission.READ_LISTS, _LIST, "s")
@in_json
def search_lists() -> Response:
    """Search for the Lists of a patient."""
    return _search()


@routes.post("/List/_search")
@fhir_needs(Permission.READ_LISTS, _LIST, "s")
@in_json
def post_list_search() -> Response:
    """The same with the parameters in the body."""
    return _search()


def _search() -> Response:
    search = sent_search(SEARCHES[_LIST])
    sought = sought_in(search)
    found = run(lambda work: actions.find_lists(work, sought))
    style, none_style = found.clinic.item_export, found.clinic.none_export
    written = [
        write_list(one, category, style, none_style) for one in found.lists for category in categories_of(one)
    ]
    fitting = [resource for resource in written if search.fits(resource)]
    return list_page_reply(fitting, search, found.lists, sought.offset)
