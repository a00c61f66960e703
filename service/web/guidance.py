"""Treatments and their guidance over HTTP."""

from typing import Any

from flask import Response

from service.actions import guidance as actions
from service.domain.access.permissions import Permission
from service.domain.codings import coding_document
from service.domain.guidance.publications import GuidanceVersion, PublicationAct, PublishedGuidance, TimeInUse
from service.domain.guidance.statements import Guidance, Statement
from service.web.auth import needs
from service.web.blueprint import Blueprint
from service.web.current import run
from service.web.queries import PageQuery
from service.web.replies import response
from service.web.reply_schemas.guidance import GuidanceVersionReply, TreatmentReply, WholeVersionReply
from service.web.reply_schemas.shared import page_of

blueprint = Blueprint("guidance", __name__, url_prefix="/v1/treatments", description="Treatments")
_ENDED = {PublicationAct.PUBLISH: "replaced", PublicationAct.RETIRE: "retired"}


@blueprint.route("", methods=["GET"])
@needs(Permission.READ_TREATMENTS)
@blueprint.arguments(PageQuery, location="query")
@blueprint.response(200, page_of(TreatmentReply))
def list_treatments(_query: dict[str, Any]) -> Response:
    """The treatments whose guidance is in use; all of them are on one page."""
    found = run(actions.list_treatments)
    return response({"items": [_treatment(published) for published in found], "next": None})


@blueprint.route("/<treatment_id>", methods=["GET"])
@needs(Permission.READ_TREATMENTS)
@blueprint.response(200, TreatmentReply)
def get_treatment(treatment_id: str) -> Response:
    """The guidance in use for a treatment, every statement with its citations."""
    return response(_treatment(run(lambda work: actions.get_treatment(work, treatment_id))))


@blueprint.route("/<treatment_id>/versions", methods=["GET"])
@needs(Permission.READ_TREATMENTS)
@blueprint.arguments(PageQuery, location="query")
@blueprint.response(200, page_of(GuidanceVersionReply))
def list_versions(_query: dict[str, Any], treatment_id: str) -> Response:
    """Every version of a treatment's guidance that was published, in use or not; all are on one page."""
    found = run(lambda work: actions.list_versions(work, treatment_id))
    items = [
        {
            "version": one.version,
            "document_title": one.guidance.document.title,
            **_times(one),
        }
        for one in found
    ]
    return response({"items": items, "next": None})


@blueprint.route("/<treatment_id>/versions/<version>", methods=["GET"])
@needs(Permission.READ_TREATMENTS)
@blueprint.response(200, WholeVersionReply)
def get_version(treatment_id: str, version: str) -> Response:
    """One version of a treatment's guidance with its statements, such as an issued checklist names."""
    found = run(lambda work: actions.get_version(work, treatment_id, version))
    return response({**_guidance(found.guidance, found.version), **_times(found)})


def _treatment(published: PublishedGuidance) -> dict[str, Any]:
    return {
        **_guidance(published.guidance, published.version),
        "published_at": published.published_at.isoformat(),
        "published_by": published.published_by,
    }


def _guidance(guidance: Guidance, version: str) -> dict[str, Any]:
    return {
        "id": guidance.treatment.id,
        "name": guidance.treatment.name,
        "codings": [coding_document(coding) for coding in guidance.treatment.codings],
        "document_id": guidance.document.id,
        "document_title": guidance.document.title,
        "document_sha256": guidance.document.sha256,
        "version": version,
        "statements": [_statement(guidance.document.id, statement) for statement in guidance.statements],
    }


def _times(found: GuidanceVersion) -> dict[str, Any]:
    return {"in_use": found.in_use, "times": [_time(one) for one in found.times]}


def _time(time: TimeInUse) -> dict[str, Any]:
    ended = time.ended
    return {
        "published_at": time.published.at.isoformat(),
        "published_by": time.published.by,
        "ended": _ENDED[ended.act] if ended else None,
        "ended_at": ended.at.isoformat() if ended else None,
        "ended_by": ended.by if ended else None,
    }


def _statement(document_id: str, statement: Statement) -> dict[str, Any]:
    return {
        "id": statement.id,
        "section": statement.section.value,
        "text": statement.text,
        "citations": [
            {"document": document_id, "paragraph": number.paragraph, "sentence": number.sentence}
            for number in statement.cites
        ],
        "reviewed_by": statement.review.by if statement.review else None,
        "reviewed_on": statement.review.on.isoformat() if statement.review else None,
    }
