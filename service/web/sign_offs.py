"""Signatures and marks over HTTP: one section, one line at a time."""

from typing import Any
from uuid import UUID

from flask import Response

from service.actions import marks as mark_actions
from service.actions import sign_offs as actions
from service.domain.access.permissions import Permission
from service.domain.checklists.sign_offs import Signature
from service.web.auth import needs
from service.web.blueprint import Blueprint
from service.web.checklists import checklist_reply
from service.web.current import run, run_once
from service.web.replies import reply, response
from service.web.reply_schemas.checklists import ChecklistReply
from service.web.schemas.checklists import WithdrawalSchema
from service.web.schemas.sign_offs import MarkSchema, SignOffSchema

blueprint = Blueprint(
    "sign_offs", __name__, url_prefix="/v1/checklists/<uuid:checklist_id>", description="Sign-offs and marks"
)


@blueprint.route("/sections/<section>/sign-offs", methods=["POST"])
@needs(Permission.SIGN_CHECKLISTS)
@blueprint.arguments(SignOffSchema)
@blueprint.response(201, ChecklistReply)
def post_sign_off(signature: Signature, checklist_id: UUID, section: str) -> Response:
    """Sign one section as it was seen: content_digest is the section's own."""
    return run_once(
        lambda work: reply(checklist_reply(actions.sign_section(work, checklist_id, section, signature)), 201)
    )


@blueprint.route("/sections/<section>/sign-offs/<uuid:sign_off_id>/withdrawal", methods=["POST"])
@needs(Permission.SIGN_CHECKLISTS)
@blueprint.arguments(WithdrawalSchema)
@blueprint.response(200, ChecklistReply)
def post_sign_off_withdrawal(
    sent: dict[str, Any], checklist_id: UUID, section: str, sign_off_id: UUID
) -> Response:
    """Take a signature back, with the reason."""
    return run_once(
        lambda work: reply(
            checklist_reply(
                actions.withdraw_sign_off(work, checklist_id, section, sign_off_id, sent["reason"])
            )
        )
    )


@blueprint.route("/lines/<line>/mark", methods=["PUT"])
@needs(Permission.SIGN_CHECKLISTS)
@blueprint.arguments(MarkSchema)
@blueprint.response(200, ChecklistReply)
def put_mark(sent: dict[str, Any], checklist_id: UUID, line: str) -> Response:
    """Mark one line, in place of an earlier mark; the list stays as it is."""
    made = run(lambda work: mark_actions.mark_line(work, checklist_id, line, sent["mark"], sent.get("note")))
    return response(checklist_reply(made))
