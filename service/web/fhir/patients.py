"""Patients below /fhir: read, searched for, and with everything that is on the list."""

from uuid import UUID

from flask import Response

from service.actions import exports as actions
from service.actions.clinics import clinic_of
from service.actions.exports import ExportedPatient
from service.domain.access.permissions import Permission
from service.formats.fhir.search_parameters import EVERYTHING, SEARCHES
from service.formats.fhir.searching import Search
from service.formats.fhir.whose import after_in, patients_in, place_in
from service.formats.fhir.writing.bundles import write_everything
from service.formats.fhir.writing.elements import PATIENT, Element
from service.formats.fhir.writing.items import RESOURCE_TYPES
from service.formats.fhir.writing.patients import write_patient
from service.formats.findings import Issue, Severity
from service.web.auth import has_scope, require_scope
from service.web.current import actor, house, run
from service.web.fhir.blueprint import FhirRoutes, fhir_needs
from service.web.fhir.documents import reference_to
from service.web.fhir.negotiation import in_json
from service.web.fhir.replies import versioned_reply
from service.web.fhir.searches import list_page_reply, page_reply, sent_search
from service.web.replies import MOST_PER_PAGE, PER_PAGE

routes = FhirRoutes("patients", __name__)
_WITHOUT_SHEETS = Issue(
    Severity.INFORMATION,
    "suppressed",
    "Issued checklists are left out: the scope does not cover DocumentReference (r).",
)


@routes.get("/Patient/<uuid:patient_id>")
@fhir_needs(Permission.READ_PATIENTS, PATIENT, "r")
@in_json
def get_patient(patient_id: UUID) -> Response:
    """Read a patient."""
    return versioned_reply(_written(run(lambda work: actions.export_patient(work, patient_id))))


@routes.get("/Patient")
@fhir_needs(Permission.READ_PATIENTS, PATIENT, "s")
@in_json
def search_patients() -> Response:
    """Find patients by id or identifier, or page through all of the clinic."""
    return _search()


@routes.post("/Patient/_search")
@fhir_needs(Permission.READ_PATIENTS, PATIENT, "s")
@in_json
def post_patient_search() -> Response:
    """The same with the parameters in the body."""
    return _search()


@routes.get("/Patient/<uuid:patient_id>/$everything")
@fhir_needs(Permission.READ_LISTS, PATIENT, "r")
@in_json
def get_everything(patient_id: UUID) -> Response:
    """The whole export of a patient's list: it can be read back."""
    _require_scopes()
    sheets = has_scope(actor(), "DocumentReference", "r")
    search = sent_search(EVERYTHING)
    version, offset = place_in(search)
    found = run(lambda work: actions.export_record(work, patient_id, version, with_sheets=sheets))
    references = [reference_to(filed) for filed in found.sheets]
    resources = write_everything(found.clinic, _written(found.patient), found.medication_list, references)
    issues = [] if sheets else [_WITHOUT_SHEETS]
    return list_page_reply(resources, search, (found.medication_list,), offset, issues)


def _require_scopes() -> None:
    """A client sees the whole list or is refused: a part would be taken for the whole."""
    style = clinic_of(house().database, actor()).item_export
    for kind in (RESOURCE_TYPES[style], "List", "Provenance"):
        require_scope(actor(), kind, "r")


def _search() -> Response:
    search = sent_search(SEARCHES[PATIENT])
    sought, after = patients_in(search), after_in(search)
    size = search.page_size(PER_PAGE, MOST_PER_PAGE)
    if sought is None:
        page = run(lambda work: actions.export_patients(work, after, size))
        return _page([_written(one) for one in page.items], search, more=page.more, total=None)
    found = [_written(one) for one in run(lambda work: actions.find_patients(work, sought))]
    fitting = [one for one in found if search.fits(one)]
    rest = [one for one in fitting if after is None or one["id"] > str(after)]
    return _page(rest[:size], search, more=len(rest) > size, total=len(fitting))


def _page(shown: list[Element], search: Search, *, more: bool, total: int | None) -> Response:
    cursor = shown[-1]["id"] if more and shown else None
    return page_reply(shown, search, total=total, next_cursor=cursor)


def _written(found: ExportedPatient) -> Element:
    return write_patient(found.patient, found.updated_at)
