"""Intake links as they go out."""

from marshmallow import Schema, fields

from service.domain.attribution import CollectionMode
from service.domain.intake.forms import LINK_MODES
from service.web.reply_schemas.shared import instant, one_of


class IntakeLinkReply(Schema):
    """A link, shown once."""

    id = fields.UUID(required=True)
    url = fields.String(required=True, metadata={"format": "uri"})
    collection_mode = one_of(*(mode for mode in CollectionMode if mode in LINK_MODES))
    expires_at = instant()
