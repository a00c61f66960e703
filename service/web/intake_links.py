"""Intake links over HTTP: one call makes one, and only its first reply shows it."""

from uuid import UUID

import orjson
from flask import Response, url_for

from service.actions.intake_links import MadeLink, make_link
from service.actions.work import Work
from service.domain.access.permissions import Permission
from service.domain.attribution import CollectionMode
from service.formats.problem import MEDIA_TYPE, problem_document
from service.store.idempotency import Reply
from service.web.auth import needs
from service.web.blueprint import Blueprint
from service.web.current import request_id, run_once
from service.web.replies import response
from service.web.reply_schemas.intake_links import IntakeLinkReply
from service.web.schemas.intake_forms import IntakeLinkSchema

blueprint = Blueprint(
    "intake_links", __name__, url_prefix="/v1/patients/<uuid:patient_id>", description="Intake links"
)


@blueprint.route("/intake-links", methods=["POST"])
@needs(Permission.MAKE_INTAKE_LINKS)
@blueprint.arguments(IntakeLinkSchema)
@blueprint.response(201, IntakeLinkReply)
def post_intake_link(mode: CollectionMode, patient_id: UUID) -> Response:
    """Make a link that opens the intake form once and expires; its address is shown in this reply only."""
    made: list[MadeLink] = []

    def act(work: Work) -> Reply:
        made.append(make_link(work, patient_id, mode))
        return _shown_before()

    kept = run_once(act)
    if not made:
        return kept
    link, secret = made[0].link, made[0].secret
    document = {
        "id": str(link.id),
        "url": url_for("pages_intake_by_link.get_start", secret=secret, _external=True),
        "collection_mode": link.collection_mode.value,
        "expires_at": link.expires_at.isoformat(),
    }
    return response(document, 201)


def _shown_before() -> Reply:
    """What the same Idempotency-Key is answered later: a reply that were kept would keep the secret."""
    detail = "A link was made under this key and shown once. Make another one with another key."
    body = problem_document(409, code="link_shown_before", detail=detail, request_id=request_id())
    return Reply(409, (("Content-Type", MEDIA_TYPE),), orjson.dumps(body))
