"""Treatments and their guidance over HTTP."""

from typing import Any

from flask import Response

from service.actions import guidance as actions
from service.domain.access import Permission
from service.domain.checklist_document import coding_document
from service.domain.guidance import Statement
from service.store.guidance import PublishedGuidance
from service.web.auth import needs
from service.web.blueprint import Blueprint
from service.web.current import run
from service.web.queries import PageQuery
from service.web.replies import response
from service.web.reply_schemas.checklists import TreatmentReply
from service.web.reply_schemas.shared import page_of

blueprint = Blueprint("guidance", __name__, url_prefix="/v1/treatments", description="Treatments")


@blueprint.route("", methods=["GET"])
@needs(Permission.READ_TREATMENTS)
@blueprint.arguments(PageQuery, location="query")
@blueprint.response(200, page_of(TreatmentReply))
def list_treatments(_query: dict[str, Any]) -> Response:
    """The treatments that the clinic has guidance for; all of them are on one page."""
    found = run(actions.list_treatments)
    return response({"items": [treatment_document(published) for published in found], "next": None})


@blueprint.route("/<treatment_id>", methods=["GET"])
@needs(Permission.READ_TREATMENTS)
@blueprint.response(200, TreatmentReply)
def get_treatment(treatment_id: str) -> Response:
    """The guidance for a treatment, every statement with its citations."""
    return response(treatment_document(run(lambda work: actions.get_treatment(work, treatment_id))))


def treatment_document(published: PublishedGuidance) -> dict[str, Any]:
    """A treatment's guidance as JSON-ready data."""
    guidance = published.guidance
    return {
        "id": guidance.treatment.id,
        "name": guidance.treatment.name,
        "codings": [coding_document(coding) for coding in guidance.treatment.codings],
        "document_id": guidance.document.id,
        "document_title": guidance.document.title,
        "document_sha256": guidance.document.sha256,
        "version": published.version,
        "published_at": published.published_at.isoformat(),
        "published_by": published.published_by,
        "statements": [_statement(guidance.document.id, statement) for statement in guidance.statements],
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
