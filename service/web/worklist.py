"""The worklist over HTTP."""

from typing import Any

from flask import Response

from service.actions import worklist as actions
from service.domain.access.permissions import Permission
from service.formats.worklist import row_document
from service.web.auth import needs
from service.web.blueprint import Blueprint
from service.web.current import run
from service.web.queries import WorklistQuery
from service.web.replies import response
from service.web.reply_schemas.worklist import WorklistReply

blueprint = Blueprint("worklist", __name__, url_prefix="/v1/worklist", description="Worklist")


@blueprint.route("", methods=["GET"])
@needs(Permission.READ_WORKLIST)
@blueprint.arguments(WorklistQuery, location="query")
@blueprint.response(200, WorklistReply)
def get_worklist(query: dict[str, Any]) -> Response:
    """Everybody who is planned for a day, with what is still to ask first."""
    found = run(lambda work: actions.get_worklist(work, query["date"]))
    rows = [row_document(row) for row in found.rows]
    return response({"date": found.day.isoformat(), "items": rows, "more": found.more})
