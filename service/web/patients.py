"""Patients over HTTP."""

from typing import Any
from uuid import UUID

from flask import Response, request

from service.actions import patients as actions
from service.actions.patients import PostedPatient
from service.actions.work import Work
from service.domain.access.permissions import Permission
from service.domain.errors import Fault, RefusedError
from service.domain.patients.patients import Identifier, Patient, patient_document, version_of
from service.store.idempotency import Reply
from service.web.auth import needs
from service.web.blueprint import Blueprint
from service.web.current import run, run_once
from service.web.queries import PatientsQuery
from service.web.replies import id_after, page, reply, response, sent_tag, tag
from service.web.reply_schemas.medications import PatientReply
from service.web.reply_schemas.shared import page_of
from service.web.schemas.patients import PatientChangesSchema, PostedPatientSchema

blueprint = Blueprint("patients", __name__, url_prefix="/v1/patients", description="Patients")


@blueprint.route("", methods=["POST"])
@needs(Permission.WRITE_PATIENTS)
@blueprint.arguments(PostedPatientSchema)
@blueprint.response(201, PatientReply)
def post_patient(posted: PostedPatient) -> Response:
    """Create a patient."""

    def act(work: Work) -> Reply:
        patient = actions.create_patient(work, posted)
        address = f"/v1/patients/{patient.id}"
        return reply(patient_document(patient), 201, Location=address, ETag=tag(version_of(patient)))

    return run_once(act)


@blueprint.route("", methods=["GET"])
@needs(Permission.READ_PATIENTS)
@blueprint.arguments(PatientsQuery, location="query")
@blueprint.response(200, page_of(PatientReply))
def list_patients(query: dict[str, Any]) -> Response:
    """Find a patient by identifier (system|value), or page through the clinic's patients."""
    if "identifier" in request.args:
        # An empty one too: it must never find somebody.
        identifier = _identifier(query["identifier"] or "")
        found = run(lambda work: actions.find_patients(work, identifier))
    else:
        after = id_after(query["cursor"])
        found = run(lambda work: actions.list_patients(work, after, query["limit"]))
    return page(found, patient_document, "id")


@blueprint.route("/<uuid:patient_id>", methods=["GET"])
@needs(Permission.READ_PATIENTS)
@blueprint.response(200, PatientReply)
def get_patient(patient_id: UUID) -> Response:
    """Read a patient; the ETag is another one whenever the record says something else."""
    return _response(run(lambda work: actions.get_patient(work, patient_id)))


@blueprint.route("/<uuid:patient_id>", methods=["PATCH"])
@needs(Permission.WRITE_PATIENTS)
@blueprint.arguments(PatientChangesSchema)
@blueprint.response(200, PatientReply)
def patch_patient(changes: dict[str, Any], patient_id: UUID) -> Response:
    """Change a patient's name, date of birth, language or print size."""
    return _response(
        run(lambda work: actions.change_patient(work, patient_id, changes, made_from=sent_tag()))
    )


def _response(patient: Patient) -> Response:
    return response(patient_document(patient), ETag=tag(version_of(patient)))


def _identifier(text: str) -> Identifier:
    try:
        return Identifier.parse(text)
    except ValueError:
        fault = Fault("/identifier", "identifier", "An identifier is written system|value.")
        raise RefusedError(fault) from None
