"""Sessions and the audit trail as they go out."""

from marshmallow import Schema, fields

from service.domain.access.permissions import ActorKind, Role
from service.domain.audit.events import AuditAction, AuditOutcome
from service.web.reply_schemas.shared import instant, one_of, text, text_or_null


class SessionReply(Schema):
    """A session's token, shown once."""

    token = text()
    ends_at = instant()
    name = text()
    role = text()


class ActorReply(Schema):
    """Who acted."""

    kind = one_of(*ActorKind)
    id = fields.UUID(required=True)
    name = text()
    role = one_of(*Role)


class AuditEventReply(Schema):
    """One thing that was done or refused."""

    id = fields.UUID(required=True)
    at = instant()
    actor = fields.Nested(ActorReply, required=True)
    action = one_of(*AuditAction)
    outcome = one_of(*AuditOutcome)
    request_id = text()
    patient_id = fields.UUID(required=True, allow_none=True)
    subject = text_or_null()
    details = fields.Dict(keys=fields.String(), values=fields.String(), required=True)
