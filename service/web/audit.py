"""The audit trail over HTTP."""

from typing import Any

from flask import Response

from service.actions import audit as actions
from service.domain.access.permissions import Permission
from service.domain.audit.events import AuditEvent
from service.web.auth import needs
from service.web.blueprint import Blueprint
from service.web.current import run
from service.web.queries import AuditQuery
from service.web.replies import id_after, page
from service.web.reply_schemas.access import AuditEventReply
from service.web.reply_schemas.shared import page_of

blueprint = Blueprint("audit", __name__, url_prefix="/v1/audit-events", description="Audit trail")


@blueprint.route("", methods=["GET"])
@needs(Permission.READ_AUDIT)
@blueprint.arguments(AuditQuery, location="query")
@blueprint.response(200, page_of(AuditEventReply))
def list_audit_events(query: dict[str, Any]) -> Response:
    """Page through who did what to whose data, newest first."""
    before = id_after(query["cursor"])
    found = run(lambda work: actions.list_audit_events(work, query["patient_id"], before, query["limit"]))
    return page(found, _event_document, "id")


def _event_document(event: AuditEvent) -> dict[str, Any]:
    return {
        "id": str(event.id),
        "at": event.at.isoformat(),
        "actor": {
            "kind": event.actor.kind.value,
            "id": str(event.actor.id),
            "name": event.actor.name,
            "role": event.actor.role.value,
        },
        "action": event.action.value,
        "outcome": event.outcome.value,
        "request_id": event.request_id,
        "patient_id": str(event.patient_id) if event.patient_id else None,
        "subject": event.subject,
        "details": dict(event.details),
    }
