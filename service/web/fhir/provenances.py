"""Provenances below /fhir: who said an item or an answer, how, and who keyed it."""

from flask import Response

from service.actions import exports as actions
from service.actions.exports import ExportedLists
from service.domain.access.permissions import Permission
from service.domain.errors import NotFoundError
from service.formats.fhir.ids import ListId, ProvenanceId, read_provenance_id
from service.formats.fhir.search_parameters import SEARCHES
from service.formats.fhir.whose import sought_in
from service.formats.fhir.writing.provenances import write_provenances
from service.web.current import run
from service.web.fhir.blueprint import FhirRoutes, fhir_needs
from service.web.fhir.negotiation import in_json
from service.web.fhir.replies import versioned_reply
from service.web.fhir.searches import list_page_reply, sent_search

routes = FhirRoutes("provenances", __name__)
_PROVENANCE = "Provenance"


@routes.get("/Provenance/<provenance_id>")
@fhir_needs(Permission.READ_LISTS, _PROVENANCE, "r")
@in_json
def get_provenance(provenance_id: str) -> Response:
    """Read who said an item or an answer."""
    named = read_provenance_id(provenance_id)
    found = _export(named) if named else None
    written = write_provenances(found.lists[0], found.clinic.item_export) if found else ()
    resource = next((one for one in written if one["id"] == str(named)), None)
    if resource is None:
        raise NotFoundError("There is no such Provenance.")
    return versioned_reply(resource)


@routes.get("/Provenance")
@fhir_needs(Permission.READ_LISTS, _PROVENANCE, "s")
@in_json
def search_provenances() -> Response:
    """Search by patient, by target or by id."""
    return _search()


@routes.post("/Provenance/_search")
@fhir_needs(Permission.READ_LISTS, _PROVENANCE, "s")
@in_json
def post_provenance_search() -> Response:
    """The same with the parameters in the body."""
    return _search()


def _export(named: ProvenanceId) -> ExportedLists:
    of, subject = named.of, f"{_PROVENANCE}/{named}"
    if isinstance(of, ListId):
        return run(lambda work: actions.export_list(work, of.patient_id, subject))
    return run(lambda work: actions.export_list_of_item(work, of, subject))


def _search() -> Response:
    search = sent_search(SEARCHES[_PROVENANCE])
    sought = sought_in(search)
    found = run(lambda work: actions.find_lists(work, sought))
    written = [
        resource for one in found.lists for resource in write_provenances(one, found.clinic.item_export)
    ]
    fitting = [resource for resource in written if search.fits(resource)]
    return list_page_reply(fitting, search, found.lists, sought.offset)
